#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "graph/value.h"

namespace mangrove::graph {

/// One value of a property, and the sources that state it.
struct StatedProperty {
  std::string name;
  Value value;
  std::vector<std::string> sources;  ///< Ids of Source nodes, sorted.
  bool own = false;                  ///< A record with the node as its subject states it.
  std::uint64_t count = 0;           ///< How many records state it.
};

/// A node with all that is stated about it, as far as the viewer may see.
struct Node {
  NodeIndex index;
  std::string id;
  std::string kind;
  /// Sorted by name. Within a name, the value to show comes first: what a record with this node as
  /// its subject states, before what others mention in passing; newer before older; more often
  /// stated before less often; then in the order of the values themselves.
  std::vector<StatedProperty> properties;
  std::vector<std::string> sources;  ///< Ids of all sources that state something here, sorted.
  std::vector<std::string> origins;  ///< Where its own records were read, sorted.

  /// The text to show for this property: in this language if there is one, else in English, else
  /// the first. Empty where there is none.
  std::string_view text(std::string_view name, std::string_view language = "en") const;
  /// The first value of this property, or null.
  const Value* find(std::string_view name) const;
};

}  // namespace mangrove::graph
