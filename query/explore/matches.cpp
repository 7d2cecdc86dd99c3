#include "query/explore/matches.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "graph/batch.h"
#include "query/reading.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::array<std::string_view, 2> kKinds{"Actor", "Initiative"};
constexpr std::array<std::string_view, 2> kRelations{"SAME_AS", "NOT_SAME_AS"};

struct Found {
  graph::Edge edge;
  MatchRow row;
};

/// The score of the machine, also where a person decided since.
std::optional<double> score_in(const std::vector<graph::Property>& properties) {
  for (const std::string_view name : {"score", "before_score"}) {
    for (const graph::Property& property : properties) {
      const auto* number = std::get_if<double>(&property.value);
      if (property.name == name && number != nullptr) return *number;
    }
  }
  return std::nullopt;
}

std::string day_in(const std::vector<graph::Property>& properties) {
  for (const graph::Property& property : properties) {
    if (property.name == "decided") return graph::to_string(property.value);
  }
  return {};
}

Result<std::vector<graph::Edge>> edges_of(const Context& context, const MatchesQuestion& question) {
  const graph::View& view = context.view;
  std::vector<NodeIndex> nodes;
  bool both_ways = false;
  if (!question.id.empty()) {
    nodes.push_back(TRY(find_node(context, question.id)));
    both_ways = true;
  } else {
    for (const std::string_view kind : kKinds) {
      if (view.name(kind) == graph::kNoName) continue;
      if (!question.kind.empty() && question.kind != kind) continue;
      const auto some = view.nodes_of_kind(view.name(kind));
      nodes.insert(nodes.end(), some.begin(), some.end());
    }
  }
  std::vector<graph::Edge> edges;
  for (const std::string_view name : kRelations) {
    const graph::Relation relation = view.name(name);
    if (relation == graph::kNoName) continue;
    view.walk(nodes, relation, Direction::out, [&](std::size_t at, const graph::Adjacent& edge) {
      if (!context.budget.step()) return;
      edges.push_back({nodes[at], relation, edge.node, edge.qualifier, edge.record});
    });
    if (!both_ways) continue;
    view.walk(nodes, relation, Direction::in, [&](std::size_t at, const graph::Adjacent& edge) {
      edges.push_back({edge.node, relation, nodes[at], edge.qualifier, edge.record});
    });
  }
  TRY(context.budget.status());
  return edges;
}

MatchRow row_of(const graph::View& view, const graph::Edge& edge,
                const graph::EdgeStatementView& stated) {
  MatchRow row;
  const std::vector<graph::Property>& properties = stated.properties;
  row.state = graph::text_of(properties, "state");
  if (row.state.empty()) row.state = view.text(edge.relation) == "SAME_AS" ? "accepted" : "refused";
  row.id = graph::text_of(properties, "match");
  row.score = score_in(properties);
  row.reason = graph::text_of(properties, "reason");
  row.decided_by = graph::text_of(properties, "decided_by");
  row.decided = day_in(properties);
  row.source = stated.source;
  return row;
}

}  // namespace

Result<MatchesAnswer> matches(const Context& context, const MatchesQuestion& question) {
  const graph::View& view = context.view;
  const std::vector<graph::Edge> edges = TRY(edges_of(context, question));
  const auto stated = TRY(view.read_edges(edges));
  std::vector<Found> found;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    MatchRow row = row_of(view, edges[i], stated[i]);
    if (!question.state.empty() && row.state != question.state) continue;
    if (!question.kind.empty() && view.text(view.kind(edges[i].from)) != question.kind) continue;
    found.push_back({edges[i], std::move(row)});
  }
  constexpr double kFirst = 2;  // What has no score was decided by people.
  const auto order = [&](const Found& each) {
    return std::tuple(-each.row.score.value_or(kFirst), view.id(each.edge.from),
                      view.id(each.edge.to), std::string_view(each.row.state),
                      std::string_view(each.row.source));
  };
  std::sort(found.begin(), found.end(),
            [&](const Found& a, const Found& b) { return order(a) < order(b); });

  MatchesAnswer answer;
  answer.total = found.size();
  const std::size_t from = std::min(question.page.offset, found.size());
  const std::size_t to = std::min(from + question.page.limit, found.size());
  Reading reading(context);
  for (std::size_t i = from; i < to; ++i) {
    reading.want(found[i].edge.from);
    reading.want(found[i].edge.to);
  }
  TRY(reading.load());
  for (std::size_t i = from; i < to; ++i) {
    found[i].row.a = reading.brief(found[i].edge.from);
    found[i].row.b = reading.brief(found[i].edge.to);
    answer.items.push_back(std::move(found[i].row));
  }
  return answer;
}

}  // namespace mangrove::query
