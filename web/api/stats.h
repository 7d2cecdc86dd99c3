#pragma once

#include <string>
#include <vector>

#include "graph/base/result.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// What GET /stats asks: which connections count.
struct StatsQuestion {
  std::vector<std::string> bases;
};

/// GET /stats?basis=: how much there is of everything.
Asked<StatsQuestion> parse_stats(Parameters& parameters);
Result<std::string> stats(const query::Context& context, const Asked<StatsQuestion>& asked);

}  // namespace mangrove::web::api
