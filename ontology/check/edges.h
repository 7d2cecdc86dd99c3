#pragma once

#include "ontology/check/findings.h"
#include "ontology/check/world.h"

namespace mangrove::ontology {

/// Looks at the edges that one file states: their relation, the kinds at both ends, their
/// properties, and whether somebody states the other end.
void check_edges(const WrittenFile& file, const World& world, Findings& findings);

}  // namespace mangrove::ontology
