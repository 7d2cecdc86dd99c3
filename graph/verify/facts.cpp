#include "graph/verify/facts.h"

#include <algorithm>
#include <tuple>

namespace mangrove::graph {
namespace {

/// Spreads what differs in any bit over all bits.
std::uint64_t mixed(std::uint64_t number) {
  number ^= number >> 30;
  number *= 0xBF58476D1CE4E5B9u;
  number ^= number >> 27;
  number *= 0x94D049BB133111EBu;
  return number ^ number >> 31;
}

}  // namespace

std::uint64_t hash_of(const Fact& fact) {
  std::uint64_t hash = 0;
  const auto add = [&](std::uint64_t number) { hash = mixed(hash + 0x9E3779B97F4A7C15u + number); };
  add(std::uint64_t{fact.node.value} << 32 | fact.other.value);
  add(std::uint64_t{fact.name.value} << 32 | std::uint64_t{fact.qualifier.value} << 8 |
      static_cast<std::uint64_t>(fact.what));
  add(std::uint64_t{fact.subject.value} << 32 | fact.source.value);
  add(fact.policy);
  add(fact.value);
  return hash;
}

std::string in_words(const Fact& fact, const Wording& wording) {
  const auto edge = [&](NodeIndex from, NodeIndex to) {
    std::string words =
        "the edge " + wording.node(from) + ' ' + wording.name(fact.name) + ' ' + wording.node(to);
    if (fact.qualifier != kNoName) words += " (" + wording.name(fact.qualifier) + ')';
    return words + ", which " + wording.record(fact.subject, fact.source) + " states";
  };
  switch (fact.what) {
    case Fact::What::statement:
      return "that " + wording.node(fact.node) + " is of the kind " + wording.name(fact.name);
    case Fact::What::guard:
      return "a guard on " + wording.node(fact.node);
    case Fact::What::record:
      return wording.record(fact.subject, fact.source);
    case Fact::What::edge_out:
      return edge(fact.node, fact.other);
    case Fact::What::edge_in:
      return edge(fact.other, fact.node);
    case Fact::What::mention:
      return "a value of " + wording.name(fact.name) + " that " + wording.source(fact.source) +
             " mentions";
  }
  return {};
}

std::vector<StoredEdge> edges_to_keep(const StoredRecord& record, Policy policy,
                                      Policies& policies) {
  const auto order_of = [](const StoredEdge& edge) {
    return std::tie(edge.from, edge.relation, edge.to, edge.qualifier, edge.policy);
  };
  std::vector<StoredEdge> edges;
  edges.reserve(record.edges.size());
  for (const StoredEdge& edge : record.edges) {
    edges.push_back({edge.from,
                     edge.relation,
                     edge.to,
                     edge.qualifier,
                     {},
                     policies.both(policy, edge.policy)});
  }
  if (policy == kPublic) return edges;
  std::sort(edges.begin(), edges.end(),
            [&](const StoredEdge& a, const StoredEdge& b) { return order_of(a) < order_of(b); });
  const auto repeats = std::unique(
      edges.begin(), edges.end(),
      [&](const StoredEdge& a, const StoredEdge& b) { return order_of(a) == order_of(b); });
  edges.erase(repeats, edges.end());
  return edges;
}

std::uint64_t PolicyHashes::of(Policy policy) {
  if (policy == kPublic) return 0;
  while (policy.value >= known_.size()) {
    std::uint64_t hash = 0;
    for (const AudienceSet set :
         policies_.sets(Policy{static_cast<std::uint16_t>(known_.size())})) {
      hash = mixed(hash + 0x9E3779B97F4A7C15u + mixed(set));
    }
    known_.push_back(hash);
  }
  return known_[policy.value];
}

}  // namespace mangrove::graph
