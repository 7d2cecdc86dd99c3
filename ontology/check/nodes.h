#pragma once

#include <functional>
#include <set>
#include <string>

#include "ontology/check/findings.h"
#include "ontology/check/world.h"

namespace mangrove::ontology {

/// Looks at what one file says of its nodes themselves: that it has one source, and of each node
/// its kind, id, names, definition, values, and whether a rule can be applied. `properties` are the
/// names of properties that are known.
void check_nodes(const WrittenFile& file, const World& world,
                 const std::set<std::string, std::less<>>& properties, Findings& findings);

}  // namespace mangrove::ontology
