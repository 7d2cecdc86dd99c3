#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "graph/graph.h"
#include "tests/support/server.h"
#include "tests/support/world.h"
#include "web/api/routes.h"
#include "web/server/response.h"
#include "web/server/router.h"

namespace mangrove::tests {

/// The API over a graph of its own, asked over real HTTP on a free port.
class RunningApi {
 public:
  explicit RunningApi(std::unique_ptr<graph::Graph> graph = small_world(),
                      std::chrono::milliseconds deadline = std::chrono::seconds(5));

  graph::Graph& graph() { return *graph_; }
  std::string url() const { return server_.url(); }
  std::uint16_t port() const { return server_.port(); }

  /// The answer to a GET of this target, such as "/api/v1/stats".
  web::Response get(const std::string& target, std::vector<web::Header> headers = {}) const;
  /// The JSON of an answer that must be 200; a failure of the test otherwise, and null.
  json::Value ok(const std::string& target) const;
  /// The problem document of an answer that must have this status.
  json::Value problem(const std::string& target, int status) const;

 private:
  std::unique_ptr<graph::Graph> graph_;
  web::api::Service service_;
  web::Router router_;
  RunningServer server_;
};

/// The value at the end of keys and positions, such as "items.0.why.0.text", as text: a string as
/// it is, anything else as JSON; "-" where there is none.
std::string at(const json::Value& value, std::string_view path);

}  // namespace mangrove::tests
