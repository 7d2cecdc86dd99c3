#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/audience.h"
#include "graph/ids.h"
#include "graph/topology/nodes.h"
#include "graph/topology/pages.h"

namespace mangrove::graph {

/// What one commit does to who is tied to whom.
struct TopologyChanges {
  struct EdgeChange {
    NodeIndex from;
    Relation relation;
    NodeIndex to;
    Qualifier qualifier;
    Policy policy;
    RecordNumber record;
    bool added;  ///< Otherwise removed.
  };
  struct SubjectChange {
    NodeIndex subject;
    Policy policy;  ///< Of the record.
    RecordNumber record;
    bool added;
  };
  std::vector<NodeTable::Change> nodes;
  std::vector<NodeTable::GuardChange> guards;
  std::vector<EdgeChange> edges;
  std::vector<SubjectChange> subjects;
};

/// Who is tied to whom, at one version; immutable. Versions share the pages that did not change.
class Topology {
 public:
  /// The next version: copies only the pages that the changes touch.
  Topology with(const TopologyChanges& changes) const;

  const NodeTable& nodes() const { return nodes_; }
  /// Whether the viewer sees any statement that the node exists, and no guard hides it.
  bool exists(NodeIndex node, const Sight& sight) const { return nodes_.exists(node, sight); }
  /// One past the highest index that any statement has named.
  std::uint32_t node_limit() const { return nodes_.limit(); }

  /// Rows of one relation in one direction; null where there was never an edge. They hold what is
  /// stated, seen or not: whoever walks them looks at the policy of each entry, and at the
  /// existence of both ends. Valid as long as this version.
  const Adjacency* adjacency(Relation relation, Direction direction) const {
    if (relations_ == nullptr || relation.value >= relations_->places.size()) return nullptr;
    const std::size_t place = relations_->places[relation.value];
    if (place == kNowhere) return nullptr;
    return adjacencies_[place * 2 + (direction == Direction::in ? 1 : 0)].get();
  }
  /// All relations that any edge has ever had, in no particular order.
  std::span<const Relation> relations() const {
    return relations_ == nullptr ? std::span<const Relation>() : relations_->all;
  }

  /// Calls `visit(RecordNumber, Policy)` for the records whose subject this node is, in order of
  /// their numbers.
  template <typename Visit>
  void records_about(NodeIndex node, Visit&& visit) const {
    records_.visit(
        node, [&](const Adjacent& entry) { visit(RecordNumber{entry.node.value}, entry.policy); });
  }

 private:
  friend class ImageReader;
  friend class ImageWriter;

  static constexpr std::uint16_t kNowhere = 0xFFFF;

  /// Which relations there are. Changes so seldom that versions share it.
  struct Relations {
    std::vector<Relation> all;
    std::vector<std::uint16_t> places;  // In `all`, by relation.

    void add(Relation relation);
  };
  std::shared_ptr<const Relations> relations_with(const TopologyChanges& changes) const;

  NodeTable nodes_;
  Adjacency records_;  // Rows hold record numbers in place of nodes.
  std::shared_ptr<const Relations> relations_;
  std::vector<std::shared_ptr<const Adjacency>> adjacencies_;  // Two a relation.
};

}  // namespace mangrove::graph
