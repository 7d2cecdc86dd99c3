#pragma once

#include <cstdint>
#include <vector>

#include "graph/base/result.h"
#include "query/analytics/projection.h"

/// What holds a network together.
namespace mangrove::query {

struct Components {
  std::vector<std::uint32_t> of;  ///< By index of the node: the number of its component.
  std::uint32_t count = 0;
};

/// What hangs together. The numbers are in no order that means anything. O(edges).
Result<Components> components(const Projection& projection);

/// By index of the node: the largest k for which the node is in the k-core, the largest part in
/// which every node has at least k ties to others of it (Batagelj and Zaveršnik, 2003). O(edges).
Result<std::vector<std::uint32_t>> core_numbers(const Projection& projection);

/// A node without which some others hang together no more.
struct CutVertex {
  graph::NodeIndex node;
  std::uint64_t cut_off = 0;  ///< Nodes in all the pieces but the largest.
  /// One node of each piece, with its size; the largest first, else unordered.
  struct Piece {
    graph::NodeIndex member;
    std::uint64_t size = 0;
  };
  std::vector<Piece> pieces;
};

/// A tie without which two parts hang together no more.
struct Bridge {
  graph::NodeIndex a;
  graph::NodeIndex b;
  std::uint64_t cut_off = 0;  ///< Nodes on the smaller side; `a` stands on that side.
};

struct CutPoints {
  std::vector<CutVertex> vertices;  ///< Unordered.
  std::vector<Bridge> bridges;      ///< Unordered.
};

/// Who holds the network together: cut vertices and bridges, with what falls off without them
/// (Hopcroft and Tarjan, 1973). Several ties between two nodes are one here. O(edges); 20 bytes a
/// node.
Result<CutPoints> cut_points(const Projection& projection);

}  // namespace mangrove::query
