#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/linkages.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /linkages?target=8.7: how every other target hangs together with this one.
Asked<query::LinkagesQuestion> parse_linkages(Parameters& parameters);
Result<std::string> linkages(const query::Context& context,
                             const Asked<query::LinkagesQuestion>& asked);

}  // namespace mangrove::web::api
