#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "graph/text/content.h"
#include "graph/text/lexicon.h"
#include "graph/text/words.h"

namespace mangrove::graph {

/// The layers that one viewer sees.
using SeenLayers = std::vector<std::shared_ptr<const SearchedLayer>>;

/// A beginning or a misspelt word stands for at most this many terms: those that the texts write
/// most often in such a way; of equals, the first by text.
inline constexpr std::size_t kCompletionsMax = 256;

/// And these are written at most so often together, weighted: a term that would take them past
/// that is left out. So a beginning of one letter costs no more than a common word.
inline constexpr std::int64_t kOccurrencesMax = 500'000;

/// Likeness is counted in these, so that sums of it do not depend on their order.
inline constexpr std::uint32_t kLikenessOne = 64;

/// A term that a word stands for.
struct Term {
  std::uint32_t stem;      ///< By its number in the lexicon.
  std::uint32_t likeness;  ///< 1 to kLikenessOne: for the word itself.
};

/// Finds what words stand for among what is seen. Holds room by word, so keep it between questions;
/// for one thread at a time.
class Expander {
 public:
  /// What a word of a question stands for (search.h says by which rules); sorted by stem.
  /// `is_last`: it is the last word. Call with the lexicon's mutex held, at least shared.
  std::vector<Term> terms_of(const WordForm& word, bool is_last, const SeenLayers& layers,
                             const Lexicon& lexicon);

 private:
  /// How a stem is met, summed over what is seen.
  struct Met {
    std::uint32_t stem;
    std::uint32_t likeness;  // The best.
    std::int64_t frequency;
  };
  using Words = std::span<const SegmentContent::Word>;

  void add_itself(const WordForm& word);
  void add_beginnings(std::string_view word);
  void add_spellings(std::string_view word);

  /// Counts words of a segment that the word stands for.
  void count(Words words);
  /// The stems of all that was counted and is written at all; `likeness_of` tells it of a surface.
  template <typename LikenessOf>
  std::vector<Met> take_met(LikenessOf&& likeness_of);
  void meet(std::uint32_t stem, std::uint32_t likeness, std::int64_t frequency);
  void add_most_frequent(std::vector<Met> met);
  bool stands_for(std::uint32_t stem) const;
  bool is_held(std::uint32_t stem) const;
  template <typename Visit>
  void for_each_segment(Visit&& visit) const;

  const SeenLayers* layers_ = nullptr;
  const Lexicon* lexicon_ = nullptr;
  std::vector<Term> terms_;

  // Frequencies by surface, for the first stem that it is met with; 0 between uses.
  struct BySurface {
    std::uint32_t stem = TextTable::kNone;
    std::int64_t frequency = 0;
  };
  std::vector<BySurface> by_surface_;
  std::vector<std::uint32_t> surfaces_;        // Those counted.
  std::vector<SegmentContent::Word> further_;  // Words whose surface has another stem too.
  std::vector<Met> by_stem_;                   // `frequency` is 0 between uses.
  std::vector<std::uint32_t> stems_;           // Those met.
};

}  // namespace mangrove::graph
