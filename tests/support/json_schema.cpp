#include "tests/support/json_schema.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace mangrove::tests {

namespace {

class Check {
 public:
  explicit Check(const json::Value& document) : document_(document) {}

  void value(const json::Value& value, const json::Value& schema, const std::string& place) {
    if (const std::string* reference = schema.find_string("$ref")) {
      return this->value(value, resolve(document_, *reference), place);
    }
    if (const json::Value* choices = schema.find("oneOf")) {
      return one_of(value, *choices->as_array(), place);
    }
    type(value, schema, place);
    choice(value, schema, place);
    bounds(value, schema, place);
    if (value.as_object() != nullptr) object(value, schema, place);
    if (value.as_array() != nullptr) array(*value.as_array(), schema, place);
  }

  std::vector<std::string> take() { return std::move(breaches_); }

 private:
  void breach(const std::string& place, const std::string& what) {
    breaches_.push_back((place.empty() ? "the answer" : place) + ": " + what);
  }

  void one_of(const json::Value& value, const json::Value::Array& choices,
              const std::string& place) {
    std::size_t fitting = 0;
    std::string reasons;
    for (const json::Value& choice : choices) {
      Check check(document_);
      check.value(value, choice, place);
      if (check.breaches_.empty()) ++fitting;
      for (const std::string& reason : check.breaches_)
        reasons.append(" [").append(reason).append("]");
    }
    if (fitting != 1) {
      breach(place, "fits " + std::to_string(fitting) + " of oneOf, not 1:" + reasons);
    }
  }

  static bool is_type(const json::Value& value, std::string_view type) {
    if (type == "number") return value.is_number();
    return value.type_name() == type;
  }

  void type(const json::Value& value, const json::Value& schema, const std::string& place) {
    const json::Value* types = schema.find("type");
    if (types == nullptr) return;
    bool fits = false;
    if (const std::string* one = types->as_string()) fits = is_type(value, *one);
    if (const auto* several = types->as_array()) {
      for (const json::Value& one : *several) fits = fits || is_type(value, *one.as_string());
    }
    if (!fits) breach(place, "must not be of type " + std::string(value.type_name()));
  }

  void choice(const json::Value& value, const json::Value& schema, const std::string& place) {
    const json::Value* constant = schema.find("const");
    if (constant != nullptr && !(*constant == value)) breach(place, "is not the constant");
    const json::Value* choices = schema.find("enum");
    if (choices == nullptr) return;
    const auto& all = *choices->as_array();
    if (std::find(all.begin(), all.end(), value) == all.end()) breach(place, "is not in the enum");
  }

  void bounds(const json::Value& value, const json::Value& schema, const std::string& place) {
    const auto check = [&](const char* name, std::optional<double> size, bool least) {
      const auto bound = schema.find_number(name);
      if (!bound || !size) return;
      if (least ? *size < *bound : *size > *bound) breach(place, std::string("breaks ") + name);
    };
    check("minimum", value.as_number(), true);
    check("maximum", value.as_number(), false);
    if (const auto* array = value.as_array()) {
      check("minItems", static_cast<double>(array->size()), true);
      check("maxItems", static_cast<double>(array->size()), false);
    }
    if (const auto* text = value.as_string()) {
      check("minLength", static_cast<double>(text->size()), true);
    }
  }

  void object(const json::Value& value, const json::Value& schema, const std::string& place) {
    const json::Value* properties = schema.find("properties");
    const json::Value* additional = schema.find("additionalProperties");
    for (const auto& [key, member] : *value.as_object()) {
      const std::string inner = place.empty() ? key : place + "." + key;
      const json::Value* named = properties == nullptr ? nullptr : properties->find(key);
      if (named != nullptr) {
        this->value(member, *named, inner);
      } else if (additional != nullptr && additional->as_object() != nullptr) {
        this->value(member, *additional, inner);
      } else if (properties != nullptr) {
        breach(inner, "is not in the contract");
      }
    }
    const json::Value* required = schema.find("required");
    if (required == nullptr) return;
    for (const json::Value& name : *required->as_array()) {
      if (value.find(*name.as_string()) == nullptr) breach(place, "lacks " + *name.as_string());
    }
  }

  void array(const json::Value::Array& values, const json::Value& schema,
             const std::string& place) {
    const json::Value* items = schema.find("items");
    if (items == nullptr) return;
    for (std::size_t i = 0; i < values.size(); ++i) {
      value(values[i], *items, (place.empty() ? "" : place + ".") + std::to_string(i));
    }
  }

  const json::Value& document_;
  std::vector<std::string> breaches_;
};

}  // namespace

std::vector<std::string> breaches(const json::Value& value, const json::Value& schema,
                                  const json::Value& document) {
  Check check(document);
  check.value(value, schema, "");
  return check.take();
}

const json::Value& resolve(const json::Value& document, const std::string& reference) {
  const json::Value* here = &document;
  std::string_view rest = reference;
  if (!rest.starts_with("#/")) throw std::invalid_argument("not a local $ref: " + reference);
  rest.remove_prefix(2);
  while (here != nullptr && !rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    here = here->find(rest.substr(0, slash));
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  if (here == nullptr) throw std::invalid_argument("leads nowhere: " + reference);
  return *here;
}

}  // namespace mangrove::tests
