#pragma once

#include <vector>

#include "graph/base/result.h"
#include "query/analytics/projection.h"

namespace mangrove::query {

struct PageRankOptions {
  double damping = 0.85;     ///< How often the walker goes on along an edge: above 0, below 1.
  unsigned iterations = 50;  ///< At least 1.
};

/// How much a walker who follows edges at random, and now and then begins anew anywhere, is found
/// at each node (Brin and Page, 1998; here edges lead both ways), as a multiple of the average:
///
///     rank(v) = 1 - damping + damping * sum over neighbours u of  rank(u) / degree(u)
///
/// By index of the node. What flows along an edge is cut to multiples of 2^-32, so that sums do not
/// hang on the order in which a graph was loaded; it is always below 1. O(iterations * edges); 48
/// bytes a node, and no copy of the edges.
Result<std::vector<double>> pagerank(const Projection& projection, const PageRankOptions& options);

}  // namespace mangrove::query
