#include "ontology/check/cues.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ontology/grammar/notation.h"

namespace mangrove::ontology {
namespace {

/// Words are cut in the same way in all languages.
constexpr std::string_view kAnyLanguage = "x";
constexpr std::uint8_t kNoEndings = 0;

bool is_tag(std::string_view main) {
  return (main.size() == 2 || main.size() == 3) &&
         std::ranges::all_of(main, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool has_bracket(std::string_view text) {
  return text.find_first_of("[]") != std::string_view::npos;
}

constexpr const char* kStrayBracket =
    "a bracket is closed that was not opened, or lies inside another; write [A|B] or [NAME]";

}  // namespace

bool CueCheck::check_text(const std::string& named, const Said& said) {
  const Term& text = said.object;
  if (text.type != Term::Type::literal || text.text.empty() || !text.datatype.empty()) {
    findings_.error(said.line, named + " wants a text in quotes, with its language: \"...\"@en");
    return false;
  }
  const std::string language = main_language(text.language);
  if (language.empty()) {
    findings_.error(said.line,
                    named + " \"" + text.text + "\" does not say its language, such as \"...\"@en");
    return false;
  }
  if (!is_tag(language)) {
    findings_.error(said.line, named + ": `" + text.language +
                                   "` is no tag of a language; write one such as en, fr or es");
    return false;
  }
  if (told_of_.insert(language).second) tell_of_language(named, said.line, language);
  return true;
}

void CueCheck::tell_of_language(const std::string& named, std::size_t line,
                                const std::string& language) {
  if (stemmer_.language(language) == kNoEndings) {
    findings_.warning(line, named + ": of the language `" + language +
                                "` no endings are known, so that words are found only as they are "
                                "written; is it the one that is meant?");
  }
  if (world_.is_one_too_many(language)) {
    findings_.error(line, named + ": cues are read in " + std::to_string(kCueLanguagesMax) +
                              " languages, and `" + language + "` is one more, never found");
  }
}

void CueCheck::check_cue(const std::string& named, const Said& said, bool weighs) {
  constexpr double kNoWeight = std::numeric_limits<double>::quiet_NaN();
  const auto cues = parse_cues(said.object.text, main_language(said.object.language), kNoWeight,
                               world_.classes());
  if (!cues.ok()) return findings_.error(said.line, named + " " + cues.error().message);
  const std::string shown = named + " '" + said.object.text + "': ";
  for (const WrittenCue& written : cues.value()) {
    const std::string objection = objection_to_phrase(written.cue);
    if (objection.empty()) continue;
    findings_.error(said.line, shown + objection);
    break;
  }
  const WrittenCue& first = cues.value().front();
  check_words(shown + "near: ", said, first.cue.near);
  check_words(shown + "unless: ", said, first.cue.unless);
  if (first.weight < 0) findings_.error(said.line, shown + "the weight is below 0");
  if (!weighs && !std::isnan(first.weight)) {
    findings_.warning(said.line, shown + "the weight means nothing here");
  }
}

void CueCheck::check_condition(const std::string& named, const Said& said) {
  const std::string& text = said.object.text;
  const auto words = world_.classes().words(main_language(said.object.language), text);
  if (!words.ok()) return findings_.error(said.line, named + ": " + words.error().message);
  check_words(named + ": ", said, words.value());
}

void CueCheck::check_word_class(const std::string& named, const Said& said) {
  const auto parsed = WordClasses::parse(said.object.text);
  if (!parsed.ok()) return findings_.error(said.line, named + " " + parsed.error().message);
  const std::string& name = parsed.value().name;
  const std::string shown = named + " `" + name + "`";
  if (has_bracket(said.object.text) || name.find('|') != std::string::npos) {
    findings_.error(said.line, shown + ": no [, ] or | stands in a name, and no [ or ] in a word");
  } else if (std::ranges::find(parsed.value().words, "") != parsed.value().words.end()) {
    findings_.error(said.line, shown + ": a word is missing beside a `|` or behind the `:`");
  }
  if (const Place* before = world_.written_before(said)) {
    findings_.warning(said.line, shown + " is written in " + before->file + ":" +
                                     std::to_string(before->line) +
                                     " too; it stands for the words of both");
  }
  if (!world_.is_used(name)) {
    findings_.warning(said.line, shown + " is used by no cue; one would say [" + name + "]");
  }
}

void CueCheck::check_small_word(const std::string& named, const Said& said) {
  if (count_words(said.object.text) == 1) return;
  findings_.error(said.line, named + " wants one word, not \"" + said.object.text + "\"");
}

std::size_t CueCheck::count_words(const std::string& text) {
  return reader_.read(text, kAnyLanguage).size();
}

/// What is wrong with it; empty where nothing is.
std::string CueCheck::objection_to_phrase(const Cue& cue) {
  if (has_bracket(cue.phrase)) return kStrayBracket;
  const auto words = reader_.read(cue.phrase, kAnyLanguage);
  if (words.empty()) return "there is no word in `" + cue.phrase + "`";
  const bool all_small = std::ranges::all_of(words, [&](const graph::WordToken& word) {
    return world_.is_small(cue.language, word.form->surface);
  });
  if (!all_small) return {};
  return "`" + cue.phrase + "` has small words only (m:small_word), and is never found";
}

std::string CueCheck::objection_to_word(const std::string& word) {
  if (word.empty()) return "a word is missing beside a `|`";
  if (has_bracket(word)) return kStrayBracket;
  if (word.find('|') != std::string::npos) {
    return "`" + word + "` is a list; write each word as a text of its own";
  }
  if (count_words(word) == 1) return {};
  return "`" + word + "` is not one word, and is never found; name the word that tells most";
}

void CueCheck::check_words(const std::string& named, const Said& said,
                           const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::string objection = objection_to_word(word);
    if (objection.empty()) continue;
    findings_.error(said.line, named + objection);
    return;
  }
}

}  // namespace mangrove::ontology
