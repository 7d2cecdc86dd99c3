#include "query/explore/counts.h"

#include "query/filter.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

/// As `View::counts` counts: what several sources state of one connection is one.
Result<std::uint64_t> count_edges(const Context& context, const PreparedFilter& filter,
                                  graph::Relation relation) {
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; i < context.view.node_limit(); ++i) {
    const graph::NodeIndex node{i};
    graph::Adjacent last{graph::NodeIndex{UINT32_MAX}, {}, {}, {}};
    TRY(walk(context, filter, std::span(&node, 1), relation, graph::Direction::out,
             [&](std::size_t, const graph::Adjacent& edge) {
               if (edge.node != last.node || edge.qualifier != last.qualifier) ++count;
               last = edge;
             }));
  }
  return count;
}

}  // namespace

Result<CountsAnswer> counts(const Context& context, const std::vector<std::string>& bases) {
  CountsAnswer answer{context.view.counts(), 0};
  const auto sources = answer.counts.nodes.find("Source");
  if (sources != answer.counts.nodes.end()) answer.sources = sources->second;
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, {.bases = bases}));
  if (filter.counts_all()) return answer;
  answer.counts.edges.clear();
  for (const graph::Relation relation : context.view.relations()) {
    const std::uint64_t count = TRY(count_edges(context, filter, relation));
    if (count > 0) answer.counts.edges[std::string(context.view.text(relation))] = count;
  }
  return answer;
}

}  // namespace mangrove::query
