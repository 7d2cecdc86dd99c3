#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/linkage_matrix.h"
#include "query/explore/linkages.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /linkages?target=8.7: how every other target hangs together with this one.
Asked<query::LinkagesQuestion> parse_linkages(Parameters& parameters);
Result<std::string> linkages(const query::Context& context,
                             const Asked<query::LinkagesQuestion>& asked);

/// GET /linkages/matrix?level=goals|targets: the same of all pairs.
Asked<query::LinkageMatrixQuestion> parse_linkage_matrix(Parameters& parameters);
Result<std::string> linkage_matrix(const query::Context& context,
                                   const Asked<query::LinkageMatrixQuestion>& asked);

}  // namespace mangrove::web::api
