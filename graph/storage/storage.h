#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"

namespace mangrove::storage {

/// The longest key that every engine takes. Values may be megabytes.
inline constexpr std::size_t kKeyBytesMax = 2048;

/// Writes that become visible and durable together.
struct WriteBatch {
  enum class Action : std::uint8_t { put, remove, remove_prefix };
  struct Write {
    Action action;
    std::string key;  ///< Or the prefix: every key that begins with it goes.
    std::string value{};
  };
  std::vector<Write> writes;  ///< In order: each undoes what those before it did to the same keys.

  void put(std::string key, std::string value) {
    writes.push_back({Action::put, std::move(key), std::move(value)});
  }
  void remove(std::string key) { writes.push_back({Action::remove, std::move(key)}); }
  /// At least one byte: the whole store is never removed at once. May cost as much as removing each
  /// of the keys, in time and memory.
  void remove_prefix(std::string prefix) {
    writes.push_back({Action::remove_prefix, std::move(prefix)});
  }
};

/// The store at one moment. Sees nothing that is committed later. Safe from many threads. May
/// outlive the storage, which is closed only when its last snapshot is gone.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  /// The value under the key, or nothing.
  virtual Result<std::optional<std::string>> get(std::string_view key) const = 0;

  /// The values under the keys, in the order asked: one round trip, however many.
  virtual Result<std::vector<std::optional<std::string>>> multi_get(
      std::span<const std::string> keys) const = 0;

  /// Calls `visit(key, value)` for every key that begins with the prefix and is not before `from`,
  /// in order of bytes, until the visitor returns false. The views are valid during the call. The
  /// visitor may read and commit.
  virtual Status scan(
      std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view, std::string_view)>& visit) const = 0;
};

/// An ordered key-value store: the only thing that touches a disk or a database. Keys and values
/// are bytes; keys order as unsigned bytes. The contract asks for no more than a distributed engine
/// can give, and nothing above may use more than the contract. Safe from many threads; commits of
/// several threads happen one after the other, in some order.
class Storage {
 public:
  virtual ~Storage() = default;

  /// The store as it is now, with every commit that has returned.
  virtual std::shared_ptr<const Snapshot> snapshot() const = 0;

  /// All writes or none. When it returns without an error, they are on stable storage. Errors:
  /// `too_large` for a key longer than kKeyBytesMax and `no_space` for a full disk: nothing was
  /// written, and none of them will ever be seen. Any other error: the engine failed in the middle.
  /// None of them is seen, and no later commit is taken, until the store is opened anew; then all
  /// are there or none.
  virtual Status commit(const WriteBatch& batch) = 0;
};

/// For engines: `too_large` if a key of the batch is too long. No prefix may be empty.
Status check_keys(const WriteBatch& batch);

}  // namespace mangrove::storage
