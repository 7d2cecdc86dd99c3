#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/base/append_only.h"

namespace mangrove::graph {

/// Gives each text a dense number, 0, 1, 2, …, for good: public ids to node indexes, names of kinds
/// and properties to short numbers. Many may read, without a lock, while one adds.
class Numbering {
 public:
  /// Texts that were numbered before, as an image holds them: nothing is built to use them.
  struct Frozen {
    std::shared_ptr<const void> owner;      ///< Keeps alive what the others point to.
    std::span<const char> texts;            ///< One after the other.
    std::span<const std::uint64_t> begins;  ///< Of each text, and of one past the last; not empty.
    std::span<const std::uint32_t> table;   ///< See `table_of`.
  };

  Numbering();
  explicit Numbering(Frozen frozen);
  ~Numbering();
  Numbering(const Numbering&) = delete;
  Numbering& operator=(const Numbering&) = delete;

  std::optional<std::uint32_t> find(std::string_view text) const;

  /// The number of this text, new if need be. One writer at a time. At most 2^31 texts.
  std::uint32_t add(std::string_view text);

  /// The text behind a number that the caller has from here. Valid as long as the numbering.
  std::string_view text(std::uint32_t number) const {
    if (number < frozen_count_) {
      const std::uint64_t begin = frozen_.begins[number];
      return {frozen_.texts.data() + begin,
              static_cast<std::size_t>(frozen_.begins[number + 1] - begin)};
    }
    return texts_[number - frozen_count_];
  }

  /// For the one writer: how many there are.
  std::uint32_t size() const { return frozen_count_ + texts_.size(); }

  /// The hash table of the first `count` texts, for an image. May run while one adds.
  std::vector<std::uint32_t> table_of(std::uint32_t count) const;

 private:
  struct Table;

  std::string_view keep(std::string_view text);
  void insert(Table& table, std::uint64_t hash, std::uint32_t place);
  void grow();

  Frozen frozen_;
  std::uint32_t frozen_count_ = 0;

  AppendOnly<std::string_view> texts_;  // Those that came later.
  std::vector<std::unique_ptr<char[]>> arena_;
  std::size_t arena_size_ = 0;  // Of the last piece.
  std::size_t arena_left_ = 0;
  std::atomic<Table*> table_;                   // Of `texts_`.
  std::vector<std::unique_ptr<Table>> tables_;  // With the outgrown ones: someone may be reading.
};

}  // namespace mangrove::graph
