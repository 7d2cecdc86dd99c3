#pragma once

#include <cstdint>
#include <tuple>

#include "graph/audience.h"
#include "graph/ids.h"

namespace mangrove::graph {

/// One end of an edge, seen from the other.
struct Adjacent {
  NodeIndex node;
  RecordNumber record;  ///< The record that states it.
  Qualifier qualifier;
  Policy policy = kPublic;  ///< Who may see it: the record's policy included.

  friend auto operator<=>(const Adjacent&, const Adjacent&) = default;
};

/// The order of the entries of a row: by neighbour, qualifier, record, policy.
inline bool comes_before(const Adjacent& a, const Adjacent& b) {
  if (a.node != b.node) return a.node < b.node;
  return std::tie(a.qualifier, a.record, a.policy) < std::tie(b.qualifier, b.record, b.policy);
}

/// An entry to add to a row, or to take out of it.
struct RowChange {
  NodeIndex owner;
  Adjacent entry;
  bool added;
};

}  // namespace mangrove::graph
