#include "web/api/linkages.h"

#include <cmath>
#include <cstdint>

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_together(json::Writer& writer, const std::optional<query::Together>& together) {
  if (!together) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.member("n", together->n);
  writer.member("expected", together->expected);
  writer.member("lift", together->lift);
  writer.member("p_value", together->p_value);
  writer.member("said", together->said);
  writer.end_object();
}

// The scale has seven whole steps; a source that states something between them is not corrected.
void write_score(json::Writer& writer, const std::optional<double>& score) {
  if (score && std::trunc(*score) == *score) {
    writer.integer(static_cast<std::int64_t>(*score));
  } else if (score) {
    writer.number(*score);
  } else {
    writer.null();
  }
}

void write_influence(json::Writer& writer, const query::Influence& influence) {
  writer.begin_object();
  writer.member("direction", influence.to ? "to" : "from");
  writer.key("score");
  write_score(writer, influence.score);
  write_or_null(writer, "status", influence.status);
  write_or_null(writer, "scope", influence.scope);
  write_or_null(writer, "date", influence.date);
  write_or_null(writer, "evidence", influence.evidence);
  write_or_null(writer, "source", influence.source);
  writer.end_object();
}

void write_linkage(json::Writer& writer, const query::Linkage& linkage) {
  writer.begin_object();
  write_members(writer, linkage.node);
  writer.member("score", linkage.score);
  writer.key("together");
  write_together(writer, linkage.together);
  writer.key("influence");
  writer.begin_array();
  for (const query::Influence& influence : linkage.influence) write_influence(writer, influence);
  writer.end_array();
  writer.key("determinants");
  write(writer, linkage.determinants);
  writer.key("examples");
  write(writer, linkage.examples);
  writer.key("why");
  write(writer, linkage.why);
  writer.end_object();
}

}  // namespace

Asked<query::LinkagesQuestion> parse_linkages(Parameters& parameters) {
  Asked<query::LinkagesQuestion> asked;
  asked.question.target = parameters.id("target");
  asked.question.filter = parameters.filter();
  // Here `target` is what is asked about; it does not narrow what is counted.
  asked.question.filter.target.clear();
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> linkages(const query::Context& context,
                             const Asked<query::LinkagesQuestion>& asked) {
  const query::LinkagesAnswer answer = TRY(query::linkages(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("target");
  write(writer, answer.target);
  writer.key("initiatives");
  writer.begin_object();
  writer.member("with_target", answer.with_target);
  writer.member("with_any_target", answer.with_any_target);
  writer.end_object();
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::Linkage& linkage : answer.items) write_linkage(writer, linkage);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
