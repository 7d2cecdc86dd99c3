#pragma once

#include <cstdint>
#include <vector>

#include "graph/base/result.h"
#include "query/analytics/projection.h"

namespace mangrove::query {

struct Communities {
  /// By place of the node in `Projection::by_id`: the number of its community, from 0, in the order
  /// of their first members.
  std::vector<std::uint32_t> of;
  std::uint32_t count = 0;
  double modularity = 0;  ///< How much more lies within than chance would have it: -0.5 to 1.
};

/// Groups of nodes that are tied to each other more than to the rest: the method of Louvain
/// (Blondel and others, 2008), which raises modularity
///
///     Q = sum over communities c of  edges within c / m  -  (degrees of c / 2m)^2
///
/// step by step, taking nodes in the order of their public ids, so that it ends at the same
/// wherever it begins. What then hangs together only through others is parted, as Leiden's method
/// would have it. `by_id` is the projection's own. O(edges) for each of some ten passes; 40 bytes a
/// node and 12 an edge.
Result<Communities> communities(const Projection& projection,
                                const std::vector<graph::NodeIndex>& by_id);

}  // namespace mangrove::query
