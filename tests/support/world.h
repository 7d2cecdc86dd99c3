#pragma once

#include <memory>

#include "graph/graph.h"
#include "ontology/ontology.h"

namespace mangrove::tests {

/// The ontology that is built into the binary; read once.
const ontology::Ontology& shipped_ontology();

/// A small graph in memory with something of everything that the calls answer about: four
/// initiatives (`iati:XX-1` and `iati:XX-2` in Ghana and against 8.7, `iati:XX-3` in Benin with
/// 8.7 and 16.2, `iati:XX/4 ü` alone), four actors (`org:XX-A` … `org:XX-D`), places, targets with
/// a published influence, a determinant, one item of evidence, two assessments and a measure of
/// Ghana, and two sources.
std::unique_ptr<graph::Graph> small_world();

}  // namespace mangrove::tests
