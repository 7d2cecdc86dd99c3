#include "ingest/readers/csv_mapping.h"

#include <algorithm>
#include <utility>

#include "graph/base/json.h"
#include "graph/base/text.h"
#include "ingest/readers/mapping_json.h"

namespace mangrove::ingest {
namespace {

Result<Template> template_in(const std::string& text, const std::string& where) {
  Result<Template> parsed = Template::parse(text);
  return parsed.ok() ? parsed : mapping_error(where, parsed.error().message);
}

Result<ValueType> type_named(const std::string& name, const std::string& where) {
  if (name.empty() || name == "text") {
    return ValueType::text;
  }
  if (name == "integer") {
    return ValueType::integer;
  }
  if (name == "number") {
    return ValueType::number;
  }
  if (name == "date") {
    return ValueType::date;
  }
  if (name == "boolean") {
    return ValueType::boolean;
  }
  return mapping_error(where,
                       "\"type\" is text, integer, number, date or boolean, not \"" + name + "\"");
}

Status read_edge_properties(const json::Value& value, const std::string& where,
                            CsvMeaning& meaning) {
  const json::Value::Object* object = value.as_object();
  if (object == nullptr) {
    return mapping_error(where, "\"properties\" wants an object");
  }
  for (const auto& [name, content] : *object) {
    if (const std::string* text = content.as_string()) {
      meaning.edge_texts.emplace_back(name, TRY(template_in(*text, where)));
    } else if (const auto truth = content.as_boolean()) {
      meaning.edge_values.push_back({name, *truth});
    } else if (const auto whole = content.as_integer()) {
      meaning.edge_values.push_back({name, *whole});
    } else if (const auto number = content.as_number()) {
      meaning.edge_values.push_back({name, *number});
    } else {
      return mapping_error(where, "\"" + name + "\" wants a text, a number or a boolean");
    }
  }
  return {};
}

Status read_relation(const json::Value& value, const std::string& name, const std::string& where,
                     const ontology::Schema& schema, CsvMeaning& meaning) {
  TRY(object_of(value, where, {"relation", "to", "from", "separator", "properties"}));
  meaning.relation = schema.relation(name);
  if (meaning.relation == nullptr) {
    return mapping_error(where, "the schema knows no relation \"" + name + "\"");
  }
  const std::string to = TRY(string_in(value, "to", where));
  const std::string from = TRY(string_in(value, "from", where));
  if (to.empty() == from.empty()) {
    return mapping_error(where, "a relation wants either \"to\" or \"from\"");
  }
  meaning.end_is_from = to.empty();
  meaning.end = TRY(template_in(to.empty() ? from : to, where));
  const json::Value* properties = value.find("properties");
  return properties == nullptr ? Status() : read_edge_properties(*properties, where, meaning);
}

Result<CsvMeaning> read_meaning(const std::string& column, const json::Value& value,
                                const ontology::Schema& schema) {
  const std::string where = "column \"" + column + "\"";
  CsvMeaning meaning;
  meaning.column = column;
  meaning.property = TRY(string_in(value, "property", where));
  meaning.separator = TRY(string_in(value, "separator", where));
  const std::string relation = TRY(string_in(value, "relation", where));
  if (meaning.property.empty() == relation.empty()) {
    return mapping_error(where, "wants either \"property\" or \"relation\"");
  }
  if (!relation.empty()) {
    TRY(read_relation(value, relation, where, schema, meaning));
    return meaning;
  }
  TRY(object_of(value, where, {"property", "type", "language", "separator"}));
  meaning.language = TRY(string_in(value, "language", where));
  const std::string type = TRY(string_in(value, "type", where));
  meaning.type = TRY(type_named(type, where));
  return meaning;
}

Status read_columns(const json::Value& columns, const ontology::Schema& schema,
                    std::vector<CsvMeaning>& meanings) {
  const json::Value::Object* object = columns.as_object();
  if (object == nullptr || object->empty()) {
    return mapping_error("columns", "wants an object with at least one column");
  }
  for (const auto& [column, value] : *object) {
    if (const json::Value::Array* several = value.as_array()) {
      for (const json::Value& one : *several) {
        meanings.push_back(TRY(read_meaning(column, one, schema)));
      }
    } else {
      meanings.push_back(TRY(read_meaning(column, value, schema)));
    }
  }
  return {};
}

}  // namespace

Result<Template> Template::parse(std::string_view text) {
  Template result;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    if (text.substr(0, open).find('}') != std::string_view::npos) {
      return Error{ErrorCode::invalid_input, "a } without a {"};
    }
    if (open > 0) {
      result.pieces_.push_back({std::string(text.substr(0, open))});
    }
    text.remove_prefix(open);
    if (text.empty()) {
      break;
    }
    const std::size_t close = text.find('}');
    if (close == std::string_view::npos) {
      return Error{ErrorCode::invalid_input, "a { without a }"};
    }
    std::string_view name = text.substr(1, close - 1);
    const std::size_t bar = name.rfind('|');
    const bool slugged = bar != std::string_view::npos;
    if (slugged && name.substr(bar) != "|slug") {
      return Error{ErrorCode::invalid_input,
                   "only `|slug` may follow a column, not `" + std::string(name.substr(bar)) + "`"};
    }
    name = name.substr(0, bar);
    if (name.empty()) {
      return Error{ErrorCode::invalid_input, "an empty {}"};
    }
    result.pieces_.push_back({std::string(name), true, slugged});
    text.remove_prefix(close + 1);
  }
  return result;
}

std::vector<std::string> Template::columns() const {
  std::vector<std::string> columns;
  for (const Piece& piece : pieces_) {
    if (piece.column) {
      columns.push_back(piece.text);
    }
  }
  return columns;
}

std::string Template::fitted(std::string_view field, bool slug) {
  return slug ? mangrove::slug(field) : std::string(trimmed(field));
}

Result<CsvMapping> read_csv_mapping(std::string_view json, const ontology::Schema& schema) {
  const json::Value root = TRY(parse_mapping(json));
  TRY(object_of(root, "the whole", {"kind", "id", "part", "source", "columns"}));
  CsvMapping mapping;
  mapping.kind = TRY(string_in(root, "kind", "the whole"));
  if (schema.kind(mapping.kind) == nullptr) {
    return mapping_error("kind", "the schema knows no kind \"" + mapping.kind + "\"");
  }
  const std::string id = TRY(string_in(root, "id", "the whole"));
  mapping.id = TRY(template_in(id, "id"));
  if (mapping.id.columns().empty()) {
    return mapping_error("id", "wants at least one {column}");
  }
  const std::string part = TRY(string_in(root, "part", "the whole"));
  if (!part.empty()) {
    mapping.part = TRY(template_in(part, "part"));
  }
  MappedSource source = TRY(source_in(root));
  mapping.source = std::move(source.id);
  mapping.source_properties = std::move(source.properties);
  const json::Value* columns = root.find("columns");
  TRY(read_columns(columns == nullptr ? json::Value() : *columns, schema, mapping.meanings));
  return mapping;
}

}  // namespace mangrove::ingest
