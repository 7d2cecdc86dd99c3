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
  writer.member("q_value", together->q_value);
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

void write_carriers(json::Writer& writer, const std::vector<query::Carrier>& carriers) {
  writer.begin_array();
  for (const query::Carrier& carrier : carriers) {
    writer.begin_object();
    write_members(writer, carrier.node);
    writer.member("initiatives", carrier.initiatives);
    writer.end_object();
  }
  writer.end_array();
}

void write_pair(json::Writer& writer, const query::Pairing& pair,
                const query::LinkageMatrixAnswer& answer) {
  writer.begin_object();
  writer.member("a", answer.ends[pair.a].node.id);
  writer.member("b", answer.ends[pair.b].node.id);
  writer.member("n", pair.n);
  writer.member("expected", pair.expected);
  writer.member("lift", pair.lift);
  writer.member("p_value", pair.p_value);
  writer.member("q_value", pair.q_value);
  writer.member("said", pair.said);
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
  writer.key("carriers");
  write_carriers(writer, linkage.carriers);
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

Asked<query::LinkageMatrixQuestion> parse_linkage_matrix(Parameters& parameters) {
  Asked<query::LinkageMatrixQuestion> asked;
  const std::string level = parameters.choice("level", {"goals", "targets"});
  asked.question.level =
      level == "goals" ? query::Contributions::Level::goals : query::Contributions::Level::targets;
  asked.question.filter = parameters.filter();
  asked.language = parameters.language();
  return asked;
}

Result<std::string> linkage_matrix(const query::Context& context,
                                   const Asked<query::LinkageMatrixQuestion>& asked) {
  const query::LinkageMatrixAnswer answer = TRY(query::linkage_matrix(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("initiatives", answer.with_any);
  writer.key("ends");
  writer.begin_array();
  for (const query::MatrixEnd& end : answer.ends) {
    writer.begin_object();
    write_members(writer, end.node);
    writer.member("initiatives", end.initiatives);
    writer.end_object();
  }
  writer.end_array();
  writer.member("total", answer.pairs.size());
  writer.key("items");
  writer.begin_array();
  for (const query::Pairing& pair : answer.pairs) write_pair(writer, pair, answer);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
