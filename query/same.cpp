#include "query/same.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "graph/batch.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kMachine = "src:mangrove-identity";
constexpr std::string_view kAccepted = "accepted";
constexpr std::string_view kSuggested = "suggested";

/// What can still be joined.
class Groups {
 public:
  explicit Groups(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }
  std::size_t of(std::size_t member) const {
    while (parents_[member] != member) member = parents_[member];
    return member;
  }
  void join(std::size_t a, std::size_t b) { parents_[of(a)] = of(b); }

 private:
  std::vector<std::size_t> parents_;
};

}  // namespace

Same::Same(const Context& context)
    : context_(context),
      same_(context.view.name("SAME_AS")),
      not_same_(context.view.name("NOT_SAME_AS")) {}

bool Same::touches(NodeIndex node, graph::Relation relation) const {
  if (relation == graph::kNoName) return false;
  bool found = false;
  for (const Direction direction : {Direction::out, Direction::in}) {
    context_.view.walk(std::span(&node, 1), relation, direction,
                       [&](std::size_t, const graph::Adjacent&) { found = true; });
  }
  return found;
}

Result<std::vector<Same::Join>> Same::joined(NodeIndex node, std::string_view wanted) const {
  const graph::View& view = context_.view;
  std::vector<Join> joins;
  std::vector<graph::Edge> unsure;  // The qualifier does not say: a source's own statement.
  for (const Direction direction : {Direction::out, Direction::in}) {
    view.walk(std::span(&node, 1), same_, direction, [&](std::size_t, const graph::Adjacent& edge) {
      if (!context_.budget.step()) return;
      const std::string_view state = view.text(edge.qualifier);
      const bool out = direction == Direction::out;
      if (state == wanted) {
        joins.push_back({node, edge.node, view.source_of(edge.record) == kMachine});
      } else if (state.empty()) {
        unsure.push_back(
            {out ? node : edge.node, same_, out ? edge.node : node, edge.qualifier, edge.record});
      }
    });
  }
  TRY(context_.budget.status());
  const auto stated = TRY(view.read_edges(unsure));
  for (std::size_t i = 0; i < unsure.size(); ++i) {
    const std::string_view state = graph::text_of(stated[i].properties, "state");
    if ((state.empty() ? kAccepted : state) != wanted) continue;  // Who says no more means it.
    joins.push_back({node, unsure[i].from == node ? unsure[i].to : unsure[i].from, false});
  }
  return joins;
}

Result<std::vector<NodeIndex>> Same::component(NodeIndex node, std::vector<Join>& joins) const {
  std::vector<NodeIndex> members{node};
  std::set<NodeIndex> known{node};
  for (std::size_t at = 0; at < members.size(); ++at) {
    std::vector<Join> found = TRY(joined(members[at], kAccepted));
    std::sort(found.begin(), found.end(), [&](const Join& a, const Join& b) {
      return context_.view.id(a.b) < context_.view.id(b.b);
    });
    for (const Join& join : found) {
      if (!known.contains(join.b)) {
        if (members.size() == kSameMax) continue;
        known.insert(join.b);
        members.push_back(join.b);
      }
      joins.push_back(join);
    }
  }
  return members;
}

Result<std::vector<NodeIndex>> Same::suggested(NodeIndex node) const {
  std::vector<NodeIndex> nodes;
  if (!touches(node, same_)) return nodes;
  const graph::View& view = context_.view;
  const std::vector<Join> joins = TRY(joined(node, kSuggested));
  for (const Join& join : joins) nodes.push_back(join.b);
  std::vector<NodeIndex> settled = TRY(others(node));
  if (not_same_ != graph::kNoName) {
    for (const Direction direction : {Direction::out, Direction::in}) {
      view.walk(std::span(&node, 1), not_same_, direction,
                [&](std::size_t, const graph::Adjacent& edge) { settled.push_back(edge.node); });
    }
  }
  std::erase_if(nodes, [&](NodeIndex each) {
    return each == node || std::find(settled.begin(), settled.end(), each) != settled.end();
  });
  std::sort(nodes.begin(), nodes.end(),
            [&](NodeIndex a, NodeIndex b) { return a != b && view.id(a) < view.id(b); });
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

Result<std::vector<NodeIndex>> Same::others(NodeIndex node) const {
  if (!touches(node, same_)) return std::vector<NodeIndex>();
  const graph::View& view = context_.view;
  std::vector<Join> joins;
  std::vector<NodeIndex> members = TRY(component(node, joins));
  std::sort(members.begin(), members.end(),
            [&](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); });
  std::map<NodeIndex, std::size_t> places;
  for (std::size_t i = 0; i < members.size(); ++i) places.emplace(members[i], i);

  std::vector<std::pair<std::size_t, std::size_t>> apart;
  if (not_same_ != graph::kNoName) {
    view.walk(members, not_same_, Direction::out,
              [&](std::size_t position, const graph::Adjacent& edge) {
                const auto other = places.find(edge.node);
                if (other != places.end()) apart.emplace_back(position, other->second);
              });
  }
  std::vector<std::tuple<bool, std::size_t, std::size_t>> ordered;
  for (const Join& join : joins) {
    const auto [low, high] = std::minmax(places.at(join.a), places.at(join.b));
    ordered.emplace_back(join.by_machine, low, high);
  }
  std::sort(ordered.begin(), ordered.end());
  Groups groups(members.size());
  for (const auto& [by_machine, a, b] : ordered) {
    const std::size_t of_a = groups.of(a);
    const std::size_t of_b = groups.of(b);
    const bool forbidden = std::any_of(apart.begin(), apart.end(), [&](const auto& pair) {
      const std::size_t x = groups.of(pair.first);
      const std::size_t y = groups.of(pair.second);
      return (x == of_a && y == of_b) || (x == of_b && y == of_a);
    });
    if (!forbidden) groups.join(a, b);
  }
  std::vector<NodeIndex> same;
  const std::size_t own = groups.of(places.at(node));
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i] != node && groups.of(i) == own) same.push_back(members[i]);
  }
  return same;
}

Result<NodeIndex> Same::representative(NodeIndex node) const {
  NodeIndex first = node;
  const std::vector<NodeIndex> records = TRY(others(node));
  for (const NodeIndex other : records) {
    if (context_.view.id(other) < context_.view.id(first)) first = other;
  }
  return first;
}

Result<std::vector<NodeIndex>> Same::once(std::span<const NodeIndex> nodes) const {
  std::vector<NodeIndex> sorted(nodes.begin(), nodes.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<NodeIndex> result;
  std::set<NodeIndex> taken;
  for (const NodeIndex node : nodes) {
    if (!taken.insert(node).second) continue;
    bool first = true;
    for (const NodeIndex other : TRY(others(node))) {
      const bool here = std::binary_search(sorted.begin(), sorted.end(), other);
      if (here && context_.view.id(other) < context_.view.id(node)) first = false;
    }
    if (first) result.push_back(node);
  }
  return result;
}

}  // namespace mangrove::query
