#include "ingest/readers/influence_mapping.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "graph/base/date.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kScopeBytesMax = 100;  // It becomes a part of qualifiers, which are short.
constexpr std::array<std::string_view, 3> kStatuses{"confirmed", "proposed", "unverified"};

Result<std::string> scope_text(const json::Value& value) {
  const std::string* text = value.as_string();
  if (text == nullptr || text->empty() || text->size() > kScopeBytesMax) {
    return mapping_error("scope", "wants a text of up to 100 bytes, or an object of such by file");
  }
  return *text;
}

Status read_scope(const json::Value& value, InfluenceMapping& mapping) {
  const json::Value::Object* by_file = value.as_object();
  if (by_file == nullptr) {
    mapping.scope = TRY(scope_text(value));
    return {};
  }
  for (const auto& [file, scope] : *by_file) {
    mapping.scopes[file] = TRY(scope_text(scope));
  }
  return {};
}

Status read_statements(const json::Value& value, InfluenceMapping& mapping) {
  const std::string where = "statements";
  TRY(object_of(value, where, {"scope", "date", "horizon", "method", "evidence", "status"}));
  if (const json::Value* scope = value.find("scope")) {
    TRY(read_scope(*scope, mapping));
  }
  const std::string date = TRY(string_in(value, "date", where));
  if (const auto parsed = parse_date(date)) {
    mapping.properties.push_back({"date", *parsed});
  } else if (!date.empty()) {
    return mapping_error(where, "\"date\" is YYYY, YYYY-MM or YYYY-MM-DD, not \"" + date + "\"");
  }
  for (const std::string_view name : {"horizon", "method", "evidence", "status"}) {
    std::string text = TRY(string_in(value, name, where));
    if (name == "status" && !text.empty() &&
        std::ranges::find(kStatuses, text) == kStatuses.end()) {
      return mapping_error(where, "\"status\" is confirmed, proposed or unverified");
    }
    if (!text.empty()) {
      mapping.properties.push_back({std::string(name), graph::Text{std::move(text), {}}});
    }
  }
  return {};
}

}  // namespace

std::string InfluenceMapping::scope_of(const std::string& file) const {
  const auto found = scopes.find(stem_of_file(file));
  return found == scopes.end() ? scope : found->second;
}

Result<InfluenceMapping> read_influence_mapping(std::string_view json) {
  InfluenceMapping mapping;
  if (json.empty()) {
    return mapping;
  }
  const json::Value root = TRY(parse_mapping(json));
  TRY(object_of(root, "the whole", {"source", "statements"}));
  mapping.source = TRY(source_in(root));
  if (const json::Value* statements = root.find("statements")) {
    TRY(read_statements(*statements, mapping));
  }
  return mapping;
}

std::string stem_of_file(const std::string& file) {
  std::filesystem::path path = std::filesystem::path(file).filename();
  if (path.extension() == ".gz") {
    path.replace_extension();
  }
  return path.stem().string();
}

Draft source_draft(const MappedSource& source, const std::string& file) {
  Draft draft;
  draft.line = 1;
  draft.publisher = std::string(graph::text_of(source.properties, "publisher"));
  draft.record.source = source.id;
  draft.record.origin = file + ":1";
  draft.record.subject = {source.id, "Source", source.properties};
  draft.elements["Source"] = 1;
  return draft;
}

}  // namespace mangrove::ingest
