#include "graph/record_json.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace mangrove::graph {
namespace {

// --- Writing ------------------------------------------------------------------------------------

bool is_json(double number) {
  return std::isfinite(number);
}

bool is_json(const Scalar& scalar) {
  const auto* const number = std::get_if<double>(&scalar);
  return number == nullptr || is_json(*number);
}

bool is_json(const Value& value) {
  const auto* const number = std::get_if<double>(&value);
  return number == nullptr || is_json(*number);
}

struct ScalarWriter {
  json::Writer& writer;

  void operator()(bool truth) const { writer.boolean(truth); }
  void operator()(std::int64_t number) const { writer.integer(number); }
  void operator()(double number) const { writer.number(number); }
  void operator()(const std::string& text) const { writer.string(text); }
  void operator()(const Date& date) const {
    writer.begin_object();
    writer.member("date", to_string(date));
    writer.end_object();
  }
};

/// The members of the object that a value is written as where it is one.
struct MemberWriter {
  json::Writer& writer;

  void operator()(bool truth) const { writer.member("value", truth); }
  void operator()(std::int64_t number) const { writer.member("value", number); }
  void operator()(double number) const { writer.member("value", number); }
  void operator()(const Date& date) const { writer.member("date", to_string(date)); }
  void operator()(const Text& text) const {
    writer.member("text", text.text);
    if (!text.language.empty()) writer.member("language", text.language);
  }
  void operator()(const Structure& structure) const {
    writer.key("fields");
    writer.begin_object();
    for (const auto& [name, scalar] : structure.fields) {
      if (!is_json(scalar)) continue;
      writer.key(name);
      std::visit(ScalarWriter{writer}, scalar);
    }
    writer.end_object();
  }
};

void write_names(json::Writer& writer, std::string_view key,
                 const std::vector<std::string>& names) {
  if (names.empty()) return;
  writer.key(key);
  writer.begin_array();
  for (const std::string& name : names) writer.string(name);
  writer.end_array();
}

void write_value(json::Writer& writer, const Property& property) {
  if (property.audience.empty()) {
    if (const auto* truth = std::get_if<bool>(&property.value)) return writer.boolean(*truth);
    if (const auto* whole = std::get_if<std::int64_t>(&property.value)) {
      return writer.integer(*whole);
    }
    if (const auto* number = std::get_if<double>(&property.value)) return writer.number(*number);
    const auto* const text = std::get_if<Text>(&property.value);
    if (text != nullptr && text->language.empty()) return writer.string(text->text);
  }
  writer.begin_object();
  std::visit(MemberWriter{writer}, property.value);
  write_names(writer, "audience", property.audience);
  writer.end_object();
}

void write_properties(json::Writer& writer, const std::vector<Property>& properties) {
  if (properties.empty()) return;
  std::map<std::string_view, std::vector<const Property*>> by_name;
  for (const Property& property : properties) {
    if (is_json(property.value)) by_name[property.name].push_back(&property);
  }
  writer.key("properties");
  writer.begin_object();
  for (const auto& [name, values] : by_name) {
    writer.key(name);
    writer.begin_array();
    for (const Property* value : values) write_value(writer, *value);
    writer.end_array();
  }
  writer.end_object();
}

void write_unless_empty(json::Writer& writer, std::string_view key, const std::string& text) {
  if (!text.empty()) writer.member(key, text);
}

void write_mention(json::Writer& writer, const NodeStatement& mention) {
  writer.begin_object();
  writer.member("id", mention.id);
  writer.member("kind", mention.kind);
  write_names(writer, "guard", mention.audience);
  write_properties(writer, mention.properties);
  writer.end_object();
}

void write_edge(json::Writer& writer, const EdgeStatement& edge, const std::string& subject) {
  writer.begin_object();
  if (edge.from != subject) writer.member("from", edge.from);
  writer.member("relation", edge.relation);
  writer.member("to", edge.to);
  write_unless_empty(writer, "qualifier", edge.qualifier);
  if (edge.derived) writer.member("derived", true);
  write_names(writer, "audience", edge.audience);
  write_properties(writer, edge.properties);
  writer.end_object();
}

// --- Reading ------------------------------------------------------------------------------------

Error wrong(const std::string& where, const std::string& what) {
  return {ErrorCode::invalid_input, where.empty() ? what : where + ": " + what};
}

std::string below(const std::string& where, std::string_view key) {
  return (where.empty() ? "" : where + ".") + std::string(key);
}

std::string at(const std::string& where, std::size_t place) {
  return where + "[" + std::to_string(place) + "]";
}

Status check_keys(const json::Value& value, const std::string& where,
                  std::initializer_list<std::string_view> keys) {
  if (value.as_object() == nullptr) {
    return wrong(where, "an object was expected, not " + std::string(value.type_name()));
  }
  for (const json::Member& member : *value.as_object()) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    std::string known;
    for (const std::string_view key : keys) known += (known.empty() ? "" : ", ") + std::string(key);
    return wrong(where,
                 "'" + member.key.substr(0, 80) + "' has no meaning here; there are: " + known);
  }
  return {};
}

/// A text member; empty where there is none.
Result<std::string> text_at(const json::Value& object, std::string_view key,
                            const std::string& where) {
  const json::Value* const value = object.find(key);
  if (value == nullptr) return std::string();
  if (value->as_string() == nullptr) {
    return wrong(below(where, key), "a text was expected, not " + std::string(value->type_name()));
  }
  return *value->as_string();
}

Result<std::string> needed_text_at(const json::Value& object, std::string_view key,
                                   const std::string& where) {
  std::string text = TRY(text_at(object, key, where));
  if (text.empty()) return wrong(where, "there is no '" + std::string(key) + "'");
  return text;
}

/// The elements of a list; none where it is not there.
Result<const json::Value::Array*> list_at(const json::Value& object, std::string_view key,
                                          const std::string& where) {
  static const json::Value::Array kNone;
  const json::Value* const value = object.find(key);
  if (value == nullptr) return &kNone;
  if (value->as_array() == nullptr) {
    return wrong(below(where, key), "a list was expected, not " + std::string(value->type_name()));
  }
  return value->as_array();
}

Result<std::vector<std::string>> names_at(const json::Value& object, std::string_view key,
                                          const std::string& where) {
  std::vector<std::string> names;
  for (const json::Value& name : *TRY(list_at(object, key, where))) {
    if (name.as_string() == nullptr || name.as_string()->empty()) {
      return wrong(below(where, key), "a name is a text that is not empty");
    }
    names.push_back(*name.as_string());
  }
  return names;
}

Result<Date> date_of(const json::Value& value, const std::string& where) {
  const std::string* const text = value.as_string();
  const std::optional<Date> date = text == nullptr ? std::nullopt : parse_date(*text);
  if (!date) return wrong(where, "a date was expected, as YYYY, YYYY-MM or YYYY-MM-DD");
  return *date;
}

/// A truth value, number or text; nothing where it is something else.
template <typename Any>
std::optional<Any> plain_value(const json::Value& value) {
  if (const auto truth = value.as_boolean()) return Any(*truth);
  if (const auto whole = value.as_integer()) return Any(*whole);
  if (const auto number = value.as_number()) return Any(*number);
  return std::nullopt;
}

Result<Scalar> scalar_of(const json::Value& value, const std::string& where) {
  if (auto plain = plain_value<Scalar>(value)) return std::move(*plain);
  if (const std::string* text = value.as_string()) return Scalar(*text);
  TRY(check_keys(value, where, {"date"}));
  const json::Value* const date = value.find("date");
  if (date == nullptr) return wrong(where, "there is no 'date'");
  return Scalar(TRY(date_of(*date, below(where, "date"))));
}

Result<Value> structure_of(const json::Value& fields, const std::string& where) {
  if (fields.as_object() == nullptr) return wrong(where, "an object was expected");
  Structure structure;
  for (const json::Member& field : *fields.as_object()) {
    structure.fields.emplace_back(field.key, TRY(scalar_of(field.value, below(where, field.key))));
  }
  return Value(std::move(structure));
}

/// What stands under the one of `value`, `text`, `date` and `fields` that is there.
Result<Value> value_in(const json::Value& object, const std::string& where) {
  if (const json::Value* value = object.find("value")) {
    if (auto plain = plain_value<Value>(*value)) return std::move(*plain);
    return wrong(below(where, "value"), "true, false or a number was expected");
  }
  if (object.find("text") != nullptr) {
    return Value(
        Text{TRY(text_at(object, "text", where)), TRY(text_at(object, "language", where))});
  }
  if (const json::Value* date = object.find("date")) {
    return Value(TRY(date_of(*date, below(where, "date"))));
  }
  if (const json::Value* fields = object.find("fields")) {
    return structure_of(*fields, below(where, "fields"));
  }
  return wrong(where, "a value has one of 'value', 'text', 'date' and 'fields'");
}

Result<Property> property_of(const std::string& name, const json::Value& value,
                             const std::string& where) {
  if (const std::string* text = value.as_string()) return Property{name, Text{*text, {}}};
  if (auto plain = plain_value<Value>(value)) return Property{name, std::move(*plain)};
  TRY(check_keys(value, where, {"value", "text", "language", "date", "fields", "audience"}));
  return Property{name, TRY(value_in(value, where)), TRY(names_at(value, "audience", where))};
}

Result<std::vector<Property>> properties_of(const json::Value& object, const std::string& where) {
  std::vector<Property> properties;
  const json::Value* const stated = object.find("properties");
  if (stated == nullptr) return properties;
  const std::string here = below(where, "properties");
  if (stated->as_object() == nullptr) return wrong(here, "an object was expected");
  for (const json::Member& member : *stated->as_object()) {
    const std::string named = below(here, member.key);
    const json::Value::Array* const values = member.value.as_array();
    if (values == nullptr) {
      properties.push_back(TRY(property_of(member.key, member.value, named)));
      continue;
    }
    for (std::size_t i = 0; i < values->size(); ++i) {
      properties.push_back(TRY(property_of(member.key, (*values)[i], at(named, i))));
    }
  }
  return properties;
}

Result<NodeStatement> node_of(const json::Value& value, const std::string& where) {
  NodeStatement node;
  node.id = TRY(needed_text_at(value, "id", where));
  node.kind = TRY(needed_text_at(value, "kind", where));
  node.audience = TRY(names_at(value, "guard", where));
  node.properties = TRY(properties_of(value, where));
  return node;
}

Result<EdgeStatement> edge_of(const json::Value& value, const std::string& subject,
                              const std::string& where) {
  TRY(check_keys(value, where,
                 {"from", "relation", "to", "qualifier", "properties", "audience", "derived"}));
  EdgeStatement edge;
  edge.from = TRY(text_at(value, "from", where));
  if (edge.from.empty()) edge.from = subject;
  edge.relation = TRY(needed_text_at(value, "relation", where));
  edge.to = TRY(needed_text_at(value, "to", where));
  edge.qualifier = TRY(text_at(value, "qualifier", where));
  edge.properties = TRY(properties_of(value, where));
  edge.audience = TRY(names_at(value, "audience", where));
  edge.derived = value.find_boolean("derived").value_or(false);
  return edge;
}

}  // namespace

void write_record(json::Writer& writer, const Record& record) {
  writer.begin_object();
  writer.member("id", record.subject.id);
  writer.member("kind", record.subject.kind);
  write_unless_empty(writer, "source", record.source);
  write_unless_empty(writer, "part", record.part);
  write_unless_empty(writer, "revision", record.revision);
  write_unless_empty(writer, "origin", record.origin);
  write_names(writer, "audience", record.audience);
  write_names(writer, "guard", record.subject.audience);
  write_properties(writer, record.subject.properties);
  if (!record.mentions.empty()) {
    writer.key("mentions");
    writer.begin_array();
    for (const NodeStatement& mention : record.mentions) write_mention(writer, mention);
    writer.end_array();
  }
  if (!record.edges.empty()) {
    writer.key("edges");
    writer.begin_array();
    for (const EdgeStatement& edge : record.edges) write_edge(writer, edge, record.subject.id);
    writer.end_array();
  }
  writer.end_object();
}

Result<Record> read_record(const json::Value& value) {
  TRY(check_keys(value, "",
                 {"id", "kind", "source", "part", "revision", "origin", "audience", "guard",
                  "properties", "mentions", "edges"}));
  Record record;
  record.subject = TRY(node_of(value, ""));
  record.source = TRY(text_at(value, "source", ""));
  record.part = TRY(text_at(value, "part", ""));
  record.revision = TRY(text_at(value, "revision", ""));
  record.origin = TRY(text_at(value, "origin", ""));
  record.audience = TRY(names_at(value, "audience", ""));
  const json::Value::Array& mentions = *TRY(list_at(value, "mentions", ""));
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const std::string where = at("mentions", i);
    TRY(check_keys(mentions[i], where, {"id", "kind", "guard", "properties"}));
    record.mentions.push_back(TRY(node_of(mentions[i], where)));
  }
  const json::Value::Array& edges = *TRY(list_at(value, "edges", ""));
  for (std::size_t i = 0; i < edges.size(); ++i) {
    record.edges.push_back(TRY(edge_of(edges[i], record.subject.id, at("edges", i))));
  }
  return record;
}

}  // namespace mangrove::graph
