#include "query/explore/reach.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

TEST(Reach, CountsEachNodeAtTheFewestHopsByKind) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> x -WORKS_IN-> place:GH
      org:a -TAKES_PART_IN/reporting-> x
      org:b -TAKES_PART_IN/funding-> x   y -WORKS_IN-> place:GH
  )");
  const auto answer = reach(graph.context(), {.id = "org:a", .hops = 4}).value();
  EXPECT_EQ(answer.total, 4);
  ASSERT_EQ(answer.items.size(), 3);
  using Kinds = std::map<std::string, std::uint64_t>;
  EXPECT_EQ(answer.items[0].kinds, (Kinds{{"Initiative", 1}}));
  EXPECT_EQ(answer.items[1].kinds, (Kinds{{"Actor", 1}, {"Place", 1}}));
  EXPECT_EQ(answer.items[2].kinds, (Kinds{{"Initiative", 1}}));
}

TEST(Reach, IsBoundedInHops) {
  const auto graph = draw("a -WORKS_IN-> place:GH");
  EXPECT_EQ(reach(graph.context(), {.id = "a", .hops = 7}).error().message,
            "hops: must be from 1 to 6");
  EXPECT_EQ(reach(graph.context(), {.id = "a", .hops = 0}).error().code, ErrorCode::invalid_input);
}

TEST(Reach, EqualsANaiveSearchOnRandomGraphs) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 15, .actors = 10, .density = 0.5});
    const test::Drawn graph(world.records());
    const std::string start = world.actors()[seed % world.actors().size()];
    if (!graph.view().find(start)) continue;
    std::set<std::string> seen{start};
    std::set<std::string> last = seen;
    const auto answer = reach(graph.context(), {.id = start, .hops = 6}).value();
    for (unsigned hop = 1; hop <= 6; ++hop) {
      std::set<std::string> next;
      for (const std::string& node : last) {
        for (const std::string& other : world.neighbours(node)) {
          if (seen.insert(other).second) next.insert(other);
        }
      }
      ASSERT_EQ(next.size(), hop <= answer.items.size() ? answer.items[hop - 1].nodes : 0);
      last = std::move(next);
    }
    ASSERT_EQ(answer.total, seen.size() - 1);
  }
}

}  // namespace
}  // namespace mangrove::query
