#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/linking/phrases.h"
#include "ingest/linking/vocabulary.h"

namespace mangrove::ingest {

/// One text of what is to be linked.
struct Passage {
  std::string_view
      field;  ///< `title`, `description`, …; those that the model does not know do not count.
  std::string_view text;
  std::string_view language;  ///< As somebody said; only for showing.
};

/// Words of a passage that speak of a concept.
struct Match {
  std::uint32_t passage;
  std::uint32_t begin;  ///< In code points of the passage.
  std::uint32_t end;
  double weight;  ///< By how much it raised the log odds.
};

/// That texts speak of a concept.
struct TextLink {
  std::uint32_t concept_number;
  double confidence;           ///< 0 to 1, in thousandths: how often such a link is right.
  std::vector<Match> matches;  ///< The most telling first.
};

/// A vocabulary, made ready for reading. Immutable, for any number of readers.
struct CompiledVocabulary {
  explicit CompiledVocabulary(Vocabulary of);

  Vocabulary vocabulary;
  /// The cues of the vocabulary, then its exclusions.
  std::shared_ptr<const PhraseBook> book;
};

/// Reads texts for concepts. For one thread at a time.
///
/// Of phrases that overlap, the longest counts: among those of concepts of one kind, and where it
/// is a false friend, among all. A false friend that runs into a phrase from before hides it, too.
/// A phrase behind an exclusion in the same sentence does not count. A concept is as sure as
///
///     1 / (1 + exp(-(bias + sum over its phrases of weight * factor of the field)))
///
/// where a phrase counts once, in the field where it counts most, and words that two phrases share
/// count for one of them.
class TextLinker {
 public:
  explicit TextLinker(std::shared_ptr<const CompiledVocabulary> vocabulary);

  /// All concepts at or above the confidence, surest first; of equally sure ones by id.
  std::vector<TextLink> read(std::span<const Passage> passages, double least);

 private:
  struct Sighting {
    std::uint32_t cue;
    Match match;
    std::uint32_t first;  // Words.
    std::uint32_t last;
  };

  void read(std::uint32_t number, const Passage& passage, double factor);
  void note_exclusions(const PhraseReader::Reading& reading);
  bool is_hidden(const Sighting& sighting, std::uint32_t concept_number) const;
  void count(double factor);

  std::shared_ptr<const CompiledVocabulary> vocabulary_;
  PhraseReader reader_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> excluded_;  // Words of one passage.
  std::vector<Sighting> sightings_;                                // Likewise.
  /// What speaks of a concept: by concept, then cue.
  struct Evidence {
    std::uint32_t concept_number;
    std::uint32_t cue;
    Match match;
  };
  std::vector<Evidence> evidence_;
};

}  // namespace mangrove::ingest
