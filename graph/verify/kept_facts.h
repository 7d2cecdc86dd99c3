#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "graph/snapshot.h"
#include "graph/verify/facts.h"

namespace mangrove::graph {

/// Reads the facts out of a topology in memory, and sees to its own order.
class KeptFacts {
 public:
  explicit KeptFacts(const Snapshot& state);

  /// Calls `visit` for every fact kept at this node, with how often it is.
  void at(NodeIndex node, const std::function<void(const Fact&, std::uint64_t)>& visit);

  /// What does not fit together at the node met last; empty where all does.
  std::string_view fault() const { return fault_; }

  std::uint64_t edges() const { return edges_; }
  /// Edges one of whose ends does not exist.
  std::uint64_t sleeping() const { return sleeping_; }

 private:
  using Visit = std::function<void(const Fact&, std::uint64_t)>;

  void statements_at(NodeIndex node, const Visit& visit);
  void records_at(NodeIndex node, const Visit& visit);
  void edges_at(NodeIndex node, Relation relation, Direction direction, const Visit& visit);
  std::uint64_t hash_of_policy(Policy policy);

  const Snapshot& state_;
  const Sight all_;
  PolicyHashes hashes_;
  std::uint32_t policies_;
  std::string_view fault_;
  std::uint64_t edges_ = 0;
  std::uint64_t sleeping_ = 0;
};

}  // namespace mangrove::graph
