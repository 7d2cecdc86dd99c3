#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/matches.h"
#include "web/api/answer.h"
#include "web/server/request.h"
#include "web/server/response.h"

namespace mangrove::web::api {

/// GET /matches?node=&state=&kind=: pairs of records that may be of one thing.
Asked<query::MatchesQuestion> parse_matches(Parameters& parameters);
Result<std::string> matches(const query::Context& context,
                            const Asked<query::MatchesQuestion>& asked);

/// POST /matches/{id} `{state: accepted|refused|withdrawn, reason, decided_by}`: a person's
/// decision. 403 where this server takes none (Service::decisions), 415 where the body is not sent
/// as JSON, so that no page of another site can send it.
Result<Response> decide_match(const Service& service, const Request& request);

}  // namespace mangrove::web::api
