#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/ids.h"

namespace mangrove::query {

/// One T for every node, all T{} at first. Borrowed from a pool of the thread and given back clean,
/// so that a question pays for the nodes it touches and not for all there are.
template <typename T>
class Scratch {
 public:
  explicit Scratch(std::uint32_t node_limit) {
    auto& pool = idle();
    if (!pool.empty()) {
      values_ = std::move(pool.back());
      pool.pop_back();
    }
    if (values_.size() < node_limit) values_.resize(node_limit);
  }
  ~Scratch() {
    clear();
    idle().push_back(std::move(values_));
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const T& operator[](graph::NodeIndex node) const { return values_[node.value]; }

  /// The value of the node, to be changed. A node enters `touched` when this is asked while it is
  /// T{}: so leave something else there, or it may stand in the list twice.
  T& touch(graph::NodeIndex node) {
    T& value = values_[node.value];
    if (value == T{}) touched_.push_back(node);
    return value;
  }

  /// In order of first touch.
  const std::vector<graph::NodeIndex>& touched() const { return touched_; }

  void clear() {
    for (const graph::NodeIndex node : touched_) values_[node.value] = T{};
    touched_.clear();
  }

 private:
  static std::vector<std::vector<T>>& idle() {
    thread_local std::vector<std::vector<T>> pool;
    return pool;
  }

  std::vector<T> values_;
  std::vector<graph::NodeIndex> touched_;
};

}  // namespace mangrove::query
