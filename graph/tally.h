#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/audience.h"
#include "graph/ids.h"
#include "graph/storage/records.h"
#include "graph/topology/topology.h"

namespace mangrove::graph {

/// A record's place in a graph.
struct RecordPosition {
  NodeIndex subject;
  SourceIndex source;
  RecordNumber number;
};

/// How many more records (or fewer) of one source mention one value of one property of a node.
struct MentionChange {
  NodeIndex node;
  SourceIndex source;
  Name name;
  Policy policy;
  std::string value;  ///< Encoded.
  std::int32_t count;
};

/// Adds up what records that come and go do to nodes, edges and mentions.
class Tally {
 public:
  enum class Mentions : bool { left_out, counted };

  explicit Tally(Policies& policies, Mentions which = Mentions::counted)
      : policies_(policies), mentions_counted_(which == Mentions::counted) {}

  /// `policy` is the record's, with the guards on its subject.
  void count(const RecordPosition& at, const StoredRecord& record, Policy policy, bool added);

  TopologyChanges topology;
  std::vector<MentionChange> mentions;

 private:
  Policies& policies_;
  bool mentions_counted_;
};

/// Calls `visit(NodeIndex, Policy)` for every guard that the record sets.
template <typename Visit>
void for_each_guard(NodeIndex subject, const StoredRecord& record, Visit&& visit) {
  if (record.guard != kPublic) visit(subject, record.guard);
  for (const StoredMention& mention : record.mentions) {
    if (mention.guard != kPublic) visit(mention.node, mention.guard);
  }
}

/// What it takes to pass all guards on a node; kPublic where there is none.
Policy guards_on(const NodeTable& nodes, NodeIndex node, Policies& policies);

}  // namespace mangrove::graph
