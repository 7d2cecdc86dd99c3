#include "web/api/initiatives.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_overlap(json::Writer& writer, const query::Overlap& overlap) {
  writer.begin_object();
  write_members(writer, overlap.node);
  writer.member("score", overlap.score);
  writer.key("years");
  write(writer, overlap.years);
  writer.member("reading", overlap.reading);
  writer.key("why");
  write(writer, overlap.why);
  writer.end_object();
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
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
