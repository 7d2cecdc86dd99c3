#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "graph/base/result.h"
#include "graph/storage/storage.h"
#include "graph/text/posting_lists.h"
#include "graph/text/search.h"

namespace mangrove::graph {

/// Sums over the nodes that have words which are seen.
struct SeenSums {
  std::uint64_t documents = 0;
  std::uint64_t length = 0;
};
/// O(1) for one layer, else O(documents of all but the first).
SeenSums sums_of(const SeenLayers& layers);

/// Room for evaluating a question, kept between questions: its pages need not be asked for and
/// cleared again.
struct EvaluationRoom {
  static constexpr std::uint32_t kWindowNodes = 1U << 16;

  /// What is found of one word, in a window of nodes that follow each other.
  struct Found {
    std::array<std::uint64_t, kWindowNodes / 64> nodes;   // Bit: the node has the word.
    std::array<std::uint32_t, kWindowNodes> frequencies;  // Where it has: in parts of kLikenessOne.
    std::uint32_t count;                                  // Of nodes.
  };
  std::vector<std::unique_ptr<Found>> words;
  std::vector<std::uint64_t> seen;  // By node, all 0 between uses.
};

/// Finds and scores the nodes that hold the words of one question. Use once.
///
/// Goes through the nodes window by window, and in a window from the rarest word to the most
/// frequent: so what is counted stays in the processor's cache, and postings need not be read where
/// the words before leave nothing.
class Evaluation {
 public:
  /// `words`: what each word stands for.
  Evaluation(const SeenLayers& layers, const SeenSums& sums,
             std::span<const std::vector<Term>> words, EvaluationRoom& room);

  /// Reads the postings: one round trip.
  Status fetch(const storage::Snapshot& store);

  /// Calls `visit` for all that match, in parts. Error: `corrupt`; what was visited before it is to
  /// be thrown away.
  Status run(const std::function<void(std::span<const TextHit>)>& visit);

 private:
  using Found = EvaluationRoom::Found;

  /// Where the window lies in one segment.
  struct Stretch {
    const SearchedSegment* segment;
    std::uint32_t begin = 0;  // Documents.
    std::uint32_t end = 0;
  };
  /// A list that is being read.
  struct Reading {
    const PostingList* list;
    std::size_t stretch;  // Place in `stretches_`.
    PostingReader reader;
  };
  struct Word {
    WordLists lists{};
    double weight = 0;  // Rarity, times a constant of BM25.
    std::vector<Reading> readings{};
  };

  Status weigh();
  void begin_reading();
  void move_window(std::uint32_t begin);

  Result<bool> find_all_words();
  Status find_most_words();
  Status collect(std::size_t word);
  bool has_many_postings(std::size_t word) const;
  Status count_in_window(std::size_t word);
  Status narrow(std::size_t word, const Found& among);
  Status look_up(Reading& reading, const Found& among, Found& found);
  template <typename Visit>
  Status for_each_posting(Reading& reading, Visit&& visit);
  std::uint64_t postings_a_window(std::uint64_t postings) const;

  void score_all(const Found& matching) const;
  void score_counted() const;
  void score(std::span<const std::uint32_t> places) const;
  double score_of(std::uint32_t place) const;

  const SeenLayers& layers_;
  SeenSums sums_;
  EvaluationRoom& room_;
  const std::function<void(std::span<const TextHit>)>* visit_ = nullptr;
  std::vector<Word> words_;  // Those that stand for anything.
  std::vector<std::size_t> rarest_first_;
  std::vector<Stretch> stretches_;
  std::uint32_t node_limit_ = 0;
  std::uint32_t begin_ = 0;  // Of the window.
  PostingBlock block_;
  double damping_ = 0;            // Of a node without length,
  double damping_by_length_ = 0;  // and how much more for each word of it.
};

}  // namespace mangrove::graph
