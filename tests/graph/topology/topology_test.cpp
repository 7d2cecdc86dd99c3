#include "graph/topology/topology.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/graph/topology/random_history.h"

namespace mangrove::graph {
namespace {

using topology_tests::change_of;
using topology_tests::Edge;
using topology_tests::RandomHistory;
using topology_tests::Row;
using topology_tests::row_of;

TEST(Topology, AgreesWithPlainSetsOverRandomHistoriesAndOldVersionsStay) {
  RandomHistory history(5, {});
  Topology topology;
  for (int step = 0; step < 40; ++step) {
    const RandomHistory old_history = history;
    const Topology old = topology;
    topology = topology.with(history.next(400, step % 3 == 0 ? 500 : 100));
    if (step % 8 == 7) {
      old_history.check(old);
      history.check(topology);
    }
  }
}

TEST(Topology, RowsOfHubsGrowLongAndShrinkAgain) {
  RandomHistory history(6, {.nodes = 1500, .hubs = 1, .relations = 1});
  Topology topology;
  for (int step = 0; step < 12; ++step) {
    topology = topology.with(history.next(2000, 0));
    history.check(topology);
  }
  EXPECT_GT(topology.adjacency(Relation{10}, Direction::out)->size(NodeIndex{0}), 3000u);
  while (history.edge_count() > 0) {
    topology = topology.with(history.next(20, 1500));
    history.check(topology);
    if (history.edge_count() < 100) break;
  }
  EXPECT_LT(topology.adjacency(Relation{10}, Direction::out)->size(NodeIndex{0}), 100u);
}

TEST(Topology, SmallStepsComeToTheSameAsOneLargeStep) {
  RandomHistory history(7, {.nodes = 600, .hubs = 2, .relations = 2});
  Topology topology;
  for (int step = 0; step < 1500; ++step) topology = topology.with(history.next(4, 1));
  history.check(topology);
}

TEST(Topology, HoldsManyQualifiersOfOneRelation) {
  RandomHistory history(8, {.nodes = 300, .hubs = 2, .relations = 1, .qualifiers = 500});
  Topology topology;
  for (int step = 0; step < 30; ++step) {
    topology = topology.with(history.next(500, 100));
    history.check(topology);
  }
}

TEST(Topology, HoldsNumbersOfAnySize) {
  const std::uint32_t large = 0xFFFFFFFE;
  TopologyChanges changes;
  std::set<Edge> edges;
  for (const std::uint32_t node : {0u, 1u, 255u, 256u, 65'535u, 70'000u, 0x1000000u, large}) {
    for (const std::uint32_t record : {0u, 300u, 0x7FFFFFFFu, 0x80000000u, large}) {
      edges.insert({4, 1, node, 0xFFFF, record, 0xFFFE});
    }
  }
  for (const Edge& edge : edges) changes.edges.push_back(change_of(edge, true));
  const Topology topology = Topology{}.with(changes);
  Row expected;
  for (const auto& [from, relation, to, qualifier, record, policy] : edges) {
    expected.emplace_back(to, qualifier, record, policy);
  }
  EXPECT_EQ(row_of(topology, 4, Relation{1}, Direction::out), expected);
  EXPECT_EQ(row_of(topology, large, Relation{1}, Direction::in).size(), 5u);
}

TEST(Topology, RowsAreSortedByNeighbourThenQualifierThenRecord) {
  TopologyChanges changes;
  for (const Edge& edge :
       {Edge{0, 1, 9, 1, 1, 0}, {0, 1, 2, 2, 1, 0}, {0, 1, 2, 1, 7, 3}, {0, 1, 2, 1, 3, 0}}) {
    changes.edges.push_back(change_of(edge, true));
  }
  EXPECT_EQ(row_of(Topology{}.with(changes), 0, Relation{1}, Direction::out),
            (Row{{2, 1, 3, 0}, {2, 1, 7, 3}, {2, 2, 1, 0}, {9, 1, 1, 0}}));
}

TEST(Topology, WhatIsBothAddedAndRemovedChangesNothing) {
  const Edge edge{1, 1, 2, 0, 4, 0};
  TopologyChanges both;
  both.edges = {change_of(edge, true), change_of(edge, false)};
  EXPECT_TRUE(row_of(Topology{}.with(both), 1, Relation{1}, Direction::out).empty());
}

TEST(Topology, ListsEachRelationOnceAndHasNoRowsForOthers) {
  TopologyChanges changes;
  changes.edges = {change_of({1, 7, 2, 0, 4, 0}, true), change_of({2, 3, 1, 0, 4, 0}, true),
                   change_of({5, 7, 2, 0, 4, 0}, true)};
  Topology topology = Topology{}.with(changes);
  changes.edges = {change_of({9, 7, 2, 0, 4, 0}, true)};
  topology = topology.with(changes);
  const auto listed = topology.relations();
  EXPECT_EQ(std::set(listed.begin(), listed.end()), (std::set{Relation{3}, Relation{7}}));
  EXPECT_EQ(listed.size(), 2u);
  EXPECT_EQ(topology.adjacency(Relation{4}, Direction::out), nullptr);
  EXPECT_EQ(topology.adjacency(Relation{99}, Direction::in), nullptr);
}

TEST(Topology, TellsTheRecordsAboutANodeInOrderWithTheirPolicies) {
  TopologyChanges changes;
  changes.subjects = {{NodeIndex{8}, Policy{2}, RecordNumber{30}, true},
                      {NodeIndex{8}, kPublic, RecordNumber{4}, true},
                      {NodeIndex{9}, kPublic, RecordNumber{5}, true}};
  const Topology both = Topology{}.with(changes);
  changes = {};
  changes.subjects = {{NodeIndex{8}, kPublic, RecordNumber{4}, false}};
  const Topology one = both.with(changes);
  const auto records = [](const Topology& topology) {
    std::vector<std::pair<std::uint32_t, std::uint16_t>> result;
    topology.records_about(NodeIndex{8}, [&](RecordNumber record, Policy policy) {
      result.emplace_back(record.value, policy.value);
    });
    return result;
  };
  using Records = std::vector<std::pair<std::uint32_t, std::uint16_t>>;
  EXPECT_EQ(records(both), (Records{{4, 0}, {30, 2}}));
  EXPECT_EQ(records(one), (Records{{30, 2}}));
}

}  // namespace
}  // namespace mangrove::graph
