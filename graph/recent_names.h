#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "graph/ids.h"
#include "graph/topology/numbering.h"

namespace mangrove::graph {

/// Numbers names for one writer, who asks for a few of them again and again: what was asked for of
/// late is found by comparing one text. Holds no more than a fixed number of them.
class RecentNames {
 public:
  explicit RecentNames(Numbering& names) : names_(names) {}

  /// As `Numbering::add`.
  Name add(std::string_view text) {
    Known& known = known_[place_of(text)];
    if (!known.is_set || known.text != text) {
      const std::uint32_t number = names_.add(text);
      assert(number <= UINT16_MAX);
      known = {names_.text(number), Name{static_cast<std::uint16_t>(number)}, true};
    }
    return known.name;
  }

 private:
  struct Known {
    std::string_view text;  // As the numbering keeps it.
    Name name{};
    bool is_set = false;
  };
  static constexpr std::size_t kPlaces = 128;

  /// Names that differ in length or at an end seldom share a place.
  static std::size_t place_of(std::string_view text) {
    if (text.empty()) return 0;
    const auto first = static_cast<unsigned char>(text.front());
    const auto last = static_cast<unsigned char>(text.back());
    return (text.size() * 37 + first * 5u + last) % kPlaces;
  }

  Numbering& names_;
  std::array<Known, kPlaces> known_{};
};

}  // namespace mangrove::graph
