#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"

/// The values of nodes, as the vocabulary of linking takes them.
namespace mangrove::ingest {

/// A whole or other number; none of anything else.
std::optional<double> number_of(const graph::Value& value);

/// All texts of a property, sorted so that equal vocabularies read the same.
std::vector<graph::Text> texts_of(const graph::Node& node, std::string_view property);

/// The same without their languages.
std::vector<std::string> words_at(const graph::Node& node, std::string_view property);

/// The first number and text of a property; none, or empty, where there is none.
std::optional<double> number_at(const graph::Node& node, std::string_view property);
std::string text_at(const graph::Node& node, std::string_view property);

/// Whether the first value of a property is the truth value true.
bool is_true_at(const graph::Node& node, std::string_view property);

}  // namespace mangrove::ingest
