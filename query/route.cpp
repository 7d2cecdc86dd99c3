// Searching from both ends, level by level, and remembering for each node the cheapest way to it.
//
// A level is finished before the next begins, so when the two searches first meet, all meeting
// nodes lie one hop deeper than the finished part of the side that was just expanded, and every
// shortest way goes through exactly one of them. The cost of a node (how common it is) is known
// once the node is expanded, since its neighbours are counted on the way; only meeting nodes must
// be counted extra, and of these only those that could still win.

#include "query/route.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "query/connection.h"
#include "query/reading.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

// Looking for more ways than the first stops here: among hubs there is no end of them.
constexpr std::uint64_t kMoreEdgesMax = 4'000'000;

constexpr std::array<Direction, 2> kDirections{Direction::out, Direction::in};

/// Whether `a` comes before `b` in the order of answers: of equally good ones that with the smaller
/// ids.
bool better(const graph::View& view, const Route& a, const Route& b) {
  if (a.hops() != b.hops()) return a.hops() < b.hops();
  if (a.cost != b.cost) return a.cost < b.cost;
  const auto [at_a, at_b] = std::mismatch(a.nodes.begin(), a.nodes.end(), b.nodes.begin());
  return at_a != a.nodes.end() && view.id(*at_a) < view.id(*at_b);
}

bool same_start(const Route& a, const Route& b, std::size_t nodes) {
  return a.nodes.size() > nodes && b.nodes.size() > nodes &&
         std::equal(a.nodes.begin(), a.nodes.begin() + static_cast<std::ptrdiff_t>(nodes) + 1,
                    b.nodes.begin());
}

}  // namespace

/// All different neighbours of the node, into neighbours_; and how many it has by each relation.
Status RouteFinder::gather_neighbours(NodeIndex node) {
  neighbours_.clear();
  for (const KnownRelation& known : relations_) {
    for (const Direction direction : kDirections) {
      TRY(walk_once(context_, filter_, std::span(&node, 1), known.relation, direction,
                    [&](std::size_t, NodeIndex end) { neighbours_.push_back(end); }));
    }
  }
  connections_.touch(node) = neighbours_.size() + 1;
  return {};
}

Result<std::uint64_t> RouteFinder::connections(NodeIndex node) {
  if (connections_[node] == 0) TRY(gather_neighbours(node));
  return connections_[node] - 1;
}

Result<double> RouteFinder::cost(NodeIndex node) {
  return commonness(TRY(connections(node)));
}

/// Whether a way by this node, at this cost, is to be preferred to the one that is known.
bool RouteFinder::comes_before(NodeIndex node, double cost, const Reached& known) const {
  if (cost != known.cost) return cost < known.cost;
  return node.value != known.before &&
         context_.view.id(node) < context_.view.id(NodeIndex{known.before});
}

/// Whether the filter lets a way lead through the node; remembered.
bool RouteFinder::may_lie_between(NodeIndex node) {
  if (between_ == nullptr) return true;
  std::uint8_t& known = passes_.touch(node);
  if (known == 0) {
    const graph::Kind kind = context_.view.kind(node);
    const bool is_judged = kind == initiative_ && between_->narrows();
    const bool passes =
        between_->wants(kind) && (!is_judged || between_->admits_ties(context_, node));
    known = passes ? 1 : 2;
  }
  return known == 1;
}

/// Takes one side one level deeper.
Status RouteFinder::expand(Side& side, NodeIndex end, NodeIndex other_end,
                           const Scratch<std::uint8_t>& barred,
                           const Scratch<std::uint8_t>* barred_first) {
  std::vector<NodeIndex> next;
  for (const NodeIndex node : side.frontier) {
    TRY(gather_neighbours(node));
    const double own = node == end ? 0 : commonness(neighbours_.size());
    const double cost = side.reached[node].cost + own;
    for (const NodeIndex neighbour : neighbours_) {
      if (barred[neighbour] != 0) continue;
      if (barred_first != nullptr && (*barred_first)[neighbour] != 0) continue;
      if (neighbour != other_end && !may_lie_between(neighbour)) continue;
      const std::uint32_t depth = side.reached[neighbour].depth;
      if (depth == 0) {
        next.push_back(neighbour);
        side.reached.touch(neighbour) = {cost, node.value, side.depth + 1};
      } else if (depth == side.depth + 1 && comes_before(node, cost, side.reached[neighbour])) {
        side.reached.touch(neighbour) = {cost, node.value, depth};
      }
    }
  }
  side.frontier = std::move(next);
  ++side.depth;
  return {};
}

Route RouteFinder::trace(const Side& a, const Side& b, NodeIndex from, NodeIndex middle,
                         NodeIndex to) const {
  Route route;
  for (NodeIndex node = middle; node != from; node = NodeIndex{a.reached[node].before}) {
    route.nodes.push_back(node);
  }
  route.nodes.push_back(from);
  std::reverse(route.nodes.begin(), route.nodes.end());
  for (NodeIndex node = middle; node != to;) {
    node = NodeIndex{b.reached[node].before};
    route.nodes.push_back(node);
  }
  return route;
}

/// The best way through a node that both sides have reached; nothing while they have not met. `a`
/// is the side that was just expanded: its frontier is where they meet.
Result<std::optional<Route>> RouteFinder::join(const Side& a, const Side& b, NodeIndex from,
                                               NodeIndex to) {
  struct Meeting {
    double cost;
    NodeIndex node;
  };
  std::vector<Meeting> meetings;
  for (const NodeIndex node : a.frontier) {
    if (b.reached[node].depth != b.depth) continue;
    meetings.push_back({a.reached[node].cost + b.reached[node].cost, node});
  }
  if (meetings.empty()) return std::optional<Route>();
  std::sort(meetings.begin(), meetings.end(),
            [](const Meeting& x, const Meeting& y) { return x.cost < y.cost; });
  const double least = commonness(1);  // No node on a way has fewer connections than one.
  std::optional<Route> best;
  for (const Meeting& meeting : meetings) {
    const bool is_end = meeting.node == from || meeting.node == to;
    if (best && meeting.cost + (is_end ? 0 : least) > best->cost) break;
    const double cost_of_route = meeting.cost + (is_end ? 0 : TRY(cost(meeting.node)));
    if (best && cost_of_route > best->cost) continue;
    Route route = trace(a, b, from, meeting.node, to);
    route.cost = cost_of_route;
    if (!best || better(context_.view, route, *best)) best = std::move(route);
  }
  return best;
}

/// Goes on with two sides that have not met yet, until they do. The start's side is expanded while
/// its frontier is at most `preference` times as large as the other.
Result<std::optional<Route>> RouteFinder::meet(Side& a, Side& b, NodeIndex from, NodeIndex to,
                                               std::size_t hops_max,
                                               const Scratch<std::uint8_t>& barred,
                                               std::size_t preference) {
  while (a.depth + b.depth - 2 < hops_max && !a.frontier.empty() && !b.frontier.empty()) {
    const bool from_start = a.frontier.size() <= preference * b.frontier.size();
    TRY(from_start ? expand(a, from, to, barred, nullptr) : expand(b, to, from, barred, nullptr));
    auto met = from_start ? TRY(join(a, b, from, to)) : TRY(join(b, a, to, from));
    if (!met) continue;
    if (!from_start) std::reverse(met->nodes.begin(), met->nodes.end());
    return met;
  }
  return std::optional<Route>();
}

Result<std::optional<Route>> RouteFinder::search(NodeIndex from, NodeIndex to, std::size_t hops_max,
                                                 const Forbidden& forbidden) {
  const std::uint32_t limit = context_.view.node_limit();
  Scratch<std::uint8_t> barred(limit);
  for (const NodeIndex node : forbidden.nodes) barred.touch(node) = 1;
  Scratch<std::uint8_t> barred_first(limit);
  for (const NodeIndex node : forbidden.first_steps) barred_first.touch(node) = 1;

  Side a(limit);
  a.begin(from);
  Side b(limit);
  b.begin(to);
  // The start is expanded first, so that what must not come right after it is settled; from then on
  // it is in nobody's way.
  TRY(expand(a, from, to, barred, &barred_first));
  barred.touch(from) = 1;
  auto met = TRY(join(a, b, from, to));
  if (met) return met;
  return meet(a, b, from, to, hops_max, barred, 1);
}

Result<std::optional<Route>> RouteFinder::best(NodeIndex from, NodeIndex to, std::size_t hops_max) {
  if (from == to) return std::optional<Route>(Route{{from}, 0});
  return search(from, to, hops_max, {});
}

Result<std::vector<std::optional<Route>>> RouteFinder::best(NodeIndex from,
                                                            std::span<const NodeIndex> to,
                                                            std::size_t hops_max) {
  const std::uint32_t limit = context_.view.node_limit();
  const Scratch<std::uint8_t> barred(limit);
  Side a(limit);
  a.begin(from);
  std::vector<std::optional<Route>> routes;
  for (const NodeIndex end : to) {
    Side b(limit);
    b.begin(end);
    if (a.reached[end].depth != 0) {
      // On our side already: the way to it is known.
      Route route = trace(a, b, from, end, end);
      route.cost = a.reached[end].cost;
      routes.emplace_back(std::move(route));
    } else {
      routes.push_back(
          TRY(meet(a, b, from, end, hops_max, barred, std::max<std::size_t>(1, to.size() / 2))));
    }
  }
  return routes;
}

/// Every way that leaves the last one at some node and goes on as well as it can from there.
Status RouteFinder::add_spurs(const Route& last, std::span<const Route> found, std::size_t hops_max,
                              std::vector<Route>& candidates) {
  double root_cost = 0;
  for (std::size_t at = 0; at + 1 < last.nodes.size(); ++at) {
    const NodeIndex spur = last.nodes[at];
    if (at > 0) root_cost += TRY(cost(spur));
    Forbidden forbidden{std::span(last.nodes).first(at), {}};
    for (const Route& route : found) {
      if (same_start(route, last, at)) forbidden.first_steps.push_back(route.nodes[at + 1]);
    }
    auto rest = TRY(search(spur, last.nodes.back(), hops_max - at, forbidden));
    if (!rest) continue;
    Route whole{{last.nodes.begin(), last.nodes.begin() + static_cast<std::ptrdiff_t>(at)},
                root_cost + rest->cost};
    whole.nodes.insert(whole.nodes.end(), rest->nodes.begin(), rest->nodes.end());
    const bool known = std::any_of(candidates.begin(), candidates.end(),
                                   [&](const Route& other) { return other.nodes == whole.nodes; });
    if (!known) candidates.push_back(std::move(whole));
  }
  return {};
}

Result<std::vector<Route>> RouteFinder::best(NodeIndex from, NodeIndex to, std::size_t hops_max,
                                             std::size_t k) {
  std::vector<Route> found;
  const auto first = TRY(best(from, to, hops_max));
  if (!first) return found;
  found.push_back(*first);
  std::vector<Route> candidates;
  const std::uint64_t edges_before = context_.budget.edges_spent();
  while (found.size() < k && from != to) {
    if (context_.budget.edges_spent() - edges_before > kMoreEdgesMax) break;
    TRY(add_spurs(found.back(), found, hops_max, candidates));
    const auto next = std::min_element(
        candidates.begin(), candidates.end(),
        [&](const Route& a, const Route& b) { return better(context_.view, a, b); });
    if (next == candidates.end()) break;
    found.push_back(std::move(*next));
    candidates.erase(next);
  }
  return found;
}

/// The most telling relation that ties the two, with all its edges between them.
Result<RouteFinder::Tie> RouteFinder::tie_between(NodeIndex a, NodeIndex b) {
  // Look from the end that has fewer neighbours.
  const bool swapped = TRY(connections(b)) < TRY(connections(a));
  const NodeIndex near = swapped ? b : a;
  const NodeIndex far = swapped ? a : b;
  std::optional<Tie> best;
  for (std::size_t i = 0; i < relations_.size(); ++i) {
    for (const Direction direction : kDirections) {
      Tie tie{i, direction, {}};
      TRY(walk(context_, filter_, std::span(&near, 1), relations_[i].relation, direction,
               [&](std::size_t, const Adjacent& adjacent) {
                 if (adjacent.node == far) tie.edges.push_back(adjacent);
               }));
      if (tie.edges.empty()) continue;
      if (!best || relations_[i].weight > relations_[best->relation].weight) best = std::move(tie);
    }
  }
  if (best && swapped) {
    best->direction = best->direction == Direction::out ? Direction::in : Direction::out;
  }
  return best ? std::move(*best) : Tie{};
}

Result<std::vector<std::vector<Step>>> RouteFinder::steps(std::span<const Route> routes) {
  const graph::View& view = context_.view;
  std::vector<Tie> ties;
  std::vector<graph::Edge> edges;
  Reading reading(context_);
  for (const Route& route : routes) {
    for (const NodeIndex node : route.nodes) reading.want(node);
    for (std::size_t at = 0; at + 1 < route.nodes.size(); ++at) {
      const NodeIndex a = route.nodes[at];
      const NodeIndex b = route.nodes[at + 1];
      Tie tie = TRY(tie_between(a, b));
      const bool out = tie.direction == Direction::out;
      const Adjacent& edge = *std::min_element(
          tie.edges.begin(), tie.edges.end(),
          [&](const Adjacent& x, const Adjacent& y) { return stands_before(context_, x, y); });
      edges.push_back({out ? a : b, relations_[tie.relation].relation, out ? b : a, edge.qualifier,
                       edge.record});
      ties.push_back(std::move(tie));
    }
  }
  TRY(reading.load());
  if (!context_.budget.read(edges.size())) return context_.budget.status().error();
  const auto stated = TRY(view.read_edges(edges));

  std::vector<std::vector<Step>> result;
  std::size_t next = 0;
  for (const Route& route : routes) {
    result.emplace_back();
    for (std::size_t at = 0; at + 1 < route.nodes.size(); ++at, ++next) {
      const Tie& tie = ties[next];
      const KnownRelation& relation = relations_[tie.relation];
      std::vector<graph::Qualifier> qualifiers;
      for (const Adjacent& edge : tie.edges) qualifiers.push_back(edge.qualifier);
      Connection connection =
          connection_of(context_, relation, qualifiers, std::span(&stated[next], 1));
      result.back().push_back(step_of(reading, relation, tie.direction, route.nodes[at],
                                      route.nodes[at + 1], std::move(connection)));
    }
  }
  return result;
}

}  // namespace mangrove::query
