#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/text/words.h"
#include "ontology/check/world.h"
#include "ontology/grammar/word_classes.h"

namespace mangrove::ontology {

/// What all files together say about how texts are read: what a cue may name, and what else the
/// rule that it stands at says of itself elsewhere.
class ReadingWorld {
 public:
  explicit ReadingWorld(const World& world);

  /// A node of kind ReadingRule.
  struct Rule {
    bool has_cues = false;
    bool is_scale = false;
    std::set<std::string> speaks_of;  ///< Ids.
  };
  /// What is known of a rule; nothing where no file states one of this id.
  const Rule& rule(std::string_view id) const;

  const WordClasses& classes() const { return classes_; }
  /// Where a class is written before this statement of it; null where it is not.
  const Place* written_before(const Said& word_class) const;
  /// Whether a cue or a condition names the class.
  bool is_used(const std::string& name) const { return used_classes_.contains(name); }

  /// Names of the scales that there are for a kind.
  std::set<std::string, std::less<>> scales_of(std::string_view kind) const;
  /// Kinds of the concepts that texts are read for.
  const std::set<std::string, std::less<>>& kinds_read() const { return kinds_read_; }

  /// Whether there are cues and keywords in `kCueLanguagesMax` other languages before.
  bool is_one_too_many(const std::string& language) const;

  /// Whether a word, lowered and without accents, may stand inside any phrase of the language.
  bool is_small(std::string_view language, const std::string& surface) const;

 private:
  void take(const WrittenFile& file, const WrittenSubject& subject, std::string_view kind);
  void take_word_class(const WrittenFile& file, const Said& said);
  void take_scale(const WrittenSubject& subject);
  void take_language(const Said& cue);
  void take_small_word(const Said& said, graph::WordReader& reader);

  struct FirstWritten {
    const Said* said;
    Place place;
  };

  const World& world_;
  std::map<std::string, Rule, std::less<>> rules_;
  Rule none_;
  WordClasses classes_;
  std::map<std::pair<std::string, std::string>, FirstWritten> class_places_;  // Language and name.
  std::set<std::string> used_classes_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> scales_;  // By kind.
  std::set<std::string, std::less<>> kinds_read_;
  std::vector<std::string> languages_;  // Of cues and keywords, in the order of the files.
  std::map<std::string, std::set<std::string>, std::less<>> small_words_;  // By language.
};

}  // namespace mangrove::ontology
