#pragma once

#include "graph/base/result.h"
#include "web/api/answer.h"

/// What machines ask of the service. None of these takes parameters; other ones are passed over,
/// since those who watch services add their own.
namespace mangrove::web::api {

/// GET /health/live: the process answers.
Result<Response> live(const Service& service, const Request& request);

/// GET /health/ready: so does the graph; 503 where it does not.
Result<Response> ready(const Service& service, const Request& request);

/// GET /openapi.json: the contract.
Result<Response> openapi(const Service& service, const Request& request);

}  // namespace mangrove::web::api
