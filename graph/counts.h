#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "graph/audience.h"
#include "graph/catalogue.h"
#include "graph/topology/topology.h"

namespace mangrove::graph {

/// How much there is of everything, at one version, for one viewer.
struct Counts {
  std::map<std::string, std::uint64_t> nodes;  ///< By kind.
  std::map<std::string, std::uint64_t> edges;  ///< By relation; equal edges of many sources once.
  std::map<std::string, std::uint64_t>
      schemes;  ///< Nodes by scheme of their id: `org`, `org:name`.
};

/// Looks at everything. O(nodes + edges).
Counts count_all(const Topology& topology, const Catalogue& catalogue, const Sight& sight);

/// The kind that this viewer sees a node to be of: of those that seen statements give it, the first
/// by name (public statements all give the same). kNoName where it does not exist for the viewer.
Kind kind_seen(const Topology& topology, const Catalogue& catalogue, const Sight& sight,
               NodeIndex node);

}  // namespace mangrove::graph
