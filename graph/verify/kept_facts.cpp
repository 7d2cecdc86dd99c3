#include "graph/verify/kept_facts.h"

namespace mangrove::graph {

KeptFacts::KeptFacts(const Snapshot& state)
    : state_(state),
      all_({}, true),
      hashes_(state.catalogue->policies),
      policies_(state.catalogue->policies.size()) {}

void KeptFacts::at(NodeIndex node, const Visit& visit) {
  fault_ = {};
  statements_at(node, visit);
  records_at(node, visit);
  for (const Relation relation : state_.topology.relations()) {
    edges_at(node, relation, Direction::out, visit);
    edges_at(node, relation, Direction::in, visit);
  }
}

std::uint64_t KeptFacts::hash_of_policy(Policy policy) {
  if (policy.value < policies_) return hashes_.of(policy);
  fault_ = "a condition that is not there";
  return 0;
}

void KeptFacts::statements_at(NodeIndex node, const Visit& visit) {
  const NodeTable& nodes = state_.topology.nodes();
  const std::uint32_t stated = nodes.public_statements(node);
  bool guarded = false;
  bool known = stated > 0;
  if (stated > 0) {
    visit({.what = Fact::What::statement, .node = node, .name = nodes.public_kind(node)}, stated);
  }
  for (const NodeTable::Special& special : nodes.special(node)) {
    guarded = guarded || special.is_guard;
    known = known || !special.is_guard;
    visit({.what = special.is_guard ? Fact::What::guard : Fact::What::statement,
           .node = node,
           .name = special.kind,
           .policy = hash_of_policy(special.policy)},
          special.count);
  }
  const bool for_everyone = stated > 0 && !guarded;
  if (nodes.exists(node, Sight()) != for_everyone || nodes.exists(node, all_) != known) {
    fault_ = "whether it exists is not what its statements and guards say";
  }
}

void KeptFacts::records_at(NodeIndex node, const Visit& visit) {
  state_.topology.records_about(node, [&](RecordNumber number, Policy policy) {
    if (number.value >= state_.sizes.records) {
      fault_ = "a record that is not there";
      return;
    }
    const RecordPlace& place = state_.catalogue->records[number];
    visit({.what = Fact::What::record,
           .node = node,
           .subject = place.subject,
           .source = place.source,
           .policy = hash_of_policy(policy)},
          1);
  });
}

void KeptFacts::edges_at(NodeIndex node, Relation relation, Direction direction,
                         const Visit& visit) {
  const Adjacency* const rows = state_.topology.adjacency(relation, direction);
  if (rows == nullptr) return;
  const bool out = direction == Direction::out;
  const bool exists = out && state_.topology.exists(node, all_);
  std::uint32_t entries = 0;
  std::uint32_t neighbours = 0;
  Adjacent before{};
  rows->visit(node, [&](const Adjacent& entry) {
    if (entries > 0 && !comes_before(before, entry)) fault_ = "a row that is out of order";
    if (entries == 0 || entry.node != before.node) ++neighbours;
    before = entry;
    ++entries;
    if (entry.record.value >= state_.sizes.records) {
      fault_ = "an edge of a record that is not there";
      return;
    }
    if (out) ++edges_;
    if (out && !(exists && state_.topology.exists(entry.node, all_))) ++sleeping_;
    const RecordPlace& place = state_.catalogue->records[entry.record];
    visit({.what = out ? Fact::What::edge_out : Fact::What::edge_in,
           .node = node,
           .name = relation,
           .other = entry.node,
           .qualifier = entry.qualifier,
           .subject = place.subject,
           .source = place.source,
           .policy = hash_of_policy(entry.policy)},
          1);
  });
  if (entries != rows->size(node) || neighbours != rows->distinct(node)) {
    fault_ = "a row that is not as long as it says";
  }
}

}  // namespace mangrove::graph
