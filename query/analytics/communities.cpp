#include "query/analytics/communities.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::uint32_t kNone = UINT32_MAX;
/// A pass that moves fewer than one node in so many is the last of its level.
constexpr std::size_t kFewMoves = 1'000;
constexpr unsigned kPassesMax = 50;
constexpr unsigned kLevelsMax = 30;

/// A graph with weights, nodes from 0: at first the projection, then its communities.
struct Weighted {
  struct Tie {
    std::uint32_t other;
    std::uint64_t weight;
  };
  std::vector<std::uint32_t> begins{0};  // In ties; one more than nodes.
  std::vector<Tie> ties;                 // To others; each edge stands at both ends.
  std::vector<std::uint64_t> inside;     // Twice the weight within each node.
  std::vector<std::uint64_t> degrees;    // Ties and what is inside.

  std::uint32_t size() const { return static_cast<std::uint32_t>(inside.size()); }
};

/// Gathers ties to the same end.
class Gatherer {
 public:
  explicit Gatherer(std::uint32_t size) : weights_(size) {}

  void add(std::uint32_t other, std::uint64_t weight) {
    if (weights_[other] == 0) touched_.push_back(other);
    weights_[other] += weight;
  }
  /// Calls `visit(other, weight)` by rising number, and forgets all.
  template <typename Visit>
  void take(Visit&& visit) {
    std::sort(touched_.begin(), touched_.end());
    for (const std::uint32_t other : touched_) {
      visit(other, weights_[other]);
      weights_[other] = 0;
    }
    touched_.clear();
  }

 private:
  std::vector<std::uint64_t> weights_;
  std::vector<std::uint32_t> touched_;
};

Weighted weighted(const Projection& projection, const std::vector<NodeIndex>& by_id) {
  std::vector<std::uint32_t> numbers(projection.node_limit());
  for (std::uint32_t i = 0; i < by_id.size(); ++i) numbers[by_id[i].value] = i;
  Weighted graph;
  Gatherer gatherer(static_cast<std::uint32_t>(by_id.size()));
  for (const NodeIndex node : by_id) {
    projection.visit(node, [&](NodeIndex other) { gatherer.add(numbers[other.value], 1); });
    std::uint64_t degree = 0;
    gatherer.take([&](std::uint32_t other, std::uint64_t weight) {
      graph.ties.push_back({other, weight});
      degree += weight;
    });
    graph.begins.push_back(static_cast<std::uint32_t>(graph.ties.size()));
    graph.inside.push_back(0);
    graph.degrees.push_back(degree);
  }
  return graph;
}

/// One level: nodes move to the community of a neighbour while that raises modularity.
class Mover {
 public:
  explicit Mover(const Weighted& graph)
      : graph_(graph),
        community_(graph.size()),
        totals_(graph.degrees),
        twice_all_(std::accumulate(graph.degrees.begin(), graph.degrees.end(), std::uint64_t{0})),
        gatherer_(graph.size()) {
    std::iota(community_.begin(), community_.end(), 0U);
  }

  /// The community of each node; whether any moved.
  Result<bool> run(Budget& budget) {
    bool any = false;
    for (unsigned pass = 0; pass < kPassesMax; ++pass) {
      std::size_t moves = 0;
      for (std::uint32_t node = 0; node < graph_.size(); ++node) {
        if (!budget.step(graph_.begins[node + 1] - graph_.begins[node])) {
          return budget.status().error();
        }
        moves += move(node) ? 1 : 0;
      }
      any = any || moves > 0;
      if (moves * kFewMoves <= graph_.size()) break;
    }
    return any;
  }
  const std::vector<std::uint32_t>& community() const { return community_; }

 private:
  /// Gains are compared as whole numbers: 2m * weight to the community - degree * its total.
  bool move(std::uint32_t node) {
    const std::uint32_t home = community_[node];
    const std::uint64_t degree = graph_.degrees[node];
    totals_[home] -= degree;
    for (std::uint32_t i = graph_.begins[node]; i < graph_.begins[node + 1]; ++i) {
      gatherer_.add(community_[graph_.ties[i].other], graph_.ties[i].weight);
    }
    choices_.clear();
    std::uint64_t to_home = 0;
    gatherer_.take([&](std::uint32_t to, std::uint64_t weight) {
      if (to == home) {
        to_home = weight;
      } else {
        choices_.push_back({to, weight});
      }
    });
    __extension__ using Wide = __int128;
    const auto gain = [&](std::uint32_t to, std::uint64_t weight) {
      return static_cast<Wide>(twice_all_) * weight - static_cast<Wide>(degree) * totals_[to];
    };
    std::uint32_t best = home;
    Wide best_gain = gain(home, to_home);
    for (const Weighted::Tie& choice : choices_) {
      const Wide here = gain(choice.other, choice.weight);
      if (here <= best_gain) continue;
      best = choice.other;
      best_gain = here;
    }
    totals_[best] += degree;
    community_[node] = best;
    return best != home;
  }

  const Weighted& graph_;
  std::vector<std::uint32_t> community_;
  std::vector<std::uint64_t> totals_;  // Degrees of each community.
  std::uint64_t twice_all_;
  Gatherer gatherer_;
  std::vector<Weighted::Tie> choices_;  // Communities next to the node that may move.
};

/// Numbers from 0 in the order in which they first occur; how many there are.
std::uint32_t renumber(std::vector<std::uint32_t>& community) {
  std::vector<std::uint32_t> numbers(community.size(), kNone);
  std::uint32_t count = 0;
  for (std::uint32_t& each : community) {
    if (numbers[each] == kNone) numbers[each] = count++;
    each = numbers[each];
  }
  return count;
}

/// The graph of communities.
Weighted drawn_together(const Weighted& graph, const std::vector<std::uint32_t>& community,
                        std::uint32_t count) {
  std::vector<std::vector<std::uint32_t>> members(count);
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    members[community[node]].push_back(node);
  }
  Weighted together;
  Gatherer gatherer(count);
  for (std::uint32_t each = 0; each < count; ++each) {
    std::uint64_t inside = 0;
    std::uint64_t degree = 0;
    for (const std::uint32_t node : members[each]) {
      inside += graph.inside[node];
      degree += graph.degrees[node];
      for (std::uint32_t i = graph.begins[node]; i < graph.begins[node + 1]; ++i) {
        gatherer.add(community[graph.ties[i].other], graph.ties[i].weight);
      }
    }
    gatherer.take([&](std::uint32_t other, std::uint64_t weight) {
      if (other == each) {
        inside += weight;
      } else {
        together.ties.push_back({other, weight});
      }
    });
    together.begins.push_back(static_cast<std::uint32_t>(together.ties.size()));
    together.inside.push_back(inside);
    together.degrees.push_back(degree);
  }
  return together;
}

/// Parts what hangs together only through other communities.
std::uint32_t part(const Weighted& graph, std::vector<std::uint32_t>& community) {
  std::vector<std::uint32_t> parts(community.size(), kNone);
  std::vector<std::uint32_t> frontier;
  std::uint32_t count = 0;
  for (std::uint32_t start = 0; start < graph.size(); ++start) {
    if (parts[start] != kNone) continue;
    parts[start] = count;
    frontier.assign(1, start);
    while (!frontier.empty()) {
      const std::uint32_t node = frontier.back();
      frontier.pop_back();
      for (std::uint32_t i = graph.begins[node]; i < graph.begins[node + 1]; ++i) {
        const std::uint32_t other = graph.ties[i].other;
        if (parts[other] != kNone || community[other] != community[start]) continue;
        parts[other] = count;
        frontier.push_back(other);
      }
    }
    ++count;
  }
  community = std::move(parts);
  return count;
}

double modularity(const Weighted& graph, const std::vector<std::uint32_t>& community,
                  std::uint32_t count) {
  std::vector<std::uint64_t> inside(count);
  std::vector<std::uint64_t> degrees(count);
  std::uint64_t all = 0;
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    all += graph.degrees[node];
    degrees[community[node]] += graph.degrees[node];
    for (std::uint32_t i = graph.begins[node]; i < graph.begins[node + 1]; ++i) {
      if (community[graph.ties[i].other] == community[node]) {
        inside[community[node]] += graph.ties[i].weight;
      }
    }
  }
  if (all == 0) return 0;
  double sum = 0;
  const auto twice_all = static_cast<double>(all);
  for (std::uint32_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(degrees[i]) / twice_all;
    sum += static_cast<double>(inside[i]) / twice_all - share * share;
  }
  return sum;
}

}  // namespace

Result<Communities> communities(const Projection& projection, const std::vector<NodeIndex>& by_id) {
  Budget& budget = projection.context().budget;
  const Weighted graph = weighted(projection, by_id);
  TRY(budget.status());
  Communities answer;
  answer.of.resize(by_id.size());
  std::iota(answer.of.begin(), answer.of.end(), 0U);
  Weighted level = graph;
  for (unsigned i = 0; i < kLevelsMax; ++i) {
    Mover mover(level);
    if (!TRY(mover.run(budget))) break;
    std::vector<std::uint32_t> community = mover.community();
    const std::uint32_t count = renumber(community);
    for (std::uint32_t& each : answer.of) each = community[each];
    level = drawn_together(level, community, count);
  }
  answer.count = part(graph, answer.of);
  answer.modularity = modularity(graph, answer.of, answer.count);
  return answer;
}

}  // namespace mangrove::query
