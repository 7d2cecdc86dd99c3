#include "query/explore/overlaps.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::show;

TEST(Overlaps, SharingARareTargetCountsMoreThanSharingACommonPlace) {
  const auto graph = draw(R"(
      helpline -CONTRIBUTES_TO-> sdg:8.7      helpline -WORKS_IN-> place:GH
      shelter  -CONTRIBUTES_TO-> sdg:8.7      training -WORKS_IN-> place:GH
      school   -WORKS_IN-> place:GH           clinic   -WORKS_IN-> place:GH
  )");
  EXPECT_EQ(show(overlaps(graph.context(), {.id = "helpline"})),
            "shelter   why: sdg:8.7\n"
            "clinic   why: place:GH\n"
            "school   why: place:GH\n"
            "training   why: place:GH\n");
}

TEST(Overlaps, ReadAsOneSentence) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7, label=End forced labour}  place:GH{name=Ghana}
      a{start=2017, end=2023}  a -CONTRIBUTES_TO/reported-> sdg:8.7  a -WORKS_IN-> place:GH
      b{start=2019, end=2025}  b -CONTRIBUTES_TO/reported-> sdg:8.7  b -WORKS_IN-> place:GH
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  ASSERT_TRUE(answer.ok());
  ASSERT_EQ(answer.value().items.size(), 1);
  const Overlap& overlap = answer.value().items.front();
  EXPECT_EQ(overlap.reading,
            "Both contribute to 8.7 and work in Ghana in 2019-2023; they share no partner yet.");
  EXPECT_EQ(overlap.years, (Years{2019, 2023}));
  EXPECT_EQ(overlap.why.front().text, "Both contribute to 8.7 (End forced labour).");
  EXPECT_EQ(overlap.why.front().source, "src:test");
}

TEST(Overlaps, SayWhenThePartnersAreShared) {
  const auto graph = draw(R"(
      place:GH{name=Ghana}  org:x{name=Danida}
      org:x -TAKES_PART_IN/funding-> a -WORKS_IN-> place:GH
      org:x -TAKES_PART_IN/reporting-> b -WORKS_IN-> place:GH
      org:x -TAKES_PART_IN/funding-> c
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  ASSERT_EQ(answer.value().items.size(), 2);
  EXPECT_EQ(answer.value().items[0].reading, "Both work in Ghana; they share the partner Danida.");
  EXPECT_EQ(answer.value().items[1].reading, "They share the partner Danida.");
}

TEST(Overlaps, CountHalfWhereTheTwoNeverRanTogetherAndSaySo) {
  const auto graph = draw(R"(
      a{start=2020}             a -WORKS_IN-> place:GH
      b{start=2001, end=2010}   b -WORKS_IN-> place:GH
      c{start=2021}             c -WORKS_IN-> place:GH
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  ASSERT_EQ(answer.value().items.size(), 2);
  const Overlap& late = answer.value().items[0];
  const Overlap& early = answer.value().items[1];
  EXPECT_EQ(late.node.id, "init:c");
  EXPECT_DOUBLE_EQ(early.score, kNeverTogether * late.score);
  EXPECT_DOUBLE_EQ(early.why.front().weight, early.score);
  EXPECT_FALSE(early.years);
  EXPECT_NE(early.reading.find("never ran in the same year"), std::string::npos);
}

TEST(Overlaps, ComeByScoreHoweverManyHaveMoreInCommonButOtherYears) {
  std::string drawing = "a{start=2020} -WORKS_IN-> place:GH  a -IN_SECTOR-> sector:1\n";
  for (int i = 0; i < 300; ++i) {
    const std::string early = "early" + std::to_string(i);
    drawing += early + "{end=2010} -WORKS_IN-> place:GH  " + early + " -IN_SECTOR-> sector:1\n";
  }
  drawing += "late -WORKS_IN-> place:GH";
  const auto graph = draw(drawing);
  const auto answer = overlaps(graph.context(), {.id = "a", .page = {10, 0}});
  ASSERT_EQ(answer.value().items.size(), 10);
  EXPECT_EQ(answer.value().items[0].node.id, "init:late") << "all of .14 is more than half of .24";
  EXPECT_EQ(answer.value().items[1].node.id, "init:early0");
  EXPECT_EQ(answer.value().total, 301);
}

TEST(Overlaps, NameWhatThePublisherStatesBetweenTheTwo) {
  const auto graph = draw(R"(
      a -WORKS_IN-> place:GH  b -WORKS_IN-> place:GH  c -WORKS_IN-> place:GH
      a -RELATED_TO/parent-> b   c -RELATED_TO/parent-> a
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  ASSERT_EQ(answer.value().items.size(), 2);
  EXPECT_EQ(answer.value().items[0].reading.substr(0, 26), "Stated to be its parent; b");
  EXPECT_EQ(answer.value().items[1].reading.substr(0, 25), "Stated to be its child; b");
}

TEST(Overlaps, FlagEqualTitlesFromDifferentSources) {
  const auto graph = draw(R"(
      a{title=Cocoa: No Child Labour}  a -WORKS_IN-> place:GH
      source src:other
      b{title=Cocoa - no child labour}  b -WORKS_IN-> place:GH
      source src:test
      c{title=Cocoa: No Child Labour}  c -WORKS_IN-> place:GH
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  ASSERT_EQ(answer.value().items.size(), 2);
  EXPECT_TRUE(answer.value().items[0].reading.starts_with("Perhaps one initiative in two data"));
  EXPECT_TRUE(answer.value().items[1].reading.starts_with("Both work in"));
  EXPECT_EQ(answer.value().items[1].advice.coordinate.front(),
            "They have the same title in one data set: they may be parts of one programme.");
}

TEST(Overlaps, LeaveOutRecordsOfTheSameInitiative) {
  const auto graph = draw(R"(
      a -WORKS_IN-> place:GH  b -WORKS_IN-> place:GH  c -WORKS_IN-> place:GH
      a -SAME_AS{state=accepted}-> b   c -SAME_AS{state=refused}-> a
  )");
  EXPECT_EQ(show(overlaps(graph.context(), {.id = "a"})), "c   why: place:GH\n");
}

TEST(Overlaps, KeepDuplicatesApartWhetherSureOrPerhaps) {
  const auto graph = draw(R"(
      a -WORKS_IN-> place:GH  b -WORKS_IN-> place:GH  c -WORKS_IN-> place:GH  d -WORKS_IN-> place:GH
      e -WORKS_IN-> place:GH
      a -SAME_AS/accepted-> b   c -SAME_AS/suggested-> a   a -SAME_AS/suggested-> d
      a -NOT_SAME_AS-> d        e -SAME_AS/refused-> a
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  EXPECT_EQ(show(answer), "d   why: place:GH\ne   why: place:GH\n");
  ASSERT_EQ(answer.value().duplicates.size(), 2);
  EXPECT_EQ(answer.value().duplicates[0].node.id, "init:b");
  EXPECT_EQ(answer.value().duplicates[0].state, "accepted");
  EXPECT_EQ(answer.value().duplicates[1].node.id, "init:c");
  EXPECT_EQ(answer.value().duplicates[1].state, "suggested");
}

using Sentences = std::vector<std::string>;

Advice advice_on(const test::Drawn& graph, const std::string& id) {
  const auto answer = overlaps(graph.context(), {.id = "init:" + id});
  return answer.ok() && !answer.value().items.empty() ? answer.value().items.front().advice
                                                      : Advice{};
}

TEST(OverlapAdvice, IsToCoordinateOnOneGroundAtOneTime) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7, label=End forced labour}  place:GH{name=Ghana}  int:law{label=Legal aid}
      a{start=2017, title=A}  a -CONTRIBUTES_TO/reported-> sdg:8.7  a -WORKS_IN-> place:GH
      b{start=2019, title=B}  b -CONTRIBUTES_TO/reported-> sdg:8.7  b -WORKS_IN-> place:GH
      int:safe{label=Shelter}  a -USES-> int:safe  b -USES-> int:law
  )");
  const Advice advice = advice_on(graph, "a");
  EXPECT_EQ(advice.most, Course::coordinate);
  EXPECT_EQ(advice.reading, "Coordinate: both work on 8.7 in Ghana since 2019.");
  EXPECT_EQ(advice.coordinate,
            (Sentences{"Both work on 8.7 in Ghana since 2019.",
                       "No body is known to take part in both: neither may know of the other.",
                       "B uses Legal aid, which A is not known to use.",
                       "A uses Shelter, which B is not known to use."}));
  EXPECT_TRUE(advice.differ.empty());
  EXPECT_TRUE(advice.merge.empty());
}

TEST(OverlapAdvice, IsToMergeWhereOneBodyDoesBothAndNothingSpeaksAgainst) {
  const std::string ground = R"(
      org:x{name=Danida}  place:GH{name=Ghana}  det:debt{label=Debt}  group:c{label=Children}
      org:x -TAKES_PART_IN/funding-> a  org:x -TAKES_PART_IN/funding-> b
      a -ADDRESSES/reported-> det:debt  b -ADDRESSES/reported-> det:debt
      a -WORKS_IN-> place:GH            b -WORKS_IN-> place:GH
      group:w{label=Women}  a{title=A}  b{title=B}
  )";
  const Advice one = advice_on(draw(ground), "a");
  EXPECT_EQ(one.most, Course::merge);
  EXPECT_EQ(one.reading, "Look whether they are one: Danida takes part in both, on Debt in Ghana.");
  const Advice two = advice_on(draw(ground + "a -SERVES-> group:c  b -SERVES-> group:w"), "a");
  EXPECT_EQ(two.most, Course::coordinate);
  EXPECT_EQ(two.differ, (Sentences{"They serve others: A serves Children, B serves Women."}));
}

TEST(OverlapAdvice, IsToDifferWhereTheyNeverMet) {
  const auto graph = draw(R"(
      a{start=2020}             a -WORKS_IN-> place:GH  a -ADDRESSES/text-> det:debt
      b{start=2001, end=2010}   b -WORKS_IN-> place:GH  b -ADDRESSES/reported-> det:debt
  )");
  const Advice advice = advice_on(graph, "a");
  EXPECT_EQ(advice.most, Course::differ);
  EXPECT_EQ(advice.reading,
            "Go on apart and learn from each other: they never ran in the same year.");
  EXPECT_EQ(advice.differ,
            (Sentences{"They never ran in the same year.",
                       "All that they are said to work on in common is read out of texts; nobody "
                       "reported it of both."}));
  EXPECT_TRUE(advice.coordinate.empty());
}

TEST(OverlapAdvice, NamesPlacesAndSubjectsThatAreNotShared) {
  const auto graph = draw(R"(
      place:GH{name=Ghana}  place:NP{name=Nepal}  a{title=A}  b{title=B}
      a -IN_SECTOR-> sector:1  a -WORKS_IN-> place:GH  a -ADDRESSES/reported-> det:debt
      b -IN_SECTOR-> sector:1  b -WORKS_IN-> place:NP  b -ADDRESSES/reported-> det:law
  )");
  EXPECT_EQ(advice_on(graph, "a").differ,
            (Sentences{"They share no place: A works in Ghana, B in Nepal.",
                       "They share no target, goal or determinant."}));
}

TEST(OverlapAdvice, SaysWhereNothingInCommonIsRare) {
  std::string drawing = "a -WORKS_IN-> place:GH  place:GH{name=Ghana}\n";
  for (std::size_t i = 0; i < kRareMax; ++i) {
    drawing += "b" + std::to_string(i) + " -WORKS_IN-> place:GH\n";
  }
  EXPECT_EQ(advice_on(draw(drawing), "a").differ,
            (Sentences{"Nothing that they share is rare: 201 initiatives have Ghana too."}));
}

TEST(Overlaps, TakeTheWeakerBasisOfTheTwoSides) {
  const auto graph = draw(R"(
      a -CONTRIBUTES_TO/reported-> sdg:8.7
      source src:rules
      b -CONTRIBUTES_TO/text-> sdg:8.7
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  const Reason& reason = answer.value().items.front().why.front();
  EXPECT_EQ(reason.basis, Basis::text);
  EXPECT_EQ(reason.source, "src:rules");
  EXPECT_EQ(reason.text, "Both contribute to 8.7 (sdg:8.7) (going by the wording).");
}

TEST(Overlaps, ListNothingForAnInitiativeThatSharesNothing) {
  const auto graph = draw("a -WORKS_IN-> place:GH  b -WORKS_IN-> place:NP");
  EXPECT_EQ(show(overlaps(graph.context(), {.id = "a"})), "");
}

TEST(Overlaps, AreAskedOfInitiativesOnly) {
  const auto graph = draw("a -WORKS_IN-> place:GH");
  EXPECT_EQ(show(overlaps(graph.context(), {.id = "place:GH"})),
            "error not_found: there is no Initiative `place:GH`; place:GH is of kind Place\n");
}

// --- Against a naive double loop --------------------------------------------------------------

std::map<std::string, double> naive(const test::RandomWorld& world, const std::string& self) {
  std::map<std::string, double> strength;
  for (const ontology::RelationInfo& relation : test::shipped_ontology().schema().relations()) {
    if (!relation.connection) continue;
    const bool out = relation.name != "TAKES_PART_IN";
    for (const std::string& end : world.ends(self, relation.name, out)) {
      const auto sharers = world.ends(end, relation.name, !out);
      for (const std::string& other : world.initiatives()) {
        if (other == self || !sharers.contains(other)) continue;
        strength[other] += relation.weight / std::log(2.0 + static_cast<double>(sharers.size()));
      }
    }
  }
  return strength;
}

TEST(Overlaps, EqualANaiveDoubleLoopOnRandomGraphs) {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 10 + static_cast<int>(seed)});
    const test::Drawn graph(world.records());
    for (const std::string& self : world.initiatives()) {
      const auto answer = overlaps(graph.context(), {.id = self, .filter = {}, .page = {200, 0}});
      ASSERT_TRUE(answer.ok());
      const auto expected = naive(world, self);
      ASSERT_EQ(answer.value().total, expected.size());
      ASSERT_EQ(answer.value().items.size(), expected.size());
      double before = INFINITY;
      for (const Overlap& overlap : answer.value().items) {
        ASSERT_NEAR(overlap.score, expected.at(overlap.node.id), 1e-9) << "seed " << seed;
        ASSERT_LE(overlap.score, before + 1e-9);
        before = overlap.score;
        double sum = 0;
        for (const Reason& reason : overlap.why) sum += reason.weight;
        ASSERT_NEAR(sum, overlap.score, 1e-9);
      }
    }
  }
}

// --- Drafts -----------------------------------------------------------------------------------

TEST(OverlapsOfADraft, EqualThoseOfTheSameInitiativeStoredButForItsOwnShareInTheCounts) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 20});
    const test::Drawn graph(world.records());
    for (const std::string& self : world.initiatives()) {
      DraftOverlapsQuestion draft{.page = {200, 0}};
      for (const graph::EdgeStatement& edge : world.edges()) {
        if (edge.from == self) draft.ties.push_back({edge.relation, edge.to, Basis::reported});
      }
      const auto answer = overlaps_of_draft(graph.context(), draft);
      ASSERT_TRUE(answer.ok());
      std::map<std::string, double> expected;
      for (const ontology::RelationInfo& relation : test::shipped_ontology().schema().relations()) {
        if (!relation.connection || relation.name == "TAKES_PART_IN") continue;
        for (const std::string& end : world.ends(self, relation.name)) {
          const auto sharers = world.ends(end, relation.name, false);
          for (const std::string& other : sharers) {
            expected[other] +=
                relation.weight / std::log(2.0 + static_cast<double>(sharers.size()));
          }
        }
      }
      ASSERT_EQ(answer.value().total, expected.size());  // The stored one too: it is another.
      for (const Overlap& overlap : answer.value().items) {
        ASSERT_NEAR(overlap.score, expected.at(overlap.node.id), 1e-9);
      }
    }
  }
}

TEST(OverlapsOfADraft, SayWhatIsReadOutOfItsWordsAndWhetherItIsThereAlready) {
  const auto graph = draw(R"(
      place:GH{name=Ghana}
      b{title=Cocoa: no child labour, start=2020}  b -WORKS_IN-> place:GH
      b -ADDRESSES/reported-> det:debt
  )");
  const auto answer =
      overlaps_of_draft(graph.context(), {.title = "Cocoa - No Child Labour",
                                          .years = {2024, 2026},
                                          .ties = {{"WORKS_IN", "place:GH", Basis::reported},
                                                   {"ADDRESSES", "det:debt", Basis::text},
                                                   {"ADDRESSES", "det:hidden", Basis::text},
                                                   {"LIKES", "det:debt", Basis::text}}});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(show(answer), "b   why: det:debt place:GH\n");
  const Overlap& overlap = answer.value().items.front();
  EXPECT_EQ(answer.value().of.id, "");
  EXPECT_EQ(overlap.years, (Years{2024, 2026}));
  EXPECT_EQ(overlap.why[0].basis, Basis::text);
  EXPECT_EQ(overlap.why[0].source, "");
  EXPECT_EQ(overlap.advice.merge.front(), "They have the same title: it may be published already.");
  EXPECT_EQ(
      show(overlaps_of_draft(graph.context(), {.ties = {{"ADDRESSES", "det:debt", Basis::text}},
                                               .filter = {.bases = {"reported"}}})),
      "");
}

TEST(Overlaps, PagesTogetherAreTheWholeList) {
  const test::RandomWorld world(7, {.initiatives = 260, .actors = 30});
  const test::Drawn graph(world.records());
  const auto ids = [&](Page page) {
    std::vector<std::string> result;
    const auto answer = overlaps(graph.context(), {.id = "init:0", .filter = {}, .page = page});
    for (const Overlap& overlap : answer.value().items) result.push_back(overlap.node.id);
    return result;
  };
  std::vector<std::string> whole = ids({200, 0});
  for (const std::string& id : ids({200, 200})) whole.push_back(id);
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    for (const std::string& id : ids({7, at})) pieces.push_back(id);
  }
  EXPECT_EQ(pieces, whole);
  EXPECT_GT(whole.size(), 200);
}

TEST(Overlaps, WithABasisEqualThoseOfTheGraphWithoutTheOtherConnections) {
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const test::RandomWorld world(seed, {});
    const test::Drawn whole(world.records());
    auto fewer = world.records();
    for (graph::Record& record : fewer) {
      std::erase_if(record.edges, [](const graph::EdgeStatement& edge) {
        return edge.qualifier == "text" || edge.qualifier == "mapped";
      });
    }
    const test::Drawn cut(fewer);
    for (const std::string& self : world.initiatives()) {
      EXPECT_EQ(show(overlaps(whole.context(), {.id = self, .filter = {.bases = {"reported"}}})),
                show(overlaps(cut.context(), {.id = self})));
    }
  }
}

TEST(Overlaps, WithAFilterHoldOnlyWhatPasses) {
  const auto graph = draw(R"(
      place:accra -WITHIN-> place:GH
      a -CONTRIBUTES_TO-> sdg:8.7
      b{start=2001, end=2005}  b -CONTRIBUTES_TO-> sdg:8.7  b -WORKS_IN-> place:accra
      c{start=2019}  c -CONTRIBUTES_TO-> sdg:8.7  c -WORKS_IN-> place:GH
      d{start=2019}  d -CONTRIBUTES_TO-> sdg:8.7  d -WORKS_IN-> place:NP
  )");
  const Context context = graph.context();
  EXPECT_EQ(show(overlaps(context, {.id = "a", .filter = {.place = "GH"}})),
            "b   why: sdg:8.7\nc   why: sdg:8.7\n");
  const auto late = overlaps(context, {.id = "a", .filter = {.from = 2015}});
  EXPECT_EQ(show(late), "c   why: sdg:8.7\nd   why: sdg:8.7\n");
  EXPECT_EQ(late.value().total, 2);
}

TEST(Overlaps, TellOnWhichDerivedConnectionsTheirReasonsRest) {
  const auto graph = draw(R"(
      det:debt{status=proposed}
      a -ADDRESSES/text-> det:debt       a -CONTRIBUTES_TO/reported-> sdg:8.7
      b -ADDRESSES/mapped-> det:debt     b -CONTRIBUTES_TO/reported-> sdg:8.7
      b -CONTRIBUTES_TO/text-> sdg:8.7
  )");
  const auto answer = overlaps(graph.context(), {.id = "a"});
  ASSERT_EQ(answer.value().items.size(), 1);
  for (const Reason& reason : answer.value().items[0].why) {
    if (reason.node.id == "sdg:8.7") {
      EXPECT_TRUE(reason.rests_on.empty());  // Both say so themselves.
      continue;
    }
    EXPECT_EQ(reason.node.status, "proposed");
    ASSERT_EQ(reason.rests_on.size(), 2);
    EXPECT_EQ(reason.rests_on[0].from.id, "init:a");
    EXPECT_EQ(reason.rests_on[0].basis, Basis::text);
    EXPECT_EQ(reason.rests_on[1].from.id, "init:b");
    EXPECT_EQ(reason.rests_on[1].basis, Basis::mapped);
    EXPECT_EQ(reason.rests_on[1].relation, "ADDRESSES");
    EXPECT_EQ(reason.rests_on[1].to, "det:debt");
  }
}

}  // namespace
}  // namespace mangrove::query
