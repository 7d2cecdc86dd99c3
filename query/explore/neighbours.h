#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/explore/nodes.h"
#include "query/filter.h"

namespace mangrove::query {

struct NeighboursQuestion {
  std::string id = {};
  std::vector<std::string> relations = {};  ///< Empty: all.
  std::string neighbour = {};               ///< Only the connections with this node. Empty: all.
  bool in = true;                           ///< Edges that lead to the node.
  bool out = true;                          ///< Edges that lead away from it.
  Filter filter = {};                       ///< Of the neighbours.
  Page page{.limit = 50};
};

/// One connection. Two roles of one actor in one initiative are two connections; one role that two
/// sources state is one.
struct Neighbour {
  Brief node;
  std::string relation;
  graph::Direction direction = graph::Direction::out;  ///< out: stated from the node asked.
  std::string label;  ///< The relation in words, in the language asked for, from the node asked.
  std::vector<graph::Property> properties;
  Basis basis = Basis::reported;
  std::vector<std::string> sources;  ///< Ids, sorted; never empty.
  std::string status;  ///< `proposed`, `unverified` where nobody has confirmed it; else empty.
};

struct NeighboursAnswer {
  Brief node;
  std::size_t total = 0;
  std::vector<Neighbour> items;
  std::map<std::string, Degree> relations;     ///< Connections by relation, whatever was asked for.
  std::map<std::string, std::uint64_t> kinds;  ///< Of the relations and directions asked for.
  /// The rules by which the items were concluded, and what stands between; by id.
  std::vector<Brief> named;
};

/// What a node is connected to: by relation in the order of the schema (outgoing first), then the
/// best connected neighbour first, then by id. Reads only what the page shows.
Result<NeighboursAnswer> neighbours(const Context& context, const NeighboursQuestion& question);

}  // namespace mangrove::query
