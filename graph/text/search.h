#pragma once

#include <cstddef>
#include <string_view>

#include "graph/ids.h"

namespace mangrove::graph {

// What a search finds
//
// The question is cut into words as the texts were (words.h). A word stands for terms:
//   - those that texts hold it under, and its own stem in the language of the question;
//   - the last word also for what begins with it, less and less the longer the word found: 0.8
//     times the share of its letters that are typed;
//   - a word that stands for nothing so far, for its nearest spellings: one letter off (0.6), or
//     else two (0.4) in words of eight letters and more; words of up to three letters for none.
// Of many beginnings or spellings the most frequent are taken: see kCompletionsMax and
// kOccurrencesMax in expansion.h.
//
// Nodes match that hold all words; where none does, those that hold the most. The score is BM25
// (k1 = 1.2, b = 0.75; Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework",
// equation 3.15) over weighted counts: a word counts as often as all its terms do in the node's
// texts, each times its likeness and the weight of the text; a word is as rare as the most
// frequent of its terms; a node is as long as all its texts.

inline constexpr std::size_t kQueryWordsMax = 32;     ///< What comes after is not looked at.
inline constexpr std::size_t kQueryBytesMax = 2'000;  ///< Likewise.

/// What is asked of the index.
struct TextQuestion {
  std::string_view words;
  std::string_view language = "en";  ///< Of the words, as far as known.
};

struct TextHit {
  NodeIndex node;
  double score;  ///< Above 0. Only its order means something.

  friend auto operator<=>(const TextHit&, const TextHit&) = default;
};

}  // namespace mangrove::graph
