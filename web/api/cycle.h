#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/cycle.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /places/{id}/cycle: the stages of a place over time, and what would show the next.
Asked<query::CycleQuestion> parse_cycle(Parameters& parameters);
Result<std::string> cycle(const query::Context& context, const Asked<query::CycleQuestion>& asked);

}  // namespace mangrove::web::api
