#include "web/api/analytics.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

constexpr std::int64_t kIterationsMax = 200;

Asked<query::AnalyticsQuestion> parse(Parameters& parameters, query::Measure measure) {
  Asked<query::AnalyticsQuestion> asked;
  asked.question.measure = measure;
  asked.question.projection.relations = parameters.relations();
  asked.question.projection.kinds = parameters.kinds("among");
  asked.question.projection.filter = parameters.filter();
  asked.question.show = parameters.kinds();
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

void write_number_or_null(json::Writer& writer, std::string_view name,
                          const std::optional<double>& number) {
  writer.key(name);
  if (number) {
    writer.number(*number);
  } else {
    writer.null();
  }
}

void write_row(json::Writer& writer, const query::AnalyticsRow& row) {
  writer.begin_object();
  write_members(writer, row.node);
  writer.member("score", row.score);
  write_number_or_null(writer, "error", row.error);
  if (!row.members.empty()) {
    writer.key("members");
    write(writer, row.members);
  }
  writer.key("why");
  write(writer, row.why);
  writer.end_object();
}

void write_bridge(json::Writer& writer, const query::BridgeRow& bridge) {
  writer.begin_object();
  writer.key("a");
  write(writer, bridge.a);
  writer.key("b");
  write(writer, bridge.b);
  writer.member("cut_off", bridge.cut_off);
  writer.member("text", bridge.text);
  writer.end_object();
}

}  // namespace

Asked<query::AnalyticsQuestion> parse_pagerank(Parameters& parameters) {
  auto asked = parse(parameters, query::Measure::pagerank);
  asked.question.pagerank.iterations = static_cast<unsigned>(
      parameters.integer("iterations", 1, kIterationsMax, asked.question.pagerank.iterations));
  return asked;
}
Asked<query::AnalyticsQuestion> parse_betweenness(Parameters& parameters) {
  return parse(parameters, query::Measure::betweenness);
}
Asked<query::AnalyticsQuestion> parse_communities(Parameters& parameters) {
  return parse(parameters, query::Measure::communities);
}
Asked<query::AnalyticsQuestion> parse_components(Parameters& parameters) {
  return parse(parameters, query::Measure::components);
}
Asked<query::AnalyticsQuestion> parse_cores(Parameters& parameters) {
  return parse(parameters, query::Measure::cores);
}
Asked<query::AnalyticsQuestion> parse_bridges(Parameters& parameters) {
  return parse(parameters, query::Measure::bridges);
}

Result<std::string> analytics(const query::Context& context,
                              const Asked<query::AnalyticsQuestion>& asked) {
  const query::AnalyticsAnswer answer = TRY(query::analytics(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("measure", query::to_string(asked.question.measure));
  writer.member("method", answer.method);
  writer.member("nodes", answer.nodes);
  writer.member("edges", answer.edges);
  writer.key("relations");
  writer.begin_array();
  for (const std::string& name : answer.relations) writer.string(name);
  writer.end_array();
  write_number_or_null(writer, "modularity", answer.modularity);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::AnalyticsRow& row : answer.items) write_row(writer, row);
  writer.end_array();
  if (asked.question.measure == query::Measure::bridges) {
    writer.key("bridges");
    writer.begin_array();
    for (const query::BridgeRow& bridge : answer.bridges) write_bridge(writer, bridge);
    writer.end_array();
  }
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
