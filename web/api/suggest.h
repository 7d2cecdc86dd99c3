#pragma once

#include "graph/base/result.h"
#include "web/api/answer.h"
#include "web/server/request.h"
#include "web/server/response.h"

namespace mangrove::web::api {

/// POST /suggest `{text, title?, language?, least?, limit?}`: what an initiative with these texts
/// would be linked to, and by which words. Nothing is stored.
Result<Response> suggest(const Service& service, const Request& request);

}  // namespace mangrove::web::api
