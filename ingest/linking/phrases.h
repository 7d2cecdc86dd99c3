#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/text/stemmer.h"
#include "graph/text/words.h"
#include "ontology/grammar/cue.h"

namespace mangrove::ingest {

using ontology::Cue;

/// A word that may stand inside any phrase of its language.
struct SmallWord {
  std::string word;
  std::string language;
};

/// Where a cue stands in a text.
struct CueFound {
  std::uint32_t cue;    ///< Its place in the book.
  std::uint32_t first;  ///< Its first word, as a place among the words of the text.
  std::uint32_t last;   ///< Its last.
};

/// Phrases of any languages, made ready to be found all at once: an Aho-Corasick automaton over
/// stems (Aho and Corasick, "Efficient string matching", 1975), one for each language. Immutable.
class PhraseBook {
 public:
  /// Cues without a word in them are never found. At most kLanguagesMax languages; cues of others
  /// are never found either.
  PhraseBook(std::vector<Cue> cues, std::span<const SmallWord> small_words);

  static constexpr std::size_t kLanguagesMax = ontology::kCueLanguagesMax;

  std::span<const Cue> cues() const { return cues_; }

 private:
  friend class PhraseReader;
  using State = std::uint32_t;   // 0: nothing of any phrase has been met.
  using Symbol = std::uint32_t;  // Of a stem; 0: in no phrase.

  struct Node {
    State fallback = 0;                 // The longest end of what was met that begins a phrase too.
    State shorter = 0;                  // The nearest of those at which a phrase ends.
    std::uint32_t depth = 0;            // Words met.
    std::vector<std::uint32_t> ending;  // Cues that end here.
  };
  struct Language {
    std::string tag;
    boost::unordered_flat_map<std::string, Symbol> symbols;  // By stem.
    boost::unordered_flat_set<std::string> small_words;
    boost::unordered_flat_map<std::uint64_t, State> steps;  // By state and symbol.
    std::vector<Node> nodes;
  };
  struct ExactWord {
    std::string surface;
    bool in_capitals;
  };
  /// What else must hold where the words of a cue stand.
  struct Conditions {
    std::vector<std::pair<std::uint32_t, std::string>> unstemmed;  // Place in the cue, and word.
    std::vector<Symbol> near;
    std::vector<Symbol> unless;
    std::string single;            // The one word of the cue, where it is in one only.
    std::vector<ExactWord> exact;  // All its words, where they must stand so.
    std::uint32_t lead = 0;        // How many of those are small words before all others.
  };

  Language* language(const std::string& tag);
  void add(std::uint32_t number, graph::WordReader& reader, graph::Stemmer& stemmer);
  static Symbol symbol(Language& language, std::string_view surface, graph::Stemmer& stemmer);
  static void tie(Language& language);
  static std::uint64_t step_of(State state, Symbol symbol) {
    return std::uint64_t{state} << 32 | symbol;
  }

  std::vector<Cue> cues_;
  std::vector<Conditions> conditions_;  // By cue.
  std::vector<Language> languages_;
};

/// Finds the phrases of a book in texts. Remembers the words that it has met; for one thread at a
/// time.
class PhraseReader {
 public:
  explicit PhraseReader(std::shared_ptr<const PhraseBook> book);

  struct Reading {
    std::span<const graph::WordToken> words;
    std::span<const CueFound> found;  ///< By where they end; overlapping ones too.
  };
  /// Valid until the next call. O(words + found).
  Reading read(std::string_view text);

  const PhraseBook& book() const { return *book_; }

 private:
  using Symbols = std::array<PhraseBook::Symbol, PhraseBook::kLanguagesMax>;
  /// A word, as each language takes it.
  struct Word {
    Symbols symbols{};
    std::uint8_t of = 0;     // Languages that have a symbol for it, as bits.
    std::uint8_t small = 0;  // Those in which it is small.
  };
  /// How far one language is.
  struct Run {
    PhraseBook::State state = 0;
    std::vector<std::uint32_t> met;  // Places of the words met since the state was 0.

    void begin() {
      state = 0;
      met.clear();
    }
  };

  std::uint32_t word_of(const graph::WordToken& token);
  void learn(const std::string& surface);
  bool leads_on(std::size_t language, PhraseBook::Symbol symbol) const;
  void step(std::size_t language, std::uint32_t place, PhraseBook::Symbol symbol);
  void find_ending(std::size_t language);
  bool holds(std::uint32_t cue, std::size_t language, std::span<const std::uint32_t> places) const;
  bool stands_exactly(const PhraseBook::Conditions& conditions, std::uint32_t first) const;
  bool stands_near(std::size_t language, std::span<const PhraseBook::Symbol> symbols,
                   std::uint32_t within, std::span<const std::uint32_t> places) const;

  std::shared_ptr<const PhraseBook> book_;
  graph::WordReader reader_;
  graph::Stemmer stemmer_;
  std::vector<std::uint8_t> stemmer_languages_;  // By language of the book.
  std::uint64_t round_;                          // Tells marks of words in `known_` from others.
  std::vector<Word> known_;
  std::vector<Run> runs_;  // By language.
  std::string_view text_;
  std::span<const graph::WordToken> words_;
  std::vector<std::uint32_t> numbers_;  // In `known_`, by place in the text.
  std::vector<CueFound> found_;
};

}  // namespace mangrove::ingest
