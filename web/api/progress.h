#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/progress.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /places/{id}/progress: what was measured of a place over time.
Asked<query::ProgressQuestion> parse_progress(Parameters& parameters);
/// GET /initiatives/{id}/progress: the same of an initiative.
Asked<query::ProgressQuestion> parse_initiative_progress(Parameters& parameters);
/// Answers both.
Result<std::string> progress(const query::Context& context,
                             const Asked<query::ProgressQuestion>& asked);

}  // namespace mangrove::web::api
