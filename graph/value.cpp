#include "graph/value.h"

#include <array>
#include <charconv>
#include <string_view>

namespace mangrove::graph {
namespace {

template <typename Number>
std::string number_text(Number number) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

struct Printer {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return number_text(value); }
  std::string operator()(double value) const { return number_text(value); }
  std::string operator()(const Date& value) const { return mangrove::to_string(value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const Text& value) const { return value.text; }
  std::string operator()(const Structure& value) const {
    std::string result;
    for (const auto& [name, scalar] : value.fields) {
      if (!result.empty()) result += ' ';
      result += name + '=' + to_string(scalar);
    }
    return result;
  }
};

}  // namespace

const Scalar* Structure::find(std::string_view name) const {
  for (const auto& [field, scalar] : fields) {
    if (field == name) return &scalar;
  }
  return nullptr;
}

std::string to_string(const Value& value) {
  return std::visit(Printer{}, value);
}
std::string to_string(const Scalar& value) {
  return std::visit(Printer{}, value);
}

const Value* find_property(const std::vector<Property>& properties, std::string_view name) {
  for (const Property& property : properties) {
    if (property.name == name) return &property.value;
  }
  return nullptr;
}

std::string_view text_of(const std::vector<Property>& properties, std::string_view name) {
  for (const Property& property : properties) {
    if (property.name != name) continue;
    if (const auto* text = std::get_if<Text>(&property.value)) return text->text;
  }
  return {};
}

}  // namespace mangrove::graph
