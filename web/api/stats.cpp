#include "web/api/stats.h"

#include "query/explore/counts.h"
#include "web/api/json.h"

namespace mangrove::web::api {

Asked<StatsQuestion> parse_stats(Parameters& parameters) {
  Asked<StatsQuestion> asked;
  asked.question.bases = parameters.bases();
  return asked;
}

Result<std::string> stats(const query::Context& context, const Asked<StatsQuestion>& asked) {
  const query::CountsAnswer answer = TRY(query::counts(context, asked.question.bases));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("nodes");
  write(writer, answer.counts.nodes);
  writer.key("edges");
  write(writer, answer.counts.edges);
  writer.member("sources", answer.sources);
  writer.key("schemes");
  write(writer, answer.counts.schemes);
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
