#pragma once

#include <string>
#include <string_view>

#include "ontology/turtle.h"

namespace mangrove::ontology {

/// What is wrong with the value of a property of a node of this kind, or of an edge (`kind` is
/// empty then): `m:weight wants a number, …`. Empty where nothing is.
std::string objection_to_value(std::string_view property, const Term& value, std::string_view kind);

}  // namespace mangrove::ontology
