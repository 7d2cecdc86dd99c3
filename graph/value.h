#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/base/date.h"

namespace mangrove::graph {

/// Words, and the language they are in.
struct Text {
  std::string text;      ///< UTF-8.
  std::string language;  ///< BCP 47 in lower case ("en", "pt-br"); empty where unknown.

  friend auto operator<=>(const Text&, const Text&) = default;
};

/// One value without structure.
using Scalar = std::variant<bool, std::int64_t, double, Date, std::string>;

/// A few named scalars that belong together, such as {currency, year, amount}. Order is kept.
struct Structure {
  std::vector<std::pair<std::string, Scalar>> fields;

  /// The field of this name, or null.
  const Scalar* find(std::string_view name) const;

  friend bool operator==(const Structure&, const Structure&) = default;
};

/// The value of a property of a node or an edge.
using Value = std::variant<bool, std::int64_t, double, Date, Text, Structure>;

/// One value of one property. A property with several values stands there several times.
struct Property {
  std::string name;
  Value value;
  std::vector<std::string> audience{};  ///< Who may see it, by name; empty: whoever sees the rest.

  friend bool operator==(const Property&, const Property&) = default;
};

/// For people and for sorting in tests: text as it is, numbers without needless digits,
/// structures as `name=value name=value`.
std::string to_string(const Value& value);
std::string to_string(const Scalar& value);

/// The first property of this name, or null.
const Value* find_property(const std::vector<Property>& properties, std::string_view name);

/// The text of the first property of this name that is a text; empty where there is none.
std::string_view text_of(const std::vector<Property>& properties, std::string_view name);

}  // namespace mangrove::graph
