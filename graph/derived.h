#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "graph/base/result.h"

namespace mangrove::graph {

/// What floors above have worked out of one version as one viewer sees it, and want to find again:
/// tables that many questions look things up in. A new version begins with none, so that none is
/// ever out of date. Safe from many threads.
class DerivedShelf {
 public:
  /// Past this many, those that were put there first go.
  static constexpr std::size_t kTablesMax = 64;

  /// The table of this name; made if need be, outside any lock: two threads that come at the same
  /// time may both make it, and share the one that was done first. A name must always stand for the
  /// same type and the same content. Errors are those of `make`, and are not remembered.
  template <typename Table>
  Result<std::shared_ptr<const Table>> get(std::string_view name,
                                           const std::function<Result<Table>()>& make) const {
    if (auto known = find(name)) return std::static_pointer_cast<const Table>(std::move(known));
    auto made = make();
    if (!made.ok()) return made.error();
    return std::static_pointer_cast<const Table>(
        keep(name, std::make_shared<const Table>(std::move(made).value())));
  }

 private:
  std::shared_ptr<const void> find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto table = tables_.find(name);
    return table == tables_.end() ? nullptr : table->second.second;
  }

  std::shared_ptr<const void> keep(std::string_view name, std::shared_ptr<const void> made) const {
    const std::lock_guard lock(mutex_);
    const auto [table, added] = tables_.try_emplace(std::string(name), count_, std::move(made));
    auto kept = table->second.second;
    if (added) ++count_;
    if (tables_.size() > kTablesMax) {
      auto oldest = tables_.begin();
      for (auto each = tables_.begin(); each != tables_.end(); ++each) {
        if (each->second.first < oldest->second.first) oldest = each;
      }
      tables_.erase(oldest);
    }
    return kept;
  }

  mutable std::mutex mutex_;
  mutable std::size_t count_ = 0;
  mutable std::map<std::string, std::pair<std::size_t, std::shared_ptr<const void>>, std::less<>>
      tables_;  // With the number in the order in which they came.
};

}  // namespace mangrove::graph
