#include "web/api/initiatives.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_texts(json::Writer& writer, std::string_view name,
                 const std::vector<std::string>& texts) {
  writer.key(name);
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  writer.end_array();
}

void write_advice(json::Writer& writer, const query::Advice& advice) {
  writer.begin_object();
  writer.member("most", query::to_string(advice.most));
  writer.member("reading", advice.reading);
  write_texts(writer, "coordinate", advice.coordinate);
  write_texts(writer, "differ", advice.differ);
  write_texts(writer, "merge", advice.merge);
  writer.end_object();
}

void write_overlap(json::Writer& writer, const query::Overlap& overlap) {
  writer.begin_object();
  write_members(writer, overlap.node);
  writer.member("score", overlap.score);
  writer.key("years");
  write(writer, overlap.years);
  writer.member("reading", overlap.reading);
  writer.key("why");
  write(writer, overlap.why);
  writer.key("advice");
  write_advice(writer, overlap.advice);
  writer.end_object();
}

void write_duplicates(json::Writer& writer, const std::vector<query::Duplicate>& duplicates) {
  writer.begin_array();
  for (const query::Duplicate& duplicate : duplicates) {
    writer.begin_object();
    write_members(writer, duplicate.node);
    writer.member("state", duplicate.state);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

Asked<query::OverlapsQuestion> parse_overlaps(Parameters& parameters) {
  Asked<query::OverlapsQuestion> asked;
  asked.question.id = parameters.id("id");
  asked.question.filter = parameters.filter();
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> overlaps(const query::Context& context,
                             const Asked<query::OverlapsQuestion>& asked) {
  const query::OverlapsAnswer answer = TRY(query::overlaps(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("of");
  write(writer, answer.of);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::Overlap& overlap : answer.items) write_overlap(writer, overlap);
  writer.end_array();
  writer.key("duplicates");
  write_duplicates(writer, answer.duplicates);
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
