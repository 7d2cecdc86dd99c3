#include "ingest/linking/node_values.h"

#include <algorithm>
#include <cstdint>
#include <variant>

namespace mangrove::ingest {

std::optional<double> number_of(const graph::Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  return std::nullopt;
}

std::vector<graph::Text> texts_of(const graph::Node& node, std::string_view property) {
  std::vector<graph::Text> texts;
  for (const graph::StatedProperty& stated : node.properties) {
    if (stated.name != property) continue;
    if (const auto* text = std::get_if<graph::Text>(&stated.value)) texts.push_back(*text);
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::optional<double> number_at(const graph::Node& node, std::string_view property) {
  const graph::Value* const value = node.find(property);
  return value == nullptr ? std::nullopt : number_of(*value);
}

std::string text_at(const graph::Node& node, std::string_view property) {
  return std::string(node.text(property));
}

bool is_true_at(const graph::Node& node, std::string_view property) {
  const graph::Value* const value = node.find(property);
  const bool* const truth = value == nullptr ? nullptr : std::get_if<bool>(value);
  return truth != nullptr && *truth;
}

std::vector<std::string> words_at(const graph::Node& node, std::string_view property) {
  std::vector<std::string> words;
  for (const graph::Text& text : texts_of(node, property)) words.push_back(text.text);
  return words;
}

}  // namespace mangrove::ingest
