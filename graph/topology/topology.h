#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/ids.h"
#include "graph/topology/pages.h"

namespace mangrove::graph {

/// What one commit does to who is tied to whom.
struct TopologyChanges {
  struct EdgeChange {
    NodeIndex from;
    Relation relation;
    NodeIndex to;
    Qualifier qualifier;
    RecordNumber record;
    bool added;  ///< Otherwise removed.
  };
  struct SubjectChange {
    NodeIndex subject;
    RecordNumber record;
    bool added;
  };
  std::vector<NodeTable::Change> nodes;
  std::vector<EdgeChange> edges;
  std::vector<SubjectChange> subjects;
};

/// Who is tied to whom, at one version; immutable. Versions share the pages that did not change.
class Topology {
 public:
  /// The next version: copies only the pages that the changes touch.
  Topology with(const TopologyChanges& changes) const;

  bool exists(NodeIndex node) const { return nodes_.statements(node) > 0; }
  /// How many records state that the node exists, as their subject or in passing.
  std::uint32_t statements(NodeIndex node) const { return nodes_.statements(node); }
  Kind kind(NodeIndex node) const { return nodes_.kind(node); }
  /// One past the highest index that any statement has named.
  std::uint32_t node_limit() const { return nodes_.limit(); }

  /// Rows of one relation in one direction; null where there was never an edge.
  const Adjacency* adjacency(Relation relation, Direction direction) const {
    const std::size_t slot = std::size_t{relation.value} * 2 + (direction == Direction::in ? 1 : 0);
    return slot < adjacencies_.size() ? adjacencies_[slot].get() : nullptr;
  }
  std::span<const Relation> relations() const { return relations_; }

  /// Records whose subject this node is.
  AdjacencyRow records_about(NodeIndex node) const { return records_.row(node); }

 private:
  NodeTable nodes_;
  Adjacency records_;  // Rows hold record numbers in place of nodes.
  std::vector<std::shared_ptr<const Adjacency>> adjacencies_;
  std::vector<Relation> relations_;
};

}  // namespace mangrove::graph
