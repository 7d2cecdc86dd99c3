#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/paths.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /paths?from=&to=&max_hops=&k=: how two nodes are connected.
Asked<query::PathsQuestion> parse_paths(Parameters& parameters);
Result<std::string> paths(const query::Context& context, const Asked<query::PathsQuestion>& asked);

}  // namespace mangrove::web::api
