#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"

namespace mangrove::storage {

/// Writes that become visible and durable together.
struct WriteBatch {
  struct Write {
    std::string key;
    std::optional<std::string> value;  ///< Nothing: the key is removed.
  };
  std::vector<Write> writes;  ///< In order; a later write to a key wins.

  void put(std::string key, std::string value) {
    writes.push_back({std::move(key), std::move(value)});
  }
  void remove(std::string key) { writes.push_back({std::move(key), std::nullopt}); }
};

/// The store at one moment. Sees nothing that is committed later. Safe from many threads.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  /// The value under the key, or nothing.
  virtual Result<std::optional<std::string>> get(std::string_view key) const = 0;

  /// The values under the keys, in the order asked: one round trip, however many.
  virtual Result<std::vector<std::optional<std::string>>> multi_get(
      std::span<const std::string> keys) const = 0;

  /// Calls `visit(key, value)` for every key that begins with the prefix and is not before `from`,
  /// in order of bytes, until the visitor returns false. The views are valid during the call.
  virtual Status scan(
      std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view, std::string_view)>& visit) const = 0;
};

/// An ordered key-value store: the only thing that touches a disk or a database. Keys and values
/// are bytes; keys order as unsigned bytes. The contract asks for no more than a distributed engine
/// can give, and nothing above may use more than the contract.
class Storage {
 public:
  virtual ~Storage() = default;

  virtual std::shared_ptr<const Snapshot> snapshot() const = 0;

  /// All writes or none. When it returns without an error, they are on stable storage. After an
  /// error none of them will ever be seen.
  virtual Status commit(const WriteBatch& batch) = 0;
};

}  // namespace mangrove::storage
