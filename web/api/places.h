#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/places.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /places/{id}/profile: what is known of a place for comparing it.
Asked<query::ProfileQuestion> parse_profile(Parameters& parameters);
Result<std::string> profile(const query::Context& context,
                            const Asked<query::ProfileQuestion>& asked);

/// GET /places/{id}/similar: places near in an agreed profile, and what can be learned from them.
Asked<query::SimilarQuestion> parse_similar(Parameters& parameters);
Result<std::string> similar(const query::Context& context,
                            const Asked<query::SimilarQuestion>& asked);

/// GET /compare?place=A&place=B: two places beside each other.
Asked<query::CompareQuestion> parse_compare(Parameters& parameters);
Result<std::string> compare(const query::Context& context,
                            const Asked<query::CompareQuestion>& asked);

}  // namespace mangrove::web::api
