#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/subgraph.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /graph?seed=ID&hops=&limit=: a drawing-sized neighbourhood.
Asked<query::SubgraphQuestion> parse_subgraph(Parameters& parameters);
Result<std::string> subgraph(const query::Context& context,
                             const Asked<query::SubgraphQuestion>& asked);

}  // namespace mangrove::web::api
