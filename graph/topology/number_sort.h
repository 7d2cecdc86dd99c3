#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mangrove::graph {

/// Sorts by a number of 32 bits and leaves those of equal number in their order. In linear time,
/// which for the thousands of changes of a large commit is several times quicker than comparing
/// them; and quickest where they are in order.
template <typename Item, typename NumberOf>
void sort_by_number(std::span<Item> items, NumberOf&& number_of) {
  const auto before = [&](const Item& a, const Item& b) { return number_of(a) < number_of(b); };
  if (std::is_sorted(items.begin(), items.end(), before)) return;
  constexpr std::size_t kFew = 200;
  if (items.size() < kFew) return std::stable_sort(items.begin(), items.end(), before);

  constexpr std::uint32_t kDigitBits = 11;
  constexpr std::uint32_t kDigits = 1u << kDigitBits;
  std::uint32_t all = 0;
  for (const Item& item : items) all |= number_of(item);
  std::vector<Item> moved(items.size());
  std::array<std::uint32_t, kDigits> ends;
  for (std::uint32_t shift = 0; shift < 32 && all >> shift != 0; shift += kDigitBits) {
    const auto digit_of = [&](const Item& item) {
      return number_of(item) >> shift & (kDigits - 1);
    };
    ends.fill(0);
    for (const Item& item : items) ++ends[digit_of(item)];
    std::uint32_t begin = 0;
    for (std::uint32_t& end : ends) {
      const std::uint32_t count = end;
      end = begin;
      begin += count;
    }
    for (const Item& item : items) moved[ends[digit_of(item)]++] = item;
    std::copy(moved.begin(), moved.end(), items.begin());
  }
}

}  // namespace mangrove::graph
