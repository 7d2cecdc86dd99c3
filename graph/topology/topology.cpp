#include "graph/topology/topology.h"

#include <algorithm>
#include <map>

namespace mangrove::graph {

Topology Topology::with(const TopologyChanges& changes) const {
  Topology result = *this;
  result.nodes_ = nodes_.with(changes.nodes);

  std::vector<RowChange> subjects;
  subjects.reserve(changes.subjects.size());
  for (const auto& change : changes.subjects) {
    subjects.push_back(
        {change.subject, {NodeIndex{change.record.value}, change.record, kNoName}, change.added});
  }
  result.records_ = records_.with(subjects);

  std::map<std::size_t, std::vector<RowChange>> by_slot;
  for (const auto& change : changes.edges) {
    const std::size_t slot = std::size_t{change.relation.value} * 2;
    by_slot[slot].push_back(
        {change.from, {change.to, change.record, change.qualifier}, change.added});
    by_slot[slot + 1].push_back(
        {change.to, {change.from, change.record, change.qualifier}, change.added});
  }
  for (auto& [slot, rows] : by_slot) {
    if (slot >= result.adjacencies_.size()) result.adjacencies_.resize(slot + 2 - slot % 2);
    auto& adjacency = result.adjacencies_[slot];
    adjacency = std::make_shared<const Adjacency>(adjacency == nullptr ? Adjacency{}.with(rows)
                                                                       : adjacency->with(rows));
    const Relation relation{static_cast<std::uint16_t>(slot / 2)};
    if (std::find(result.relations_.begin(), result.relations_.end(), relation) ==
        result.relations_.end()) {
      result.relations_.push_back(relation);
    }
  }
  return result;
}

}  // namespace mangrove::graph
