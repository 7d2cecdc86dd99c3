#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace mangrove {

/// A sequence that only grows and never moves what it holds, so that readers of the entries they
/// know of need no lock while one writer appends. A reader must have learned of an entry (its
/// index, or the size) through something that synchronises with the writer, such as a lock.
template <typename T>
class AppendOnly {
 public:
  AppendOnly() = default;
  /// Begins with entries that lie elsewhere, in what `owner` keeps alive.
  AppendOnly(std::shared_ptr<const void> owner, std::span<const T> first)
      : owner_(std::move(owner)), first_(first), size_(static_cast<std::uint32_t>(first.size())) {}

  const T& operator[](std::uint32_t index) const {
    if (index < first_.size()) return first_[index];
    const Place place = place_of(index - static_cast<std::uint32_t>(first_.size()));
    return chunks_[place.chunk].data()[place.at];
  }

  std::uint32_t size() const { return size_; }

  /// Returns the index of the new entry. At most 2^32 - 2^16 entries.
  std::uint32_t push_back(T entry) {
    const Place place = place_of(size_ - static_cast<std::uint32_t>(first_.size()));
    std::vector<T>& chunk = chunks_[place.chunk];
    if (place.at == 0) chunk.reserve(std::size_t{kFirstChunk} << place.chunk);
    chunk.push_back(std::move(entry));
    assert(size_ < UINT32_MAX - kFirstChunk);
    return size_++;
  }

 private:
  /// Each chunk is twice as long as the one before.
  static constexpr std::uint32_t kFirstChunkBits = 8;
  static constexpr std::uint32_t kFirstChunk = 1u << kFirstChunkBits;

  struct Place {
    std::uint32_t chunk;
    std::uint32_t at;
  };
  static Place place_of(std::uint32_t index) {
    const std::uint32_t from_first = index + kFirstChunk;
    assert(from_first != 0);
    const auto bits = static_cast<std::uint32_t>(std::bit_width(from_first)) - 1;
    return {bits - kFirstChunkBits, from_first - (1u << bits)};
  }

  std::shared_ptr<const void> owner_;
  std::span<const T> first_;
  std::array<std::vector<T>, 32 - kFirstChunkBits>
      chunks_;  // None ever grows past what it reserved.
  std::uint32_t size_ = 0;
};

}  // namespace mangrove
