#include "graph/tally.h"

#include <span>
#include <tuple>

namespace mangrove::graph {
namespace {

using EdgeChange = TopologyChanges::EdgeChange;

/// Whether the change is among the last of these, which are sorted by all but the policy.
bool repeats(std::span<const EdgeChange> changes, const EdgeChange& change) {
  for (auto last = changes.rbegin(); last != changes.rend(); ++last) {
    if (std::tie(last->from, last->relation, last->to, last->qualifier) !=
        std::tie(change.from, change.relation, change.to, change.qualifier)) {
      return false;
    }
    if (last->policy == change.policy) return true;
  }
  return false;
}

}  // namespace

void Tally::count(const RecordPosition& at, const StoredRecord& record, Policy policy, bool added) {
  const std::int32_t more = added ? 1 : -1;
  topology.nodes.push_back({at.subject, record.kind, policy, more});
  topology.subjects.push_back({at.subject, policy, at.number, added});
  for_each_guard(at.subject, record, [&](NodeIndex node, Policy guard) {
    topology.guards.push_back({node, guard, more});
  });
  for (const StoredMention& mention : record.mentions) {
    topology.nodes.push_back({mention.node, mention.kind, policy, more});
    if (!mentions_counted_) continue;
    for (const StoredProperty& property : mention.properties) {
      mentions.push_back({mention.node, at.source, property.name,
                          policies_.both(policy, property.policy), encode_value(property.value),
                          more});
    }
  }
  const std::size_t first = topology.edges.size();
  for (const StoredEdge& edge : record.edges) {
    const TopologyChanges::EdgeChange change{
        edge.from, edge.relation, edge.to, edge.qualifier, policies_.both(policy, edge.policy),
        at.number, added};
    // Equal edges that differ by policy may be under the same one, now that they stand in a record.
    if (!repeats(std::span(topology.edges).subspan(first), change)) {
      topology.edges.push_back(change);
    }
  }
}

Policy guards_on(const NodeTable& nodes, NodeIndex node, Policies& policies) {
  Policy all = kPublic;
  for (const NodeTable::Special& special : nodes.special(node)) {
    if (special.is_guard) all = policies.both(all, special.policy);
  }
  return all;
}

}  // namespace mangrove::graph
