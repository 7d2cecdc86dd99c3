#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "graph/storage/storage.h"

namespace mangrove::storage {

/// A snapshot as it would be after writes that are not committed: reads answer from the writes, and
/// from the snapshot below where those decide nothing. What is asked below is asked in one call.
///
/// May be added to until it is shared; from then on it is as safe from many threads as any
/// snapshot.
class Overlay final : public Snapshot {
 public:
  explicit Overlay(std::shared_ptr<const Snapshot> below) : below_(std::move(below)) {}

  /// On top of what was added before. Costs what the batch holds, not what the overlay does.
  void add(const WriteBatch& writes);

  Result<std::optional<std::string>> get(std::string_view key) const override;
  Result<std::vector<std::optional<std::string>>> multi_get(
      std::span<const std::string> keys) const override;
  Status scan(std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view, std::string_view)>& visit) const override;

 private:
  using Written = std::map<std::string, std::optional<std::string>, std::less<>>;

  void remove_prefix(const std::string& prefix);
  bool is_removed(std::string_view key) const;
  /// What the writes say of the key: nothing, or what it is now.
  const std::optional<std::string>* decided(std::string_view key) const;

  std::shared_ptr<const Snapshot> below_;
  Written written_;  ///< The value, or nothing where the key is removed.
  /// Of the keys below, those that begin with one of these are gone. None begins with another.
  std::set<std::string, std::less<>> removed_prefixes_;
};

/// An overlay of one batch.
std::shared_ptr<const Snapshot> overlay(std::shared_ptr<const Snapshot> below,
                                        const WriteBatch& writes);

}  // namespace mangrove::storage
