#include "graph/text/spelling.h"

#include <unicode/utf8.h>

#include <algorithm>

namespace mangrove::graph {

std::u32string code_points(std::string_view text) {
  std::u32string result;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c >= 0) result.push_back(static_cast<char32_t>(c));
  }
  return result;
}

std::uint32_t letters_in(std::u32string_view letters) {
  std::uint32_t signature = 0;
  for (const char32_t letter : letters) signature |= 1U << (letter & 31U);
  return signature;
}

SpellingPattern::SpellingPattern(std::u32string_view word)
    : length_(std::min(word.size(), kLettersMax)) {
  for (std::size_t i = 0; i < length_; ++i) {
    const std::uint64_t place = std::uint64_t{1} << i;
    if (word[i] < 128) {
      ascii_places_[word[i]] |= place;
    } else {
      other_places_[word[i]] |= place;
    }
  }
}

std::uint64_t SpellingPattern::places_of(char32_t letter) const {
  if (letter < 128) return ascii_places_[letter];
  const auto found = other_places_.find(letter);
  return found == other_places_.end() ? 0 : found->second;
}

std::size_t SpellingPattern::distance(std::u32string_view other) const {
  if (length_ == 0) return other.size();
  // Bits of column differences, downwards: +1 and -1; Hyyrö's names are kept.
  std::uint64_t vp = ~std::uint64_t{0};
  std::uint64_t vn = 0;
  std::uint64_t d0 = 0;
  std::uint64_t pm_before = 0;
  std::size_t distance = length_;
  const std::uint64_t last = std::uint64_t{1} << (length_ - 1);
  for (const char32_t letter : other) {
    const std::uint64_t pm = places_of(letter);
    const std::uint64_t swapped = ((~d0 & pm) << 1) & pm_before;
    d0 = swapped | (((pm & vp) + vp) ^ vp) | pm | vn;
    const std::uint64_t hp = vn | ~(d0 | vp);
    const std::uint64_t hn = d0 & vp;
    if ((hp & last) != 0) ++distance;
    if ((hn & last) != 0) --distance;
    const std::uint64_t shifted = (hp << 1) | 1;
    vp = (hn << 1) | ~(d0 | shifted);
    vn = d0 & shifted;
    pm_before = pm;
  }
  return distance;
}

}  // namespace mangrove::graph
