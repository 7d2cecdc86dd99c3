// Which records are of one thing, and what that means to questions.

#include "query/same.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "query/explore/matches.h"
#include "query/explore/nodes.h"
#include "query/explore/partners.h"
#include "tests/support/draw.h"

namespace mangrove::test {
namespace {

using query::Same;
using Ids = std::vector<std::string>;

Ids others(const Drawn& graph, const std::string& id) {
  const query::Context context = graph.context();
  Ids ids;
  for (const graph::NodeIndex node : Same(context).others(*graph.view().find(id)).value()) {
    ids.emplace_back(graph.view().id(node));
  }
  return ids;
}

TEST(Same, JoinsWhatWasAcceptedAlsoThroughOthers) {
  const auto graph = draw(R"(
      org:a -SAME_AS/accepted-> org:b  org:c -SAME_AS/accepted-> org:b
      org:d -SAME_AS/suggested-> org:a  org:e -SAME_AS{state=refused}-> org:a
      org:f -SAME_AS{state=accepted}-> org:a  org:g -SAME_AS-> org:f
  )");
  EXPECT_EQ(others(graph, "org:a"), (Ids{"org:b", "org:c", "org:f", "org:g"}));
  EXPECT_EQ(others(graph, "org:c"), (Ids{"org:a", "org:b", "org:f", "org:g"}));
  EXPECT_EQ(others(graph, "org:d"), Ids{});
}

TEST(Same, NeverJoinsWhatAPersonToldApart) {
  const auto graph = draw(R"(
      source src:mangrove-identity
      org:a -SAME_AS/accepted-> org:b  org:b -SAME_AS/accepted-> org:c
      source src:steward
      org:c -NOT_SAME_AS/refused-> org:a
  )");
  EXPECT_EQ(others(graph, "org:a"), Ids{"org:b"});
  EXPECT_EQ(others(graph, "org:b"), Ids{"org:a"});
  EXPECT_EQ(others(graph, "org:c"), Ids{});
}

TEST(Same, TakesWhatPeopleJoinedBeforeWhatTheMachineDid) {
  const auto graph = draw(R"(
      source src:mangrove-identity
      org:a -SAME_AS/accepted-> org:b
      source src:steward
      org:b -SAME_AS/accepted-> org:c  org:c -NOT_SAME_AS/refused-> org:a
  )");
  EXPECT_EQ(others(graph, "org:b"), Ids{"org:c"});
  EXPECT_EQ(others(graph, "org:a"), Ids{});
}

// The rule, taken at its word: all joins in order, none that puts together what is told apart.
TEST(Same, IsAnEquivalenceThatKeepsTheRule) {
  std::mt19937 random(4);
  for (int turn = 0; turn < 150; ++turn) {
    const std::size_t size = 2 + random() % 7;
    std::vector<std::pair<std::size_t, std::size_t>> joined;
    std::vector<std::pair<std::size_t, std::size_t>> apart;
    std::string drawing;
    const auto name = [](std::size_t i) { return "org:" + std::string(1, char('a' + i)); };
    for (std::size_t i = 0; i < size; ++i) drawing += name(i) + "{name=x}\n";
    for (std::size_t i = random() % (2 * size); i > 0; --i) {
      const std::size_t a = random() % size;
      const std::size_t b = random() % size;
      if (a == b) continue;
      const bool join = random() % 3 != 0;
      (join ? joined : apart).push_back(std::minmax(a, b));
      drawing +=
          name(a) + (join ? " -SAME_AS/accepted-> " : " -NOT_SAME_AS/refused-> ") + name(b) + "\n";
    }
    std::sort(joined.begin(), joined.end());
    std::vector<std::size_t> group(size);
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (const auto& [a, b] : joined) {
      const std::size_t of_a = group[a];
      const std::size_t of_b = group[b];
      const bool forbidden = std::any_of(apart.begin(), apart.end(), [&](const auto& pair) {
        return (group[pair.first] == of_a && group[pair.second] == of_b) ||
               (group[pair.first] == of_b && group[pair.second] == of_a);
      });
      if (!forbidden) std::replace(group.begin(), group.end(), of_a, of_b);
    }
    const auto graph = draw(drawing);
    for (std::size_t i = 0; i < size; ++i) {
      Ids expected;
      for (std::size_t j = 0; j < size; ++j) {
        if (j != i && group[i] == group[j]) expected.push_back(name(j));
      }
      EXPECT_EQ(others(graph, name(i)), expected) << drawing << name(i);
    }
  }
}

TEST(Same, CountsEachThingOnce) {
  const auto graph = draw(R"(
      a -SAME_AS/accepted-> b  c -WORKS_IN-> place:GH
      b -WORKS_IN-> place:GH  a -WORKS_IN-> place:GH
  )");
  const query::Context context = graph.context();
  const auto node = [&](const char* id) { return *graph.view().find(id); };
  const std::vector<graph::NodeIndex> all{node("init:b"), node("init:c"), node("init:a"),
                                          node("init:a")};
  EXPECT_EQ(Same(context).once(all).value(),
            (std::vector<graph::NodeIndex>{node("init:c"), node("init:a")}));
  const std::vector<graph::NodeIndex> one{node("init:b")};
  EXPECT_EQ(Same(context).once(one).value(), one);
}

// --- Questions -----------------------------------------------------------------------------------

TEST(SameInQuestions, PartnersAreNotThoseWhomAnAliasKnows) {
  const std::string ground = R"(
      org:us -TAKES_PART_IN/funding-> a  a -WORKS_IN-> place:GH  a -CONTRIBUTES_TO-> sdg:8.7
      org:them -TAKES_PART_IN/funding-> b  b -WORKS_IN-> place:GH  b -CONTRIBUTES_TO-> sdg:8.7
      org:they -TAKES_PART_IN/funding-> c  org:us -TAKES_PART_IN/implementing-> c
  )";
  const auto ids = [](const Drawn& graph, const std::string& id) {
    Ids found;
    const auto answer = query::partners(graph.context(), {.id = id}).value();
    for (const query::Partner& partner : answer.items) found.push_back(partner.node.id);
    return found;
  };
  EXPECT_EQ(ids(draw(ground), "org:us"), Ids{"org:them"});
  EXPECT_EQ(ids(draw(ground + "org:they -SAME_AS/suggested-> org:them"), "org:us"),
            Ids{"org:them"});
  EXPECT_EQ(ids(draw(ground + "org:they -SAME_AS/accepted-> org:them"), "org:us"), Ids{});
  // Nor is another record of oneself.
  EXPECT_EQ(ids(draw(ground + "org:us -SAME_AS/accepted-> org:them"), "org:us"), Ids{});
}

TEST(SameInQuestions, PartnersAreSoughtFromAllRecordsAndShownOnce) {
  const auto graph = draw(R"(
      org:us -SAME_AS/accepted-> org:us-too
      org:us-too -TAKES_PART_IN/funding-> a  a -WORKS_IN-> place:GH  a -CONTRIBUTES_TO-> sdg:8.7
      org:x -TAKES_PART_IN/funding-> b  b -WORKS_IN-> place:GH  b -CONTRIBUTES_TO-> sdg:8.7
      org:y -TAKES_PART_IN/funding-> b  org:y -SAME_AS/accepted-> org:x
      org:us -TAKES_PART_IN/funding-> d
  )");
  const auto answer = query::partners(graph.context(), {.id = "org:us"}).value();
  ASSERT_EQ(answer.items.size(), 1);
  EXPECT_EQ(answer.total, 1);
  EXPECT_EQ(answer.items[0].node.id, "org:x");
}

TEST(SameInQuestions, ANodeTellsItsOtherRecordsAndSuggestionsAreNoConnections) {
  const auto graph = draw(R"(
      org:a{name=Reef Watch}  org:a -SAME_AS/accepted-> org:b  org:c -SAME_AS/suggested-> org:a
      org:d -NOT_SAME_AS/refused-> org:a
      source src:other
      org:b{name=Reef Watch Ltd}
  )");
  const auto answer = query::node(graph.context(), "org:a").value();
  ASSERT_EQ(answer.same.size(), 1);
  EXPECT_EQ(answer.same[0].node.id, "org:b");
  EXPECT_EQ(answer.same[0].names, Ids{"Reef Watch Ltd"});
  EXPECT_EQ(answer.same[0].sources, (Ids{"src:other", "src:test"}));
  EXPECT_EQ(answer.degree.at("SAME_AS").out, 1);
  EXPECT_EQ(answer.degree.at("SAME_AS").in, 0);
  EXPECT_FALSE(answer.degree.contains("NOT_SAME_AS"));
}

TEST(Matches, AreListedByScoreAndFiltered) {
  const auto graph = draw(R"(
      org:a -SAME_AS/suggested{state=suggested, score=0.6, match=one}-> org:b
      org:c -SAME_AS/accepted{state=accepted, score=0.9}-> org:b
      a -SAME_AS/suggested{state=suggested, score=0.7}-> b
      org:d -NOT_SAME_AS/refused{state=refused}-> org:a
  )");
  const auto show = [&](const query::MatchesQuestion& question) {
    std::string text;
    for (const query::MatchRow& row : query::matches(graph.context(), question).value().items) {
      text += row.a.id + " " + row.b.id + " " + row.state + "\n";
    }
    return text;
  };
  EXPECT_EQ(show({}),
            "org:d org:a refused\norg:c org:b accepted\ninit:a init:b suggested\n"
            "org:a org:b suggested\n");
  EXPECT_EQ(show({.state = "suggested", .kind = "Actor"}), "org:a org:b suggested\n");
  EXPECT_EQ(show({.id = "org:b", .page = {.limit = 1}}), "org:c org:b accepted\n");
  EXPECT_EQ(query::matches(graph.context(), {.id = "org:nobody"}).error().code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace mangrove::test
