#include "query/analytics/betweenness.h"

#include <algorithm>
#include <cmath>

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

  /// Calls `visit(node, dependency)` for every other node that is reached.
  template <typename Visit>
  void from(NodeIndex start, Visit&& visit) {
    order_.assign(1, start);
    distance_[start.value] = 0;
    ways_[start.value] = 1;
    for (std::size_t i = 0; i < order_.size(); ++i) expand(order_[i]);
    for (std::size_t i = order_.size(); i-- > 1;) add_up(order_[i]);
    for (std::size_t i = 1; i < order_.size(); ++i) {
      visit(order_[i], dependency_[order_[i].value]);
    }
    for (const NodeIndex node : order_) {
      distance_[node.value] = -1;
      ways_[node.value] = 0;
      dependency_[node.value] = 0;
    }
  }

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
    projection_.visit(node, [&](NodeIndex other) {
      if (distance_[other.value] != next) return;
      sum += rounded(ways_[node.value] / ways_[other.value] * (1 + dependency_[other.value]));
    });
    dependency_[node.value] = sum;
  }

  const Projection& projection_;
  std::vector<std::int32_t> distance_;
  std::vector<double> ways_;
  std::vector<double> dependency_;
  std::vector<NodeIndex> order_;
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

std::size_t samples_for(const Projection& projection, std::uint64_t steps_max) {
  const std::size_t all = projection.nodes().size();
  const std::uint64_t each = 2 * projection.edges() + all;
  if (all <= kBetweennessSamplesMin || all * each <= steps_max) return all;
  return std::clamp<std::size_t>(steps_max / each, kBetweennessSamplesMin, all);
}

}  // namespace

Result<Betweenness> betweenness(const Projection& projection, std::uint64_t steps_max) {
  Betweenness answer;
  answer.scores.resize(projection.node_limit());
  const auto nodes = projection.nodes();
  const auto count = static_cast<double>(nodes.size());
  if (nodes.size() < 3) return answer;
  answer.samples = samples_for(projection, steps_max);
  answer.is_exact = answer.samples == nodes.size();
  std::vector<double> squares(answer.is_exact ? 0 : projection.node_limit());
  // Each pair is met from both ends.
  const double scale = 1 / ((count - 1) * (count - 2));
  Follower follower(projection);
  for (const NodeIndex start : drawn(projection, answer.samples)) {
    follower.from(start, [&](NodeIndex node, double dependency) {
      answer.scores[node.value] += dependency;
      if (!answer.is_exact) {
        const double estimate = dependency * scale * count;
        squares[node.value] += estimate * estimate;
      }
    });
    TRY(projection.context().budget.status());
  }
  const auto samples = static_cast<double>(answer.samples);
  if (!answer.is_exact) answer.errors.resize(projection.node_limit());
  for (const NodeIndex node : nodes) {
    double& score = answer.scores[node.value];
    score *= scale * count / samples;
    if (answer.is_exact) continue;
    const double mean_of_squares = squares[node.value] / samples;
    const double variance =
        std::max(0.0, mean_of_squares - score * score) * samples / std::max(1.0, samples - 1);
    answer.errors[node.value] = std::sqrt(variance / samples * (1 - samples / count));
  }
  return answer;
}

}  // namespace mangrove::query
