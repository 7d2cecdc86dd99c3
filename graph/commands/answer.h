#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/base/json.h"

// Reading what requests are answered with: what is missing is empty.
namespace mangrove::graph {

inline std::string text_in(const json::Value& value, std::string_view name) {
  const std::string* const text = value.find_string(name);
  return text == nullptr ? std::string() : *text;
}

inline std::uint64_t number_in(const json::Value& value, std::string_view name) {
  const auto number = value.find_integer(name).value_or(0);
  return number < 0 ? 0 : static_cast<std::uint64_t>(number);
}

inline const json::Value::Array& array_in(const json::Value& value, std::string_view name) {
  static const json::Value::Array none;
  const auto* found = value.find(name);
  return found != nullptr && found->as_array() != nullptr ? *found->as_array() : none;
}

inline const json::Value::Object& object_in(const json::Value& value, std::string_view name) {
  static const json::Value::Object none;
  const auto* found = value.find(name);
  return found != nullptr && found->as_object() != nullptr ? *found->as_object() : none;
}

}  // namespace mangrove::graph
