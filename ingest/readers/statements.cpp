#include "ingest/readers/statements.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "graph/base/date.h"
#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) {
    text.remove_prefix(1);
  }
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  return problem == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (lower == "true" || lower == "yes" || lower == "1") {
    return true;
  }
  if (lower == "false" || lower == "no" || lower == "0") {
    return false;
  }
  return std::nullopt;
}

std::optional<graph::Value> parse_finite(std::string_view text) {
  const std::optional<double> number = parse_number<double>(text);
  return number && std::isfinite(*number) ? std::optional<graph::Value>(*number) : std::nullopt;
}

template <typename T>
std::optional<graph::Value> as_value(const std::optional<T>& value) {
  return value ? std::optional<graph::Value>(*value) : std::nullopt;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string qualifier_of(const std::vector<graph::Property>& properties, std::string_view source) {
  // The first of these that an edge has; no relation has two of them.
  constexpr std::array<std::string_view, 4> kTelling{"basis", "role", "type", "reach"};
  for (const std::string_view name : kTelling) {
    if (const graph::Value* value = graph::find_property(properties, name)) {
      return graph::to_string(*value);
    }
  }
  const graph::Value* score = graph::find_property(properties, "score");
  if (score == nullptr && graph::find_property(properties, "dependence") == nullptr) {
    return {};
  }
  std::string qualifier = score == nullptr ? "dependence" : graph::to_string(*score);
  for (const std::string_view part : {source, graph::text_of(properties, "scope")}) {
    qualifier += (part.empty() ? "" : " ") + std::string(part);
  }
  return qualifier;
}

}  // namespace

std::optional<graph::Value> parse_value(std::string_view text, ValueType type,
                                        std::string_view language) {
  text = trimmed(text);
  switch (type) {
    case ValueType::text:
      return graph::Text{std::string(text), std::string(language)};
    case ValueType::integer:
      return as_value(parse_number<std::int64_t>(text));
    case ValueType::number:
      return parse_finite(text);
    case ValueType::date:
      return as_value(parse_date(text));
    case ValueType::boolean:
      return as_value(parse_boolean(text));
  }
  return std::nullopt;
}

graph::EdgeStatement make_edge(const ontology::RelationInfo& relation, std::string from,
                               std::string to, std::vector<graph::Property> properties,
                               std::string_view source) {
  if (has(relation.properties, "basis") && graph::find_property(properties, "basis") == nullptr) {
    properties.push_back({"basis", graph::Text{"reported", {}}});
    if (has(relation.properties, "confidence") &&
        graph::find_property(properties, "confidence") == nullptr) {
      properties.push_back({"confidence", 1.0});
    }
  }
  std::string qualifier = qualifier_of(properties, source);
  return {std::move(from), relation.name, std::move(to), std::move(qualifier),
          std::move(properties)};
}

void tell_apart(std::vector<graph::EdgeStatement>& edges) {
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Key, std::vector<graph::EdgeStatement>> kept;
  std::vector<graph::EdgeStatement> result;
  for (graph::EdgeStatement& edge : edges) {
    auto& alike = kept[{edge.from, edge.relation, edge.to, edge.qualifier}];
    if (std::ranges::any_of(alike, [&edge](const graph::EdgeStatement& other) {
          return other.properties == edge.properties;
        })) {
      continue;
    }
    alike.push_back(edge);
    if (alike.size() > 1) {
      edge.qualifier += (edge.qualifier.empty() ? "" : " ") + std::to_string(alike.size());
    }
    result.push_back(std::move(edge));
  }
  edges = std::move(result);
}

}  // namespace mangrove::ingest
