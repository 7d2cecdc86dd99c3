#include "web/api/reach.h"

#include "web/api/json.h"

namespace mangrove::web::api {

Asked<query::ReachQuestion> parse_reach(Parameters& parameters) {
  const query::ReachQuestion usual;
  Asked<query::ReachQuestion> asked;
  asked.question.id = parameters.id("id");
  asked.question.hops =
      static_cast<unsigned>(parameters.integer("hops", 1, query::kReachHopsMax, usual.hops));
  asked.question.relations = parameters.relations();
  asked.question.bases = parameters.bases();
  asked.language = parameters.language();
  return asked;
}

Result<std::string> reach(const query::Context& context, const Asked<query::ReachQuestion>& asked) {
  const query::ReachAnswer answer = TRY(query::reach(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.key("node");
  write(writer, answer.of);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::ReachHop& each : answer.items) {
    writer.begin_object();
    writer.member("hop", static_cast<std::uint64_t>(each.hop));
    writer.member("nodes", each.nodes);
    writer.key("kinds");
    write(writer, each.kinds);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
