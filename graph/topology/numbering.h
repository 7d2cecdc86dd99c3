#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "graph/base/append_only.h"

namespace mangrove::graph {

/// Gives each text a dense number, 0, 1, 2, …, for good: public ids to node indexes, names of kinds
/// and properties to short numbers. Many may read while one adds.
class Numbering {
 public:
  std::optional<std::uint32_t> find(std::string_view text) const {
    const std::shared_lock lock(mutex_);
    const auto found = numbers_.find(text);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

  /// The number of this text, new if need be. One writer at a time.
  std::uint32_t add(std::string_view text) {
    if (const auto known = find(text)) return *known;
    const std::uint32_t number = texts_.push_back(std::string(text));
    const std::unique_lock lock(mutex_);
    numbers_.emplace(std::string_view(texts_[number]), number);
    return number;
  }

  /// The text behind a number that the caller has from here. Valid as long as the numbering.
  std::string_view text(std::uint32_t number) const { return texts_[number]; }

  /// For the one writer: how many there are.
  std::uint32_t size() const { return texts_.size(); }

 private:
  AppendOnly<std::string> texts_;
  mutable std::shared_mutex mutex_;
  boost::unordered_flat_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace mangrove::graph
