#include "web/api/json.h"

#include <cstddef>
#include <type_traits>
#include <variant>

#include "graph/base/date.h"

namespace mangrove::web::api {

namespace {

void write_scalar(json::Writer& writer, const graph::Scalar& scalar) {
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>) {
          writer.boolean(value);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          writer.integer(value);
        } else if constexpr (std::is_same_v<T, double>) {
          writer.number(value);
        } else if constexpr (std::is_same_v<T, Date>) {
          writer.string(mangrove::to_string(value));
        } else {
          writer.string(value);
        }
      },
      scalar);
}

void write_structure(json::Writer& writer, const graph::Structure& structure) {
  writer.begin_object();
  for (const auto& [name, scalar] : structure.fields) {
    writer.key(name);
    write_scalar(writer, scalar);
  }
  writer.end_object();
}

// On an edge everything is flat, so that a table has room for it.
void write_flat(json::Writer& writer, const graph::Value& value) {
  if (std::holds_alternative<graph::Structure>(value)) {
    writer.string(graph::to_string(value));
  } else {
    write(writer, value);
  }
}

void write_tie(json::Writer& writer, const query::DerivedTie& tie) {
  writer.begin_object();
  writer.key("from");
  write(writer, tie.from);
  writer.member("relation", tie.relation);
  writer.member("to", tie.to);
  writer.member("basis", query::to_string(tie.basis));
  writer.end_object();
}

void write_reason(json::Writer& writer, const query::Reason& reason) {
  writer.begin_object();
  writer.member("node", reason.node.id);
  writer.member("kind", reason.node.kind);
  writer.member("name", reason.node.name);
  writer.member("relation", reason.relation);
  writer.member("weight", reason.weight);
  writer.member("basis", query::to_string(reason.basis));
  write_or_null(writer, "source", reason.source);
  writer.member("text", reason.text);
  write_status(writer, "status", reason.node.status);
  if (!reason.rests_on.empty()) {
    writer.key("rests_on");
    writer.begin_array();
    for (const query::DerivedTie& tie : reason.rests_on) write_tie(writer, tie);
    writer.end_array();
  }
  writer.end_object();
}

void write_step(json::Writer& writer, const query::Step& step) {
  writer.begin_object();
  writer.key("from");
  write(writer, step.from);
  writer.key("to");
  write(writer, step.to);
  writer.member("relation", step.relation);
  writer.member("direction", to_string(step.direction));
  writer.key("properties");
  write(writer, step.properties);
  writer.member("basis", query::to_string(step.basis));
  write_or_null(writer, "source", step.source);
  writer.member("text", step.text);
  writer.end_object();
}

}  // namespace

void write_members(json::Writer& writer, const query::Brief& brief) {
  write_name(writer, brief);
  write_status(writer, "status", brief.status);
}

void write_name(json::Writer& writer, const query::Brief& brief) {
  writer.member("id", brief.id);
  writer.member("kind", brief.kind);
  writer.member("name", brief.name);
}

void write_status(json::Writer& writer, std::string_view name, std::string_view status) {
  if (!status.empty()) writer.member(name, status);
}

void write(json::Writer& writer, const query::Brief& brief) {
  writer.begin_object();
  write_members(writer, brief);
  writer.end_object();
}

void write(json::Writer& writer, const std::vector<query::Brief>& briefs) {
  writer.begin_array();
  for (const query::Brief& brief : briefs) write(writer, brief);
  writer.end_array();
}

void write(json::Writer& writer, const std::vector<query::Reason>& reasons) {
  writer.begin_array();
  for (const query::Reason& reason : reasons) write_reason(writer, reason);
  writer.end_array();
}

void write(json::Writer& writer, const std::vector<query::Step>& steps) {
  writer.begin_array();
  for (const query::Step& step : steps) write_step(writer, step);
  writer.end_array();
}

void write(json::Writer& writer, const std::optional<query::Years>& years) {
  if (!years) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.member("from", years->from);
  writer.member("to", years->to);
  writer.end_object();
}

void write(json::Writer& writer, const std::map<std::string, std::uint64_t>& numbers) {
  writer.begin_object();
  for (const auto& [name, number] : numbers) writer.member(name, number);
  writer.end_object();
}

void write(json::Writer& writer, const std::map<std::string, query::Degree>& degrees) {
  writer.begin_object();
  for (const auto& [relation, degree] : degrees) {
    writer.key(relation);
    writer.begin_object();
    writer.member("in", degree.in);
    writer.member("out", degree.out);
    writer.end_object();
  }
  writer.end_object();
}

void write(json::Writer& writer, const graph::Value& value) {
  if (const auto* text = std::get_if<graph::Text>(&value)) {
    writer.string(text->text);
  } else if (const auto* structure = std::get_if<graph::Structure>(&value)) {
    write_structure(writer, *structure);
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    writer.boolean(*truth);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    writer.integer(*integer);
  } else if (const auto* number = std::get_if<double>(&value)) {
    writer.number(*number);
  } else {
    writer.string(mangrove::to_string(std::get<Date>(value)));
  }
}

void write(json::Writer& writer, const std::vector<graph::Property>& properties) {
  std::map<std::string_view, std::vector<const graph::Value*>> by_name;
  for (const graph::Property& property : properties) {
    by_name[property.name].push_back(&property.value);
  }
  writer.begin_object();
  for (const auto& [name, values] : by_name) {
    writer.key(name);
    if (values.size() > 1) writer.begin_array();
    for (const graph::Value* value : values) write_flat(writer, *value);
    if (values.size() > 1) writer.end_array();
  }
  writer.end_object();
}

void write_or_null(json::Writer& writer, std::string_view name, std::string_view text) {
  text.empty() ? writer.member(name, nullptr) : writer.member(name, text);
}

std::string_view to_string(graph::Direction direction) {
  return direction == graph::Direction::in ? "in" : "out";
}

}  // namespace mangrove::web::api
