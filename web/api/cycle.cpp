#include "web/api/cycle.h"

#include "web/api/json.h"
#include "web/api/places_json.h"

namespace mangrove::web::api {
namespace {

void write_stage(json::Writer& writer, const query::StageReached& reached) {
  writer.begin_object();
  writer.key("stage");
  write(writer, reached.stage);
  writer.member("pass", reached.pass);
  writer.key("assessment");
  writer.begin_object();
  write_members(writer, reached.assessment);
  writer.end_object();
  writer.end_object();
}

void write_sign(json::Writer& writer, const query::EvidenceSign& sign) {
  writer.begin_object();
  writer.key("stage");
  write(writer, sign.stage);
  writer.member("of", sign.entry ? "entry" : "exit");
  write_or_null(writer, "text", sign.text);
  write_or_null(writer, "sign", sign.sign);
  writer.member("state", query::to_string(sign.state));
  writer.key("found");
  write(writer, sign.found);
  writer.member("why", sign.why);
  writer.end_object();
}

void write_track(json::Writer& writer, const query::CycleTrack& track) {
  writer.begin_object();
  write_or_null(writer, "topic", track.topic);
  write_or_null(writer, "stage", track.stage);
  write_date(writer, "since", track.since);
  writer.member("pass", track.pass);
  write_or_null(writer, "next", track.next);
  writer.key("checklist");
  writer.begin_array();
  for (const query::EvidenceSign& sign : track.checklist) write_sign(writer, sign);
  writer.end_array();
  write_date(writer, "last_assessed", track.last_assessed);
  writer.member("months", track.months);
  writer.member("stalled", track.stalled);
  writer.key("history");
  writer.begin_array();
  for (const query::StageReached& reached : track.history) write_stage(writer, reached);
  writer.end_array();
  writer.member("score", track.score);
  writer.key("why");
  write(writer, track.why);
  writer.end_object();
}

}  // namespace

Asked<query::CycleQuestion> parse_cycle(Parameters& parameters) {
  constexpr std::int64_t kMonthsMax = 1'200;
  Asked<query::CycleQuestion> asked;
  asked.question.place = parameters.id("id");
  asked.question.stalled_after = static_cast<int>(
      parameters.integer("stalled_after", 1, kMonthsMax, query::CycleQuestion().stalled_after));
  asked.question.as_of = as_of(parameters);
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> cycle(const query::Context& context, const Asked<query::CycleQuestion>& asked) {
  const query::CycleAnswer answer = TRY(query::cycle(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("place");
  write(writer, answer.place);
  writer.member("as_of", to_string(asked.question.as_of));
  writer.member("stalled_after", asked.question.stalled_after);
  writer.member("stalled", answer.stalled);
  writer.member("unassessed", answer.unassessed);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::CycleTrack& track : answer.items) write_track(writer, track);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
