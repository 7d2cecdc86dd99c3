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

/// GET /initiatives/{id}/partners: the same for whoever takes part in the initiative.
Asked<query::PartnersQuestion> parse_initiative_partners(Parameters& parameters);

}  // namespace mangrove::web::api
