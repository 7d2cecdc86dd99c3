#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mangrove::graph {

/// The code points of UTF-8; bytes that are not UTF-8 are left out.
std::u32string code_points(std::string_view text);

/// Which letters a word has, as bits: words that are `d` letters off differ in at most `2 * d`.
std::uint32_t letters_in(std::u32string_view letters);

/// A word that many others are compared with.
class SpellingPattern {
 public:
  /// Of the word, the first kLettersMax letters are looked at.
  explicit SpellingPattern(std::u32string_view word);

  /// Number of letters to insert, drop, replace or swap with their neighbour to make one word of
  /// the other (optimal string alignment). O(letters of `other`), by Hyyrö's bit-vector algorithm
  /// (2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances").
  std::size_t distance(std::u32string_view other) const;

  static constexpr std::size_t kLettersMax = 64;

 private:
  std::uint64_t places_of(char32_t letter) const;

  std::size_t length_;
  std::uint64_t ascii_places_[128] = {};  // Bit i: the letter is the word's i-th.
  std::map<char32_t, std::uint64_t> other_places_;
};

}  // namespace mangrove::graph
