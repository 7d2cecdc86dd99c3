#include "graph/base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cassert>

namespace mangrove {
namespace {

bool is_ascii_letter_or_digit(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool belongs_to_word(UChar32 c) {
  if (c < 0x80) return is_ascii_letter_or_digit(static_cast<unsigned char>(c));
  if (u_isalnum(c)) return true;
  const auto category = u_charType(c);
  return category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK;
}

bool stands_alone(UChar32 c) {
  if (c < 0x2E80) return false;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

std::string fold_ascii(std::string_view word) {
  std::string result(word);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string fold_word(std::string_view word, bool ascii) {
  if (ascii) return fold_ascii(word);
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const case_fold = [] {
    UErrorCode error = U_ZERO_ERROR;
    const auto* instance = icu::Normalizer2::getNFKCCasefoldInstance(error);
    assert(U_SUCCESS(error));
    return instance;
  }();
  static const icu::Normalizer2* const decompose = [] {
    UErrorCode error = U_ZERO_ERROR;
    const auto* instance = icu::Normalizer2::getNFKDInstance(error);
    assert(U_SUCCESS(error));
    return instance;
  }();
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
  const auto decomposed = decompose->normalize(case_fold->normalize(source, status), status);
  if (U_FAILURE(status)) return fold_ascii(word);
  std::string result;
  for (std::int32_t i = 0; i < decomposed.length();) {
    const UChar32 c = decomposed.char32At(i);
    i += U16_LENGTH(c);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    icu::UnicodeString(c).toUTF8String(result);
  }
  return result;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < size;) {
    if (bytes[i] < 0x80) {
      ++i;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::int64_t word_from = -1;
  std::uint32_t word_from_point = 0;
  bool ascii = true;
  std::uint32_t point = 0;
  const auto close = [&](std::int64_t at) {
    if (word_from < 0) return;
    auto word = fold_word(
        text.substr(static_cast<std::size_t>(word_from), static_cast<std::size_t>(at - word_from)),
        ascii);
    if (!word.empty()) words.push_back({std::move(word), word_from_point, point});
    word_from = -1;
  };
  for (std::int64_t i = 0; i < size; ++point) {
    const std::int64_t at = i;
    UChar32 c = bytes[i];
    if (c < 0x80) {
      ++i;
    } else {
      U8_NEXT(bytes, i, size, c);
    }
    if (c < 0 || !belongs_to_word(c)) {
      close(at);
      continue;
    }
    const bool alone = stands_alone(c);
    if (alone) close(at);
    if (word_from < 0) {
      word_from = at;
      word_from_point = point;
      ascii = true;
    }
    if (c >= 0x80) ascii = false;
    if (alone) {
      ++point;
      close(i);
      --point;
    }
  }
  close(size);
  return words;
}

std::string folded(std::string_view text) {
  std::string result;
  for (const Word& word : words_of(text)) {
    if (!result.empty()) result += ' ';
    result += word.folded;
  }
  return result;
}

std::string slug(std::string_view text, std::size_t length_max) {
  std::string result;
  for (const Word& word : words_of(text)) {
    const std::size_t length = result.size() + word.folded.size() + (result.empty() ? 0 : 1);
    if (!result.empty() && length > length_max) break;
    if (!result.empty()) result += '-';
    result += word.folded;
  }
  if (result.size() > length_max) {
    std::size_t cut = length_max;
    while (cut > 0 && (static_cast<unsigned char>(result[cut]) & 0xC0) == 0x80) --cut;
    result.resize(cut);
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  constexpr std::string_view kSpaces = " \t\r\n\f\v";
  while (!text.empty()) {
    if (kSpaces.find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(2);
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (kSpaces.find(text.back()) != std::string_view::npos) {
      text.remove_suffix(1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(2);
    } else {
      break;
    }
  }
  return text;
}

std::size_t length_in_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
  }
  return count;
}

}  // namespace mangrove
