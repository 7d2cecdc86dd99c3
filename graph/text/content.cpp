#include "graph/text/content.h"

#include <algorithm>
#include <limits>

namespace mangrove::graph {
namespace {

template <typename Number>
bool fits(std::int64_t number) {
  return number >= std::numeric_limits<Number>::min() &&
         number <= std::numeric_limits<Number>::max();
}

Status read_document_columns(const SegmentOutline& outline, std::string_view section,
                             SegmentContent& content) {
  const auto documents = TRY(read_documents(outline, section));
  content.nodes.reserve(documents.size());
  content.lengths.reserve(documents.size());
  for (const SegmentDocument& document : documents) {
    content.nodes.push_back(document.node.value);
    content.lengths.push_back(document.length);
  }
  return {};
}

/// The numbers of the stems by their places go into `numbers`.
Status read_stem_entries(const SegmentOutline& outline, std::string_view section, Lexicon& lexicon,
                         std::vector<std::uint32_t>& numbers, SegmentContent& content) {
  numbers.reserve(outline.stems);
  content.stems.reserve(outline.stems);
  StemReader reader(outline, section);
  while (reader.next()) {
    if (!fits<std::int32_t>(reader.holders()) || reader.offset() + reader.size() > UINT32_MAX) {
      return Error{ErrorCode::too_large, "the text index has grown too large for this program"};
    }
    numbers.push_back(lexicon.stems.add(reader.text()));
    content.stems.push_back({numbers.back(), static_cast<std::uint32_t>(reader.offset()),
                             static_cast<std::uint32_t>(reader.size()), reader.postings(),
                             static_cast<std::int32_t>(reader.holders())});
  }
  if (!reader.ok()) return damaged_segment(outline.number, "stems");
  std::sort(content.stems.begin(), content.stems.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return {};
}

Status read_word_entries(const SegmentOutline& outline, std::string_view section, Lexicon& lexicon,
                         const std::vector<std::uint32_t>& stem_numbers, SegmentContent& content) {
  content.words.reserve(outline.words);
  SurfaceReader reader(outline, section);
  while (reader.next()) {
    if (!fits<std::int32_t>(reader.frequency())) {
      return Error{ErrorCode::too_large, "the text index has grown too large for this program"};
    }
    content.words.push_back({lexicon.add_surface(reader.text()), stem_numbers[reader.stem()],
                             static_cast<std::int32_t>(reader.frequency())});
  }
  if (!reader.ok()) return damaged_segment(outline.number, "words");
  return {};
}

Result<std::shared_ptr<const SegmentContent>> read_content(const SegmentOutline& outline,
                                                           std::string_view sections,
                                                           Lexicon& lexicon) {
  auto content = std::make_shared<SegmentContent>();
  // Counts that the sections cannot hold would ask for too much memory.
  if (outline.stems > outline.stems_size || outline.words > outline.words_size) {
    return damaged_segment(outline.number, "outline");
  }
  const auto documents = sections.substr(0, static_cast<std::size_t>(outline.documents_size));
  sections.remove_prefix(documents.size());
  const auto stems = sections.substr(0, static_cast<std::size_t>(outline.stems_size));
  sections.remove_prefix(stems.size());
  std::vector<std::uint32_t> stem_numbers;
  TRY(read_document_columns(outline, documents, *content));
  TRY(read_stem_entries(outline, stems, lexicon, stem_numbers, *content));
  TRY(read_word_entries(outline, sections, lexicon, stem_numbers, *content));
  return std::shared_ptr<const SegmentContent>(std::move(content));
}

/// Sets the bits of the older segment's documents that the newer one lists too.
void mark_replaced(const SegmentContent& older, const SegmentContent& newer,
                   std::vector<std::uint64_t>& bits) {
  const auto mark = [&](std::size_t place) {
    if (bits.empty()) bits.resize((older.nodes.size() + 63) / 64);
    bits[place >> 6] |= std::uint64_t{1} << (place & 63);
  };
  auto at = older.nodes.begin();
  constexpr std::size_t kFew = 16;
  const bool few = newer.nodes.size() * kFew < older.nodes.size();
  for (const std::uint32_t node : newer.nodes) {
    if (few) {
      at = std::lower_bound(at, older.nodes.end(), node);
    } else {
      while (at != older.nodes.end() && *at < node) ++at;
    }
    if (at == older.nodes.end()) return;
    if (*at == node) mark(static_cast<std::size_t>(at - older.nodes.begin()));
  }
}

const SearchedSegment* find(const SearchedLayer* layer, const Segment* segment) {
  if (layer == nullptr) return nullptr;
  for (const SearchedSegment& searched : layer->segments) {
    if (searched.segment.get() == segment) return &searched;
  }
  return nullptr;
}

/// Finds out which lengths of nodes change from one version of a layer to another.
class LengthChanges {
 public:
  LengthChanges(const SearchedLayer& now, const SearchedLayer* before)
      : now_(now), before_(before), listed_(now.node_limit) {}

  NodeColumn apply() {
    for (const SearchedSegment& segment : now_.segments) {
      if (find(before_, segment.segment.get()) == nullptr) take_new(segment);
    }
    if (before_ == nullptr) return make(NodeColumn());
    for (const SearchedSegment& segment : before_->segments) {
      if (find(&now_, segment.segment.get()) == nullptr) drop_unlisted(segment);
    }
    return make(before_->lengths);
  }

 private:
  void take_new(const SearchedSegment& segment) {
    const SegmentContent& content = *segment.content;
    for (std::uint32_t place = 0; place < content.nodes.size(); ++place) {
      if (segment.is_replaced(place)) continue;
      listed_[content.nodes[place]] = true;
      note(content.nodes[place], content.lengths[place]);
    }
  }

  /// What lost its words is not listed at all any more, once segments were joined.
  void drop_unlisted(const SearchedSegment& segment) {
    const SegmentContent& content = *segment.content;
    for (std::uint32_t place = 0; place < content.nodes.size(); ++place) {
      const std::uint32_t node = content.nodes[place];
      const bool is_listed = node < listed_.size() && listed_[node];
      if (!segment.is_replaced(place) && !is_listed) note(node, 0);
    }
  }

  void note(std::uint32_t node, std::uint32_t length) {
    const std::uint32_t known = before_ == nullptr ? 0 : before_->lengths[node];
    if (known != length) changes_.emplace_back(node, length);
  }

  NodeColumn make(const NodeColumn& column) {
    if (!std::is_sorted(changes_.begin(), changes_.end())) {
      std::sort(changes_.begin(), changes_.end());
    }
    return column.with(changes_);
  }

  const SearchedLayer& now_;
  const SearchedLayer* before_;
  std::vector<bool> listed_;  // By node: whether a new segment has the say over it.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> changes_;
};

struct BeforeSurface {
  const Lexicon& lexicon;

  bool operator()(const SegmentContent::Word& word, std::string_view text) const {
    return lexicon.surfaces[word.surface] < text;
  }
  bool operator()(std::string_view text, const SegmentContent::Word& word) const {
    return text < lexicon.surfaces[word.surface];
  }
};

}  // namespace

const SegmentContent::Stem* SegmentContent::find(std::uint32_t stem) const {
  const auto at = std::lower_bound(
      stems.begin(), stems.end(), stem,
      [](const Stem& entry, std::uint32_t number) { return entry.number < number; });
  return at != stems.end() && at->number == stem ? &*at : nullptr;
}

std::span<const SegmentContent::Word> SegmentContent::words_from(std::string_view prefix,
                                                                 const Lexicon& lexicon) const {
  const auto from = std::lower_bound(words.begin(), words.end(), prefix, BeforeSurface{lexicon});
  const auto to = std::partition_point(from, words.end(), [&](const Word& word) {
    return lexicon.surfaces[word.surface].starts_with(prefix);
  });
  return {from, to};
}

std::span<const SegmentContent::Word> SegmentContent::words_of(std::string_view surface,
                                                               const Lexicon& lexicon) const {
  const auto [from, to] =
      std::equal_range(words.begin(), words.end(), surface, BeforeSurface{lexicon});
  return {from, to};
}

std::size_t SegmentContent::memory_bytes() const {
  return (nodes.capacity() + lengths.capacity()) * sizeof(std::uint32_t) +
         words.capacity() * sizeof(Word) + stems.capacity() * sizeof(Stem);
}

/// A damaged outline must not ask for memory without end.
constexpr std::size_t kReservedMax = std::size_t{1} << 20;

Status ContentLoader::load(const storage::Snapshot& store,
                           std::span<const std::shared_ptr<const Segment>> segments) {
  std::vector<const Segment*> missing;
  std::vector<SegmentStretch> stretches;
  for (const auto& segment : segments) {
    if (segment->content != nullptr) continue;
    missing.push_back(segment.get());
    stretches.push_back(
        {segment.get(), segment->outline().postings_size, segment->outline().size()});
  }
  if (missing.empty()) return {};
  const auto sections = TRY(read_stretches(store, stretches));
  const std::lock_guard lock(lexicon.mutex);
  for (const Segment* segment : missing) {
    // Most of the words of one segment are in all others.
    lexicon.surfaces.reserve(std::min<std::size_t>(segment->outline().words, kReservedMax));
    lexicon.stems.reserve(std::min<std::size_t>(segment->outline().stems, kReservedMax));
  }
  for (std::size_t i = 0; i < missing.size(); ++i) {
    missing[i]->content = TRY(read_content(missing[i]->outline(), sections[i], lexicon));
  }
  return {};
}

void NodeColumn::add_to(std::uint32_t* sums, std::uint32_t begin,
                        std::span<const std::uint32_t> places) const {
  for (std::size_t i = 0; i < places.size();) {
    const std::uint32_t number = (begin + places[i]) >> kPageBits;
    const Page* const page = number < pages_.size() ? pages_[number].get() : nullptr;
    for (; i < places.size() && (begin + places[i]) >> kPageBits == number; ++i) {
      if (page != nullptr) sums[i] += (*page)[(begin + places[i]) & (kPageNodes - 1)];
    }
  }
}

NodeColumn NodeColumn::with(
    std::span<const std::pair<std::uint32_t, std::uint32_t>> changes) const {
  NodeColumn result = *this;
  while (!changes.empty()) {
    const std::size_t number = changes.front().first >> kPageBits;
    if (number >= result.pages_.size()) result.pages_.resize(number + 1);
    auto& shared = result.pages_[number];
    auto page = shared == nullptr ? std::make_shared<Page>() : std::make_shared<Page>(*shared);
    while (!changes.empty() && changes.front().first >> kPageBits == number) {
      (*page)[changes.front().first & (kPageNodes - 1)] = changes.front().second;
      changes = changes.subspan(1);
    }
    shared = std::move(page);
  }
  return result;
}

std::shared_ptr<const SearchedLayer> make_searched(std::shared_ptr<const TextLayer> layer,
                                                   const SearchedLayer* before) {
  auto result = std::make_shared<SearchedLayer>();
  for (const auto& segment : layer->segments) {
    const SearchedSegment* known = find(before, segment.get());
    result->segments.push_back(known != nullptr ? *known
                                                : SearchedSegment{segment, segment->content, {}});
  }
  for (std::size_t i = 0; i < result->segments.size(); ++i) {
    SearchedSegment& older = result->segments[i];
    const bool is_known = find(before, older.segment.get()) != nullptr;
    std::vector<std::uint64_t> bits;
    if (older.replaced != nullptr) bits = *older.replaced;
    bool changed = false;
    for (std::size_t j = i + 1; j < result->segments.size(); ++j) {
      const SearchedSegment& newer = result->segments[j];
      if (is_known && find(before, newer.segment.get()) != nullptr) continue;
      mark_replaced(*older.content, *newer.content, bits);
      changed = true;
    }
    if (changed && !bits.empty()) {
      older.replaced = std::make_shared<const std::vector<std::uint64_t>>(std::move(bits));
    }
  }
  for (const SearchedSegment& segment : result->segments) {
    const auto& nodes = segment.content->nodes;
    if (!nodes.empty()) result->node_limit = std::max(result->node_limit, nodes.back() + 1);
  }
  result->lengths = LengthChanges(*result, before).apply();
  result->layer = std::move(layer);
  return result;
}

}  // namespace mangrove::graph
