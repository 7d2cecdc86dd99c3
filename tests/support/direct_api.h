#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "graph/graph.h"
#include "tests/support/world.h"
#include "web/api/routes.h"
#include "web/server/response.h"
#include "web/server/router.h"

namespace mangrove::tests {

/// The API over a graph, asked in this process without HTTP. The graph must outlive it.
class DirectApi {
 public:
  explicit DirectApi(const graph::Graph& graph, graph::Viewer viewer = graph::Viewer::everyone())
      : service_{.graph = graph,
                 .ontology = shipped_ontology(),
                 .deadline = std::chrono::minutes(10),
                 .edition = 1,
                 .viewer = std::move(viewer)},
        router_(web::api::routes(service_)) {}
  DirectApi(const DirectApi&) = delete;
  DirectApi& operator=(const DirectApi&) = delete;

  web::Response get(std::string_view target) const {
    web::Request request;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    if (mark < target.size()) request.query = target.substr(mark + 1);
    return router_.answer(request);
  }

  /// The whole answer as text: status, header fields and body.
  std::string bytes(std::string_view target) const {
    const web::Response response = get(target);
    std::string text = std::to_string(response.status) + " " + response.media_type + "\n";
    for (const web::Header& header : response.headers) {
      text += header.name + ": " + header.value + "\n";
    }
    return text + response.body;
  }

 private:
  web::api::Service service_;
  web::Router router_;
};

}  // namespace mangrove::tests
