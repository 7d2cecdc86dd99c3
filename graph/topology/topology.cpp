#include "graph/topology/topology.h"

#include <algorithm>

namespace mangrove::graph {

void Topology::Relations::add(Relation relation) {
  if (relation.value >= places.size()) places.resize(relation.value + std::size_t{1}, kNowhere);
  if (places[relation.value] != kNowhere) return;
  places[relation.value] = static_cast<std::uint16_t>(all.size());
  all.push_back(relation);
}

/// The relations of this version and of the changes.
std::shared_ptr<const Topology::Relations> Topology::relations_with(
    const TopologyChanges& changes) const {
  const auto is_known = [&](const TopologyChanges::EdgeChange& change) {
    return adjacency(change.relation, Direction::out) != nullptr;
  };
  if (std::all_of(changes.edges.begin(), changes.edges.end(), is_known)) return relations_;
  auto relations = relations_ == nullptr ? std::make_shared<Relations>()
                                         : std::make_shared<Relations>(*relations_);
  for (const auto& change : changes.edges) relations->add(change.relation);
  return relations;
}

Topology Topology::with(const TopologyChanges& changes) const {
  Topology result;
  result.nodes_ = nodes_.with(changes.nodes, changes.guards);
  result.relations_ = relations_with(changes);
  result.adjacencies_ = adjacencies_;
  RowWriters writers;

  std::vector<RowChange> records;
  records.reserve(changes.subjects.size());
  for (const auto& change : changes.subjects) {
    const NodeIndex in_place_of_node{change.record.value};
    records.push_back(
        {change.subject, {in_place_of_node, change.record, kNoName, change.policy}, change.added});
  }
  result.records_ = records_.with(records, writers);

  std::vector<std::vector<RowChange>> rows(result.relations().size() * 2);
  for (const auto& change : changes.edges) {
    const std::size_t place = result.relations_->places[change.relation.value];
    rows[place * 2].push_back(
        {change.from, {change.to, change.record, change.qualifier, change.policy}, change.added});
    rows[place * 2 + 1].push_back(
        {change.to, {change.from, change.record, change.qualifier, change.policy}, change.added});
  }
  static const Adjacency none;
  result.adjacencies_.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& adjacency = result.adjacencies_[i];
    if (rows[i].empty() && adjacency != nullptr) continue;
    const Adjacency& old = adjacency == nullptr ? none : *adjacency;
    adjacency = std::make_shared<const Adjacency>(old.with(rows[i], writers));
  }
  return result;
}

}  // namespace mangrove::graph
