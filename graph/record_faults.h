#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "graph/batch.h"

namespace mangrove::graph {

/// How many different names of kinds, relations, properties and qualifiers a graph can hold.
inline constexpr std::size_t kNamesMax = 60'000;

/// What makes the record impossible to store, whatever the graph holds; nothing where it is fine.
std::optional<std::string> fault_of(const Record& record);

/// How many names the record uses at the most: cheap to tell, and nearly always few enough.
std::size_t names_in(const Record& record);

}  // namespace mangrove::graph
