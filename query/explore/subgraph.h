#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

struct SubgraphQuestion {
  std::string seed = {};
  unsigned hops = 1;                        ///< 1..kSubgraphHopsMax.
  std::size_t limit = 60;                   ///< Nodes, the seed among them: 1..kSubgraphNodesMax.
  std::vector<std::string> relations = {};  ///< Empty: all.
  Filter filter = {};                       ///< Of all nodes but the seed.
};

inline constexpr unsigned kSubgraphHopsMax = 3;
inline constexpr std::size_t kSubgraphNodesMax = 500;

struct SubgraphNode {
  Brief node;
  unsigned hop = 0;          ///< From the seed, among the nodes drawn.
  std::uint64_t degree = 0;  ///< Connections in the whole graph.
  double importance = 1;     ///< 1 for the seed.
};

struct SubgraphEdge {
  std::string from;
  std::string to;
  std::string relation;
  std::string label;  ///< In the language asked for, read from `from`.
  Basis basis = Basis::reported;
};

struct SubgraphAnswer {
  std::string seed;
  std::vector<SubgraphNode> nodes;  ///< By hop, then importance.
  std::vector<SubgraphEdge> edges;  ///< All between the nodes drawn; one per relation. By
                                    ///< relation, then in the order of the nodes.
  std::map<std::string, std::uint64_t> hidden;  ///< By id: neighbours not drawn; only where any.
};

/// A drawing-sized neighbourhood. Breadth first; at each hop the relations take turns, each
/// giving its most important node next, so that one hub does not swamp the drawing:
///
///     importance = importance(where it comes from) * weight(relation) / ln(2 + connections of the
///     node)
///
/// Of a hub's neighbours by one relation at most kConsidered are candidates, drawn by lot; the lot
/// hangs on their ids alone.
Result<SubgraphAnswer> subgraph(const Context& context, const SubgraphQuestion& question);

}  // namespace mangrove::query
