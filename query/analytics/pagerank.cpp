#include "query/analytics/pagerank.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr double kParts = 4'294'967'296.0;  // 2^32

/// Neighbours of a node from one list; those of one node follow each other.
struct Row {
  NodeIndex node;
  bool has_itself = false;  ///< A tie of the node to itself, which does not count.
  std::span<const NodeIndex> neighbours;
};

std::vector<Row> rows_of(const Projection& projection) {
  std::vector<Row> rows;
  rows.reserve(projection.nodes().size() * 2);
  for (const NodeIndex node : projection.nodes()) {
    for (std::size_t i = 0; i < projection.lists(); ++i) {
      const auto list = projection.list(node, i);
      if (list.empty()) continue;
      rows.push_back({node, std::binary_search(list.begin(), list.end(), node), list});
    }
  }
  return rows;
}

/// Ranks as multiples of the average. What flows along an edge is then below 1 and fits into 32
/// bits: with r(u) <= degree(u) for all u, so is r(v) <= (1 - d) + d * degree(v) <= degree(v).
class Walker {
 public:
  Walker(const Projection& projection, double damping)
      : projection_(projection),
        damping_(damping),
        rows_(rows_of(projection)),
        flow_(projection.node_limit()),
        rank_(projection.node_limit()),
        share_(projection.node_limit()) {
    for (const NodeIndex node : projection.nodes()) {
      rank_[node.value] = 1;
      share_[node.value] = static_cast<float>(damping * kParts / projection.degree(node));
    }
  }

  void step() {
    // Who is not part of it has no flow, and need not be looked out for while adding up.
    for (const NodeIndex node : projection_.nodes()) {
      flow_[node.value] = static_cast<std::uint32_t>(rank_[node.value] * share_[node.value]);
    }
    for (auto row = rows_.begin(); row != rows_.end();) {
      const NodeIndex node = row->node;
      std::uint64_t arriving = 0;
      for (; row != rows_.end() && row->node == node; ++row) {
        for (const NodeIndex other : row->neighbours) arriving += flow_[other.value];
        if (row->has_itself) arriving -= flow_[node.value];
      }
      rank_[node.value] = 1 - damping_ + static_cast<double>(arriving) / kParts;
    }
  }

  std::vector<double> take() && { return std::move(rank_); }

 private:
  const Projection& projection_;
  double damping_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> flow_;  // Multiples of 2^-32, which add up to the same in any order.
  std::vector<double> rank_;
  std::vector<float> share_;
};

}  // namespace

Result<std::vector<double>> pagerank(const Projection& projection, const PageRankOptions& options) {
  Budget& budget = projection.context().budget;
  Walker walker(projection, options.damping);
  for (unsigned i = 0; i < options.iterations; ++i) {
    if (!budget.step(2 * projection.edges())) return budget.status().error();
    walker.step();
  }
  TRY(budget.status());
  return std::move(walker).take();
}

}  // namespace mangrove::query
