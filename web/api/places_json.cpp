#include "web/api/places_json.h"

#include "query/calendar.h"
#include "web/api/json.h"

namespace mangrove::web::api {

Date as_of(Parameters& parameters) {
  const std::string word = parameters.text("as_of");
  if (word.empty()) return query::today();
  const auto date = parse_date(word);
  if (!date || date->day == 0) {
    parameters.refuse("as_of", "is no day such as 2026-03-31");
    return query::today();
  }
  return *date;
}

void write(json::Writer& writer, const std::optional<query::LastAssessment>& assessment) {
  if (!assessment) {
    writer.null();
    return;
  }
  writer.begin_object();
  write_name(writer, assessment->node);
  write_or_null(writer, "status", assessment->status);
  write_or_null(writer, "pole", assessment->pole);
  write_date(writer, "date", assessment->date);
  writer.member("years_old", assessment->years_old);
  write_or_null(writer, "by", assessment->by);
  write_or_null(writer, "source", assessment->source);
  write_or_null(writer, "note", assessment->note);
  writer.end_object();
}

void write_or_null(json::Writer& writer, std::string_view name,
                   const std::optional<query::Brief>& brief) {
  writer.key(name);
  if (brief) {
    write(writer, *brief);
  } else {
    writer.null();
  }
}

void write_members(json::Writer& writer, const query::AssessmentBrief& each) {
  write_name(writer, each.node);
  write_or_null(writer, "place", each.place);
  write_or_null(writer, "on", each.on);
  write_or_null(writer, "stage", each.stage);
  write_or_null(writer, "status", each.status);
  write_or_null(writer, "pole", each.pole);
  write_date(writer, "date", each.date);
  write_or_null(writer, "by", each.by);
  writer.key("actors");
  write(writer, each.authors);
  write_or_null(writer, "source", each.source);
  write_or_null(writer, "note", each.note);
}

void write_date(json::Writer& writer, std::string_view name, const std::optional<Date>& date) {
  writer.key(name);
  if (date) {
    writer.string(to_string(*date));
  } else {
    writer.null();
  }
}

}  // namespace mangrove::web::api
