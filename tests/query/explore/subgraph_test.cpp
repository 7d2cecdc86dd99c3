#include "query/explore/subgraph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::show;

TEST(Subgraph, DrawsTheNeighboursAndAllEdgesBetweenThem) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic -WORKS_IN-> place:GH
      org:a -TAKES_PART_IN/reporting-> clinic   org:a -COVERS-> place:GH
      school -WORKS_IN-> place:GH
  )");
  EXPECT_EQ(show(subgraph(graph.context(), {.seed = "clinic"})),
            "0 clinic\n"
            "1 org:a\n"
            "1 place:GH +1\n"
            "org:a -TAKES_PART_IN-> clinic\n"
            "org:a -COVERS-> place:GH\n"
            "clinic -WORKS_IN-> place:GH\n");
}

TEST(Subgraph, GoesAsManyHopsAsAsked) {
  const auto graph = draw("org:a -FUNDS-> org:b -FUNDS-> org:c -FUNDS-> org:d");
  EXPECT_EQ(show(subgraph(graph.context(), {.seed = "org:a", .hops = 2})),
            "0 org:a\n1 org:b\n2 org:c +1\norg:a -FUNDS-> org:b\norg:b -FUNDS-> org:c\n");
}

TEST(Subgraph, LetsEveryRelationHaveItsTurnBesideAHub) {
  std::string drawing = "sdg:8.7 -PART_OF-> sdg:8  det:debt -BEARS_ON-> sdg:8.7\n";
  for (int i = 0; i < 1'000; ++i)
    drawing += "i" + std::to_string(i) + " -CONTRIBUTES_TO-> sdg:8.7\n";
  const auto graph = draw(drawing);
  const auto answer = subgraph(graph.context(), {.seed = "8.7", .limit = 10});
  std::set<std::string> kinds;
  for (const SubgraphNode& node : answer.value().nodes) kinds.insert(node.node.kind);
  EXPECT_EQ(kinds, (std::set<std::string>{"Determinant", "Goal", "Initiative", "Target"}));
  EXPECT_EQ(answer.value().nodes.size(), 10);
  EXPECT_EQ(answer.value().hidden.at("sdg:8.7"), 993);
}

TEST(Subgraph, DrawsTheSameNeighboursOfAHubHoweverTheyWereLoaded) {
  const auto hub = [](bool backwards) {
    std::vector<graph::Record> records;
    for (int i = 0; i < 1'500; ++i) {
      const std::string id = "init:" + std::to_string(i);
      records.push_back({.source = "src:test", .subject = {id, "Initiative", {}}});
      records.back().edges = {{id, "CONTRIBUTES_TO", "sdg:8.7", "", {}}};
    }
    records.push_back({.source = "src:test", .subject = {"sdg:8.7", "Target", {}}});
    if (backwards) std::reverse(records.begin(), records.end());
    return test::Drawn(records);
  };
  const auto one = hub(false);
  const auto other = hub(true);
  EXPECT_EQ(show(subgraph(one.context(), {.seed = "8.7", .limit = 40})),
            show(subgraph(other.context(), {.seed = "8.7", .limit = 40})));
}

TEST(Subgraph, DrawsOnlyTheKindsRelationsAndBasisAskedFor) {
  const auto graph = draw(R"(
      clinic -CONTRIBUTES_TO/text-> sdg:8.7   clinic -WORKS_IN-> place:GH
      org:a -TAKES_PART_IN/funding-> clinic
  )");
  const Context context = graph.context();
  EXPECT_EQ(show(subgraph(context, {.seed = "clinic", .filter = {.kinds = {"Actor"}}})),
            "0 clinic\n1 org:a\norg:a -TAKES_PART_IN-> clinic\n");
  EXPECT_EQ(show(subgraph(context, {.seed = "clinic", .relations = {"WORKS_IN"}})),
            "0 clinic\n1 place:GH\nclinic -WORKS_IN-> place:GH\n");
  EXPECT_EQ(show(subgraph(context, {.seed = "sdg:8.7", .filter = {.bases = {"reported"}}})),
            "0 sdg:8.7\n");
}

TEST(Subgraph, KeepsWithinItsBounds) {
  const auto graph = draw("org:a -FUNDS-> org:b");
  const Context context = graph.context();
  EXPECT_EQ(show(subgraph(context, {.seed = "org:a", .hops = 4})),
            "error invalid_input: hops: must be from 1 to 3\n");
  EXPECT_EQ(show(subgraph(context, {.seed = "org:a", .limit = 501})),
            "error invalid_input: limit: must be from 1 to 500\n");
  EXPECT_EQ(show(subgraph(context, {.seed = "org:a", .limit = 1})), "0 org:a +1\n");
}

TEST(Subgraph, OnRandomGraphsHidesExactlyWhatItDoesNotDraw) {
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 60});
    const test::Drawn graph(world.records());
    for (const std::size_t limit : {5U, 25U, 200U}) {
      const auto answer = subgraph(graph.context(), {.seed = "init:3", .hops = 3, .limit = limit});
      std::set<std::string> drawn;
      for (const SubgraphNode& node : answer.value().nodes) drawn.insert(node.node.id);
      ASSERT_EQ(drawn.size(), answer.value().nodes.size());
      ASSERT_LE(drawn.size(), limit);
      for (const std::string& id : drawn) {
        std::uint64_t hidden = 0;
        for (const std::string& next : world.neighbours(id)) hidden += drawn.contains(next) ? 0 : 1;
        const auto told = answer.value().hidden.find(id);
        ASSERT_EQ(told == answer.value().hidden.end() ? 0 : told->second, hidden) << id;
      }
      for (const SubgraphEdge& edge : answer.value().edges) {
        ASSERT_TRUE(drawn.contains(edge.from) && drawn.contains(edge.to));
        ASSERT_TRUE(world.ends(edge.from, edge.relation).contains(edge.to));
      }
    }
  }
}

}  // namespace
}  // namespace mangrove::query
