#pragma once

#include <cstdint>
#include <vector>

#include "graph/base/result.h"
#include "query/analytics/projection.h"

namespace mangrove::query {

struct Betweenness {
  /// By index of the node: on how many shortest ways between two others it lies, as a share of all
  /// pairs of others: 0 to 1.
  std::vector<double> scores;
  /// Standard error of each, where it was estimated; else empty.
  std::vector<double> errors;
  std::size_t samples = 0;  ///< Nodes from which ways were followed.
  bool is_exact = true;     ///< Whether from all.
};

/// From so many edges times nodes on, ways are followed from a sample of nodes only.
inline constexpr std::uint64_t kBetweennessStepsMax = 100'000'000;
inline constexpr std::size_t kBetweennessSamplesMin = 32;

/// How much lies on a node (Freeman's betweenness, by Brandes' algorithm of 2001):
///
///     betweenness(v) = sum over pairs s, t of  ways(s, t through v) / ways(s, t)  / ((V-1)(V-2)/2)
///
/// Exact while V * edges is at most `steps_max`. Above, ways start at as many nodes as that pays
/// for, drawn by lot by their ids; what they give is scaled up, each way counting by the part of it
/// that lies before the node (the linear scaling of Geisberger and others, 2008), and its standard
/// error is that of a mean of so many draws (without replacement). What nodes with one neighbour
/// only add to that one is not estimated but known. Where nearly all ways through a node start at
/// few others, and none of these is drawn, the error is told too small.
/// O(samples * edges); about 70 bytes a node.
Result<Betweenness> betweenness(const Projection& projection,
                                std::uint64_t steps_max = kBetweennessStepsMax);

}  // namespace mangrove::query
