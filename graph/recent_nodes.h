#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

#include "graph/ids.h"
#include "graph/node.h"

namespace mangrove::graph {

/// Nodes that were read of one version by one viewer, for those who ask for them again: those of
/// the last kGeneration to 2 * kGeneration different ones. Safe from many threads.
class RecentNodes {
 public:
  static constexpr std::size_t kGeneration = 8'192;
  /// Of all viewers and versions of the process together; a node takes about 3 KB.
  static constexpr std::size_t kNodesMax = 32'768;

  RecentNodes() = default;
  ~RecentNodes();
  RecentNodes(const RecentNodes&) = delete;
  RecentNodes& operator=(const RecentNodes&) = delete;

  /// Null where it is not here.
  std::shared_ptr<const Node> find(NodeIndex node) const;
  void keep(const std::shared_ptr<const Node>& node);

 private:
  using Generation = std::unordered_map<NodeIndex, std::shared_ptr<const Node>>;

  mutable std::shared_mutex mutex_;
  Generation young_;
  Generation old_;
};

}  // namespace mangrove::graph
