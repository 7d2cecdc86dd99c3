#include "query/surroundings.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace mangrove::query {

using graph::Direction;
using graph::NodeIndex;

Result<Surroundings> Surroundings::of(const Context& context, NodeIndex place) {
  Surroundings surroundings(context, place);
  surroundings.places_[place] = {};
  const graph::Relation within = context.view.name("WITHIN");
  if (within != graph::kNoName) TRY(surroundings.follow(within));
  const auto by_id = [&](NodeIndex a, NodeIndex b) {
    return context.view.id(a) < context.view.id(b);
  };
  for (const auto& [node, nearby] : surroundings.places_) {
    auto& list = nearby.where == Where::beside ? surroundings.beside_ : surroundings.within_reach_;
    list.push_back(node);
  }
  std::sort(surroundings.beside_.begin(), surroundings.beside_.end(), by_id);
  std::sort(surroundings.within_reach_.begin(), surroundings.within_reach_.end(),
            [&](NodeIndex a, NodeIndex b) {
              const int steps_of_a = surroundings.places_.at(a).steps;
              const int steps_of_b = surroundings.places_.at(b).steps;
              return steps_of_a != steps_of_b ? steps_of_a < steps_of_b : by_id(a, b);
            });
  return surroundings;
}

Result<std::vector<NodeIndex>> Surroundings::next(const std::vector<NodeIndex>& frontier,
                                                  graph::Relation within, Direction direction,
                                                  Nearby nearby) {
  std::vector<NodeIndex> found;
  context_.view.walk(frontier, within, direction, [&](std::size_t, const graph::Adjacent& edge) {
    if (!context_.budget.step()) return;
    if (places_.try_emplace(edge.node, nearby).second) found.push_back(edge.node);
  });
  TRY(context_.budget.status());
  return found;
}

Status Surroundings::follow(graph::Relation within) {
  for (std::vector<NodeIndex> frontier{place_}; !frontier.empty();) {
    frontier = TRY(next(frontier, within, Direction::in, {}));
  }
  std::vector<NodeIndex> parents;
  std::vector<NodeIndex> frontier{place_};
  for (int steps = 1; steps <= kStepsMax && !frontier.empty(); ++steps) {
    frontier = TRY(next(frontier, within, Direction::out, {Where::containing, steps}));
    if (steps == 1) parents = frontier;
  }
  return add_beside(parents, within);
}

Status Surroundings::add_beside(const std::vector<NodeIndex>& parents, graph::Relation within) {
  constexpr int kUpAndDown = 2;
  std::vector<NodeIndex> sorted = parents;
  std::sort(sorted.begin(), sorted.end(),
            [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
  for (const NodeIndex parent : sorted) {
    TRY(next({parent}, within, Direction::in, {Where::beside, kUpAndDown, parent}));
  }
  return {};
}

std::optional<Surroundings::Nearby> Surroundings::find(NodeIndex place) const {
  const auto found = places_.find(place);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

double Surroundings::weight(NodeIndex place) const {
  const auto found = find(place);
  if (!found || found->where == Where::beside) return 0;
  return std::ldexp(1.0, -found->steps);
}

std::string where_in_words(const Surroundings& surroundings, NodeIndex place,
                           const std::function<std::string(NodeIndex)>& name) {
  const auto nearby = surroundings.find(place);
  if (!nearby || place == surroundings.place()) return {};
  const std::string here = name(surroundings.place());
  switch (nearby->where) {
    case Surroundings::Where::here:
      return ", within " + here;
    case Surroundings::Where::containing:
      return ", which contains " + here;
    case Surroundings::Where::beside:
      break;
  }
  return ", in " + name(nearby->through) + " like " + here;
}

}  // namespace mangrove::query
