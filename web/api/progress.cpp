#include "web/api/progress.h"

#include "web/api/json.h"
#include "web/api/places_json.h"

namespace mangrove::web::api {
namespace {

Asked<query::ProgressQuestion> parse_progress_of(Parameters& parameters, std::string kind) {
  Asked<query::ProgressQuestion> asked;
  asked.question.id = parameters.id("id");
  asked.question.kind = std::move(kind);
  asked.question.target = parameters.text("target");
  asked.question.determinant = parameters.text("determinant");
  asked.question.from = parameters.year("from");
  asked.question.to = parameters.year("to");
  asked.question.as_of = as_of(parameters);
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

void write_line(json::Writer& writer, const query::ProgressLine& line) {
  writer.begin_object();
  write_or_null(writer, "method", line.method);
  write_or_null(writer, "unit", line.unit);
  writer.member("compares", line.compares);
  writer.member("change", query::to_string(line.change));
  writer.member("left_out", line.left_out);
  writer.key("points");
  writer.begin_array();
  for (const query::ProgressPoint& point : line.points) {
    writer.begin_object();
    writer.member("id", point.id);
    write_date(writer, "from", point.from);
    write_date(writer, "to", point.to);
    writer.member("value", point.value);
    write_or_null(writer, "source", point.source);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write_written(json::Writer& writer, const query::WrittenValue& value) {
  writer.begin_object();
  writer.member("id", value.id);
  write_date(writer, "from", value.from);
  write_date(writer, "to", value.to);
  write_or_null(writer, "written", value.written);
  write_or_null(writer, "source", value.source);
  writer.end_object();
}

void write_series(json::Writer& writer, const query::ProgressSeries& series) {
  writer.begin_object();
  write_members(writer, series.measure);
  write_or_null(writer, "result_level", series.result_level);
  writer.member("better", query::to_string(series.better));
  writer.member("score", series.score);
  writer.key("measures");
  writer.begin_array();
  for (const query::ProgressSeries::Of& each : series.measures) {
    writer.begin_object();
    write_members(writer, each.node);
    writer.member("proxy", each.proxy);
    writer.end_object();
  }
  writer.end_array();
  writer.key("lines");
  writer.begin_array();
  for (const query::ProgressLine& line : series.lines) write_line(writer, line);
  writer.end_array();
  writer.key("written");
  writer.begin_array();
  for (const query::WrittenValue& value : series.written) write_written(writer, value);
  writer.end_array();
  writer.key("why");
  write(writer, series.why);
  writer.end_object();
}

}  // namespace

Asked<query::ProgressQuestion> parse_progress(Parameters& parameters) {
  return parse_progress_of(parameters, "Place");
}

Asked<query::ProgressQuestion> parse_initiative_progress(Parameters& parameters) {
  return parse_progress_of(parameters, "Initiative");
}

Result<std::string> progress(const query::Context& context,
                             const Asked<query::ProgressQuestion>& asked) {
  const query::ProgressAnswer answer = TRY(query::progress(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("of");
  write(writer, answer.of);
  writer.member("as_of", to_string(asked.question.as_of));
  writer.key("levels");
  writer.begin_object();
  for (const auto& [level, number] : answer.levels) {
    writer.member(level.empty() ? "unknown" : level, number);
  }
  writer.end_object();
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::ProgressSeries& series : answer.items) write_series(writer, series);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
