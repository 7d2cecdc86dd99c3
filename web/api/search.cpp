#include "web/api/search.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_hit(json::Writer& writer, const query::SearchHit& hit) {
  writer.begin_object();
  write_members(writer, hit.node);
  writer.member("snippet", hit.snippet);
  writer.key("marks");
  writer.begin_array();
  for (const auto& [from, to] : hit.marks) {
    writer.begin_array();
    writer.unsigned_integer(from);
    writer.unsigned_integer(to);
    writer.end_array();
  }
  writer.end_array();
  writer.member("score", hit.score);
  writer.key("why");
  write(writer, hit.why);
  writer.end_object();
}

}  // namespace

Asked<query::SearchQuestion> parse_search(Parameters& parameters) {
  Asked<query::SearchQuestion> asked;
  asked.question.words = parameters.text("q");
  asked.question.filter = parameters.filter();
  asked.question.filter.kinds = parameters.kinds();
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> search(const query::Context& context,
                           const Asked<query::SearchQuestion>& asked) {
  const query::SearchAnswer answer = TRY(query::search(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::SearchHit& hit : answer.items) write_hit(writer, hit);
  writer.end_array();
  writer.key("facets");
  writer.begin_object();
  writer.key("kind");
  write(writer, answer.kinds);
  writer.end_object();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
