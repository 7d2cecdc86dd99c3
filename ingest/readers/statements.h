#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch.h"
#include "graph/value.h"
#include "ontology/schema.h"

/// What tables and RDF have in common: typed values written as text, and edges with properties.
namespace mangrove::ingest {

enum class ValueType { text, integer, number, date, boolean };

/// The value that a text spells; nothing where it spells none of that type. White space at both
/// ends is left out. Booleans are `true`, `yes`, `1` and their opposites, in any case; `language`
/// is for texts.
std::optional<graph::Value> parse_value(std::string_view text, ValueType type,
                                        std::string_view language = {});

/// An edge of this relation. Where the relation has a `basis` and the properties do not say which,
/// it is `reported`, with confidence 1. The qualifier is the property that tells edges of such a
/// relation apart: its basis, role, type or reach; for scores the score, who gave it and where it
/// holds; for a dependence likewise.
graph::EdgeStatement make_edge(const ontology::RelationInfo& relation, std::string from,
                               std::string to, std::vector<graph::Property> properties,
                               std::string_view source);

/// Leaves out edges that are stated twice, and counts on in the qualifier where two edges differ in
/// their properties only, so that both stand.
void tell_apart(std::vector<graph::EdgeStatement>& edges);

}  // namespace mangrove::ingest
