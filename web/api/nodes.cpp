#include "web/api/nodes.h"

#include <cstddef>
#include <variant>

#include "query/explore/nodes.h"
#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_texts(json::Writer& writer, const std::vector<std::string>& texts) {
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  writer.end_array();
}

void write_value_and_sources(json::Writer& writer, const graph::StatedProperty& property) {
  writer.begin_object();
  writer.key("value");
  write(writer, property.value);
  if (const auto* text = std::get_if<graph::Text>(&property.value);
      text != nullptr && !text->language.empty()) {
    writer.member("lang", text->language);
  }
  writer.key("sources");
  write_texts(writer, property.sources);
  writer.end_object();
}

// The answer has them sorted by name, so that the values of one name stand together.
void write_by_name(json::Writer& writer, const std::vector<graph::StatedProperty>& properties) {
  writer.begin_object();
  for (std::size_t i = 0; i < properties.size(); ++i) {
    const bool first = i == 0 || properties[i - 1].name != properties[i].name;
    const bool last = i + 1 == properties.size() || properties[i + 1].name != properties[i].name;
    if (first) {
      writer.key(properties[i].name);
      writer.begin_array();
    }
    write_value_and_sources(writer, properties[i]);
    if (last) writer.end_array();
  }
  writer.end_object();
}

void write_source(json::Writer& writer, const query::SourceBrief& source) {
  const auto member_if_stated = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) writer.member(name, text);
  };
  writer.begin_object();
  writer.member("id", source.id);
  writer.member("name", source.name);
  member_if_stated("publisher", source.publisher);
  member_if_stated("licence", source.licence);
  member_if_stated("url", source.url);
  member_if_stated("retrieved", source.retrieved);
  member_if_stated("note", source.note);
  writer.end_object();
}

void write_neighbour(json::Writer& writer, const query::Neighbour& neighbour) {
  writer.begin_object();
  write_name(writer, neighbour.node);
  write_status(writer, "node_status", neighbour.node.status);
  writer.member("relation", neighbour.relation);
  writer.member("direction", to_string(neighbour.direction));
  writer.member("label", neighbour.label);
  writer.key("properties");
  write(writer, neighbour.properties);
  writer.member("basis", query::to_string(neighbour.basis));
  write_or_null(writer, "source",
                neighbour.sources.empty() ? std::string_view{} : neighbour.sources.front());
  writer.key("sources");
  write_texts(writer, neighbour.sources);
  write_status(writer, "status", neighbour.status);
  writer.end_object();
}

void write_same(json::Writer& writer, const query::SameRecord& record) {
  writer.begin_object();
  write_members(writer, record.node);
  writer.key("names");
  write_texts(writer, record.names);
  writer.key("sources");
  write_texts(writer, record.sources);
  writer.end_object();
}

}  // namespace

Asked<NodeQuestion> parse_node(Parameters& parameters) {
  Asked<NodeQuestion> asked;
  asked.question.id = parameters.id("id");
  asked.question.bases = parameters.bases();
  asked.language = parameters.language();
  return asked;
}

Result<std::string> node(const query::Context& context, const Asked<NodeQuestion>& asked) {
  const query::NodeAnswer answer =
      TRY(query::node(context, asked.question.id, asked.question.bases));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  write_members(writer, answer.node);
  writer.key("properties");
  write_by_name(writer, answer.properties);
  writer.key("sources");
  writer.begin_array();
  for (const query::SourceBrief& source : answer.sources) write_source(writer, source);
  writer.end_array();
  writer.key("degree");
  write(writer, answer.degree);
  writer.key("same_as");
  writer.begin_array();
  for (const query::SameRecord& record : answer.same) write_same(writer, record);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

Asked<query::NeighboursQuestion> parse_neighbours(Parameters& parameters) {
  Asked<query::NeighboursQuestion> asked;
  asked.question.id = parameters.id("id");
  asked.question.relations = parameters.relations();
  const std::string direction = parameters.choice("direction", {"both", "in", "out"});
  asked.question.in = direction != "out";
  asked.question.out = direction != "in";
  asked.question.neighbour = parameters.text("neighbour");
  asked.question.filter.kinds = parameters.kinds();
  asked.question.filter.bases = parameters.bases();
  asked.language = parameters.language();
  constexpr std::int64_t kLimit = 50;
  asked.page = parameters.page(kLimit);
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> neighbours(const query::Context& context,
                               const Asked<query::NeighboursQuestion>& asked) {
  const query::NeighboursAnswer answer = TRY(query::neighbours(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("node");
  write(writer, answer.node);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::Neighbour& neighbour : answer.items) write_neighbour(writer, neighbour);
  writer.end_array();
  writer.key("facets");
  writer.begin_object();
  writer.key("relation");
  write(writer, answer.relations);
  writer.key("kind");
  write(writer, answer.kinds);
  writer.end_object();
  writer.key("named");
  write(writer, answer.named);
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
