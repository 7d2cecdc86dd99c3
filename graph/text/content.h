#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/storage/storage.h"
#include "graph/text/layer.h"
#include "graph/text/lexicon.h"

namespace mangrove::graph {

/// What searching needs of a segment in memory: all but its postings.
struct SegmentContent {
  // By place of the document.
  std::vector<std::uint32_t> nodes;    // Ascending.
  std::vector<std::uint32_t> lengths;  // 0: no words any more.

  /// A word as it is written, and how often, by numbers of the lexicon.
  struct Word {
    std::uint32_t surface;
    std::uint32_t stem;
    std::int32_t frequency;  // As in segment.h: may be below 0.
  };
  std::vector<Word> words;  // By text of the surface.

  /// Where the postings of a stem are.
  struct Stem {
    std::uint32_t number;
    std::uint32_t offset;
    std::uint32_t size;
    std::uint32_t postings;
    std::int32_t holders;  // As in segment.h.
  };
  std::vector<Stem> stems;  // By number.

  /// The stem's entry, or null.
  const Stem* find(std::uint32_t stem) const;
  /// The words whose surfaces begin with these bytes.
  std::span<const Word> words_from(std::string_view prefix, const Lexicon& lexicon) const;
  /// The words with this surface.
  std::span<const Word> words_of(std::string_view surface, const Lexicon& lexicon) const;

  std::size_t memory_bytes() const;
};

/// What many versions of an index share in memory, for reading contents.
struct ContentLoader {
  std::mutex mutex;
  Lexicon lexicon;

  /// Reads the contents of those segments that have none yet, in one round trip. Call with `mutex`
  /// held. Errors: `corrupt`, and those of the store.
  Status load(const storage::Snapshot& store,
              std::span<const std::shared_ptr<const Segment>> segments);
};

/// A number for each node, in pages that versions share; 0 where nothing was set.
class NodeColumn {
 public:
  std::uint32_t operator[](std::uint32_t node) const {
    const std::size_t page = node >> kPageBits;
    if (page >= pages_.size() || pages_[page] == nullptr) return 0;
    return (*pages_[page])[node & (kPageNodes - 1)];
  }
  /// Adds the numbers of the nodes `begin + places[i]`, where places ascend, to `sums[i]`.
  void add_to(std::uint32_t* sums, std::uint32_t begin,
              std::span<const std::uint32_t> places) const;
  /// The column with these (node, number) instead, which ascend by node: copies only their pages.
  NodeColumn with(std::span<const std::pair<std::uint32_t, std::uint32_t>> changes) const;
  std::size_t memory_bytes() const { return pages_.size() * sizeof(Page); }

 private:
  static constexpr std::uint32_t kPageBits = 10;
  static constexpr std::uint32_t kPageNodes = 1U << kPageBits;
  using Page = std::array<std::uint32_t, kPageNodes>;

  std::vector<std::shared_ptr<const Page>> pages_;
};

/// A segment, ready to be searched.
struct SearchedSegment {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const SegmentContent> content;
  /// Bit by place of the document: a newer segment lists it too. Null where none does.
  std::shared_ptr<const std::vector<std::uint64_t>> replaced;

  bool is_replaced(std::uint32_t document) const {
    return replaced != nullptr && ((*replaced)[document >> 6] >> (document & 63) & 1) != 0;
  }
};

/// A layer, ready to be searched.
struct SearchedLayer {
  std::shared_ptr<const TextLayer> layer;
  std::vector<SearchedSegment> segments;  // Oldest first.
  NodeColumn lengths;                     // In words, weighted; 0: none.
  std::uint32_t node_limit = 0;           // One past the highest node that is listed.
};

/// Makes a layer of which all contents are loaded ready. `before` is an older version of it, or
/// null: the less lies between, the less there is to do.
std::shared_ptr<const SearchedLayer> make_searched(std::shared_ptr<const TextLayer> layer,
                                                   const SearchedLayer* before);

}  // namespace mangrove::graph
