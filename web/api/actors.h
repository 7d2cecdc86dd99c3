#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/partners.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /actors/{id}/partners: actors worth meeting, not yet tied to this one.
Asked<query::PartnersQuestion> parse_partners(Parameters& parameters);
Result<std::string> partners(const query::Context& context,
                             const Asked<query::PartnersQuestion>& asked);

}  // namespace mangrove::web::api
