#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace mangrove::graph {

/// Gives texts the numbers 0, 1, 2, … and keeps each once. Not safe from many threads by itself.
class TextTable {
 public:
  TextTable();

  /// Makes room for so many texts in all.
  void reserve(std::size_t texts);
  std::uint32_t add(std::string_view text);
  /// kNone where the text was never added.
  std::uint32_t find(std::string_view text) const;
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(bytes_).substr(ends_[number], ends_[number + 1] - ends_[number]);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }
  std::size_t memory_bytes() const;

  static constexpr std::uint32_t kNone = UINT32_MAX;

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // Plus one; 0: nothing is here.
  };
  /// Where the text is, or is to be.
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void resize_slots(std::size_t slots);

  std::string bytes_;
  std::vector<std::uint32_t> ends_;  // Where each text begins; and where the last ends.
  std::vector<Slot> slots_;          // Open addressing.
};

/// The texts of all words in memory, so that the dictionaries of segments need hold only numbers.
/// Shared by the versions of an index; only grows. What is in here may be hidden, or long gone:
/// only the dictionaries tell.
///
/// Hold `mutex` shared while reading, alone while adding.
struct Lexicon {
  TextTable surfaces;
  TextTable stems;
  /// By surface: what letters it has, and how many, to find spellings that are near.
  std::vector<std::uint32_t> signatures;
  std::vector<std::uint8_t> lengths;

  /// The number of the surface, new if need be.
  std::uint32_t add_surface(std::string_view surface);

  /// Calls `visit(number, distance)` for all surfaces at most `distance` letters off (spelling.h).
  /// O(surfaces), at about a nanosecond each.
  void for_each_near(std::string_view word, std::size_t distance,
                     const std::function<void(std::uint32_t, std::size_t)>& visit) const;

  std::size_t memory_bytes() const;

  mutable std::shared_mutex mutex;
};

}  // namespace mangrove::graph
