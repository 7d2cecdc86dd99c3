#include "query/analytics/structure.h"

#include <algorithm>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/property_map/property_map.hpp>
#include <optional>
#include <span>
#include <utility>

#include "query/analytics/boost_graph.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

/// A map of Boost over an array by index.
template <typename T>
auto map_over(std::vector<T>& values) {
  return boost::make_iterator_property_map(
      values.begin(), boost::typed_identity_property_map<boost_graph::Vertex>());
}

/// Depth first over the whole projection, without recursion: when each node was met, and how far up
/// its part of the tree reaches (Tarjan's low points).
class LowPoints {
 public:
  explicit LowPoints(const Projection& projection)
      : projection_(projection),
        met_(projection.node_limit()),
        low_(projection.node_limit()),
        parent_(projection.node_limit()),
        below_(projection.node_limit()) {}

  Result<CutPoints> find() {
    for (const NodeIndex root : projection_.nodes()) {
      if (met_[root.value] != 0) continue;
      tree_.clear();
      walk(root);
      TRY(projection_.context().budget.status());
      settle(root);
    }
    return std::move(found_);
  }

 private:
  /// A node on the way down, and where it goes on.
  struct Standing {
    NodeIndex node;
    std::size_t lists = 0;            // Of which the last is being gone through.
    std::span<const NodeIndex> rest;  // Of that one.
  };

  void meet(NodeIndex node, NodeIndex parent) {
    met_[node.value] = low_[node.value] = ++clock_;
    parent_[node.value] = parent.value;
    below_[node.value] = 1;
    tree_.push_back(node);
    way_.push_back({node, 0, {}});
  }

  void walk(NodeIndex root) {
    meet(root, root);
    while (!way_.empty()) {
      const NodeIndex node = way_.back().node;
      if (const auto next = go_on(way_.back())) {
        if (met_[next->value] == 0) {
          meet(*next, node);
        } else if (next->value != parent_[node.value]) {
          low_[node.value] = std::min(low_[node.value], met_[next->value]);
        }
        continue;
      }
      way_.pop_back();
      if (way_.empty()) return;
      const NodeIndex parent = way_.back().node;
      low_[parent.value] = std::min(low_[parent.value], low_[node.value]);
      below_[parent.value] += below_[node.value];
    }
  }

  /// The next neighbour of the node.
  std::optional<NodeIndex> go_on(Standing& standing) const {
    while (true) {
      while (!standing.rest.empty()) {
        const NodeIndex other = standing.rest.front();
        standing.rest = standing.rest.subspan(1);
        if (projection_.contains(other) && other != standing.node) return other;
      }
      if (standing.lists == projection_.lists()) return std::nullopt;
      standing.rest = projection_.list(standing.node, standing.lists++);
    }
  }

  /// Cut points of the tree that was just walked: parts below a node that reach no higher than it
  /// fall off without it.
  void settle(NodeIndex root) {
    const std::uint64_t all = tree_.size();
    std::vector<std::pair<NodeIndex, CutVertex::Piece>> pieces;  // By who cuts them off.
    for (const NodeIndex node : tree_) {
      if (node == root) continue;
      const NodeIndex parent{parent_[node.value]};
      if (low_[node.value] > met_[parent.value]) add_bridge(parent, node, all);
      if (low_[node.value] >= met_[parent.value]) {
        pieces.push_back({parent, {node, below_[node.value]}});
      }
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto at = pieces.begin(); at != pieces.end();) {
      const auto end =
          std::find_if(at, pieces.end(), [&](const auto& each) { return each.first != at->first; });
      add_vertex(at->first, std::span(at, end), all);
      at = end;
    }
  }

  void add_bridge(NodeIndex parent, NodeIndex child, std::uint64_t all) {
    const std::uint64_t below = below_[child.value];
    if (below <= all - below) {
      found_.bridges.push_back({child, parent, below});
    } else {
      found_.bridges.push_back({parent, child, all - below});
    }
  }

  void add_vertex(NodeIndex node, std::span<const std::pair<NodeIndex, CutVertex::Piece>> below,
                  std::uint64_t all) {
    CutVertex vertex{.node = node, .cut_off = 0, .pieces = {}};
    std::uint64_t rest = all - 1;
    for (const auto& [parent, piece] : below) {
      vertex.pieces.push_back(piece);
      rest -= piece.size;
    }
    if (rest > 0) vertex.pieces.push_back({NodeIndex{parent_[node.value]}, rest});
    if (vertex.pieces.size() < 2) return;  // A root with one part below it.
    // The largest comes first, and is what the others are cut off from.
    std::stable_sort(vertex.pieces.begin(), vertex.pieces.end(),
                     [](const auto& a, const auto& b) { return a.size > b.size; });
    vertex.cut_off = all - 1 - vertex.pieces.front().size;
    found_.vertices.push_back(std::move(vertex));
  }

  const Projection& projection_;
  std::vector<std::uint32_t> met_;  // From 1; 0: not yet.
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> below_;  // Nodes in its part of the tree, itself included.
  std::vector<NodeIndex> tree_;
  std::vector<Standing> way_;
  std::uint32_t clock_ = 0;
  CutPoints found_;
};

}  // namespace

Result<Components> components(const Projection& projection) {
  Components answer;
  answer.of.resize(projection.node_limit());
  std::vector<boost::default_color_type> colours(projection.node_limit());
  answer.count = static_cast<std::uint32_t>(boost::connected_components(
      projection, map_over(answer.of), boost::color_map(map_over(colours))));
  TRY(projection.context().budget.status());
  return answer;
}

Result<std::vector<std::uint32_t>> core_numbers(const Projection& projection) {
  std::vector<std::uint32_t> cores(projection.node_limit());
  if (projection.nodes().empty()) return cores;
  boost::core_numbers(projection, map_over(cores));
  TRY(projection.context().budget.status());
  return cores;
}

Result<CutPoints> cut_points(const Projection& projection) {
  return LowPoints(projection).find();
}

}  // namespace mangrove::query
