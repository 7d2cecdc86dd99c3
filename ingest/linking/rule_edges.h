#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "graph/view.h"
#include "ontology/grammar/derivation_rule.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// An edge between concepts.
struct ConceptEdge {
  std::string to;
  std::map<std::string, double, std::less<>> numbers;  ///< Of its properties.
};

/// What concepts have to do with each other, as far as rules follow it.
struct RuleEdges {
  /// By relation, direction (`^` before those that are followed backwards) and node: "MAPS_TO
  /// sector:dac:15160". Each sorted.
  std::map<std::string, std::vector<ConceptEdge>, std::less<>> edges;
  std::map<std::string, std::string, std::less<>> kinds;  ///< Of the nodes at which those end.
};

/// The edges of all steps of the rules but the first, which is the initiative's own. One round trip
/// for each relation and direction.
Result<RuleEdges> read_rule_edges(std::span<const ontology::DerivationRule> rules,
                                  const graph::View& view, const ontology::Schema& schema);

}  // namespace mangrove::ingest
