#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/overlaps.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /initiatives/{id}/overlaps: other initiatives by what they share with this one.
Asked<query::OverlapsQuestion> parse_overlaps(Parameters& parameters);
Result<std::string> overlaps(const query::Context& context,
                             const Asked<query::OverlapsQuestion>& asked);

}  // namespace mangrove::web::api
