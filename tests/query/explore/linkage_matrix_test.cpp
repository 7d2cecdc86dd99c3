#include "query/explore/linkage_matrix.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

std::string show(const Result<LinkageMatrixAnswer>& answer) {
  std::string text;
  for (const Pairing& pair : answer.value().pairs) {
    const auto& ends = answer.value().ends;
    text += ends[pair.a].node.id + " " + ends[pair.b].node.id + " " + std::to_string(pair.n) +
            " said " + std::to_string(pair.said) + "\n";
  }
  return text;
}

TEST(LinkageMatrix, CountsATargetForItsGoalAndEachGoalOnce) {
  const auto graph = draw(R"(
      sdg:8.7 -PART_OF-> sdg:8   sdg:8.8 -PART_OF-> sdg:8   sdg:5.2 -PART_OF-> sdg:5
      a -CONTRIBUTES_TO/reported-> sdg:8.7   a -CONTRIBUTES_TO/reported-> sdg:8.8
      a -CONTRIBUTES_TO/text-> sdg:5.2
      b -CONTRIBUTES_TO/reported-> sdg:8     b -CONTRIBUTES_TO/reported-> sdg:5
      c -CONTRIBUTES_TO/reported-> sdg:8.8
  )");
  const auto answer = linkage_matrix(graph.context(), {});
  EXPECT_EQ(show(answer), "sdg:5 sdg:8 2 said 1\n");
  EXPECT_EQ(answer.value().with_any, 3);
  EXPECT_EQ(answer.value().ends[1].initiatives, 3);  // Goal 8.
}

TEST(LinkageMatrix, CountsOnlyWhatTheFilterAdmits) {
  const auto graph = draw(R"(
      sdg:8.7{code=8.7}
      a -CONTRIBUTES_TO/reported-> sdg:8.7   a -CONTRIBUTES_TO/text-> sdg:5.2
      b -CONTRIBUTES_TO/reported-> sdg:8.7   b -CONTRIBUTES_TO/reported-> sdg:5.2
      b -WORKS_IN-> place:GH  b{start=2019, end=2020}
  )");
  const auto level = Contributions::Level::targets;
  EXPECT_EQ(show(linkage_matrix(graph.context(), {.level = level})), "sdg:5.2 sdg:8.7 2 said 1\n");
  EXPECT_EQ(
      show(linkage_matrix(graph.context(), {.level = level, .filter = {.bases = {"reported"}}})),
      "sdg:5.2 sdg:8.7 1 said 1\n");
  EXPECT_EQ(show(linkage_matrix(graph.context(), {.level = level, .filter = {.place = "GH"}})),
            "sdg:5.2 sdg:8.7 1 said 1\n");
  // Of a nobody says when it ran.
  EXPECT_EQ(show(linkage_matrix(graph.context(), {.level = level, .filter = {.from = 2021}})),
            "sdg:5.2 sdg:8.7 1 said 0\n");
}

TEST(LinkageMatrix, EqualsCountingByHandOnRandomGraphs) {
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 20});
    const test::Drawn graph(world.records());
    std::map<std::pair<std::string, std::string>, std::uint64_t> expected;
    std::uint64_t any = 0;
    for (const std::string& initiative : world.initiatives()) {
      const auto targets = world.ends(initiative, "CONTRIBUTES_TO");
      any += targets.empty() ? 0 : 1;
      for (const std::string& a : targets) {
        for (const std::string& b : targets) {
          if (code_before(a, b)) ++expected[{a, b}];
        }
      }
    }
    const auto answer =
        linkage_matrix(graph.context(), {.level = Contributions::Level::targets}).value();
    EXPECT_EQ(answer.with_any, any);
    std::map<std::pair<std::string, std::string>, std::uint64_t> counted;
    for (const Pairing& pair : answer.pairs) {
      counted[{answer.ends[pair.a].node.id, answer.ends[pair.b].node.id}] = pair.n;
      ASSERT_NEAR(
          pair.lift,
          static_cast<double>(pair.n * any) / static_cast<double>(answer.ends[pair.a].initiatives *
                                                                  answer.ends[pair.b].initiatives),
          1e-9);
    }
    ASSERT_EQ(counted, expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace mangrove::query
