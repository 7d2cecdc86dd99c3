#pragma once

#include <string>
#include <vector>

#include "graph/base/result.h"
#include "query/explore/neighbours.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// What GET /nodes/{id} asks.
struct NodeQuestion {
  std::string id;
  std::vector<std::string> bases;
};

/// GET /nodes/{id}?basis=: one node with its properties, sources and degrees.
Asked<NodeQuestion> parse_node(Parameters& parameters);
Result<std::string> node(const query::Context& context, const Asked<NodeQuestion>& asked);

/// GET /nodes/{id}/neighbours?relation=&direction=&neighbour=&kind=&basis=: what it is connected
/// to.
Asked<query::NeighboursQuestion> parse_neighbours(Parameters& parameters);
Result<std::string> neighbours(const query::Context& context,
                               const Asked<query::NeighboursQuestion>& asked);

}  // namespace mangrove::web::api
