#pragma once

#include <set>
#include <string>
#include <vector>

#include "ontology/check/world.h"
#include "ontology/mistake.h"

namespace mangrove::ontology {

/// Where something would be a part of itself: cycles along PART_OF, WITHIN or skos:broader, each
/// reported once, with its nodes, at an edge in one of the checked files.
void check_cycles(const World& world, const std::set<std::string>& checked,
                  std::vector<Mistake>& mistakes);

}  // namespace mangrove::ontology
