#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/map.h"
#include "query/explore/timeline.h"
#include "web/api/answer.h"

/// Where and when initiatives work.
namespace mangrove::web::api {

/// GET /map: how many work in each place, and with `by` for each goal or target.
Asked<query::MapQuestion> parse_map(Parameters& parameters);
Result<std::string> map(const query::Context& context, const Asked<query::MapQuestion>& asked);

/// GET /timeline: how many begin, end and run in each year.
Asked<query::TimelineQuestion> parse_timeline(Parameters& parameters);
Result<std::string> timeline(const query::Context& context,
                             const Asked<query::TimelineQuestion>& asked);

}  // namespace mangrove::web::api
