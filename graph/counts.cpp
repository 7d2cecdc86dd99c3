#include "graph/counts.h"

#include <string_view>

namespace mangrove::graph {
namespace {

/// What an id begins with: one or two short lower-case words, each with its colon.
std::string scheme_of(std::string_view id) {
  constexpr std::size_t kWordMax = 8;
  const auto word_end = [&](std::size_t from) {
    std::size_t at = from;
    while (at < id.size() && at - from <= kWordMax &&
           ((id[at] >= 'a' && id[at] <= 'z') || (id[at] >= '0' && id[at] <= '9'))) {
      ++at;
    }
    return at < id.size() && at > from && id[at] == ':' ? at : from;
  };
  const std::size_t first = word_end(0);
  if (first == 0) return {};
  const std::size_t second = word_end(first + 1);
  return std::string(id.substr(0, second > first + 1 ? second : first));
}

/// Different edges of one relation that are seen; equal edges of several records count once.
std::uint64_t count_edges(const Topology& topology, const Sight& sight, Relation relation) {
  const Adjacency* adjacency = topology.adjacency(relation, Direction::out);
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; adjacency != nullptr && i < topology.node_limit(); ++i) {
    if (!topology.exists(NodeIndex{i}, sight)) continue;
    Adjacent last{NodeIndex{UINT32_MAX}, {}, {}, {}};
    adjacency->visit(NodeIndex{i}, [&](const Adjacent& entry) {
      if (!sight.sees(entry.policy)) return;
      const bool again = entry.node == last.node && entry.qualifier == last.qualifier;
      last = entry;
      if (!again && topology.exists(entry.node, sight)) ++count;
    });
  }
  return count;
}

}  // namespace

Kind kind_seen(const Topology& topology, const Catalogue& catalogue, const Sight& sight,
               NodeIndex node) {
  const Kind kind = topology.nodes().public_kind(node);
  const auto special = topology.nodes().special(node);
  if (special.empty()) return kind;
  if (!topology.exists(node, sight)) return kNoName;
  // Not the public one first: a guard, which may itself be hidden, decides over what is public.
  Kind first = kind;
  for (const NodeTable::Special& statement : special) {
    if (statement.is_guard || !sight.sees(statement.policy)) continue;
    if (first == kNoName || catalogue.name(statement.kind) < catalogue.name(first)) {
      first = statement.kind;
    }
  }
  return first;
}

Counts count_all(const Topology& topology, const Catalogue& catalogue, const Sight& sight) {
  Counts counts;
  std::map<Kind, std::uint64_t> by_kind;
  for (std::uint32_t i = 0; i < topology.node_limit(); ++i) {
    const NodeIndex node{i};
    if (!topology.exists(node, sight)) continue;
    ++by_kind[kind_seen(topology, catalogue, sight, node)];
    ++counts.schemes[scheme_of(catalogue.node_id(node))];
  }
  for (const auto& [kind, count] : by_kind) counts.nodes[std::string(catalogue.name(kind))] = count;
  for (const Relation relation : topology.relations()) {
    const std::uint64_t count = count_edges(topology, sight, relation);
    if (count > 0) counts.edges[std::string(catalogue.name(relation))] = count;
  }
  return counts;
}

}  // namespace mangrove::graph
