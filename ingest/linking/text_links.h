#pragma once

#include <cstdint>
#include <memory>
#include <set>
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
  std::vector<Match> matches;  ///< The most telling first; those of the concept above it where it
                               ///< has none of its own.
  std::uint32_t scale = 0;     ///< By which it is that sure.
  double raised = 0;           ///< By how much words of its own raised the log odds, all told.
  bool is_link = false;        ///< Sure enough, by words of its own.
};

/// A vocabulary, made ready for reading. Immutable, for any number of readers.
struct CompiledVocabulary {
  explicit CompiledVocabulary(Vocabulary of, std::set<std::string, std::less<>> releases = {});

  Vocabulary vocabulary;
  /// The cues of the vocabulary, then its exclusions.
  std::shared_ptr<const PhraseBook> book;
  /// Phrases are rivals where they speak of concepts of one kind by scales of one name, or of one
  /// concept that stands apart: a bit for each such family. By cue, those that it hides others of.
  std::vector<std::uint64_t> hides;
  /// The nodes by which reviewers let records go (review.h).
  std::set<std::string, std::less<>> released;
  /// By cue, then meaning, the one that it may be hidden by.
  std::vector<std::vector<std::uint64_t>> families;
};

/// Reads texts for concepts. For one thread at a time.
///
/// Of phrases that overlap, the longest counts: among those of concepts of one kind and scale, but
/// for those of concepts that stand apart, each among its own; and where it is a false friend,
/// among all but those of named scales. A false friend that runs into a phrase from before hides
/// it, too. A phrase behind an exclusion in the same sentence does not count. A concept is as sure
/// as
///
///     1 / (1 + exp(-(bias + raised / crowding + lift * raised above / crowding above)))
///     raised   = sum over its phrases of weight * factor of the field
///     crowding = max(1, sum of `raised` over all concepts of the scale / room)
///
/// where a phrase counts once, in the field where it counts most, and words that two phrases share
/// count for one of them. So the first phrase about anything says much, and the tenth about a tenth
/// thing little. Words of a goal make its targets more likely, but only words of its own make a
/// link. Most phrases are of a scale without `room` and `lift`, where the terms are simply added.
class TextLinker {
 public:
  explicit TextLinker(std::shared_ptr<const CompiledVocabulary> vocabulary);

  /// All concepts at or above the confidence, surest first; of equally sure ones by id.
  std::vector<TextLink> read(std::span<const Passage> passages, double least);

  /// Those that a link is to be made to, in the same order.
  std::vector<TextLink> links(std::span<const Passage> passages);

 private:
  struct Sighting {
    std::uint32_t cue;
    Match match;
    std::uint32_t first;  // Words.
    std::uint32_t last;
  };
  /// What speaks of a concept: by concept, then scale, then cue.
  struct Evidence {
    std::uint32_t concept_number;
    std::uint32_t scale;
    std::uint32_t cue;
    Match match;
  };

  void gather(std::span<const Passage> passages);
  void read(std::uint32_t number, const Passage& passage, double factor);
  void note_exclusions(const PhraseReader::Reading& reading);
  void count(double factor);
  std::uint64_t hidden_of(std::size_t sighting, std::uint32_t longest) const;
  void weigh();
  void judge(TextLink& link) const;
  void add_lifted();
  const TextLink* opinion(std::uint32_t concept_number, std::uint32_t scale) const;
  std::vector<TextLink> surest(double least, bool only_links);

  std::shared_ptr<const CompiledVocabulary> vocabulary_;
  PhraseReader reader_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> excluded_;  // Words of one passage.
  std::vector<Sighting> sightings_;                                // Likewise, by their last word.
  std::vector<Evidence> evidence_;
  std::vector<Match> matches_;      // Of one concept and scale.
  std::vector<TextLink> opinions_;  // One for each concept and scale, in that order.
  std::vector<double> crowding_;    // By scale.
};

}  // namespace mangrove::ingest
