#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/storage/storage.h"
#include "graph/text/content.h"
#include "graph/text/expansion.h"
#include "graph/text/postings.h"

namespace mangrove::graph {

/// The postings of one term in one segment.
struct PostingList {
  const SearchedSegment* segment;
  std::uint32_t likeness;  ///< Of the term.
  SegmentContent::Stem entry;
  std::string own{};         ///< Bytes read from the store; empty for a segment in memory.
  std::string_view bytes{};  ///< In either case, once they are read.

  PostingReader reader() const {
    return {bytes, entry.postings, static_cast<std::uint32_t>(segment->content->nodes.size())};
  }
};

/// All postings of one term that are seen.
struct TermLists {
  std::uint64_t holders = 0;  ///< Summed over layers: a node in several of them counts as often.
  std::size_t layers = 0;     ///< In which anything holds the term.
  std::vector<PostingList> lists{};
};

/// All postings of what one word stands for.
struct WordLists {
  std::vector<TermLists> terms{};
  std::uint64_t postings = 0;
};

/// Finds the lists of these terms, without their bytes.
WordLists find_lists(const SeenLayers& layers, std::span<const Term> terms);

/// Reads the bytes of all lists, in one round trip. Errors: `corrupt`, and those of the store.
Status read_lists(const storage::Snapshot& store, std::span<WordLists> words);

/// The number of nodes that hold the most frequent term of the word. `seen` is room: a bit for
/// every node, all 0 before and after. O(1) where each term is in one layer. Error: `corrupt`.
Result<std::uint64_t> nodes_that_hold(const WordLists& word, std::vector<std::uint64_t>& seen);

/// The error of postings that are no postings.
Error damaged_postings(const SearchedSegment& segment);

}  // namespace mangrove::graph
