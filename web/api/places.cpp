#include "web/api/places.h"

#include "web/api/json.h"
#include "web/api/places_json.h"

namespace mangrove::web::api {
namespace {

query::ProfileBy profile_by(Parameters& parameters) {
  const std::string word = parameters.choice("profile", {"auto", "determinants", "work"});
  if (word == "determinants") return query::ProfileBy::determinants;
  return word == "work" ? query::ProfileBy::work : query::ProfileBy::automatic;
}

/// Which initiatives count; the place is what is asked about.
query::Filter filter_of_work(Parameters& parameters) {
  query::Filter filter;
  filter.target = parameters.text("target");
  filter.sector = parameters.text("sector");
  filter.actor = parameters.text("actor");
  filter.bases = parameters.bases();
  return filter;
}

template <typename Question>
void read_common(Parameters& parameters, Asked<Question>& asked) {
  asked.question.filter = filter_of_work(parameters);
  asked.question.as_of = as_of(parameters);
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
}

void write_profile(json::Writer& writer, const query::PlaceProfile& profile) {
  writer.begin_object();
  write_members(writer, profile.place);
  write_or_null(writer, "level", profile.level);
  writer.key("within");
  write(writer, profile.within);
  writer.member("initiatives", profile.initiatives);
  writer.member("addressing", profile.addressing);
  writer.member("judged", profile.judged);
  writer.member("measures", profile.measures);
  writer.key("stages");
  writer.begin_array();
  for (const query::ProfileStage& each : profile.stages) {
    writer.begin_object();
    write_or_null(writer, "topic", each.topic);
    writer.key("stage");
    write(writer, each.stage);
    write_date(writer, "since", each.since);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write_compared(json::Writer& writer, const std::vector<query::ComparedFeature>& features) {
  writer.begin_array();
  for (const query::ComparedFeature& each : features) {
    writer.begin_object();
    write_members(writer, each.node);
    writer.member("a", each.a);
    writer.member("b", each.b);
    writer.member("difference", each.difference);
    writer.end_object();
  }
  writer.end_array();
}

void write_lesson(json::Writer& writer, const query::StageLesson& lesson) {
  writer.begin_object();
  write_or_null(writer, "topic", lesson.topic);
  writer.key("stage");
  write(writer, lesson.stage);
  write_date(writer, "from", lesson.from);
  write_date(writer, "to", lesson.to);
  write_or_null(writer, "then", lesson.then);
  writer.member("initiatives", lesson.initiatives);
  writer.key("examples");
  write(writer, lesson.examples);
  writer.key("changed");
  writer.begin_array();
  for (const query::StageLesson::Changed& each : lesson.changed) {
    writer.begin_object();
    write_members(writer, each.determinant);
    writer.member("before", each.before);
    writer.member("after", each.after);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write_learned(json::Writer& writer, const query::Learned& learned) {
  writer.begin_object();
  writer.key("learner");
  write(writer, learned.learner);
  writer.key("teacher");
  write(writer, learned.teacher);
  write_or_null(writer, "changed", learned.changed);
  write_or_null(writer, "result", learned.result);
  write_or_null(writer, "source", learned.source);
  writer.end_object();
}

void write_similar(json::Writer& writer, const query::SimilarPlace& place) {
  writer.begin_object();
  write_members(writer, place.node);
  writer.member("distance", place.distance);
  writer.member("score", place.score);
  writer.member("shared", place.shared);
  writer.key("differing");
  write_compared(writer, place.differing);
  writer.key("lessons");
  writer.begin_array();
  for (const query::StageLesson& lesson : place.lessons) write_lesson(writer, lesson);
  writer.end_array();
  writer.key("learned");
  writer.begin_array();
  for (const query::Learned& learned : place.learned) write_learned(writer, learned);
  writer.end_array();
  writer.key("why");
  write(writer, place.why);
  writer.end_object();
}

}  // namespace

Asked<query::ProfileQuestion> parse_profile(Parameters& parameters) {
  Asked<query::ProfileQuestion> asked;
  asked.question.place = parameters.id("id");
  read_common(parameters, asked);
  return asked;
}

Result<std::string> profile(const query::Context& context,
                            const Asked<query::ProfileQuestion>& asked) {
  const query::ProfileAnswer answer = TRY(query::profile(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("place");
  write_profile(writer, answer.profile);
  writer.member("as_of", to_string(asked.question.as_of));
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::ProfileFeature& each : answer.items) {
    writer.begin_object();
    write_members(writer, each.node);
    writer.member("risk", each.risk);
    write_date(writer, "judged", each.judged);
    writer.member("initiatives", each.initiatives);
    writer.member("share", each.share);
    writer.end_object();
  }
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

Asked<query::SimilarQuestion> parse_similar(Parameters& parameters) {
  Asked<query::SimilarQuestion> asked;
  asked.question.place = parameters.id("id");
  asked.question.by = profile_by(parameters);
  read_common(parameters, asked);
  return asked;
}

Result<std::string> similar(const query::Context& context,
                            const Asked<query::SimilarQuestion>& asked) {
  const query::SimilarAnswer answer = TRY(query::similar(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("place");
  write_profile(writer, answer.profile);
  writer.member("as_of", to_string(asked.question.as_of));
  writer.member("profile", query::to_string(answer.by));
  writer.member("candidates", answer.candidates);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::SimilarPlace& place : answer.items) write_similar(writer, place);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

Asked<query::CompareQuestion> parse_compare(Parameters& parameters) {
  Asked<query::CompareQuestion> asked;
  const std::vector<std::string> places = parameters.ids("place", 2);
  if (places.size() == 2) {
    asked.question.a = places[0];
    asked.question.b = places[1];
  }
  asked.question.by = profile_by(parameters);
  read_common(parameters, asked);
  return asked;
}

Result<std::string> compare(const query::Context& context,
                            const Asked<query::CompareQuestion>& asked) {
  const query::CompareAnswer answer = TRY(query::compare(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("a");
  write_profile(writer, answer.a);
  writer.key("b");
  write_profile(writer, answer.b);
  writer.member("as_of", to_string(asked.question.as_of));
  writer.member("profile", query::to_string(answer.by));
  writer.member("distance", answer.distance);
  writer.member("shared", answer.shared);
  writer.member("total", answer.total);
  writer.key("items");
  write_compared(writer, answer.items);
  writer.key("why");
  write(writer, answer.why);
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
