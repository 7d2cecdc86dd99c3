#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/search.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /search?q=&kind=&place=&…: nodes whose texts hold the words, best first.
Asked<query::SearchQuestion> parse_search(Parameters& parameters);
Result<std::string> search(const query::Context& context,
                           const Asked<query::SearchQuestion>& asked);

}  // namespace mangrove::web::api
