#pragma once

#include <string>

#include "graph/base/result.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// What GET /schema asks: nothing in particular.
struct SchemaQuestion {};

/// GET /schema: the kinds and relations of our world, in words.
Asked<SchemaQuestion> parse_schema(Parameters& parameters);
Result<std::string> schema(const query::Context& context, const Asked<SchemaQuestion>& asked);

}  // namespace mangrove::web::api
