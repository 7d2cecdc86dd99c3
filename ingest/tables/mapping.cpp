#include "ingest/tables/mapping.h"

#include <algorithm>
#include <array>

#include "graph/base/json.h"
#include "graph/base/text.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/mapping_json.h"

namespace mangrove::ingest {
namespace {

using Strings = std::vector<std::string>;

/// A text, or a list of texts; empty where there is none.
Result<Strings> strings_in(const json::Value& object, std::string_view key,
                           const std::string& where) {
  const json::Value* value = object.find(key);
  if (value == nullptr) return Strings{};
  if (value->as_string() != nullptr) return Strings{*value->as_string()};
  Strings strings;
  const json::Value::Array* list = value->as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if ((*list)[i].as_string() == nullptr) list = nullptr;
    if (list != nullptr) strings.push_back(*(*list)[i].as_string());
  }
  if (list == nullptr) {
    return mapping_error(where, "\"" + std::string(key) + "\" wants a text or a list of texts");
  }
  return strings;
}

template <typename T, std::size_t Size>
Result<T> one_of(const std::array<std::pair<std::string_view, T>, Size>& choices,
                 const std::string& name, const std::string& key, const std::string& where) {
  std::string there_are;
  for (const auto& [word, value] : choices) {
    if (word == name) return value;
    there_are += (there_are.empty() ? "" : ", ") + std::string(word);
  }
  return mapping_error(where, "\"" + key + "\" is one of " + there_are + ", not \"" + name + "\"");
}

enum class Type { plain, money, point };
struct TypeName {
  CellType cell = CellType::text;
  Type type = Type::plain;
};
constexpr std::array<std::pair<std::string_view, TypeName>, 8> kTypes{{
    {"text", {CellType::text, Type::plain}},
    {"integer", {CellType::integer, Type::plain}},
    {"number", {CellType::number, Type::plain}},
    {"date", {CellType::date, Type::plain}},
    {"boolean", {CellType::boolean, Type::plain}},
    {"moment", {CellType::moment, Type::plain}},
    {"money", {CellType::number, Type::money}},
    {"point", {CellType::text, Type::point}},
}};
constexpr std::array<std::pair<std::string_view, DayOrder>, 2> kDayOrders{{
    {"day first", DayOrder::day_first},
    {"month first", DayOrder::month_first},
}};

class MappingReader {
 public:
  explicit MappingReader(const ontology::Ontology& ontology)
      : schema_(ontology.schema()), filters_(ontology) {}

  Result<Mapping> read(std::string_view text) {
    const json::Value root = TRY(parse_mapping(text));
    const std::string whole = "the whole";
    TRY(object_of(root, whole,
                  {"kind", "id", "part", "source", "sheet", "header_row", "matches", "when",
                   "unless", "unpivot", "codes", "properties", "edges", "columns", "why"}));
    TRY(read_codes(root));
    TRY(read_subject(root, whole));
    mapping_.sheet = TRY(string_in(root, "sheet", whole));
    mapping_.matches = TRY(strings_in(root, "matches", whole));
    for (std::string& header : mapping_.matches) header = column_name(header);
    if (const json::Value* row = root.find("header_row")) {
      if (row->as_integer().value_or(0) < 1) {
        return mapping_error(whole, "\"header_row\" wants a number from 1");
      }
      mapping_.header_row = static_cast<std::uint64_t>(*row->as_integer());
    }
    mapping_.conditions = TRY(conditions_in(root, whole));
    TRY(read_unpivot(root));
    TRY(read_row_meanings(root));
    const json::Value* columns = root.find("columns");
    TRY(read_columns(columns == nullptr ? json::Value() : *columns));
    return std::move(mapping_);
  }

 private:
  // The row's node.

  Status read_subject(const json::Value& root, const std::string& whole) {
    mapping_.kind = TRY(string_in(root, "kind", whole));
    if (schema_.kind(mapping_.kind) == nullptr) {
      return mapping_error("kind", "the schema knows no kind \"" + mapping_.kind + "\"");
    }
    const std::string id = TRY(string_in(root, "id", whole));
    mapping_.id = TRY(template_of(id, "id"));
    if (mapping_.id.columns().empty()) {
      return mapping_error("id", "wants at least one {column}");
    }
    mapping_.part = TRY(template_in(root, "part", whole));
    MappedSource source = TRY(source_in(root));
    mapping_.source = std::move(source.id);
    mapping_.source_properties = std::move(source.properties);
    return {};
  }

  Status read_codes(const json::Value& root) {
    const json::Value* lists = root.find("codes");
    if (lists == nullptr) return {};
    if (lists->as_object() == nullptr) return mapping_error("codes", "wants an object");
    for (const json::Member& list : *lists->as_object()) {
      const std::string where = "codes: \"" + list.key + "\"";
      if (list.value.as_object() == nullptr) return mapping_error(where, "wants an object");
      std::map<std::string, std::string> words;
      for (const json::Member& code : *list.value.as_object()) {
        words[code.key] = TRY(string_in(list.value, code.key, where));
      }
      filters_.add(list.key, std::move(words));
    }
    return {};
  }

  Status read_unpivot(const json::Value& root) {
    const json::Value* value = root.find("unpivot");
    if (value == nullptr) return {};
    TRY(object_of(*value, "unpivot", {"columns", "header", "cell", "why"}));
    Unpivot unpivot;
    for (const std::string& column : TRY(strings_in(*value, "columns", "unpivot"))) {
      unpivot.columns.insert(column_name(column));
    }
    unpivot.years = unpivot.columns == std::set<std::string>{"years"};
    unpivot.header = TRY(string_in(*value, "header", "unpivot"));
    unpivot.cell = TRY(string_in(*value, "cell", "unpivot"));
    if (unpivot.columns.empty() || unpivot.header.empty() || unpivot.cell.empty()) {
      return mapping_error("unpivot", "wants \"columns\", \"header\" and \"cell\"");
    }
    mapping_.unpivot = std::move(unpivot);
    return {};
  }

  // What is said of every row.

  Status read_row_meanings(const json::Value& root) {
    if (const json::Value* properties = root.find("properties")) {
      for (StatedProperty& property : TRY(properties_in(*properties, "properties"))) {
        Meaning meaning;
        meaning.property = std::move(property);
        mapping_.meanings.push_back(std::move(meaning));
      }
    }
    const json::Value* edges = root.find("edges");
    if (edges == nullptr) return {};
    if (edges->as_array() == nullptr) return mapping_error("edges", "wants a list");
    for (const json::Value& edge : *edges->as_array()) {
      mapping_.meanings.push_back(TRY(edge_meaning({}, edge, "edges")));
    }
    return {};
  }

  // Columns.

  Status read_columns(const json::Value& columns) {
    const json::Value::Object* object = columns.as_object();
    if (object == nullptr || object->empty()) {
      return mapping_error("columns", "wants an object with at least one column");
    }
    for (const auto& [written, value] : *object) {
      const std::string column = column_name(written);
      const std::string where = "column \"" + column + "\"";
      if (value.find_boolean("ignore") == true) {
        TRY(object_of(value, where, {"ignore", "why"}));
        mapping_.ignored.insert(column);
      } else if (const json::Value::Array* several = value.as_array()) {
        for (const json::Value& one : *several) {
          mapping_.meanings.push_back(TRY(meaning_of(column, one, where)));
        }
      } else {
        mapping_.meanings.push_back(TRY(meaning_of(column, value, where)));
      }
    }
    return {};
  }

  Result<Meaning> meaning_of(const std::string& column, const json::Value& value,
                             const std::string& where) {
    const std::string name = TRY(string_in(value, "property", where));
    const std::string relation = TRY(string_in(value, "relation", where));
    if (name.empty() == relation.empty()) {
      return mapping_error(where, "wants either \"property\" or \"relation\"");
    }
    if (!relation.empty()) return edge_meaning(column, value, where);
    TRY(object_of(value, where,
                  {"property", "type", "language", "separator", "codes", "dates", "decimal",
                   "currency", "year", "when", "unless", "why"}));
    Meaning meaning;
    meaning.column = column;
    meaning.separators = TRY(strings_in(value, "separator", where));
    meaning.conditions = TRY(conditions_in(value, where));
    const std::string codes = TRY(string_in(value, "codes", where));
    meaning.property = TRY(form_in(value, where));
    meaning.property->name = name;
    meaning.property->text =
        TRY(template_of(codes.empty() ? "{value}" : "{value|" + codes + "}", where));
    return meaning;
  }

  Result<Meaning> edge_meaning(const std::string& column, const json::Value& value,
                               const std::string& where) {
    TRY(object_of(
        value, where,
        {"relation", "to", "from", "separator", "properties", "node", "when", "unless", "why"}));
    Meaning meaning;
    meaning.column = column;
    meaning.separators = TRY(strings_in(value, "separator", where));
    meaning.conditions = TRY(conditions_in(value, where));
    StatedEdge edge;
    const std::string name = TRY(string_in(value, "relation", where));
    edge.relation = schema_.relation(name);
    if (edge.relation == nullptr) {
      return mapping_error(where, "the schema knows no relation \"" + name + "\"");
    }
    const std::string to = TRY(string_in(value, "to", where));
    const std::string from = TRY(string_in(value, "from", where));
    if (to.empty() == from.empty()) {
      return mapping_error(where, "a relation wants either \"to\" or \"from\"");
    }
    edge.end_is_from = to.empty();
    edge.end = TRY(template_of(to.empty() ? from : to, where));
    if (const json::Value* properties = value.find("properties")) {
      edge.properties = TRY(properties_in(*properties, where));
    }
    if (const json::Value* node = value.find("node")) {
      edge.states_node = true;
      edge.node_properties = TRY(properties_in(*node, where));
    }
    meaning.edge = std::move(edge);
    return meaning;
  }

  // What meanings are made of.

  Result<std::vector<StatedProperty>> properties_in(const json::Value& value,
                                                    const std::string& where) {
    const json::Value::Object* object = value.as_object();
    if (object == nullptr) return mapping_error(where, "\"properties\" wants an object");
    std::vector<StatedProperty> properties;
    for (const auto& [name, content] : *object) {
      properties.push_back(TRY(stated(name, content, where)));
    }
    return properties;
  }

  /// A property written as a template, a constant, or an object with a `value` and its form.
  Result<StatedProperty> stated(const std::string& name, const json::Value& content,
                                const std::string& where) {
    StatedProperty property;
    if (content.as_object() != nullptr) {
      TRY(object_of(content, where,
                    {"value", "type", "language", "dates", "decimal", "currency", "year", "why"}));
      property = TRY(form_in(content, where));
      const std::string text = TRY(string_in(content, "value", where));
      property.text = TRY(template_of(text, where));
    } else if (const std::string* text = content.as_string()) {
      property.text = TRY(template_of(*text, where));
    } else if (const auto truth = content.as_boolean()) {
      property.constant = graph::Value(*truth);
    } else if (const auto whole = content.as_integer()) {
      property.constant = graph::Value(*whole);
    } else if (const auto number = content.as_number()) {
      property.constant = graph::Value(*number);
    } else {
      return mapping_error(where, "\"" + name + "\" wants a text, a number or a boolean");
    }
    property.name = name;
    return property;
  }

  Result<StatedProperty> form_in(const json::Value& value, const std::string& where) {
    StatedProperty property;
    const std::string type = TRY(string_in(value, "type", where));
    if (!type.empty()) {
      const TypeName named = TRY(one_of(kTypes, type, "type", where));
      property.form.type = named.cell;
      property.money = named.type == Type::money;
      property.point = named.type == Type::point;
    }
    property.form.language = TRY(string_in(value, "language", where));
    const std::string dates = TRY(string_in(value, "dates", where));
    if (!dates.empty()) property.form.days = TRY(one_of(kDayOrders, dates, "dates", where));
    const std::string decimal = TRY(string_in(value, "decimal", where));
    if (!decimal.empty() && decimal != "." && decimal != ",") {
      return mapping_error(where, R"("decimal" is "." or ",")");
    }
    if (!decimal.empty()) property.form.decimal = decimal[0];
    property.currency = TRY(template_in(value, "currency", where));
    property.year = TRY(template_in(value, "year", where));
    return property;
  }

  static Result<std::vector<Condition>> conditions_in(const json::Value& value,
                                                      const std::string& where) {
    std::vector<Condition> conditions;
    for (const std::string key : {"when", "unless"}) {
      const json::Value* object = value.find(key);
      if (object == nullptr) continue;
      if (object->as_object() == nullptr) {
        return mapping_error(where, "\"" + key + "\" wants an object of columns and their values");
      }
      for (const json::Member& member : *object->as_object()) {
        Condition condition{column_name(member.key), {}, key == "when"};
        for (const std::string& text : TRY(strings_in(*object, member.key, where))) {
          condition.values.insert(iati::lower(trimmed(text)));
        }
        conditions.push_back(std::move(condition));
      }
    }
    return conditions;
  }

  Result<std::optional<Template>> template_in(const json::Value& object, std::string_view key,
                                              const std::string& where) {
    const std::string text = TRY(string_in(object, key, where));
    if (text.empty()) return std::optional<Template>();
    return std::optional<Template>(TRY(template_of(text, where)));
  }

  Result<Template> template_of(const std::string& text, const std::string& where) {
    Result<Template> parsed = Template::parse(text, filters_);
    return parsed.ok() ? parsed : mapping_error(where, parsed.error().message);
  }

  const ontology::Schema& schema_;
  Filters filters_;
  Mapping mapping_;
};

}  // namespace

Result<Mapping> read_mapping(std::string_view json, const ontology::Ontology& ontology) {
  return MappingReader(ontology).read(json);
}

std::string column_name(std::string_view header) {
  std::string name;
  for (const char c : trimmed(header)) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) name.push_back(c);
    if (space && !name.ends_with(' ')) name.push_back(' ');
  }
  return name;
}

}  // namespace mangrove::ingest
