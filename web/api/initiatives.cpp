#include "web/api/initiatives.h"

#include "web/api/json.h"
#include "web/api/overlaps_json.h"

namespace mangrove::web::api {

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
  write_overlaps(writer, answer);
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

Asked<query::OverlapPairsQuestion> parse_overlap_pairs(Parameters& parameters) {
  Asked<query::OverlapPairsQuestion> asked;
  asked.question.filter = parameters.filter();
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> overlap_pairs(const query::Context& context,
                                  const Asked<query::OverlapPairsQuestion>& asked) {
  const query::OverlapPairsAnswer answer = TRY(query::overlap_pairs(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  write_overlap_pairs(writer, answer);
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
