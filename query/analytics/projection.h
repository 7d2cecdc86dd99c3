#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"
#include "query/filter.h"
#include "query/walk.h"

namespace mangrove::query {

struct ProjectionQuestion {
  std::vector<std::string> relations = {};  ///< Along which; empty: TAKES_PART_IN.
  std::vector<std::string> kinds = {};      ///< Only nodes of these; empty: of all.
  Filter filter = {};                       ///< Of initiatives, and of what counts.
};

/// Part of a view as an undirected graph: the nodes that a filter lets through and that any chosen
/// relation ties to another one of them. Nothing is copied but five bytes a node: neighbours are
/// those lists of the view that every question shares (graph/neighbour_lists.h). boost_graph.h
/// makes it a graph for Boost.
///
/// Two nodes that several relations tie, or one in both directions, are neighbours several times.
class Projection {
 public:
  /// Errors: invalid_input for names that do not exist; cancelled where the lists do not fit into
  /// the memory that is set aside for them, or the budget is used up.
  static Result<Projection> make(const Context& context, const ProjectionQuestion& question);

  /// In order of index.
  std::span<const graph::NodeIndex> nodes() const { return nodes_; }
  /// One past the highest index; for arrays by index.
  std::uint32_t node_limit() const { return static_cast<std::uint32_t>(included_.size()); }
  bool contains(graph::NodeIndex node) const { return included_[node.value] != 0; }
  /// Places in `nodes`, by index; of what is not part of it, nothing that means anything.
  std::span<const std::uint32_t> places() const { return places_; }
  /// Edges, each once.
  std::uint64_t edges() const { return edges_; }
  const Context& context() const { return *context_; }
  /// The relations asked for, by name: which of them there are edges of may be hidden.
  const std::vector<std::string>& asked() const { return asked_; }

  /// How many lists of neighbours a node has; most are empty.
  std::size_t lists() const { return lists_.size(); }
  /// One of them, with nodes in it that the filter did not let through: ask `contains`. Empty once
  /// the budget is used up.
  std::span<const graph::NodeIndex> list(graph::NodeIndex node, std::size_t number) const {
    const auto neighbours = lists_[number]->of(node);
    if (neighbours.empty() || context_->budget.step(neighbours.size())) return neighbours;
    return {};
  }

  /// Calls `visit` for each neighbour.
  template <typename Visit>
  void visit(graph::NodeIndex node, Visit&& visit) const {
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      for (const graph::NodeIndex other : list(node, i)) {
        if (contains(other) && other != node) visit(other);
      }
    }
  }
  std::uint32_t degree(graph::NodeIndex node) const {
    std::uint32_t degree = 0;
    visit(node, [&](graph::NodeIndex) { ++degree; });
    return degree;
  }

  /// The nodes in the order of their public ids: for algorithms whose result hangs on an order.
  std::vector<graph::NodeIndex> by_id() const;

 private:
  explicit Projection(const Context& context) : context_(&context) {}
  Status take_lists(const PreparedFilter& filter);
  Status choose_nodes(PreparedFilter& filter);

  const Context* context_;
  std::vector<std::string> asked_;
  std::vector<KnownRelation> relations_;
  std::vector<const graph::NeighbourLists*> lists_;
  std::vector<std::uint8_t> included_;  // By index.
  std::vector<std::uint32_t> places_;   // By index.
  std::vector<graph::NodeIndex> nodes_;
  std::uint64_t edges_ = 0;
};

}  // namespace mangrove::query
