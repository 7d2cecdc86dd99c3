#include "web/api/graph.h"

#include "web/api/json.h"

namespace mangrove::web::api {

namespace {

void write_node(json::Writer& writer, const query::SubgraphNode& node) {
  writer.begin_object();
  write_members(writer, node.node);
  writer.member("hop", node.hop);
  writer.member("degree", node.degree);
  writer.member("importance", node.importance);
  writer.end_object();
}

void write_edge(json::Writer& writer, const query::SubgraphEdge& edge) {
  writer.begin_object();
  writer.member("from", edge.from);
  writer.member("to", edge.to);
  writer.member("relation", edge.relation);
  writer.member("label", edge.label);
  writer.member("basis", query::to_string(edge.basis));
  writer.end_object();
}

}  // namespace

Asked<query::SubgraphQuestion> parse_subgraph(Parameters& parameters) {
  constexpr std::int64_t kNodes = 100;
  Asked<query::SubgraphQuestion> asked;
  asked.question.seed = parameters.id("seed");
  asked.question.hops =
      static_cast<unsigned>(parameters.integer("hops", 1, query::kSubgraphHopsMax, 1));
  asked.question.limit =
      static_cast<std::size_t>(parameters.integer("limit", 1, query::kSubgraphNodesMax, kNodes));
  asked.question.relations = parameters.relations();
  asked.question.filter.kinds = parameters.kinds();
  asked.question.filter.bases = parameters.bases();
  asked.language = parameters.language();
  return asked;
}

Result<std::string> subgraph(const query::Context& context,
                             const Asked<query::SubgraphQuestion>& asked) {
  const query::SubgraphAnswer answer = TRY(query::subgraph(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("seed", answer.seed);
  writer.key("nodes");
  writer.begin_array();
  for (const query::SubgraphNode& node : answer.nodes) write_node(writer, node);
  writer.end_array();
  writer.key("edges");
  writer.begin_array();
  for (const query::SubgraphEdge& edge : answer.edges) write_edge(writer, edge);
  writer.end_array();
  writer.key("hidden");
  write(writer, answer.hidden);
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
