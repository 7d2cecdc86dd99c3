#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/reach.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /nodes/{id}/reach?hops=: how much lies within so many hops.
Asked<query::ReachQuestion> parse_reach(Parameters& parameters);
Result<std::string> reach(const query::Context& context, const Asked<query::ReachQuestion>& asked);

}  // namespace mangrove::web::api
