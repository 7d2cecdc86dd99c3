#include "web/api/map.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_degrees(json::Writer& writer, std::string_view name,
                   const std::optional<double>& degrees) {
  writer.key(name);
  if (degrees) {
    writer.number(*degrees);
  } else {
    writer.null();
  }
}

void write_place(json::Writer& writer, const query::PlaceCount& place,
                 const query::MapAnswer& answer) {
  writer.begin_object();
  write_members(writer, place.node);
  write_degrees(writer, "latitude", place.latitude);
  write_degrees(writer, "longitude", place.longitude);
  writer.member("initiatives", place.initiatives);
  if (!answer.ends.empty()) {
    writer.key("ends");
    writer.begin_object();
    for (const query::EndCount& each : place.ends) {
      writer.member(answer.ends[each.end].id, each.initiatives);
    }
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace

Asked<query::MapQuestion> parse_map(Parameters& parameters) {
  Asked<query::MapQuestion> asked;
  asked.question.filter = parameters.filter();
  const std::string by = parameters.choice("by", {"nothing", "goals", "targets"});
  if (by == "goals") asked.question.by = query::Contributions::Level::goals;
  if (by == "targets") asked.question.by = query::Contributions::Level::targets;
  asked.language = parameters.language();
  return asked;
}

Result<std::string> map(const query::Context& context, const Asked<query::MapQuestion>& asked) {
  const query::MapAnswer answer = TRY(query::map(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("initiatives", answer.initiatives);
  writer.member("without_place", answer.without_place);
  if (!answer.ends.empty()) {
    writer.key("ends");
    write(writer, answer.ends);
  }
  writer.member("total", answer.items.size());
  writer.key("items");
  writer.begin_array();
  for (const query::PlaceCount& place : answer.items) write_place(writer, place, answer);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

Asked<query::TimelineQuestion> parse_timeline(Parameters& parameters) {
  Asked<query::TimelineQuestion> asked;
  asked.question.filter = parameters.filter();
  return asked;
}

Result<std::string> timeline(const query::Context& context,
                             const Asked<query::TimelineQuestion>& asked) {
  const query::TimelineAnswer answer = TRY(query::timeline(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("initiatives", answer.initiatives);
  writer.member("undated", answer.undated);
  writer.member("half_dated", answer.half_dated);
  writer.member("out_of_range", answer.out_of_range);
  writer.member("total", answer.items.size());
  writer.key("items");
  writer.begin_array();
  for (const query::TimelineYear& each : answer.items) {
    writer.begin_object();
    writer.member("year", static_cast<std::int64_t>(each.year));
    writer.member("started", each.started);
    writer.member("ended", each.ended);
    writer.member("active", each.active);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
