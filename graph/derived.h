#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"

namespace mangrove::graph {

/// What floors above have worked out of one version as one viewer sees it, and want to find again:
/// tables that many questions look things up in. A new version begins with none, so that none is
/// ever out of date; but what is made out of its forerunner (`get_from_earlier`) need not be made
/// all anew. Safe from many threads.
class DerivedShelf {
 public:
  /// Past this many, those that were put there first go.
  static constexpr std::size_t kTablesMax = 64;
  /// Past this many touched nodes, a table is made anew.
  static constexpr std::size_t kTouchedMax = 200'000;

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
        keep(name, std::make_shared<const Table>(std::move(made).value()), Heirs::none));
  }

  /// The same of a table that knows how to follow commits: `make(earlier, touched)` gets the table
  /// of an earlier version, and the nodes of which anything was stated or taken back since, in no
  /// particular order and some perhaps twice. Null where there is none to begin with.
  template <typename Table>
  std::shared_ptr<const Table> get_from_earlier(
      std::string_view name,
      const std::function<Table(const Table* earlier, std::span<const NodeIndex> touched)>& make)
      const {
    if (auto known = find(name)) return std::static_pointer_cast<const Table>(std::move(known));
    const Inherited from = inherited(name);
    return std::static_pointer_cast<const Table>(
        keep(name,
             std::make_shared<const Table>(
                 make(static_cast<const Table*>(from.table.get()), from.touched)),
             Heirs::next_version));
  }

  /// Whether there is anything to leave.
  bool has_heirs() const {
    const std::lock_guard lock(mutex_);
    return !inherited_.empty() || std::any_of(tables_.begin(), tables_.end(), [](const auto& each) {
      return each.second.heirs == Heirs::next_version;
    });
  }
  /// Leaves to the shelf of the next version, which nobody uses yet, what that can make its tables
  /// of. `touched` as above, by the commit between the two.
  void leave_to(DerivedShelf& next, std::span<const NodeIndex> touched) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, inherited] : inherited_) {
      if (inherited.touched.size() + touched.size() > kTouchedMax) continue;
      Inherited& left = next.inherited_[name] = inherited;
      left.touched.insert(left.touched.end(), touched.begin(), touched.end());
    }
    if (touched.size() > kTouchedMax) return;
    for (const auto& [name, kept] : tables_) {
      if (kept.heirs == Heirs::none) continue;
      next.inherited_[name] = {kept.table, {touched.begin(), touched.end()}};
    }
  }

 private:
  enum class Heirs : bool { none, next_version };
  struct Kept {
    std::size_t number;  // In the order in which they came.
    std::shared_ptr<const void> table;
    Heirs heirs;
  };
  struct Inherited {
    std::shared_ptr<const void> table;
    std::vector<NodeIndex> touched;
  };

  std::shared_ptr<const void> find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto table = tables_.find(name);
    return table == tables_.end() ? nullptr : table->second.table;
  }

  Inherited inherited(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto from = inherited_.find(name);
    return from == inherited_.end() ? Inherited{} : from->second;
  }

  std::shared_ptr<const void> keep(std::string_view name, std::shared_ptr<const void> made,
                                   Heirs heirs) const {
    const std::lock_guard lock(mutex_);
    const auto [table, added] =
        tables_.try_emplace(std::string(name), Kept{count_, std::move(made), heirs});
    auto kept = table->second.table;
    if (added) {
      ++count_;
      if (const auto from = inherited_.find(name); from != inherited_.end()) {
        inherited_.erase(from);
      }
    }
    if (tables_.size() > kTablesMax) {
      auto oldest = tables_.begin();
      for (auto each = tables_.begin(); each != tables_.end(); ++each) {
        if (each->second.number < oldest->second.number) oldest = each;
      }
      tables_.erase(oldest);
    }
    return kept;
  }

  mutable std::mutex mutex_;
  mutable std::size_t count_ = 0;
  mutable std::map<std::string, Kept, std::less<>> tables_;
  mutable std::map<std::string, Inherited, std::less<>> inherited_;
};

}  // namespace mangrove::graph
