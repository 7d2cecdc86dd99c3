#include "graph/recent_nodes.h"

#include <mutex>
#include <utility>

namespace mangrove::graph {
namespace {

std::atomic<std::size_t>& kept_by_all() {
  static std::atomic<std::size_t> nodes{0};
  return nodes;
}

}  // namespace

RecentNodes::~RecentNodes() {
  kept_by_all().fetch_sub(young_.size() + old_.size());
}

std::shared_ptr<const Node> RecentNodes::find(NodeIndex node) const {
  const std::shared_lock lock(mutex_);
  if (const auto found = young_.find(node); found != young_.end()) return found->second;
  if (const auto found = old_.find(node); found != old_.end()) return found->second;
  return nullptr;
}

void RecentNodes::keep(const std::shared_ptr<const Node>& node) {
  Generation gone;  // Declared before the lock, so that it is freed after it.
  const std::unique_lock lock(mutex_);
  if (young_.size() >= kGeneration) {
    kept_by_all().fetch_sub(old_.size());
    gone = std::exchange(old_, std::exchange(young_, {}));
  }
  if (kept_by_all().load(std::memory_order_relaxed) >= kNodesMax) return;
  if (young_.try_emplace(node->index, node).second) kept_by_all().fetch_add(1);
}

}  // namespace mangrove::graph
