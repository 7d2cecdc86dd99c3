#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/overlap_pairs.h"
#include "query/explore/overlaps.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /initiatives/{id}/overlaps: other initiatives by what they share with this one.
Asked<query::OverlapsQuestion> parse_overlaps(Parameters& parameters);
Result<std::string> overlaps(const query::Context& context,
                             const Asked<query::OverlapsQuestion>& asked);

/// GET /overlaps: pairs and clusters of initiatives under a filter, and the matrix behind them.
Asked<query::OverlapPairsQuestion> parse_overlap_pairs(Parameters& parameters);
Result<std::string> overlap_pairs(const query::Context& context,
                                  const Asked<query::OverlapPairsQuestion>& asked);

}  // namespace mangrove::web::api
