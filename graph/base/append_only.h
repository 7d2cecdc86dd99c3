#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <vector>

namespace mangrove {

/// A sequence that only grows and never moves what it holds, so that readers of the entries they
/// know of need no lock while one writer appends. A reader must have learned of an entry (its
/// index, or the size) through something that synchronises with the writer, such as a lock.
template <typename T>
class AppendOnly {
 public:
  AppendOnly() : chunks_(kChunks) {}

  const T& operator[](std::uint32_t index) const {
    return chunks_[index >> kChunkBits][index & (kChunkSize - 1)];
  }

  std::uint32_t size() const { return size_; }

  /// Returns the index of the new entry. At most 2^32 - 2^16 entries.
  std::uint32_t push_back(T entry) {
    const std::uint32_t index = size_;
    auto& chunk = chunks_[index >> kChunkBits];
    if (chunk == nullptr) chunk = std::make_unique<T[]>(kChunkSize);
    chunk[index & (kChunkSize - 1)] = std::move(entry);
    ++size_;
    assert(size_ != 0);
    return index;
  }

 private:
  static constexpr std::uint32_t kChunkBits = 16;
  static constexpr std::uint32_t kChunkSize = 1u << kChunkBits;
  static constexpr std::size_t kChunks = std::size_t{1} << (32 - kChunkBits);

  std::vector<std::unique_ptr<T[]>> chunks_;
  std::uint32_t size_ = 0;
};

}  // namespace mangrove
