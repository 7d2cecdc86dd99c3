#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/topology/topology.h"

namespace mangrove::graph::topology_tests {

/// Neighbour, qualifier, record, policy: what a row is sorted by.
using Entry = std::tuple<std::uint32_t, std::uint16_t, std::uint32_t, std::uint16_t>;
using Row = std::vector<Entry>;

inline Row row_of(const Adjacency& adjacency, std::uint32_t owner) {
  Row row;
  adjacency.visit(NodeIndex{owner}, [&](const Adjacent& entry) {
    row.emplace_back(entry.node.value, entry.qualifier.value, entry.record.value,
                     entry.policy.value);
  });
  return row;
}

inline Row row_of(const Topology& topology, std::uint32_t owner, Relation relation,
                  Direction direction) {
  const Adjacency* adjacency = topology.adjacency(relation, direction);
  return adjacency == nullptr ? Row{} : row_of(*adjacency, owner);
}

/// From, relation, to, qualifier, record, policy.
using Edge = std::tuple<std::uint32_t, std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t,
                        std::uint16_t>;

inline TopologyChanges::EdgeChange change_of(const Edge& edge, bool added) {
  const auto& [from, relation, to, qualifier, record, policy] = edge;
  return {NodeIndex{from}, Relation{relation},   NodeIndex{to}, Qualifier{qualifier},
          Policy{policy},  RecordNumber{record}, added};
}

/// Makes up changes, and keeps what they should come to in plain sets and maps.
class RandomHistory {
 public:
  struct Shape {
    std::uint32_t nodes = 3000;
    std::uint32_t hubs = 5;  ///< The first and the last few nodes are in every other edge.
    std::uint32_t relations = 3;
    std::uint32_t qualifiers = 2;
    std::uint32_t records = 5000;
  };

  RandomHistory(std::uint32_t seed, Shape shape) : random_(seed), shape_(shape) {}

  /// Adds up to so many edges, and takes as many of the present ones out.
  TopologyChanges next(std::uint32_t added, std::uint32_t removed) {
    TopologyChanges changes;
    std::set<Edge> touched;
    for (std::uint32_t i = 0; i < removed && !edges_.empty(); ++i) {
      auto at = edges_.lower_bound(any_edge());
      if (at == edges_.end()) at = edges_.begin();
      touched.insert(*at);
      changes.edges.push_back(change_of(*at, false));
      edges_.erase(at);
    }
    for (std::uint32_t i = 0; i < added; ++i) {
      const Edge edge = any_edge();
      if (touched.contains(edge) || !edges_.insert(edge).second) continue;
      changes.edges.push_back(change_of(edge, true));
    }
    change_nodes(changes);
    change_subjects(changes);
    std::shuffle(changes.edges.begin(), changes.edges.end(), random_);
    return changes;
  }

  /// Fails the test where the topology holds anything else.
  void check(const Topology& topology) const {
    check_edges(topology);
    const Sight sights[] = {Sight(), Sight({}, true), Sight({true, true}, false),
                            Sight({true, false, true, true}, false)};
    for (std::uint32_t node = 0; node < shape_.nodes; ++node) {
      for (const Sight& sight : sights) {
        ASSERT_EQ(topology.exists(NodeIndex{node}, sight), exists(node, sight)) << node;
      }
      std::vector<std::pair<std::uint32_t, std::uint16_t>> about;
      topology.records_about(NodeIndex{node}, [&](RecordNumber record, Policy policy) {
        about.emplace_back(record.value, policy.value);
      });
      const auto expected = subjects_.find(node);
      ASSERT_EQ(about.size(), expected == subjects_.end() ? 0 : expected->second.size()) << node;
      if (about.empty()) continue;
      ASSERT_TRUE(std::equal(about.begin(), about.end(), expected->second.begin())) << node;
    }
  }

  std::size_t edge_count() const { return edges_.size(); }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_()) % limit; }
  std::uint16_t small(std::uint32_t limit) { return static_cast<std::uint16_t>(below(limit)); }

  std::uint32_t any_node() {
    const std::uint32_t hub = below(shape_.hubs);
    switch (below(4)) {
      case 0:
        return hub;
      case 1:
        return shape_.nodes - 1 - hub;
      default:
        return below(shape_.nodes);
    }
  }
  Edge any_edge() {
    const std::uint32_t from = any_node();
    const std::uint32_t to = below(8) == 0 ? (from + below(4)) % shape_.nodes : any_node();
    const std::uint32_t record = below(2) == 0 ? to % shape_.records : below(shape_.records);
    const auto policy = static_cast<std::uint16_t>(below(10) == 0 ? below(4) : 0);
    const auto relation = static_cast<std::uint16_t>(10 + 7 * below(shape_.relations));
    return {from, relation, to, small(shape_.qualifiers), record, policy};
  }

  void change_nodes(TopologyChanges& changes) {
    for (int i = 0; i < 50; ++i) {
      const std::pair at{any_node(), static_cast<std::uint16_t>(below(3) == 0 ? below(4) : 0)};
      const std::int32_t more = statements_[at] > 0 && below(2) == 0 ? -1 : 1;
      statements_[at] += more;
      const Kind kind{static_cast<std::uint16_t>(at.first % 5 + 1)};
      changes.nodes.push_back({NodeIndex{at.first}, kind, Policy{at.second}, more});
    }
    for (int i = 0; i < 3; ++i) {
      const std::pair at{any_node(), static_cast<std::uint16_t>(1 + below(3))};
      const std::int32_t more = guards_[at] > 0 && below(3) != 0 ? -1 : 1;
      guards_[at] += more;
      changes.guards.push_back({NodeIndex{at.first}, Policy{at.second}, more});
    }
  }

  void change_subjects(TopologyChanges& changes) {
    std::set<std::uint32_t> touched;
    for (int i = 0; i < 20; ++i) {
      const std::uint32_t record = below(shape_.records);
      if (!touched.insert(record).second) continue;
      const std::uint32_t subject = record % shape_.nodes;
      const auto policy = static_cast<std::uint16_t>(record % 3);
      auto& about = subjects_[subject];
      const bool added = about.emplace(record, policy).second;
      if (!added) about.erase({record, policy});
      changes.subjects.push_back({NodeIndex{subject}, Policy{policy}, RecordNumber{record}, added});
    }
  }

  bool exists(std::uint32_t node, const Sight& sight) const {
    bool stated = false;
    for (std::uint16_t policy = 0; policy < 4; ++policy) {
      const bool seen = sight.sees(Policy{policy});
      const auto guard = guards_.find({node, policy});
      if (guard != guards_.end() && guard->second > 0 && !seen) return false;
      const auto statement = statements_.find({node, policy});
      stated |= statement != statements_.end() && statement->second > 0 && seen;
    }
    return stated;
  }

  void check_edges(const Topology& topology) const {
    // By relation, direction, owner.
    std::map<std::tuple<std::uint16_t, Direction, std::uint32_t>, Row> rows;
    for (const auto& [from, relation, to, qualifier, record, policy] : edges_) {
      rows[{relation, Direction::out, from}].emplace_back(to, qualifier, record, policy);
      rows[{relation, Direction::in, to}].emplace_back(from, qualifier, record, policy);
    }
    std::size_t found = 0;
    for (const Relation relation : topology.relations()) {
      for (const Direction direction : {Direction::out, Direction::in}) {
        const Adjacency& adjacency = *topology.adjacency(relation, direction);
        for (std::uint32_t owner = 0; owner < shape_.nodes; ++owner) {
          auto at = rows.find({relation.value, direction, owner});
          Row expected = at == rows.end() ? Row{} : at->second;
          std::sort(expected.begin(), expected.end());
          ASSERT_EQ(row_of(adjacency, owner), expected) << owner;
          ASSERT_EQ(adjacency.size(NodeIndex{owner}), expected.size()) << owner;
          std::set<std::uint32_t> distinct;
          for (const Entry& entry : expected) distinct.insert(std::get<0>(entry));
          ASSERT_EQ(adjacency.distinct(NodeIndex{owner}), distinct.size()) << owner;
          found += expected.empty() ? 0 : 1;
        }
      }
    }
    ASSERT_EQ(found, rows.size());
  }

  std::mt19937 random_;
  Shape shape_;
  std::set<Edge> edges_;
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::int32_t> statements_;  // Node, policy.
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::int32_t> guards_;
  std::map<std::uint32_t, std::set<std::pair<std::uint32_t, std::uint16_t>>> subjects_;
};

}  // namespace mangrove::graph::topology_tests
