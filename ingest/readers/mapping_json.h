#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "graph/value.h"

/// What all mapping files are made of: objects with known keys, texts, and the source that a file
/// belongs to. Errors say where in the mapping: `mapping: source: wants a "name" …`.
namespace mangrove::ingest {

/// The data set that a mapping names as the source of a file.
struct MappedSource {
  std::string id;                           ///< `src:NAME`; empty where the mapping names none.
  std::vector<graph::Property> properties;  ///< Of its node: label, publisher, licence, …
};

Error mapping_error(const std::string& where, const std::string& what);

/// The text of a mapping file as JSON.
Result<json::Value> parse_mapping(std::string_view text);

/// An object with no other keys than these.
Result<const json::Value::Object*> object_of(const json::Value& value, const std::string& where,
                                             std::initializer_list<std::string_view> keys);

/// A text member; empty where there is none.
Result<std::string> string_in(const json::Value& object, std::string_view key,
                              const std::string& where);

/// The member `source` of a mapping; one without an id where there is none.
Result<MappedSource> source_in(const json::Value& mapping);

}  // namespace mangrove::ingest
