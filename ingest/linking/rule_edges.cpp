#include "ingest/linking/rule_edges.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "ingest/linking/node_values.h"

namespace mangrove::ingest {
namespace {

/// Kinds of which there are as many as there are data; what rules need of those, records state.
bool is_data(std::string_view kind) {
  return kind == "Initiative" || kind == "Observation" || kind == "Actor" || kind == "Evidence" ||
         kind == "Assessment";
}

/// Reads the edges of one step after another.
class EdgeReading {
 public:
  EdgeReading(const graph::View& view, const ontology::Schema& schema)
      : view_(view), schema_(schema) {}

  Status read(const std::string& relation, bool backwards) {
    const ontology::RelationInfo* const info = schema_.relation(relation);
    const graph::Relation number = view_.name(relation);
    if (info == nullptr || number == graph::kNoName) return {};
    const std::vector<graph::NodeIndex> nodes = nodes_of(backwards ? info->to : info->from);
    std::vector<graph::Edge> edges;
    view_.walk(
        nodes, number, backwards ? graph::Direction::in : graph::Direction::out,
        [&](std::size_t position, const graph::Adjacent& adjacent) {
          const graph::NodeIndex near = nodes[position];
          edges.push_back({backwards ? adjacent.node : near, number,
                           backwards ? near : adjacent.node, adjacent.qualifier, adjacent.record});
        });
    const auto stated = TRY(view_.read_edges(edges));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const graph::NodeIndex near = backwards ? edges[i].to : edges[i].from;
      const graph::NodeIndex far = backwards ? edges[i].from : edges[i].to;
      ConceptEdge edge{std::string(view_.id(far)), {}};
      found_.kinds.emplace(edge.to, view_.text(view_.kind(far)));
      for (const graph::Property& property : stated[i].properties) {
        const auto value = number_of(property.value);
        if (value) edge.numbers.emplace(property.name, *value);
      }
      found_.edges[(backwards ? "^" : "") + relation + " " + std::string(view_.id(near))].push_back(
          std::move(edge));
    }
    return {};
  }

  RuleEdges sorted() {
    for (auto& [key, edges] : found_.edges) {
      std::sort(edges.begin(), edges.end(), [](const ConceptEdge& a, const ConceptEdge& b) {
        return std::tie(a.to, a.numbers) < std::tie(b.to, b.numbers);
      });
    }
    return std::move(found_);
  }

 private:
  std::vector<graph::NodeIndex> nodes_of(const std::vector<std::string>& kinds) const {
    std::vector<graph::NodeIndex> nodes;
    for (const std::string& kind : kinds) {
      if (is_data(kind)) continue;
      const auto of_kind = view_.nodes_of_kind(view_.name(kind));
      nodes.insert(nodes.end(), of_kind.begin(), of_kind.end());
    }
    return nodes;
  }

  const graph::View& view_;
  const ontology::Schema& schema_;
  RuleEdges found_;
};

}  // namespace

Result<RuleEdges> read_rule_edges(std::span<const ontology::DerivationRule> rules,
                                  const graph::View& view, const ontology::Schema& schema) {
  std::set<std::pair<std::string, bool>> steps;
  for (const ontology::DerivationRule& rule : rules) {
    for (std::size_t i = 1; i < rule.path.size(); ++i) {
      steps.emplace(rule.path[i].relation, rule.path[i].backwards);
    }
  }
  EdgeReading reading(view, schema);
  for (const auto& [relation, backwards] : steps) TRY(reading.read(relation, backwards));
  return reading.sorted();
}

}  // namespace mangrove::ingest
