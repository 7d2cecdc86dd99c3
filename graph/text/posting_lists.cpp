#include "graph/text/posting_lists.h"

#include <algorithm>
#include <utility>

namespace mangrove::graph {
namespace {

/// Counts nodes once that hold the term in several layers.
Result<std::uint64_t> count_nodes(const TermLists& term, std::vector<std::uint64_t>& seen) {
  std::uint64_t count = 0;
  PostingBlock block;
  for (const PostingList& list : term.lists) {
    PostingReader reader = list.reader();
    while (reader.next(block)) {
      for (std::uint32_t i = block.begin; i < block.end; ++i) {
        if (list.segment->is_replaced(block.documents[i])) continue;
        const std::uint32_t node = list.segment->content->nodes[block.documents[i]];
        const std::uint64_t bit = std::uint64_t{1} << (node & 63);
        count += (seen[node >> 6] & bit) == 0 ? 1 : 0;
        seen[node >> 6] |= bit;
      }
    }
    if (!reader.ok()) return damaged_postings(*list.segment);
  }
  return count;
}

}  // namespace

WordLists find_lists(const SeenLayers& layers, std::span<const Term> terms) {
  WordLists word;
  for (const Term& term : terms) {
    TermLists& lists = word.terms.emplace_back();
    for (const auto& layer : layers) {
      std::int64_t holders = 0;
      for (const SearchedSegment& segment : layer->segments) {
        const SegmentContent::Stem* entry = segment.content->find(term.stem);
        if (entry == nullptr) continue;
        holders += entry->holders;
        if (entry->postings > 0) lists.lists.push_back({&segment, term.likeness, *entry});
        word.postings += entry->postings;
      }
      if (holders > 0) {
        lists.holders += static_cast<std::uint64_t>(holders);
        ++lists.layers;
      }
    }
  }
  return word;
}

Status read_lists(const storage::Snapshot& store, std::span<WordLists> words) {
  std::vector<PostingList*> stored;
  std::vector<SegmentStretch> stretches;
  for (WordLists& word : words) {
    for (TermLists& term : word.terms) {
      for (PostingList& list : term.lists) {
        const Segment& segment = *list.segment->segment;
        if (segment.in_memory()) {
          list.bytes = segment.bytes(list.entry.offset, list.entry.size);
        } else {
          stored.push_back(&list);
          stretches.push_back(
              {&segment, list.entry.offset, std::uint64_t{list.entry.offset} + list.entry.size});
        }
      }
    }
  }
  auto read = TRY(read_stretches(store, stretches));
  for (std::size_t i = 0; i < stored.size(); ++i) {
    PostingList& list = *stored[i];
    list.own = std::move(read[i]);
    list.own.append(kPostingPadding, '\0');
    list.bytes = std::string_view(list.own).substr(0, list.entry.size);
  }
  return {};
}

Result<std::uint64_t> nodes_that_hold(const WordLists& word, std::vector<std::uint64_t>& seen) {
  std::vector<const TermLists*> terms;
  for (const TermLists& term : word.terms) terms.push_back(&term);
  std::sort(terms.begin(), terms.end(),
            [](const TermLists* a, const TermLists* b) { return a->holders > b->holders; });
  std::uint64_t most = 0;
  for (const TermLists* term : terms) {
    if (term->holders <= most) break;  // Of the rest, none can hold more.
    if (term->layers <= 1) {
      most = term->holders;
      continue;
    }
    const auto count = count_nodes(*term, seen);
    std::fill(seen.begin(), seen.end(), 0U);
    most = std::max(most, TRY(count));
  }
  return most;
}

Error damaged_postings(const SearchedSegment& segment) {
  return damaged_segment(segment.segment->outline().number, "postings");
}

}  // namespace mangrove::graph
