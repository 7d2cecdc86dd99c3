#include "web/api/health.h"

#include <array>

#include "graph/base/json.h"
#include "web/api/openapi.h"

namespace mangrove::web::api {

Result<Response> live(const Service&, const Request&) {
  return Response::json(R"({"status":"live"})");
}

Result<Response> ready(const Service& service, const Request&) {
  const graph::View view = service.graph.view(service.viewer);
  // A look at the store, not only at memory: a node is read.
  if (view.node_limit() > 0) {
    const std::array<graph::NodeIndex, 1> first{};
    const auto read = view.read(first);
    if (!read.ok()) {
      return to_response({.status = 503,
                          .code = "not_ready",
                          .detail = "The graph cannot be read.",
                          .errors = {},
                          .headers = {}},
                         "/health/ready");
    }
  }
  json::Writer writer;
  writer.begin_object();
  writer.member("status", "ready");
  writer.member("version", view.version());
  writer.member("writable", service.graph.writable().ok());
  writer.end_object();
  return Response::json(writer.take());
}

Result<Response> openapi(const Service&, const Request&) {
  return Response::json(std::string(openapi_document()));
}

}  // namespace mangrove::web::api
