#include "query/explore/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <map>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::show;

TEST(Paths, LeadThroughInitiativesInBothDirections) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic   org:b -TAKES_PART_IN/implementing-> clinic
  )");
  EXPECT_EQ(show(paths(graph.context(), {.from = "org:a", .to = "org:b"})),
            "org:a -TAKES_PART_IN-> clinic <-TAKES_PART_IN- org:b\n");
}

TEST(Paths, OfEqualLengthComeFirstThroughTheLessCommonNode) {
  const auto graph = draw(R"(
      a -WORKS_IN-> place:GH  b -WORKS_IN-> place:GH  c -WORKS_IN-> place:GH
      a -ADDRESSES-> det:debt b -ADDRESSES-> det:debt
  )");
  EXPECT_EQ(show(paths(graph.context(), {.from = "a", .to = "b", .k = 2})),
            "a -ADDRESSES-> det:debt <-ADDRESSES- b\n"
            "a -WORKS_IN-> place:GH <-WORKS_IN- b\n");
}

TEST(Paths, GoOnToLongerWaysWhereShortOnesAreFew) {
  const auto graph = draw(R"(
      org:a -FUNDS/2020-> org:b
      org:a -FUNDS/2020-> org:c -FUNDS/2021-> org:b
      org:c -FUNDS/2021-> org:d -FUNDS/2022-> org:b
  )");
  EXPECT_EQ(show(paths(graph.context(), {.from = "org:a", .to = "org:b", .k = 5})),
            "org:a -FUNDS-> org:b\n"
            "org:a -FUNDS-> org:c -FUNDS-> org:b\n"
            "org:a -FUNDS-> org:c -FUNDS-> org:d -FUNDS-> org:b\n");
}

TEST(Paths, SayEachHopWithItsRolesAndSource) {
  const auto graph = draw(R"(
      org:a{name=Danida}  clinic{title=A clinic}  sdg:8.7{code=8.7, label=End forced labour}
      org:a -TAKES_PART_IN/funding-> clinic   org:a -TAKES_PART_IN/reporting-> clinic
      clinic -CONTRIBUTES_TO/text{confidence=0.5}-> sdg:8.7
  )");
  const auto answer = paths(graph.context(), {.from = "sdg:8.7", .to = "org:a"});
  ASSERT_EQ(answer.value().items.size(), 1);
  const Path& path = answer.value().items.front();
  ASSERT_EQ(path.steps.size(), 2);
  EXPECT_EQ(path.steps[0].text,
            "A clinic contributes to 8.7 (End forced labour) (going by the wording).");
  EXPECT_EQ(path.steps[0].direction, graph::Direction::in);
  EXPECT_EQ(path.steps[0].basis, Basis::text);
  EXPECT_EQ(path.steps[1].text, "Danida takes part in A clinic (funding, reporting).");
  EXPECT_EQ(path.steps[1].source, "src:test");
  EXPECT_EQ(path.steps[1].from.name, "A clinic");
  ASSERT_EQ(path.why.size(), 1);
  EXPECT_EQ(path.why[0].text, "Through A clinic, which has 2 connections in all.");
  EXPECT_NEAR(path.score, 1 / (1 + std::log(2.0 + 2)), 1e-9);
}

TEST(Paths, SayThatThereIsNoneWithinTheHops) {
  const auto graph = draw(R"(
      org:a -FUNDS-> org:b -FUNDS-> org:c -FUNDS-> org:d   org:alone -TAKES_PART_IN/funding-> z
  )");
  const Context context = graph.context();
  EXPECT_EQ(show(paths(context, {.from = "org:a", .to = "org:d", .max_hops = 2})),
            "no path within 2 hops\n");
  EXPECT_EQ(show(paths(context, {.from = "org:a", .to = "org:alone", .max_hops = 1})),
            "no path within 1 hop\n");
  EXPECT_EQ(show(paths(context, {.from = "org:a", .to = "org:d", .max_hops = 3})),
            "org:a -FUNDS-> org:b -FUNDS-> org:c -FUNDS-> org:d\n");
}

TEST(Paths, KeepToTheRelationsAndTheBasisAskedFor) {
  const auto graph = draw(R"(
      a -CONTRIBUTES_TO/text-> sdg:8.7   b -CONTRIBUTES_TO/reported-> sdg:8.7
      a -WORKS_IN-> place:GH             b -WORKS_IN-> place:GH
  )");
  const Context context = graph.context();
  EXPECT_EQ(show(paths(context, {.from = "a", .to = "b", .relations = {"CONTRIBUTES_TO"}})),
            "a -CONTRIBUTES_TO-> sdg:8.7 <-CONTRIBUTES_TO- b\n");
  EXPECT_EQ(show(paths(context, {.from = "a", .to = "b", .filter = {.bases = {"reported"}}})),
            "a -WORKS_IN-> place:GH <-WORKS_IN- b\n");
}

TEST(Paths, FromANodeToItselfNeedNoStep) {
  const auto graph = draw("org:a -FUNDS-> org:b -FUNDS-> org:a");
  const auto answer = paths(graph.context(), {.from = "org:a", .to = "org:a"});
  ASSERT_EQ(answer.value().items.size(), 1);
  EXPECT_TRUE(answer.value().items[0].steps.empty());
  EXPECT_EQ(answer.value().items[0].score, 1);
}

TEST(Paths, RefuseWhatMakesNoSense) {
  const auto graph = draw("org:a -FUNDS-> org:b");
  const Context context = graph.context();
  EXPECT_EQ(show(paths(context, {.from = "org:a", .to = "org:b", .max_hops = 9})),
            "error invalid_input: max_hops: must be from 1 to 8\n");
  EXPECT_EQ(show(paths(context, {.from = "org:a", .to = "org:b", .k = 0})),
            "error invalid_input: k: must be from 1 to 10\n");
  EXPECT_EQ(show(paths(context, {.from = "org:a", .to = "org:z"})),
            "error not_found: there is no node `org:z`\n");
  EXPECT_EQ(show(paths(context, {.from = "org:a", .to = "org:b", .relations = {"EATS"}})),
            "error invalid_input: relation: there is no relation `EATS`\n");
}

// --- Against naive searches -------------------------------------------------------------------

/// Hops from one node to all others, by breadth-first search over the plain list of edges.
std::map<std::string, std::size_t> naive_distances(const test::RandomWorld& world,
                                                   const std::string& from) {
  std::map<std::string, std::size_t> distance{{from, 0}};
  std::deque<std::string> queue{from};
  for (; !queue.empty(); queue.pop_front()) {
    const std::string node = queue.front();
    for (const std::string& next : world.neighbours(node)) {
      if (distance.try_emplace(next, distance[node] + 1).second) queue.push_back(next);
    }
  }
  return distance;
}

TEST(Paths, AreAsShortAsABreadthFirstSearchFindsThem) {
  for (std::uint32_t seed = 0; seed < 15; ++seed) {
    const test::RandomWorld world(
        seed, {.initiatives = 60, .actors = 60, .places = 40, .targets = 40, .density = 0.3});
    const test::Drawn graph(world.records());
    for (int i = 0; i < 8; ++i) {
      const std::string from = "org:" + std::to_string(i);
      const auto distances = naive_distances(world, from);
      for (int j = 20; j < 50; ++j) {
        const std::string to = "org:" + std::to_string(j);
        const auto answer = paths(graph.context(), {.from = from, .to = to, .max_hops = 8, .k = 1});
        ASSERT_TRUE(answer.ok());
        const auto expected = distances.find(to);
        const bool reachable = expected != distances.end() && expected->second <= 8;
        ASSERT_EQ(answer.value().items.size(), reachable ? 1 : 0) << from << " " << to;
        if (reachable) {
          ASSERT_EQ(answer.value().items[0].steps.size(), expected->second);
        }
      }
    }
  }
}

/// All simple paths of at most so many hops, as (hops, cost), in order.
class NaivePaths {
 public:
  using MayLieBetween = std::function<bool(const std::string&)>;
  NaivePaths(
      const test::RandomWorld& world, std::string to, std::size_t hops_max,
      MayLieBetween may = [](const std::string&) { return true; })
      : world_(world), to_(std::move(to)), hops_max_(hops_max), may_(std::move(may)) {}

  std::vector<std::pair<std::size_t, double>> from(const std::string& node) {
    on_way_ = {node};
    go_on(node, 0);
    std::sort(found_.begin(), found_.end());
    return found_;
  }

 private:
  void go_on(const std::string& node, double cost) {
    const std::size_t hops = on_way_.size();
    for (const std::string& next : world_.neighbours(node)) {
      if (next == to_) {
        found_.emplace_back(hops, cost);
        continue;
      }
      if (hops == hops_max_ || !may_(next)) continue;
      if (std::find(on_way_.begin(), on_way_.end(), next) != on_way_.end()) continue;
      on_way_.push_back(next);
      go_on(next, cost + std::log(2.0 + static_cast<double>(world_.connections(next))));
      on_way_.pop_back();
    }
  }

  const test::RandomWorld& world_;
  std::string to_;
  std::size_t hops_max_;
  MayLieBetween may_;
  std::vector<std::string> on_way_;
  std::vector<std::pair<std::size_t, double>> found_;
};

void expect_equal(const Result<PathsAnswer>& answer,
                  const std::vector<std::pair<std::size_t, double>>& expected,
                  const std::string& asked) {
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  ASSERT_EQ(answer.value().items.size(), std::min<std::size_t>(10, expected.size())) << asked;
  EXPECT_EQ(answer.value().message.empty(), !expected.empty()) << asked;
  for (std::size_t i = 0; i < answer.value().items.size(); ++i) {
    const Path& path = answer.value().items[i];
    ASSERT_EQ(path.steps.size(), expected[i].first) << asked << " row " << i;
    ASSERT_NEAR(path.score, 1 / (1 + expected[i].second), 1e-9) << asked << " row " << i;
  }
}

TEST(Paths, AreTheKBestOfAllSimplePathsOnAThousandRandomGraphs) {
  constexpr unsigned kHops = 5;
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    const test::RandomWorld world(
        seed, {.initiatives = 6, .actors = 5, .places = 3, .targets = 3, .density = 0.5});
    const test::Drawn graph(world.records());
    const std::vector<std::pair<std::string, std::string>> ends{
        {"org:0", "org:1"}, {"init:0", "org:2"}, {"init:1", "init:2"}, {"org:3", "org:4"}};
    const auto& [from, to] = ends[seed % ends.size()];
    expect_equal(paths(graph.context(), {.from = from, .to = to, .max_hops = kHops, .k = 10}),
                 NaivePaths(world, to, kHops).from(from), "seed " + std::to_string(seed));
  }
}

TEST(Paths, LeadOnlyThroughWhatTheFilterLetsStandBetween) {
  constexpr unsigned kHops = 5;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const test::RandomWorld world(
        seed, {.initiatives = 6, .actors = 5, .places = 3, .targets = 3, .density = 0.5});
    const test::Drawn graph(world.records());
    const auto nodes = world.nodes();
    if (std::find(nodes.begin(), nodes.end(), "place:1") == nodes.end()) continue;
    const std::string asked = "seed " + std::to_string(seed);
    const auto in_place = [&](const std::string& node) {
      return !node.starts_with("init:") || world.ends(node, "WORKS_IN").contains("place:1");
    };
    expect_equal(paths(graph.context(), {.from = "init:0",
                                         .to = "org:2",
                                         .max_hops = kHops,
                                         .k = 10,
                                         .filter = {.place = "place:1"}}),
                 NaivePaths(world, "org:2", kHops, in_place).from("init:0"), asked);
    const auto of_kind = [](const std::string& node) {
      return node.starts_with("init:") || node.starts_with("org:");
    };
    expect_equal(paths(graph.context(), {.from = "org:0",
                                         .to = "org:1",
                                         .max_hops = kHops,
                                         .k = 10,
                                         .filter = {.kinds = {"Initiative", "Actor"}}}),
                 NaivePaths(world, "org:1", kHops, of_kind).from("org:0"), asked);
  }
}

}  // namespace
}  // namespace mangrove::query
