#pragma once

#include <set>
#include <string>
#include <vector>

#include "ontology/check/world.h"
#include "ontology/mistake.h"

namespace mangrove::ontology {

/// Where two nodes of one kind have the same name in one language, so that people cannot tell them
/// apart: a warning at the later one, for checked files.
void check_namesakes(const World& world, const std::set<std::string>& checked,
                     std::vector<Mistake>& mistakes);

}  // namespace mangrove::ontology
