#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"
#include "query/answer.h"

namespace mangrove::query {

/// So many records of one thing are known to be one; what goes beyond is left out.
inline constexpr std::size_t kSameMax = 256;

/// Which nodes are records of one thing: those that accepted SAME_AS edges join, directly or
/// through others, but never two that a NOT_SAME_AS tells apart. Where both cannot hold, joins by
/// people come before those of the machine, then in the order of ids. The same from whichever node
/// one asks.
///
/// What is only suggested joins nothing.
class Same {
 public:
  explicit Same(const Context& context);

  /// The other records of what this node is a record of, in the order of ids. Nearly free for nodes
  /// that no SAME_AS touches; else O(edges of all records).
  Result<std::vector<graph::NodeIndex>> others(graph::NodeIndex node) const;

  /// The record that stands for the thing: the one with the lowest id. The node itself where it is
  /// the only one.
  Result<graph::NodeIndex> representative(graph::NodeIndex node) const;

  /// Records that may be of the same thing: a SAME_AS to or from this record is suggested, and none
  /// of the two is told apart from the other. Never one of `others`. In the order of ids.
  Result<std::vector<graph::NodeIndex>> suggested(graph::NodeIndex node) const;

  /// Of these nodes, one for each thing, in the order given: the record with the lowest id of those
  /// that are among them. What adds up money or counts bodies goes over these, so that a project
  /// that two bodies publish counts once.
  Result<std::vector<graph::NodeIndex>> once(std::span<const graph::NodeIndex> nodes) const;

 private:
  struct Join {
    graph::NodeIndex a;
    graph::NodeIndex b;
    bool by_machine = false;
  };
  /// Everything that accepted edges reach from the node, and these edges.
  Result<std::vector<graph::NodeIndex>> component(graph::NodeIndex node,
                                                  std::vector<Join>& joins) const;
  /// Who is joined to the node by a SAME_AS in this state, in either direction.
  Result<std::vector<Join>> joined(graph::NodeIndex node, std::string_view state) const;
  bool touches(graph::NodeIndex node, graph::Relation relation) const;

  const Context& context_;
  graph::Relation same_;
  graph::Relation not_same_;
};

}  // namespace mangrove::query
