#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/base/result.h"
#include "query/answer.h"
#include "query/filter.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {

/// A way through the graph: different nodes, each tied to the next.
struct Route {
  std::vector<graph::NodeIndex> nodes;  ///< Both ends included; never empty.
  double cost = 0;                      ///< Sum over the nodes between of ln(2 + connections).

  std::size_t hops() const { return nodes.size() - 1; }
};

/// Finds ways between nodes, edges taken in both directions: the shortest first, of equally long
/// ones those through less common nodes, and of equally common ones those with the smaller ids.
class RouteFinder {
 public:
  /// Along these relations, over connections that count; all must outlive it. With `between`, every
  /// node but the ends is of a kind that this filter wants, and every initiative is one that it
  /// admits, as far as kind and connections tell.
  RouteFinder(const Context& context, std::span<const KnownRelation> relations,
              const PreparedFilter& filter, const PreparedFilter* between = nullptr)
      : context_(context),
        relations_(relations),
        filter_(filter),
        between_(between),
        initiative_(context.view.name("Initiative")),
        connections_(context.view.node_limit()),
        passes_(context.view.node_limit()) {}

  /// The best way of at most so many hops; nothing where there is none. Searches from both ends, so
  /// that it looks at about as many edges as lie within half the way.
  Result<std::optional<Route>> best(graph::NodeIndex from, graph::NodeIndex to,
                                    std::size_t hops_max);

  /// The best way to each of many nodes, in the order asked. What was searched from the start
  /// serves all of them.
  Result<std::vector<std::optional<Route>>> best(graph::NodeIndex from,
                                                 std::span<const graph::NodeIndex> to,
                                                 std::size_t hops_max);

  /// The k best, in order (Yen's algorithm). After a few million edges it is content with those
  /// found so far.
  Result<std::vector<Route>> best(graph::NodeIndex from, graph::NodeIndex to, std::size_t hops_max,
                                  std::size_t k);

  /// The hops of each route, in words. One round trip to the store for edges, one for nodes.
  Result<std::vector<std::vector<Step>>> steps(std::span<const Route> routes);

  /// Connections of a node along these relations.
  Result<std::uint64_t> connections(graph::NodeIndex node);

 private:
  /// How a search from one end reached a node.
  struct Reached {
    double cost = 0;           // Of the nodes between the end and this one.
    std::uint32_t before = 0;  // The node before it on the best way; of equal ones, by id.
    std::uint32_t depth = 0;   // Hops from the end, plus 1; 0: not reached.

    friend bool operator==(const Reached&, const Reached&) = default;
  };
  struct Side {
    explicit Side(std::uint32_t node_limit) : reached(node_limit) {}
    Scratch<Reached> reached;
    std::vector<graph::NodeIndex> frontier;
    std::uint32_t depth = 1;

    void begin(graph::NodeIndex end) {
      frontier = {end};
      reached.touch(end) = {0, end.value, 1};
    }
  };
  /// What a search must not use: Yen's algorithm forbids what it has found before.
  struct Forbidden {
    std::span<const graph::NodeIndex> nodes;
    std::vector<graph::NodeIndex> first_steps;  // Nodes that must not come right after the start.
  };
  /// The edges between two nodes of one relation in one direction.
  struct Tie {
    std::size_t relation = 0;  // In relations_.
    graph::Direction direction = graph::Direction::out;
    std::vector<graph::Adjacent> edges;  // As seen from the first node.
  };

  Result<std::optional<Route>> search(graph::NodeIndex from, graph::NodeIndex to,
                                      std::size_t hops_max, const Forbidden& forbidden);
  bool comes_before(graph::NodeIndex node, double cost, const Reached& known) const;
  Status expand(Side& side, graph::NodeIndex end, graph::NodeIndex other_end,
                const Scratch<std::uint8_t>& barred, const Scratch<std::uint8_t>* barred_first);
  Status gather_neighbours(graph::NodeIndex node);
  bool may_lie_between(graph::NodeIndex node);
  Result<std::optional<Route>> meet(Side& a, Side& b, graph::NodeIndex from, graph::NodeIndex to,
                                    std::size_t hops_max, const Scratch<std::uint8_t>& barred,
                                    std::size_t preference);
  Result<std::optional<Route>> join(const Side& a, const Side& b, graph::NodeIndex from,
                                    graph::NodeIndex to);
  Route trace(const Side& a, const Side& b, graph::NodeIndex from, graph::NodeIndex middle,
              graph::NodeIndex to) const;
  Status add_spurs(const Route& last, std::span<const Route> found, std::size_t hops_max,
                   std::vector<Route>& candidates);
  Result<double> cost(graph::NodeIndex node);
  Result<Tie> tie_between(graph::NodeIndex a, graph::NodeIndex b);

  const Context& context_;
  std::span<const KnownRelation> relations_;
  const PreparedFilter& filter_;
  const PreparedFilter* between_;  // Null: everything may.
  graph::Kind initiative_;
  Scratch<std::uint64_t> connections_;        // Plus 1; 0: not counted yet.
  Scratch<std::uint8_t> passes_;              // 1: may lie between; 2: not; 0: not asked yet.
  std::vector<graph::NodeIndex> neighbours_;  // Of the node that is being expanded.
};

}  // namespace mangrove::query
