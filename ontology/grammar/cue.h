#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ontology/grammar/word_classes.h"

/// How data files write by which phrases texts speak of something; for people it is explained at
/// the head of `vocabularies/reading.ttl`.
namespace mangrove::ontology {

/// In how many languages cues are read; those in further ones are never found.
inline constexpr std::size_t kCueLanguagesMax = 8;

/// A phrase to be found in texts, and when it counts.
///
/// Its words must stand one behind the other, with nothing between them that ends a phrase (a
/// comma, a bracket); small words such as "of" may stand between them or be left out. Case and
/// accents do not matter, nor do endings, except in two cases. A word in capitals ("AIDS") keeps
/// its ending. A phrase of one word is found in singular and plural only, since other words may
/// well have the same stem. An exact phrase is found as it is written only, case and accents
/// aside; what it has in capitals, in capitals only.
struct Cue {
  std::string phrase;
  std::string language;               ///< Whose endings its words have: "en".
  std::vector<std::string> near{};    ///< One of these words stands in the same sentence, at most
                                      ///< `within` words away; empty: whatever stands there.
  std::vector<std::string> unless{};  ///< None of these does.
  std::uint32_t within = 8;
  bool exact = false;  ///< With its endings, and its small words.
};

/// A cue, and by how much it raises the log odds.
struct WrittenCue {
  Cue cue;
  double weight;
};

/// Parses `PHRASE ; weight 2.5 ; near WORD | WORD ; unless WORD | WORD`, all but the phrase
/// optional; `=PHRASE` is an exact one. `weight` is that of a cue that says none. Brackets are left
/// as they are. The error says what is wrong and how to write it.
Result<WrittenCue> parse_cue(std::string_view text, std::string_view language, double weight);

/// Parses a text that may have alternatives in brackets (word_classes.h), and so stands for several
/// cues. They differ in their phrases only. At least one, or an error.
Result<std::vector<WrittenCue>> parse_cues(std::string_view text, std::string_view language,
                                           double weight, const WordClasses& classes);

}  // namespace mangrove::ontology
