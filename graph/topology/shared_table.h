#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <memory>
#include <vector>

namespace mangrove::graph {

/// Pages by number, most of which a copy shares with its original: what a copy costs, and what the
/// first change to a copy costs, are both far less than one step a page.
///
/// Not for threads that change one table; any number may read tables that share pages.
template <typename Page>
class SharedTable {
 public:
  /// Null where there is none.
  const Page* get(std::size_t number) const {
    const std::size_t leaf = number / kLeafPages;
    if (leaf >= leaves_.size() || leaves_[leaf] == nullptr) return nullptr;
    return (*leaves_[leaf])[number % kLeafPages].get();
  }

  void set(std::size_t number, std::shared_ptr<const Page> page) {
    leaf_of(number)[number % kLeafPages] = std::move(page);
  }

  /// Calls `visit(number, const std::shared_ptr<const Page>&)` for every page there is, in order.
  template <typename Visit>
  void visit(Visit&& visit) const {
    for (std::size_t leaf = 0; leaf < leaves_.size(); ++leaf) {
      if (leaves_[leaf] == nullptr) continue;
      for (std::size_t at = 0; at < kLeafPages; ++at) {
        const auto& page = (*leaves_[leaf])[at];
        if (page != nullptr) visit(leaf * kLeafPages + at, page);
      }
    }
  }

 private:
  static constexpr std::size_t kLeafPages = 32;
  using Leaf = std::array<std::shared_ptr<const Page>, kLeafPages>;

  Leaf& leaf_of(std::size_t number) {
    const std::size_t at = number / kLeafPages;
    if (at >= leaves_.size()) leaves_.resize(at + 1);
    auto& leaf = leaves_[at];
    if (leaf == nullptr) {
      leaf = std::make_shared<Leaf>();
    } else if (leaf.use_count() > 1) {
      leaf = std::make_shared<Leaf>(*leaf);
    }
    return *leaf;
  }

  std::vector<std::shared_ptr<Leaf>> leaves_;
};

}  // namespace mangrove::graph
