#include "graph/topology/topology.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace mangrove::graph {
namespace {

using Row = std::set<std::tuple<std::uint32_t, std::uint16_t, std::uint32_t>>;

Row row_of(const Topology& topology, std::uint32_t node, Relation relation, Direction direction) {
  Row row;
  const Adjacency* adjacency = topology.adjacency(relation, direction);
  if (adjacency == nullptr) return row;
  const AdjacencyRow entries = adjacency->row(NodeIndex{node});
  for (std::uint32_t i = 0; i < entries.size; ++i) {
    row.emplace(entries.nodes[i], entries.qualifiers[i], entries.records[i]);
  }
  EXPECT_EQ(row.size(), entries.size);
  return row;
}

TEST(Topology, AgreesWithSetsOverRandomHistoriesAndOldVersionsStay) {
  std::mt19937 random(5);
  const Relation relation{1};
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t, std::uint32_t>> model;
  Topology topology;
  const std::uint32_t nodes = 3000;  // Several pages.
  for (int step = 0; step < 60; ++step) {
    TopologyChanges changes;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t, std::uint32_t>> touched;
    for (int i = 0; i < 200; ++i) {
      const std::uint32_t from =
          random() % 20 == 0 ? 5 : static_cast<std::uint32_t>(random() % nodes);
      const auto to = static_cast<std::uint32_t>(random() % nodes);
      const auto qualifier = static_cast<std::uint16_t>(random() % 2);
      const auto record = static_cast<std::uint32_t>(random() % 3);
      const std::tuple edge{from, to, qualifier, record};
      if (!touched.insert(edge).second) continue;
      const bool add = !model.contains(edge);
      changes.edges.push_back({NodeIndex{from}, relation, NodeIndex{to}, Qualifier{qualifier},
                               RecordNumber{record}, add});
      if (add) {
        model.insert(edge);
      } else {
        model.erase(edge);
      }
    }
    const Topology before = topology;
    const Row old_row = row_of(before, 5, relation, Direction::out);
    topology = topology.with(changes);
    EXPECT_EQ(row_of(before, 5, relation, Direction::out), old_row);
  }
  for (std::uint32_t node = 0; node < nodes; ++node) {
    Row out;
    Row in;
    for (const auto& [from, to, qualifier, record] : model) {
      if (from == node) out.emplace(to, qualifier, record);
      if (to == node) in.emplace(from, qualifier, record);
    }
    ASSERT_EQ(row_of(topology, node, relation, Direction::out), out) << node;
    ASSERT_EQ(row_of(topology, node, relation, Direction::in), in) << node;
    if (node > 300 && node % 7 != 0) ++node;  // The model is slow; a part of the nodes will do.
  }
}

TEST(Topology, RowsAreSortedByNeighbourThenQualifierThenRecord) {
  TopologyChanges changes;
  for (const auto& [to, qualifier, record] :
       {std::tuple{9u, 1, 1u}, {2u, 2, 1u}, {2u, 1, 7u}, {2u, 1, 3u}}) {
    changes.edges.push_back({NodeIndex{0}, Relation{1}, NodeIndex{to},
                             Qualifier{static_cast<std::uint16_t>(qualifier)}, RecordNumber{record},
                             true});
  }
  const Topology topology = Topology{}.with(changes);
  const AdjacencyRow row = topology.adjacency(Relation{1}, Direction::out)->row(NodeIndex{0});
  EXPECT_EQ(std::vector(row.nodes, row.nodes + row.size), (std::vector<std::uint32_t>{2, 2, 2, 9}));
  EXPECT_EQ(std::vector(row.records, row.records + row.size),
            (std::vector<std::uint32_t>{3, 7, 1, 1}));
}

TEST(Topology, ANodeExistsWhileStatementsAreLeft) {
  const Topology once =
      Topology{}.with({.nodes = {{NodeIndex{2000}, Kind{4}, 2}}, .edges = {}, .subjects = {}});
  EXPECT_TRUE(once.exists(NodeIndex{2000}));
  EXPECT_FALSE(once.exists(NodeIndex{1999}));
  EXPECT_EQ(once.kind(NodeIndex{2000}), Kind{4});
  const Topology gone =
      once.with({.nodes = {{NodeIndex{2000}, Kind{4}, -2}}, .edges = {}, .subjects = {}});
  EXPECT_FALSE(gone.exists(NodeIndex{2000}));
  EXPECT_TRUE(once.exists(NodeIndex{2000}));
}

}  // namespace
}  // namespace mangrove::graph
