#include "query/explore/search.h"

#include <gtest/gtest.h>

#include "graph/base/text.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::show;

std::string ids(const Result<SearchAnswer>& answer) {
  if (!answer.ok()) return answer.error().message;
  std::string text;
  for (const SearchHit& hit : answer.value().items) text += hit.node.id + " ";
  return text;
}

TEST(Search, FindsWordsAndMarksThemInASnippet) {
  const auto graph = draw(R"(
      farms{title=Cocoa farms, description=Ends child labour on cocoa farms in Ghana}
      boats{title=Fishing boats}
  )");
  const auto answer = search(graph.context(), {.words = "cocoa"});
  EXPECT_EQ(show(answer), "farms   Ends child labour on cocoa farms in Ghana [21,26)\n");
  EXPECT_EQ(answer.value().items[0].why[0].text, "The words are in its description and its title.");
}

TEST(Search, PutsFirstWhatTheWordsName) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7, label=End forced labour}   guide{title=Guide to SDG 8.7 for 8.7 people}
      org:GB-CHC-1{name=Some charity}              guide -CONTRIBUTES_TO-> sdg:8.7
  )");
  for (const char* words : {"8.7", "SDG 8.7", "sdg:8.7", "Target 8.7"}) {
    EXPECT_TRUE(ids(search(graph.context(), {.words = words})).starts_with("sdg:8.7 ")) << words;
  }
  EXPECT_TRUE(ids(search(graph.context(), {.words = "GB-CHC-1"})).starts_with("org:GB-CHC-1 "));
  EXPECT_TRUE(ids(search(graph.context(), {.words = "gb-chc-1"})).starts_with("org:GB-CHC-1 "));
}

TEST(Search, CountsKindsWhateverKindIsAskedFor) {
  const auto graph = draw(R"(
      a{title=Cocoa one}  b{title=Cocoa two}  org:c{name=Cocoa board}
  )");
  const auto answer = search(graph.context(), {.words = "cocoa", .filter = {.kinds = {"Actor"}}});
  EXPECT_EQ(ids(answer), "org:c ");
  EXPECT_EQ(answer.value().total, 1);
  EXPECT_EQ(answer.value().kinds.at("Initiative"), 2);
  EXPECT_EQ(answer.value().kinds.at("Actor"), 1);
}

TEST(Search, NarrowsInitiativesByPlaceTargetAndYears) {
  const auto graph = draw(R"(
      a{title=Cocoa one, start=2001, end=2003}  a -WORKS_IN-> place:GH
      b{title=Cocoa two, start=2019}  b -WORKS_IN-> place:GH  b -CONTRIBUTES_TO-> sdg:8.7
      org:c{name=Cocoa board}
  )");
  const Context context = graph.context();
  EXPECT_EQ(ids(search(context, {.words = "cocoa", .filter = {.place = "GH", .target = "8.7"}})),
            "init:b ");
  EXPECT_EQ(ids(search(context, {.words = "cocoa", .filter = {.to = 2010}})), "init:a ");
  EXPECT_EQ(ids(search(context, {.words = "cocoa", .filter = {.place = "XX"}})),
            "place: there is no Place `XX`");
}

TEST(Search, CountsAllThatPassAFilterByProperties) {
  std::string drawing;
  for (int i = 0; i < 2'500; ++i) {
    drawing += "a" + std::to_string(i) +
               "{title=Cocoa, status=" + (i % 2 == 0 ? "closed" : "open") + "}\n";
  }
  const auto graph = draw(drawing + "org:b{name=Cocoa board}");
  for (const char* words : {"cocoa", ""}) {
    const auto answer =
        search(graph.context(), {.words = words, .filter = {.status = "closed"}, .page = {1, 0}});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().total, 1'250) << words;
    EXPECT_EQ(answer.value().kinds, (std::map<std::string, std::uint64_t>{{"Initiative", 1'250}}));
  }
}

TEST(Search, WithoutWordsListsTheBestConnectedFirst) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> x   org:a -TAKES_PART_IN/funding-> y
      org:b -TAKES_PART_IN/funding-> x
  )");
  const auto answer = search(graph.context(), {.words = " ", .filter = {.kinds = {"Actor"}}});
  EXPECT_EQ(ids(answer), "org:a org:b ");
  EXPECT_EQ(answer.value().items[0].why[0].text, "It has 2 connections.");
}

TEST(Search, CutsLongTextsAroundTheFirstMatch) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "dépendance ";
  const auto graph = draw("a{title=x, description=" + text + "esclavage " + text + "}");
  const auto answer = search(graph.context(), {.words = "esclavage"});
  ASSERT_EQ(answer.value().items.size(), 1);
  const SearchHit& hit = answer.value().items[0];
  EXPECT_LE(length_in_code_points(hit.snippet), 210);
  EXPECT_TRUE(hit.snippet.starts_with("… dépendance"));
  EXPECT_TRUE(hit.snippet.ends_with(" …"));
  ASSERT_EQ(hit.marks.size(), 1);
  const auto words = words_of(hit.snippet);
  const bool marked = std::any_of(words.begin(), words.end(), [&](const Word& word) {
    return word.folded == "esclavage" && word.begin == hit.marks[0].first &&
           word.end == hit.marks[0].second;
  });
  EXPECT_TRUE(marked) << hit.snippet;
}

TEST(Search, FindsNothingWithoutAnError) {
  const auto graph = draw("a{title=Cocoa}");
  EXPECT_EQ(show(search(graph.context(), {.words = "zzzzqqqq"})), "");
  EXPECT_EQ(show(search(graph.context(), {.words = "!!! ???"})), "");
}

TEST(Search, RefusesEndlessWords) {
  const auto graph = draw("a{title=Cocoa}");
  EXPECT_EQ(show(search(graph.context(), {.words = std::string(2'000, 'x')})),
            "error invalid_input: q: at most 1000 bytes\n");
}

TEST(Search, SaysWhyAFilterLetsARowThroughAndOnWhatThatRests) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7, label=End forced labour}
      a{title=Cocoa one}  a -CONTRIBUTES_TO/text-> sdg:8.7
      b{title=Cocoa two}  b -CONTRIBUTES_TO/text-> sdg:8.7  b -CONTRIBUTES_TO/reported-> sdg:8.7
  )");
  const auto answer = search(graph.context(), {.words = "cocoa", .filter = {.target = "sdg:8.7"}});
  ASSERT_EQ(answer.value().items.size(), 2);
  for (const SearchHit& hit : answer.value().items) {
    ASSERT_EQ(hit.why.size(), 2);
    const Reason& reason = hit.why[1];
    const bool read = hit.node.id == "init:a";
    EXPECT_EQ(reason.text, std::string("It contributes to 8.7 (End forced labour)") +
                               (read ? " (going by the wording)." : "."));
    EXPECT_EQ(reason.basis, read ? Basis::text : Basis::reported);
    ASSERT_EQ(reason.rests_on.size(), read ? 1 : 0);
    if (read) {
      EXPECT_EQ(reason.rests_on[0].from.id, "init:a");
    }
  }
}

TEST(Search, WithoutWordsCountsOnlyConnectionsOfTheBasis) {
  const auto graph = draw(R"(
      a{title=A}  a -ADDRESSES/text-> det:one  a -ADDRESSES/text-> det:two
      b{title=B}  b -ADDRESSES/reported-> det:one
  )");
  const SearchQuestion question{.filter = {.kinds = {"Initiative"}, .bases = {"reported"}}};
  const auto answer = search(graph.context(), question);
  EXPECT_EQ(ids(answer), "init:b init:a ");
  EXPECT_EQ(answer.value().items[0].why[0].text, "It has 1 connection.");
  EXPECT_EQ(answer.value().items[1].why[0].text, "It has 0 connections.");
}

}  // namespace
}  // namespace mangrove::query
