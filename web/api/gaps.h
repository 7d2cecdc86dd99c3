#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/gaps.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /gaps?place=&scheme=: a place by the concepts of a scheme, need against coverage.
Asked<query::GapsQuestion> parse_gaps(Parameters& parameters);
Result<std::string> gaps(const query::Context& context, const Asked<query::GapsQuestion>& asked);

}  // namespace mangrove::web::api
