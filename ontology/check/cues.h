#pragma once

#include <set>
#include <string>

#include "graph/text/stemmer.h"
#include "graph/text/words.h"
#include "ontology/check/findings.h"
#include "ontology/check/reading_world.h"
#include "ontology/grammar/cue.h"

namespace mangrove::ontology {

/// Looks at the texts of one file that are read as cues, and at the words that go with them. What
/// cannot be understood, or would never be found, is an error. In each call `named` is where the
/// text stands, such as `reading:x: m:cue`.
class CueCheck {
 public:
  CueCheck(const ReadingWorld& world, Findings& findings) : world_(world), findings_(findings) {}

  /// Whether the statement has a text that says its language; errors where it has not. Told once of
  /// each language: that no endings are known in it, or that it is one too many.
  bool check_text(const std::string& named, const Said& said);

  /// The text of a cue; one of a keyword need not say its language. `weighs` is false of cues that
  /// raise nothing, to which a weight means nothing.
  void check_cue(const std::string& named, const Said& said, bool weighs);

  /// A word, or a class of words, that a rule wants near its cues or shuns there.
  void check_condition(const std::string& named, const Said& said);

  /// A class of words.
  void check_word_class(const std::string& named, const Said& said);

  /// A word that may stand inside any phrase.
  void check_small_word(const std::string& named, const Said& said);

 private:
  void tell_of_language(const std::string& named, std::size_t line, const std::string& language);
  std::size_t count_words(const std::string& text);
  std::string objection_to_phrase(const Cue& cue);
  std::string objection_to_word(const std::string& word);
  void check_words(const std::string& named, const Said& said,
                   const std::vector<std::string>& words);

  const ReadingWorld& world_;
  Findings& findings_;
  graph::WordReader reader_;
  graph::Stemmer stemmer_;
  std::set<std::string> told_of_;  // Languages.
};

}  // namespace mangrove::ontology
