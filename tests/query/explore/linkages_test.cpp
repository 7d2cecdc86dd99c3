#include "query/explore/linkages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::show;

TEST(Linkages, CountWhatInitiativesContributeToTogether) {
  const auto graph = draw(R"(
      a -CONTRIBUTES_TO-> sdg:8.7   a -CONTRIBUTES_TO-> sdg:16.2
      b -CONTRIBUTES_TO-> sdg:8.7   b -CONTRIBUTES_TO-> sdg:16.2   b -CONTRIBUTES_TO-> sdg:4.1
      c -CONTRIBUTES_TO-> sdg:4.1   d -CONTRIBUTES_TO-> sdg:8       e -CONTRIBUTES_TO-> sdg:16.2
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  EXPECT_EQ(answer.value().with_target, 2);
  EXPECT_EQ(answer.value().with_any_target, 4);  // The goal of d is no target.
  EXPECT_EQ(show(answer),
            "sdg:16.2   together 2 of 1.500 expected   such as a   such as b\n"
            "sdg:4.1   together 1 of 1.000 expected   such as b\n");
  const Together& together = *answer.value().items[0].together;
  EXPECT_NEAR(together.lift, 2 / 1.5, 1e-12);
  EXPECT_NEAR(together.p_value, 0.5, 1e-12);  // C(3,2)*C(1,0)/C(4,2)
}

TEST(Linkages, KeepInfluenceInBothDirectionsApartFromWhatIsSeenTogether) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7}  sdg:5.2{code=5.2}
      sdg:5.2 -INFLUENCES{score=2, status=proposed, scope=global}-> sdg:8.7
      source src:study
      sdg:5.2 -INFLUENCES{score=-1}-> sdg:8.7
      sdg:8.7 -INFLUENCES-> sdg:13.1
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  EXPECT_EQ(show(answer),
            "sdg:5.2   to 2.000   to -1.000\n"
            "sdg:13.1   from unknown\n");
  const Linkage& linkage = answer.value().items[0];
  EXPECT_FALSE(linkage.together);
  EXPECT_EQ(linkage.influence[0].scope, "global");
  EXPECT_EQ(linkage.influence[1].source, "src:study");
  ASSERT_EQ(linkage.why.size(), 1);
  EXPECT_EQ(
      linkage.why[0].text,
      "Progress on 5.2 is said to constrain 8.7 (-1); 2 statements in all, from -1 to +2 this "
      "way.");
  EXPECT_DOUBLE_EQ(linkage.score, 1.0 / 3);  // What is only proposed counts for nothing.
  EXPECT_EQ(answer.value().items[1].why[0].text, "Progress on 8.7 is said to influence 13.1.");
}

TEST(Linkages, ShowWhereWhenAndInWhatAScoreWasFoundAndOneOfZeroIsNoMissingOne) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7}  sdg:5.2{code=5.2}
      sdg:5.2 -INFLUENCES{score=0, scope=Sweden, date=2018-01, evidence=Study}-> sdg:8.7
      source src:other
      sdg:5.2 -INFLUENCES{reason=because}-> sdg:8.7
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  EXPECT_EQ(show(answer), "sdg:5.2   to 0.000   to unknown\n");
  const Linkage& linkage = answer.value().items[0];
  EXPECT_EQ(linkage.influence[0].date, "2018-01");
  EXPECT_EQ(linkage.influence[0].evidence, "Study");
  EXPECT_EQ(linkage.why[0].text,
            "Progress on 5.2 is said to have no notable effect on 8.7 (0, Sweden, 2018-01); "
            "2 statements in all.");
}

TEST(Linkages, TakeADependenceForNoInfluence) {
  const auto graph = draw(R"(
      sdg:5.2 -INFLUENCES{dependence=0.9}-> sdg:8.7
      sdg:13.1 -INFLUENCES{dependence=0.9, score=1}-> sdg:8.7
  )");
  EXPECT_EQ(show(linkages(graph.context(), {.target = "8.7"})), "sdg:13.1   to 1.000\n");
}

TEST(Linkages, NameTheDeterminantsThatBearOnBoth) {
  const auto graph = draw(R"(
      det:debt{label=Debt}  det:land{label=Land}
      det:debt -BEARS_ON-> sdg:8.7   det:debt -BEARS_ON-> sdg:8.10
      det:land -BEARS_ON-> sdg:8.7   det:land -BEARS_ON-> sdg:8.10   det:land -BEARS_ON-> sdg:1.4
      det:cash -BEARS_ON-> sdg:8.10
  )");
  const auto answer = linkages(graph.context(), {.target = "sdg:8.7"});
  EXPECT_EQ(show(answer), "sdg:8.10   det:debt   det:land\nsdg:1.4   det:land\n");
  EXPECT_EQ(answer.value().items[0].why[0].text, "Debt and Land bear on both.");
  EXPECT_EQ(answer.value().items[1].why[0].text, "Land bears on both.");
}

TEST(Linkages, ShowTheMostSpecificInitiativesAsExamples) {
  const auto graph = draw(R"(
      broad -CONTRIBUTES_TO-> sdg:8.7  broad -CONTRIBUTES_TO-> sdg:16.2
      broad -CONTRIBUTES_TO-> sdg:1.1  broad -CONTRIBUTES_TO-> sdg:1.2
      x -CONTRIBUTES_TO-> sdg:8.7  x -CONTRIBUTES_TO-> sdg:16.2
      y -CONTRIBUTES_TO-> sdg:8.7  y -CONTRIBUTES_TO-> sdg:16.2
      z -CONTRIBUTES_TO-> sdg:8.7  z -CONTRIBUTES_TO-> sdg:16.2
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  for (const Linkage& linkage : answer.value().items) {
    if (linkage.node.id != "sdg:16.2") continue;
    ASSERT_EQ(linkage.examples.size(), kExamplesMax);
    EXPECT_EQ(linkage.examples[0].id, "init:x");
    EXPECT_EQ(linkage.examples[2].id, "init:z");
  }
}

TEST(Linkages, CountOnlyTheBasisAndThePlaceAskedFor) {
  const auto graph = draw(R"(
      a -CONTRIBUTES_TO/reported-> sdg:8.7  a -CONTRIBUTES_TO/text-> sdg:16.2
      a -WORKS_IN-> place:GH
      b -CONTRIBUTES_TO/reported-> sdg:8.7  b -CONTRIBUTES_TO/reported-> sdg:5.2
      b -WORKS_IN-> place:NP
  )");
  const Context context = graph.context();
  EXPECT_EQ(show(linkages(context, {.target = "8.7", .filter = {.bases = {"reported"}}})),
            "sdg:5.2   together 1 of 1.000 expected   such as b\n");
  EXPECT_EQ(show(linkages(context, {.target = "8.7", .filter = {.place = "GH"}})),
            "sdg:16.2   together 1 of 1.000 expected   such as a\n");
}

TEST(Linkages, AreAskedOfTargets) {
  const auto graph = draw("a -CONTRIBUTES_TO-> sdg:8");
  EXPECT_EQ(show(linkages(graph.context(), {.target = "8"})),
            "error not_found: there is no Target `8`; sdg:8 is of kind Goal\n");
}

// --- Against counting by hand -----------------------------------------------------------------

TEST(Linkages, EqualCountingByHandOnRandomGraphs) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 50});
    const test::Drawn graph(world.records());
    std::map<std::string, std::set<std::string>> by_target;
    std::set<std::string> any;
    for (const std::string& initiative : world.initiatives()) {
      for (const std::string& target : world.ends(initiative, "CONTRIBUTES_TO")) {
        by_target[target].insert(initiative);
        any.insert(initiative);
      }
    }
    for (const auto& [target, ours] : by_target) {
      const auto answer = linkages(graph.context(), {.target = target});
      ASSERT_TRUE(answer.ok());
      EXPECT_EQ(answer.value().with_target, ours.size());
      EXPECT_EQ(answer.value().with_any_target, any.size());
      std::size_t rows = 0;
      for (const auto& [other, theirs] : by_target) {
        const auto both = std::count_if(theirs.begin(), theirs.end(), [&](const std::string& each) {
          return ours.contains(each);
        });
        if (other == target || both == 0) continue;
        ++rows;
        const auto row = std::find_if(answer.value().items.begin(), answer.value().items.end(),
                                      [&](const Linkage& each) { return each.node.id == other; });
        ASSERT_NE(row, answer.value().items.end());
        EXPECT_EQ(row->together->n, both);
        EXPECT_NEAR(
            row->together->expected,
            static_cast<double>(ours.size() * theirs.size()) / static_cast<double>(any.size()),
            1e-9);
      }
      EXPECT_EQ(answer.value().total, rows);
    }
  }
}

TEST(Linkages, TellOfHowManyPublishersSaySoThemselves) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7}  sdg:16.2{code=16.2}
      a -CONTRIBUTES_TO/reported-> sdg:8.7   a -CONTRIBUTES_TO/reported-> sdg:16.2
      a -CONTRIBUTES_TO/text-> sdg:8.7
      b -CONTRIBUTES_TO/reported-> sdg:8.7   b -CONTRIBUTES_TO/mapped-> sdg:16.2
      c -CONTRIBUTES_TO/reported-> sdg:4.1
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  const Linkage& linkage = answer.value().items[0];
  EXPECT_EQ(linkage.together->n, 2);
  EXPECT_EQ(linkage.together->said, 1);
  EXPECT_EQ(linkage.why[0].basis, Basis::mapped);
  EXPECT_TRUE(linkage.why[0].text.ends_with("Publishers themselves say so of 1."))
      << linkage.why[0].text;
  const auto reported =
      linkages(graph.context(), {.target = "8.7", .filter = {.bases = {"reported"}}});
  EXPECT_EQ(reported.value().items[0].together->n, 1);
  EXPECT_EQ(reported.value().items[0].why[0].basis, Basis::reported);
}

TEST(Linkages, OfAProposalSayThatNobodyConfirmedIt) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7}  sdg:5.2{code=5.2}
      sdg:5.2 -INFLUENCES{score=3, status=proposed}-> sdg:8.7
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  const Linkage& linkage = answer.value().items[0];
  EXPECT_EQ(linkage.score, 0);
  EXPECT_EQ(linkage.why[0].weight, 0);
  EXPECT_EQ(linkage.why[0].text,
            "Progress on 5.2 is proposed, but not confirmed, to be inseparable from 8.7 (+3).");
}

TEST(Linkages, CanBeAskedOfYearsAndOfAStatus) {
  const auto graph = draw(R"(
      old{start=2001, end=2004, status=closed}    old -CONTRIBUTES_TO-> sdg:8.7
      old -CONTRIBUTES_TO-> sdg:16.2
      now{start=2019, end=2023, status=closed}    now -CONTRIBUTES_TO-> sdg:8.7
      now -CONTRIBUTES_TO-> sdg:5.2
      next{start=2022, status=pipeline}           next -CONTRIBUTES_TO-> sdg:8.7
      next -CONTRIBUTES_TO-> sdg:4.1
  )");
  const auto rows = [&](const Filter& filter) {
    std::string ids;
    for (const Linkage& each :
         linkages(graph.context(), {.target = "8.7", .filter = filter}).value().items) {
      ids += each.node.id + " ";
    }
    return ids;
  };
  EXPECT_EQ(rows({.from = 2010}), "sdg:4.1 sdg:5.2 ");
  EXPECT_EQ(rows({.to = 2010}), "sdg:16.2 ");
  EXPECT_EQ(rows({.status = "closed", .from = 2010}), "sdg:5.2 ");
}

TEST(Linkages, NameTheActorsThatTakePartInMostOfWhatTiesTheTwo) {
  const auto graph = draw(R"(
      a -CONTRIBUTES_TO-> sdg:8.7   a -CONTRIBUTES_TO-> sdg:16.2
      b -CONTRIBUTES_TO-> sdg:8.7   b -CONTRIBUTES_TO-> sdg:16.2
      c -CONTRIBUTES_TO-> sdg:8.7
      org:one -TAKES_PART_IN/funding-> a    org:one -TAKES_PART_IN/reporting-> a
      org:two -TAKES_PART_IN/funding-> a    org:two -TAKES_PART_IN/funding-> b
      org:three -TAKES_PART_IN/funding-> c
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  ASSERT_EQ(answer.value().items.size(), 1);
  const auto& carriers = answer.value().items[0].carriers;
  ASSERT_EQ(carriers.size(), 2);
  EXPECT_EQ(carriers[0].node.id, "org:two");
  EXPECT_EQ(carriers[0].initiatives, 2);
  EXPECT_EQ(carriers[1].node.id, "org:one");
  EXPECT_EQ(carriers[1].initiatives, 1);
}

TEST(Linkages, AreCorrectedForAskingOfAllOtherTargets) {
  const auto graph = draw(R"(
      a -CONTRIBUTES_TO-> sdg:8.7   a -CONTRIBUTES_TO-> sdg:16.2
      b -CONTRIBUTES_TO-> sdg:8.7   b -CONTRIBUTES_TO-> sdg:16.2
      c -CONTRIBUTES_TO-> sdg:4.1   d -CONTRIBUTES_TO-> sdg:5.2   e -CONTRIBUTES_TO-> sdg:1.1
  )");
  const auto answer = linkages(graph.context(), {.target = "8.7"});
  const Together& together = *answer.value().items[0].together;
  EXPECT_NEAR(together.p_value, 0.1, 1e-12);  // 1 / C(5,2)
  EXPECT_NEAR(together.q_value, 0.4, 1e-12);  // Four others are contributed to.
}

}  // namespace
}  // namespace mangrove::query
