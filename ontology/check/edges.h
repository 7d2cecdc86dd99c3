#pragma once

#include "ontology/check/findings.h"
#include "ontology/check/world.h"

namespace mangrove::ontology {

/// Looks at the edges that one file states: their relation, the kinds at both ends, their
/// properties, and whether somebody states the other end (`ends_known`: nothing was lost in a
/// syntax error, so that this can be told).
void check_edges(const WrittenFile& file, const World& world, bool ends_known, Findings& findings);

}  // namespace mangrove::ontology
