#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mangrove {

/// Whether these bytes are UTF-8 as the standard has it: no overlong forms, no surrogates.
bool is_utf8(std::string_view text);

/// One word of a text.
struct Word {
  std::string folded;   ///< Lower case, without accents, compatibility forms resolved.
  std::uint32_t begin;  ///< In code points of the text.
  std::uint32_t end;    ///< One past its last code point.
};

/// The words of a text, in order: runs of letters and digits. Each ideograph or kana is a word of
/// its own. Bytes that are not UTF-8 end a word and are otherwise passed over.
std::vector<Word> words_of(std::string_view text);

/// The words, folded, with single spaces between: for comparing names.
std::string folded(std::string_view text);

/// `words_of` joined by `-`, at most `length_max` bytes and never cut inside a word where that can
/// be helped: for readable ids. Empty where the text has no letter or digit.
std::string slug(std::string_view text, std::size_t length_max = 80);

/// Without white space at both ends (ASCII and no-break space).
std::string_view trimmed(std::string_view text);

/// Number of code points.
std::size_t length_in_code_points(std::string_view text);

}  // namespace mangrove
