#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "web/api/answer.h"
#include "web/server/http_server.h"
#include "web/server/request.h"
#include "web/server/response.h"
#include "web/server/router.h"

namespace mangrove::web::api {

/// What stands before every path, but for the health checks that are also answered without it.
inline constexpr std::string_view kPrefix = "/api/v1";

/// One call of the API.
struct Call {
  std::string_view name;     ///< Its operationId in openapi.json; what `mangrove ask` calls it.
  std::string_view path;     ///< As one whole literal.
  std::string_view summary;  ///< One line, for `mangrove ask --help`.
  bool question;             ///< Whether `mangrove ask` asks it.
  std::array<std::string_view, 2> arguments;  ///< Parameters that `mangrove ask` takes without a
                                              ///< name, in this order; unused ones are empty.
  Result<Response> (*answer)(const Service& service, const Request& request);
  std::string_view method = "GET";
};

/// Every call: the one table of paths.
std::span<const Call> calls();

/// The table as routes over this service, which must outlive them.
std::vector<Route> routes(const Service& service);

/// Answers without a worker: whether the process lives, and what the client has already (304).
QuickHandler quick_handler(const Service& service);

/// Which requests bring bodies that are too large for memory: see BodyPlanner. The service must
/// outlive it.
BodyPlanner body_planner(const Service& service);

}  // namespace mangrove::web::api
