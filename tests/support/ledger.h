#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <mutex>
#include <random>
#include <vector>

#include "graph/graph.h"
#include "tests/support/lanes.h"

namespace mangrove::tests {

/// What the writers of some lanes are known to have done to one graph.
class Ledger {
 public:
  explicit Ledger(unsigned lanes);

  /// A step that a writer took: a version that holds it was acknowledged. Safe from many threads.
  void acknowledge(unsigned lane, std::uint32_t step, graph::Version version);

  /// How many steps of each lane were taken.
  std::vector<std::uint32_t> steps() const;

  /// Whether the graph holds all that was acknowledged, of each lane at most one step more, and
  /// nothing by half: in the latest version, in an older one drawn at random, and in the change
  /// log between them. Those steps count as taken from then on.
  testing::AssertionResult agrees_with(const graph::Graph& graph, std::mt19937& random);

 private:
  testing::AssertionResult agrees_with_present(const graph::Graph& graph);
  testing::AssertionResult agrees_with_past(const graph::Graph& graph, graph::Version version);
  Result<std::vector<Lane>> lanes_at(const graph::View& view, graph::Version version) const;

  mutable std::mutex mutex_;
  std::vector<std::vector<graph::Version>> versions_;  // By lane and step.
};

}  // namespace mangrove::tests
