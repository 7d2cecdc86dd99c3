#include "query/hierarchy.h"

#include <algorithm>
#include <utility>

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// What stands above each of the things that are told of: its place among them, or kNone.
std::vector<std::size_t> nearest_above(const Hierarchy& hierarchy,
                                       std::span<const Hierarchy::Told> told) {
  std::unordered_map<NodeIndex, std::size_t> places;
  for (std::size_t i = 0; i < told.size(); ++i) places.emplace(told[i].thing, i);
  std::vector<std::size_t> above(told.size(), kNone);
  for (std::size_t i = 0; i < told.size(); ++i) {
    auto next = hierarchy.parent(told[i].thing);
    for (int level = 0; next && level < Hierarchy::kLevelsMax && above[i] == kNone; ++level) {
      if (const auto place = places.find(*next); place != places.end()) above[i] = place->second;
      next = hierarchy.parent(*next);
    }
  }
  return above;
}

/// Places in such an order that each comes before what stands above it.
std::vector<std::size_t> from_below(const std::vector<std::size_t>& above) {
  std::vector<std::size_t> beneath(above.size(), 0);
  for (const std::size_t each : above) {
    if (each != kNone) ++beneath[each];
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < above.size(); ++i) {
    if (beneath[i] == 0) order.push_back(i);
  }
  for (std::size_t at = 0; at < order.size(); ++at) {
    const std::size_t up = above[order[at]];
    if (up != kNone && --beneath[up] == 0) order.push_back(up);
  }
  return order;
}

}  // namespace

Result<Hierarchy> Hierarchy::of(const Context& context, const Same& same,
                                std::span<const NodeIndex> initiatives) {
  Hierarchy made;
  const graph::View& view = context.view;
  const graph::Relation related = view.name("RELATED_TO");
  const std::pair<graph::Qualifier, Direction> upwards[] = {{view.name("parent"), Direction::out},
                                                            {view.name("child"), Direction::in}};
  if (related == graph::kNoName) return made;
  for (const NodeIndex initiative : initiatives) {
    std::vector<NodeIndex> parents;
    for (const auto& [type, direction] : upwards) {
      if (type == graph::kNoName) continue;
      view.walk(std::span(&initiative, 1), related, direction,
                [&, wanted = type](std::size_t, const graph::Adjacent& edge) {
                  if (edge.qualifier == wanted) parents.push_back(edge.node);
                });
    }
    if (parents.empty()) continue;
    const NodeIndex thing = TRY(same.representative(initiative));
    for (const NodeIndex each : parents) {
      const NodeIndex parent = TRY(same.representative(each));
      if (parent == thing) continue;
      const auto [known, added] = made.parents_.try_emplace(thing, parent);
      if (!added && view.id(parent) < view.id(known->second)) known->second = parent;
    }
  }
  made.break_circles(view);
  return made;
}

void Hierarchy::break_circles(const graph::View& view) {
  enum class Seen : std::uint8_t { now, before };
  std::unordered_map<NodeIndex, Seen> seen;
  std::vector<NodeIndex> cut;
  for (const auto& [start, first] : parents_) {
    std::vector<NodeIndex> way;
    std::optional<NodeIndex> at = start;
    while (at && seen.try_emplace(*at, Seen::now).second) {
      way.push_back(*at);
      at = parent(*at);
    }
    if (at && seen.at(*at) == Seen::now) {
      const auto circle = std::find(way.begin(), way.end(), *at);
      cut.push_back(*std::min_element(
          circle, way.end(), [&](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); }));
    }
    for (const NodeIndex each : way) seen.at(each) = Seen::before;
  }
  for (const NodeIndex each : cut) parents_.erase(each);
}

std::optional<NodeIndex> Hierarchy::parent(NodeIndex thing) const {
  const auto found = parents_.find(thing);
  return found == parents_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<bool> Hierarchy::once(std::span<const Told> told) const {
  std::vector<bool> counts(told.size(), true);
  if (parents_.empty() || told.size() < 2) return counts;
  const std::vector<std::size_t> above = nearest_above(*this, told);
  const std::vector<std::size_t> order = from_below(above);
  std::vector<std::optional<MoneySum>> of_parts(told.size());
  for (const std::size_t each : order) {
    MoneySum worth = told[each].sum;
    if (of_parts[each] && !(*of_parts[each] < worth)) {
      worth = *of_parts[each];
      counts[each] = false;
    }
    if (const std::size_t up = above[each]; up != kNone) {
      if (!of_parts[up]) of_parts[up].emplace();
      of_parts[up]->add(worth);
    }
  }
  // Whatever stands below a whole that counts does not; from above, so that this goes all the way.
  std::vector<bool> is_within(told.size(), false);
  for (auto each = order.rbegin(); each != order.rend(); ++each) {
    const std::size_t up = above[*each];
    is_within[*each] = up != kNone && (is_within[up] || counts[up]);
    if (is_within[*each]) counts[*each] = false;
  }
  return counts;
}

}  // namespace mangrove::query
