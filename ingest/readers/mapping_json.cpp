#include "ingest/readers/mapping_json.h"

#include <algorithm>

#include "graph/base/text.h"

namespace mangrove::ingest {

Error mapping_error(const std::string& where, const std::string& what) {
  return {ErrorCode::invalid_input, "mapping: " + where + ": " + what};
}

Result<json::Value> parse_mapping(std::string_view text) {
  Result<json::Value> parsed = json::parse(text);
  if (!parsed.ok()) {
    return Error{parsed.error().code, "mapping: " + parsed.error().message};
  }
  return parsed;
}

Result<const json::Value::Object*> object_of(const json::Value& value, const std::string& where,
                                             std::initializer_list<std::string_view> keys) {
  const json::Value::Object* object = value.as_object();
  if (object == nullptr) {
    return mapping_error(where,
                         "wants an object, not a value of type " + std::string(value.type_name()));
  }
  for (const json::Member& member : *object) {
    if (std::ranges::find(keys, std::string_view(member.key)) == keys.end()) {
      return mapping_error(where, "knows no \"" + member.key + "\"");
    }
  }
  return object;
}

Result<std::string> string_in(const json::Value& object, std::string_view key,
                              const std::string& where) {
  const json::Value* value = object.find(key);
  if (value == nullptr) {
    return std::string();
  }
  if (value->as_string() == nullptr || value->as_string()->empty()) {
    return mapping_error(where, "\"" + std::string(key) + "\" wants a text");
  }
  return *value->as_string();
}

Result<MappedSource> source_in(const json::Value& mapping) {
  MappedSource mapped;
  const json::Value* source = mapping.find("source");
  if (source == nullptr) {
    return mapped;
  }
  const json::Value::Object* object = TRY(
      object_of(*source, "source",
                {"name", "label", "publisher", "licence", "url", "note", "retrieved", "version"}));
  const std::string name = TRY(string_in(*source, "name", "source"));
  mapped.id = "src:" + slug(name);
  if (mapped.id == "src:") {
    return mapping_error("source", "wants a \"name\" with letters or digits");
  }
  if (source->find("label") == nullptr) {
    mapped.properties.push_back({"label", graph::Text{name, {}}});
  }
  for (const auto& [key, value] : *object) {
    if (key != "name") {
      const std::string text = TRY(string_in(*source, key, "source"));
      mapped.properties.push_back({key, graph::Text{text, {}}});
    }
  }
  return mapped;
}

}  // namespace mangrove::ingest
