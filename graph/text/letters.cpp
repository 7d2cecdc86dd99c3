#include "graph/text/letters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>
#include <cassert>
#include <utility>

namespace mangrove::graph {
namespace {

using Instance = const icu::Normalizer2*(UErrorCode&);

/// ICU's own instance, which lives as long as the process.
const icu::Normalizer2& normalizer(Instance* instance) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = instance(status);
  assert(U_SUCCESS(status));
  return *found;
}

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string result;
  form.normalize(unicode(text), status).toUTF8String(result);
  return U_SUCCESS(status) ? result : std::string(text);
}

UScriptCode script_of(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status);
}

bool accents_are_dropped(UScriptCode script) {
  switch (script) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return true;
    default:
      return false;
  }
}

/// Letters that people leave out when they type, and that have no accent to take off.
std::string_view plain_letters(UChar32 c) {
  static constexpr std::array<std::pair<UChar32, std::string_view>, 9> kPlain{{{0xE6, "ae"},
                                                                               {0xF0, "d"},
                                                                               {0xF8, "o"},
                                                                               {0xFE, "th"},
                                                                               {0x111, "d"},
                                                                               {0x127, "h"},
                                                                               {0x131, "i"},
                                                                               {0x142, "l"},
                                                                               {0x153, "oe"}}};
  for (const auto& [letter, plain] : kPlain) {
    if (letter == c) return plain;
  }
  return {};
}

bool is_dictionary_letter(UChar32 c) {
  constexpr UChar32 kFirst = 0x0E01;  // Thai; nothing before it needs a dictionary.
  if (c < kFirst) return false;
  if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
  constexpr UChar32 kProlonged = 0x30FC;  // Of both kana.
  constexpr UChar32 kProlongedHalfwidth = 0xFF70;
  if (c == kProlonged || c == kProlongedHalfwidth) return true;
  const UScriptCode script = script_of(c);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

}  // namespace

Letter letter_of(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  constexpr UChar32 kSoftHyphen = 0xAD;
  constexpr UChar32 kNonJoiner = 0x200C;
  constexpr UChar32 kJoiner = 0x200D;
  if (point == kSoftHyphen || point == kNonJoiner || point == kJoiner) return Letter::invisible;
  const std::uint32_t kind = U_MASK(u_charType(point));
  if ((kind & (U_GC_L_MASK | U_GC_ND_MASK | U_GC_MN_MASK | U_GC_MC_MASK)) == 0) {
    return Letter::none;
  }
  return is_dictionary_letter(point) ? Letter::dictionary : Letter::word;
}

std::string lowered(std::string_view word) {
  static const icu::Normalizer2& form = normalizer(&icu::Normalizer2::getNFKCCasefoldInstance);
  return normalized(form, word);
}

std::string folded_letters(std::string_view lowered_word) {
  static const icu::Normalizer2& apart = normalizer(&icu::Normalizer2::getNFKDInstance);
  static const icu::Normalizer2& together = normalizer(&icu::Normalizer2::getNFCInstance);
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString letters = apart.normalize(unicode(lowered_word), status);
  if (U_FAILURE(status)) return std::string(lowered_word);
  std::string result;
  bool drops = true;  // Whether marks on the letter at hand are dropped.
  for (std::int32_t i = 0; i < letters.length();) {
    const UChar32 c = letters.char32At(i);
    i += U16_LENGTH(c);
    const bool is_mark = u_charType(c) == U_NON_SPACING_MARK;
    if (is_mark && drops) continue;
    if (!is_mark) drops = accents_are_dropped(script_of(c));
    const std::string_view plain = plain_letters(c);
    if (plain.empty()) {
      icu::UnicodeString(c).toUTF8String(result);
    } else {
      result += plain;
    }
  }
  return normalized(together, result);
}

}  // namespace mangrove::graph
