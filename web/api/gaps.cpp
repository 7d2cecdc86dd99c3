#include "web/api/gaps.h"

#include "graph/base/date.h"
#include "web/api/json.h"
#include "web/api/places_json.h"

namespace mangrove::web::api {
namespace {

void write_measurement(json::Writer& writer, const query::LastMeasurement& each) {
  writer.begin_object();
  writer.key("observation");
  write(writer, each.observation);
  writer.key("measure");
  write(writer, each.measure);
  writer.member("proxy", each.proxy);
  writer.member("change", query::to_string(each.change));
  writer.member("adverse", each.adverse);
  writer.member("before", each.before);
  writer.member("before_date", to_string(each.before_date));
  writer.member("value", each.after);
  writer.member("date", to_string(each.date));
  writer.member("years_old", each.years_old);
  write_or_null(writer, "unit", each.unit);
  write_or_null(writer, "source", each.source);
  writer.end_object();
}

void write_known(json::Writer& writer, const query::Cell& cell) {
  writer.begin_object();
  writer.key("assessment");
  write(writer, cell.assessment);
  writer.member("dissent", cell.dissent);
  writer.key("measurements");
  writer.begin_array();
  for (const query::LastMeasurement& each : cell.measurements) write_measurement(writer, each);
  writer.end_array();
  writer.key("evidence");
  write(writer, cell.evidence);
  writer.end_object();
}

void write_covering(json::Writer& writer, const query::Cell& cell) {
  writer.key("initiatives");
  writer.begin_object();
  writer.member("here", cell.here);
  writer.member("around", cell.around);
  writer.member("running", cell.running);
  writer.key("first");
  writer.begin_array();
  for (const query::CoveringInitiative& each : cell.initiatives) {
    writer.begin_object();
    write_members(writer, each.node);
    writer.member("weight", each.weight);
    writer.key("place");
    write(writer, each.place);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  writer.member("actors", cell.actors);
  writer.key("spend");
  writer.begin_object();
  for (const auto& [currency, amount] : cell.spend) writer.member(currency, amount);
  writer.end_object();
}

void write_able(json::Writer& writer, const query::Cell& cell) {
  writer.key("able");
  writer.begin_array();
  for (const query::AbleActor& each : cell.able) {
    writer.begin_object();
    write_members(writer, each.node);
    writer.member("score", each.score);
    writer.key("why");
    write(writer, each.why);
    writer.end_object();
  }
  writer.end_array();
  writer.key("missing_kinds");
  writer.begin_array();
  for (const query::MissingKind& each : cell.missing_kinds) {
    writer.begin_object();
    writer.member("type", each.type);
    writer.member("places", each.places);
    writer.member("of", each.of);
    writer.end_object();
  }
  writer.end_array();
}

void write_cell(json::Writer& writer, const query::Cell& cell) {
  writer.begin_object();
  write_members(writer, cell.node);
  writer.member("state", query::to_string(cell.state));
  writer.member("need", query::to_string(cell.need));
  writer.member("covered", cell.covered);
  writer.member("coverage", cell.coverage);
  writer.member("score", cell.score);
  write_covering(writer, cell);
  writer.key("known");
  write_known(writer, cell);
  write_able(writer, cell);
  writer.key("why");
  write(writer, cell.why);
  writer.end_object();
}

}  // namespace

Asked<query::GapsQuestion> parse_gaps(Parameters& parameters) {
  Asked<query::GapsQuestion> asked;
  asked.question.place = parameters.id("place");
  asked.question.scheme =
      query::parse_scheme(parameters.choice("scheme", {"determinants", "topics", "targets",
                                                       "stages", "response-points", "groups"}))
          .value();
  asked.question.filter = parameters.filter();
  asked.question.covered_from =
      static_cast<double>(parameters.integer("covered_from", 1, 1'000, 1));
  asked.question.as_of = as_of(parameters);
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> gaps(const query::Context& context, const Asked<query::GapsQuestion>& asked) {
  const query::GapsAnswer answer = TRY(query::gaps(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("place");
  write(writer, answer.place);
  writer.member("scheme", query::to_string(answer.scheme));
  writer.member("as_of", to_string(asked.question.as_of));
  writer.member("covered_from", asked.question.covered_from);
  writer.key("containing");
  write(writer, answer.containing);
  writer.key("states");
  writer.begin_object();
  for (const auto& [state, number] : answer.states) {
    writer.member(query::to_string(state), number);
  }
  writer.end_object();
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::Cell& cell : answer.items) write_cell(writer, cell);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
