#pragma once

#include <string>

#include "graph/base/result.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// What GET /stats asks: nothing in particular.
struct StatsQuestion {};

/// GET /stats: how much there is of everything.
Asked<StatsQuestion> parse_stats(Parameters& parameters);
Result<std::string> stats(const query::Context& context, const Asked<StatsQuestion>& asked);

}  // namespace mangrove::web::api
