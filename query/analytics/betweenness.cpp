#include "query/analytics/betweenness.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "query/analytics/structure.h"
#include "query/lot.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

/// Multiples of 2^-28 add up exactly, in any order, for up to some hundred million pairs.
double rounded(double number) {
  constexpr double kParts = 268'435'456.0;  // 2^28
  return std::nearbyint(number * kParts) / kParts;
}

/// Follows all shortest ways from one node, and adds up what lies on each node (Brandes, 2001).
class Follower {
 public:
  explicit Follower(const Projection& projection)
      : projection_(projection),
        distance_(projection.node_limit(), -1),
        ways_(projection.node_limit()),
        dependency_(projection.node_limit()) {}

  /// What each way adds to a node on it.
  enum class Counting {
    whole,    ///< 1.
    by_part,  ///< Which part of the way lies before the node. Both ways of a pair add 1 together.
  };

  /// Calls `visit(node, hops, dependency)` for every other node that is reached. By parts, what the
  /// ways add is hops * dependency.
  template <typename Visit>
  void from(NodeIndex start, Counting counting, Visit&& visit) {
    counting_ = counting;
    order_.assign(1, start);
    distance_[start.value] = 0;
    ways_[start.value] = 1;
    for (std::size_t i = 0; i < order_.size(); ++i) expand(order_[i]);
    for (std::size_t i = order_.size(); i-- > 1;) add_up(order_[i]);
    for (std::size_t i = 1; i < order_.size(); ++i) {
      const std::uint32_t place = order_[i].value;
      visit(order_[i], distance_[place], dependency_[place]);
    }
    for (const NodeIndex node : order_) {
      distance_[node.value] = -1;
      ways_[node.value] = 0;
      dependency_[node.value] = 0;
    }
  }

  /// One hop of so many.
  static double part_of(std::int32_t hops) { return rounded(1.0 / hops); }

 private:
  void expand(NodeIndex node) {
    const std::int32_t next = distance_[node.value] + 1;
    projection_.visit(node, [&](NodeIndex other) {
      std::int32_t& distance = distance_[other.value];
      if (distance < 0) {
        distance = next;
        order_.push_back(other);
      }
      if (distance == next) ways_[other.value] += ways_[node.value];
    });
  }
  /// What goes through a node comes from those behind it: all of them were added up before.
  void add_up(NodeIndex node) {
    double sum = 0;
    const std::int32_t next = distance_[node.value] + 1;
    const double own = counting_ == Counting::whole ? 1 : part_of(next);
    projection_.visit(node, [&](NodeIndex other) {
      if (distance_[other.value] != next) return;
      sum += rounded(ways_[node.value] / ways_[other.value] * (own + dependency_[other.value]));
    });
    dependency_[node.value] = sum;
  }

  const Projection& projection_;
  std::vector<std::int32_t> distance_;
  std::vector<double> ways_;
  std::vector<double> dependency_;
  std::vector<NodeIndex> order_;
  Counting counting_ = Counting::whole;
};

/// Some of the nodes by a lot that hangs on their ids alone, in its order: so what is added up node
/// by node is the same wherever it was loaded.
std::vector<NodeIndex> drawn(const Projection& projection, std::size_t count) {
  struct Lot {
    std::uint64_t number;
    NodeIndex node;
  };
  const graph::View& view = projection.context().view;
  std::vector<Lot> lots;
  lots.reserve(projection.nodes().size());
  for (const NodeIndex node : projection.nodes()) {
    lots.push_back({lot_of(view.id(node)), node});
  }
  const auto before = [&](const Lot& a, const Lot& b) {
    return a.number != b.number ? a.number < b.number : view.id(a.node) < view.id(b.node);
  };
  std::nth_element(lots.begin(), lots.begin() + static_cast<std::ptrdiff_t>(count) - 1, lots.end(),
                   before);
  lots.resize(count);
  std::sort(lots.begin(), lots.end(), before);
  std::vector<NodeIndex> nodes;
  for (const Lot& lot : lots) nodes.push_back(lot.node);
  return nodes;
}

/// Nodes that are tied to one other only. All ways of such an end lead through that other, so what
/// an end adds to it is known without following any.
class Ends {
 public:
  Ends(const Projection& projection, const Components& components)
      : projection_(projection),
        components_(components),
        sizes_(components.count),
        ends_(projection.node_limit()) {
    for (const NodeIndex node : projection.nodes()) {
      ++sizes_[components.of[node.value]];
      if (const auto other = only_neighbour(node)) ++ends_[other->value];
    }
  }

  std::optional<NodeIndex> only_neighbour(NodeIndex node) const {
    std::optional<NodeIndex> only;
    bool is_only = true;
    projection_.visit(node, [&](NodeIndex other) {
      is_only = is_only && (!only || *only == other);
      only = other;
    });
    return is_only ? only : std::nullopt;
  }

  /// How many ends are tied to this node.
  std::uint32_t of(NodeIndex node) const { return ends_[node.value]; }
  /// How many ordered pairs have an end of this node among them, and so lead through it.
  double pairs_through(NodeIndex node) const {
    const double ends = ends_[node.value];
    const double others = sizes_[components_.of[node.value]] - 1 - ends;
    return 2 * ends * others + ends * (ends - 1);
  }

 private:
  const Projection& projection_;
  const Components& components_;
  std::vector<std::uint32_t> sizes_;  // Of components.
  std::vector<std::uint32_t> ends_;   // By index of whom they are tied to.
};

std::size_t samples_for(const Projection& projection, std::uint64_t steps_max) {
  const std::size_t all = projection.nodes().size();
  const std::uint64_t each = 2 * projection.edges() + all;
  if (all <= kBetweennessSamplesMin || all * each <= steps_max) return all;
  return std::clamp<std::size_t>(steps_max / each, kBetweennessSamplesMin, all);
}

/// The share of all pairs that one ordered pair is: each is met from both ends.
double share_of_a_pair(const Projection& projection) {
  const auto count = static_cast<double>(projection.nodes().size());
  return 1 / ((count - 1) * (count - 2));
}

Status follow_all(const Projection& projection, Betweenness& answer) {
  Follower follower(projection);
  for (const NodeIndex start : drawn(projection, answer.samples)) {
    follower.from(start, Follower::Counting::whole,
                  [&](NodeIndex node, std::int32_t, double dependency) {
                    answer.scores[node.value] += dependency;
                  });
    TRY(projection.context().budget.status());
  }
  const double share = share_of_a_pair(projection);
  for (const NodeIndex node : projection.nodes()) answer.scores[node.value] *= share;
  return {};
}

/// Ways that start near a node give it much, and are few: whether one of them was drawn would
/// decide over its score. So ways count by parts (Geisberger and others, 2008), which leaves most
/// to the many that start far away; and what ends give is left out, and added as it is known.
Status follow_some(const Projection& projection, Betweenness& answer) {
  const Components hanging_together = TRY(components(projection));
  const Ends ends(projection, hanging_together);
  const auto count = static_cast<double>(projection.nodes().size());
  const double share = share_of_a_pair(projection);
  std::vector<double> squares(projection.node_limit());
  Follower follower(projection);
  for (const NodeIndex start : drawn(projection, answer.samples)) {
    const auto known = ends.only_neighbour(start);
    follower.from(start, Follower::Counting::by_part,
                  [&](NodeIndex node, std::int32_t hops, double dependency) {
                    if (known == node) return;
                    const double to_ends = ends.of(node) * Follower::part_of(hops + 1);
                    const double found = 2 * hops * (dependency - to_ends);
                    answer.scores[node.value] += found;
                    const double estimate = found * share * count;
                    squares[node.value] += estimate * estimate;
                  });
    TRY(projection.context().budget.status());
  }
  const auto samples = static_cast<double>(answer.samples);
  answer.errors.resize(projection.node_limit());
  for (const NodeIndex node : projection.nodes()) {
    double& score = answer.scores[node.value];
    score *= share * count / samples;
    const double mean_of_squares = squares[node.value] / samples;
    const double variance =
        std::max(0.0, mean_of_squares - score * score) * samples / std::max(1.0, samples - 1);
    answer.errors[node.value] = std::sqrt(variance / samples * (1 - samples / count));
    score += ends.pairs_through(node) * share;
  }
  return {};
}

}  // namespace

Result<Betweenness> betweenness(const Projection& projection, std::uint64_t steps_max) {
  Betweenness answer;
  answer.scores.resize(projection.node_limit());
  if (projection.nodes().size() < 3) return answer;
  answer.samples = samples_for(projection, steps_max);
  answer.is_exact = answer.samples == projection.nodes().size();
  TRY(answer.is_exact ? follow_all(projection, answer) : follow_some(projection, answer));
  return answer;
}

}  // namespace mangrove::query
