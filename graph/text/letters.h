#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mangrove::graph {

/// What a character is to the one who cuts a text into words.
enum class Letter : std::uint8_t {
  none,        ///< Ends a word.
  word,        ///< Letter or digit of a script that writes spaces, or a mark on one.
  dictionary,  ///< Letter of a script without spaces: Thai, Lao, Khmer, Burmese, Han, kana.
  invisible,   ///< Soft hyphen or joiner: part of a word only inside one.
};

Letter letter_of(char32_t c);

/// Lower case and compatibility forms resolved, accents kept: the form that stems are made from.
std::string lowered(std::string_view word);

/// A lowered word as it is searched: without accents in Latin, Greek, Cyrillic, Arabic and Hebrew
/// (in other scripts the marks are letters), with plain letters for those like `ø`, and composed.
std::string folded_letters(std::string_view lowered_word);

}  // namespace mangrove::graph
