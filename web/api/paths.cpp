#include "web/api/paths.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_path(json::Writer& writer, const query::Path& path) {
  writer.begin_object();
  writer.member("score", path.score);
  writer.member("hops", path.steps.size());
  writer.key("steps");
  write(writer, path.steps);
  writer.key("why");
  write(writer, path.why);
  writer.end_object();
}

/// What may lie between the two. Years have no name here: `from` and `to` are the ends.
query::Filter between(Parameters& parameters) {
  query::Filter filter;
  filter.kinds = parameters.kinds();
  filter.place = parameters.text("place");
  filter.target = parameters.text("target");
  filter.determinant = parameters.text("determinant");
  filter.sector = parameters.text("sector");
  filter.actor = parameters.text("actor");
  filter.status = parameters.text("status");
  filter.bases = parameters.bases();
  return filter;
}

}  // namespace

Asked<query::PathsQuestion> parse_paths(Parameters& parameters) {
  const query::PathsQuestion usual;
  Asked<query::PathsQuestion> asked;
  asked.question.from = parameters.id("from");
  asked.question.to = parameters.id("to");
  asked.question.max_hops =
      static_cast<unsigned>(parameters.integer("max_hops", 1, query::kHopsMax, usual.max_hops));
  asked.question.k = static_cast<unsigned>(parameters.integer("k", 1, query::kPathsMax, usual.k));
  asked.question.relations = parameters.relations();
  asked.question.filter = between(parameters);
  asked.language = parameters.language();
  return asked;
}

Result<std::string> paths(const query::Context& context, const Asked<query::PathsQuestion>& asked) {
  const query::PathsAnswer answer = TRY(query::paths(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("from");
  write(writer, answer.from);
  writer.key("to");
  write(writer, answer.to);
  writer.member("total", answer.items.size());
  writer.key("items");
  writer.begin_array();
  for (const query::Path& path : answer.items) write_path(writer, path);
  writer.end_array();
  if (!answer.message.empty()) writer.member("message", answer.message);
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
