#include "ontology/grammar/cue.h"

#include <algorithm>
#include <utility>

#include "graph/base/text.h"
#include "ontology/grammar/notation.h"

namespace mangrove::ontology {
namespace {

constexpr std::string_view kForm = "PHRASE ; weight NUMBER ; near WORD | WORD ; unless WORD | WORD";

Error fault(std::string what) {
  return {ErrorCode::invalid_input, std::move(what)};
}

/// The same error, with the text in which it lies.
Error inside(std::string_view text, const Error& error) {
  return {error.code, "'" + std::string(text) + "': " + error.message};
}

/// Takes in one part behind the phrase.
Status take_part(std::string_view part, WrittenCue& written) {
  const std::size_t space = std::min(part.find(' '), part.size());
  const std::string word(part.substr(0, space));
  const std::string_view value = trimmed(part.substr(space));
  if (word.empty()) return fault("there is nothing behind a `;`");
  if (word != "weight" && word != "near" && word != "unless") {
    return fault("`" + word + "` is neither weight, near nor unless");
  }
  if (value.empty()) return fault("`" + word + "` has no value");
  if (word == "weight") {
    const auto number = number_in(value);
    if (!number) return fault("the weight is no number: `" + std::string(value) + "`");
    written.weight = *number;
    return {};
  }
  for (const std::string_view one : split(value, '|')) {
    (word == "near" ? written.cue.near : written.cue.unless).emplace_back(one);
  }
  return {};
}

/// As `parse_cue`, but for the error, which does not show the text.
Result<WrittenCue> understand(std::string_view text, std::string_view language, double weight) {
  const auto parts = split(text, ';');
  const bool exact = parts[0].starts_with('=');
  WrittenCue written{{std::string(trimmed(parts[0].substr(exact ? 1 : 0))), std::string(language)},
                     weight};
  written.cue.exact = exact;
  if (written.cue.phrase.empty()) {
    return fault("there is no phrase; a cue is " + std::string(kForm));
  }
  for (std::size_t i = 1; i < parts.size(); ++i) TRY(take_part(parts[i], written));
  return written;
}

/// As `parse_cues`, in the same way.
Result<std::vector<WrittenCue>> understand_all(std::string_view text, std::string_view language,
                                               double weight, const WordClasses& classes) {
  const std::size_t end = std::min(text.find(';'), text.size());
  const auto phrases = TRY(classes.written_out(language, text.substr(0, end)));
  const std::string conditions = TRY(classes.in_lists(language, text.substr(end)));
  std::vector<WrittenCue> cues;
  cues.reserve(phrases.size());
  cues.push_back(TRY(understand(phrases.front() + conditions, language, weight)));
  const WrittenCue& first = cues.front();
  for (std::size_t i = 1; i < phrases.size(); ++i) {
    WrittenCue cue = TRY(understand(phrases[i], language, first.weight));
    cue.cue.near = first.cue.near;
    cue.cue.unless = first.cue.unless;
    cues.push_back(std::move(cue));
  }
  return cues;
}

}  // namespace

Result<WrittenCue> parse_cue(std::string_view text, std::string_view language, double weight) {
  Result<WrittenCue> cue = understand(text, language, weight);
  if (!cue.ok()) return inside(text, cue.error());
  return cue;
}

Result<std::vector<WrittenCue>> parse_cues(std::string_view text, std::string_view language,
                                           double weight, const WordClasses& classes) {
  Result<std::vector<WrittenCue>> cues = understand_all(text, language, weight, classes);
  if (!cues.ok()) return inside(text, cues.error());
  return cues;
}

}  // namespace mangrove::ontology
