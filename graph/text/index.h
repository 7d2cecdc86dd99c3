#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/ids.h"

namespace mangrove::graph {

/// The words of one node, folded, with the weight that the properties they stand in give them.
struct IndexedNode {
  NodeIndex node;
  std::vector<std::pair<std::string, float>>
      words;  ///< A word may come several times. Empty: gone.
};

/// One word that a query's word stands for, and how well it does.
struct Expansion {
  std::string term;
  double likeness;  ///< 1 for the word itself, less for a longer word or another spelling.
};

/// Which nodes hold which words: immutable. A changed node goes into a new segment and is hidden
/// in the older ones; small segments are merged, so that there are few.
class TextIndex {
 public:
  TextIndex() = default;

  /// The index with these nodes new or changed. O(their words), and now and then O(all).
  TextIndex with(std::vector<IndexedNode> nodes) const;

  struct Hit {
    NodeIndex node;
    double score;
  };
  /// Nodes that hold as many of the words as any node does, best first: BM25 (k1 = 1.2, b = 0.75;
  /// Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", equation 3.15), with
  /// weighted word counts. Each word stands for its expansions.
  std::vector<Hit> search(std::span<const std::vector<Expansion>> words) const;

  /// What the words of a query stand for, in this index: a word itself where it is held; for the
  /// last word also what begins with it; for a word that nothing holds, the nearest spellings.
  std::vector<std::vector<Expansion>> expand(std::span<const std::string> words) const;

 private:
  struct Posting {
    std::uint32_t document;  // Place in the segment's documents.
    float weight;
  };
  struct Segment {
    std::vector<NodeIndex> documents;
    std::vector<float> lengths;
    std::vector<std::string> terms;  // Sorted.
    std::vector<std::uint32_t> offsets;
    std::vector<Posting> postings;
    std::vector<IndexedNode> source;  // What it was made of, for merging small segments.

    std::pair<std::size_t, std::size_t> terms_from(std::string_view prefix) const;
    const std::string* find(std::string_view term) const;
    std::span<const Posting> postings_of(std::string_view term) const;
  };
  static std::shared_ptr<const Segment> build(std::vector<IndexedNode> nodes);

  bool is_live(std::size_t segment, NodeIndex node) const {
    return segment_of_[node.value] == segment;
  }
  void score_word(const std::vector<Expansion>& expansions, std::vector<double>& scores,
                  std::vector<std::uint32_t>& found) const;
  void add_prefix(std::string_view prefix, std::vector<Expansion>& expansions) const;
  void add_spellings(const std::string& word, std::vector<Expansion>& expansions) const;
  bool holds(std::string_view term) const;

  std::vector<std::shared_ptr<const Segment>> segments_;
  std::vector<std::uint16_t> segment_of_;  // By node; kNowhere where it has no words.
  std::uint64_t documents_ = 0;
  double length_ = 0;  // Sum over the live documents.
};

}  // namespace mangrove::graph
