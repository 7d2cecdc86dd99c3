#include "graph/text/join.h"

#include <algorithm>
#include <utility>

#include "graph/text/postings.h"

namespace mangrove::graph {
namespace {

constexpr std::uint32_t kDropped = UINT32_MAX;

/// One of the segments, read from its beginning to its end.
struct Input {
  Input(JoinedSegment& joined, std::string_view stem_section, std::string_view word_section)
      : segment(joined),
        stems(joined.outline(), stem_section),
        words(joined.outline(), word_section) {}

  JoinedSegment& segment;
  std::vector<std::uint32_t> documents;  // New places of its documents, or kDropped.
  StemReader stems;
  SurfaceReader words;
  std::vector<std::uint32_t> stem_ranks;  // Of its stems so far, among all stems.
  bool has_stem = false;                  // Whether the readers stand on something.
  bool has_word = false;
};

class Joiner {
 public:
  Joiner(std::span<const std::unique_ptr<JoinedSegment>> segments, bool are_oldest,
         SegmentWriter& writer, const std::function<Status()>& progress)
      : segments_(segments), are_oldest_(are_oldest), writer_(writer), progress_(progress) {}

  Status join() {
    TRY(open());
    TRY(join_documents());
    TRY(join_stems());
    return join_words();
  }

 private:
  Status open() {
    inputs_.reserve(segments_.size());
    for (const auto& segment : segments_) {
      const SegmentOutline& outline = segment->outline();
      std::string_view sections = segment->sections();
      sections.remove_prefix(static_cast<std::size_t>(outline.documents_size));
      const auto stems = sections.substr(0, static_cast<std::size_t>(outline.stems_size));
      sections.remove_prefix(stems.size());
      inputs_.emplace_back(*segment, stems, sections);
    }
    return {};
  }

  /// Of a document that several list, the newest counts.
  Status join_documents() {
    struct Listed {
      SegmentDocument document;
      std::uint32_t age;  // Least for the newest.
      std::uint32_t place;
    };
    std::vector<Listed> all;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const SegmentOutline& outline = inputs_[i].segment.outline();
      const auto section =
          inputs_[i].segment.sections().substr(0, static_cast<std::size_t>(outline.documents_size));
      const auto documents = TRY(read_documents(outline, section));
      inputs_[i].documents.assign(documents.size(), kDropped);
      const auto age = static_cast<std::uint32_t>(inputs_.size() - 1 - i);
      for (std::uint32_t place = 0; place < documents.size(); ++place) {
        all.push_back({documents[place], age, place});
      }
    }
    std::sort(all.begin(), all.end(), [](const Listed& a, const Listed& b) {
      return std::pair(a.document.node, a.age) < std::pair(b.document.node, b.age);
    });
    std::uint32_t place = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Listed& listed = all[i];
      if (i > 0 && all[i - 1].document.node == listed.document.node) continue;
      if (are_oldest_ && listed.document.length == 0) continue;
      inputs_[inputs_.size() - 1 - listed.age].documents[listed.place] = place++;
      writer_.add_document(listed.document);
    }
    return {};
  }

  Status join_stems() {
    for (Input& input : inputs_) input.has_stem = input.stems.next();
    std::vector<Input*> same;
    std::uint32_t place = 0;
    while (find_least_stem(same)) {
      const std::string stem(same.front()->stems.text());
      std::int64_t holders = 0;
      postings_.clear();
      for (Input* input : same) {
        holders += input->stems.holders();
        TRY(take_postings(*input));
      }
      if (!std::is_sorted(postings_.begin(), postings_.end())) {
        std::sort(postings_.begin(), postings_.end());
      }
      if (are_oldest_) holders = static_cast<std::int64_t>(postings_.size());
      const bool is_kept = !postings_.empty() || holders != 0;
      if (is_kept) writer_.add_stem(stem, postings_, holders);
      for (Input* input : same) {
        input->stem_ranks.push_back(static_cast<std::uint32_t>(places_.size()));
        input->has_stem = input->stems.next();
      }
      places_.push_back(is_kept ? place++ : kDropped);
      TRY(progress_());
    }
    for (const Input& input : inputs_) {
      if (!input.stems.ok()) return damaged_segment(input.segment.outline().number, "stems");
    }
    return {};
  }

  /// The inputs that stand on the least stem; false at the end of all.
  bool find_least_stem(std::vector<Input*>& same) {
    same.clear();
    for (Input& input : inputs_) {
      if (!input.has_stem) continue;
      const int order = same.empty() ? 0 : input.stems.text().compare(same.front()->stems.text());
      if (order > 0) continue;
      if (order < 0) same.clear();
      same.push_back(&input);
    }
    return !same.empty();
  }

  Status take_postings(Input& input) {
    const StemReader& stem = input.stems;
    if (stem.postings() == 0) return {};
    const auto bytes = TRY(input.segment.postings(stem.offset(), stem.size()));
    PostingReader reader(bytes, stem.postings(),
                         static_cast<std::uint32_t>(input.documents.size()));
    PostingBlock block;
    while (reader.next(block)) {
      for (std::uint32_t i = block.begin; i < block.end; ++i) {
        const std::uint32_t document = input.documents[block.documents[i]];
        if (document != kDropped) postings_.push_back({document, block.counts[i]});
      }
    }
    if (!reader.ok()) return damaged_segment(input.segment.outline().number, "postings");
    return {};
  }

  Status join_words() {
    for (Input& input : inputs_) input.has_word = input.words.next();
    std::vector<Input*> same;
    while (find_least_word(same)) {
      const std::string surface(same.front()->words.text());
      const std::uint32_t stem = places_[stem_of(*same.front())];
      std::int64_t frequency = 0;
      for (Input* input : same) frequency += input->words.frequency();
      const bool is_kept = stem != kDropped && (are_oldest_ ? frequency > 0 : frequency != 0);
      if (is_kept) writer_.add_word(surface, stem, frequency);
      for (Input* input : same) input->has_word = input->words.next();
    }
    for (const Input& input : inputs_) {
      if (!input.words.ok()) return damaged_segment(input.segment.outline().number, "words");
    }
    return {};
  }

  /// The rank of the stem of the word that the input stands on.
  static std::uint32_t stem_of(const Input& input) { return input.stem_ranks[input.words.stem()]; }

  bool find_least_word(std::vector<Input*>& same) {
    same.clear();
    for (Input& input : inputs_) {
      if (!input.has_word) continue;
      int order = 0;
      if (!same.empty()) {
        order = input.words.text().compare(same.front()->words.text());
        const std::uint32_t here = stem_of(input);
        const std::uint32_t there = stem_of(*same.front());
        if (order == 0 && here != there) order = here < there ? -1 : 1;
      }
      if (order > 0) continue;
      if (order < 0) same.clear();
      same.push_back(&input);
    }
    return !same.empty();
  }

  std::span<const std::unique_ptr<JoinedSegment>> segments_;
  bool are_oldest_;
  SegmentWriter& writer_;
  const std::function<Status()>& progress_;
  std::vector<Input> inputs_;
  std::vector<Posting> postings_;      // Of the stem at hand.
  std::vector<std::uint32_t> places_;  // Of all stems, by rank; kDropped for those left out.
};

class InMemory final : public JoinedSegment {
 public:
  explicit InMemory(const Segment& segment) : segment_(segment) {}

  const SegmentOutline& outline() const override { return segment_.outline(); }
  std::string_view sections() const override {
    const SegmentOutline& outline = segment_.outline();
    return segment_.bytes(outline.postings_size, outline.size() - outline.postings_size);
  }
  Result<std::string_view> postings(std::uint64_t offset, std::uint64_t size) override {
    return segment_.bytes(offset, size);
  }

 private:
  const Segment& segment_;
};

constexpr std::size_t kReadAtOnce = std::size_t{1} << 20;

/// A segment in the store. Its postings are read on and on, a stretch at a time.
class InStore final : public JoinedSegment {
 public:
  InStore(const storage::Snapshot& store, const Segment& segment, std::string sections)
      : store_(store), segment_(segment), sections_(std::move(sections)) {}

  const SegmentOutline& outline() const override { return segment_.outline(); }
  std::string_view sections() const override { return sections_; }

  Result<std::string_view> postings(std::uint64_t offset, std::uint64_t size) override {
    if (offset < from_ || offset + size > to_) {
      from_ = offset;
      to_ = std::min(std::max(offset + size, offset + kReadAtOnce), outline().postings_size);
      stretch_ = std::move(TRY(read_stretches(store_, {{&segment_, from_, to_}})).front());
      stretch_.append(kPostingPadding, '\0');
    }
    return std::string_view(stretch_).substr(static_cast<std::size_t>(offset - from_),
                                             static_cast<std::size_t>(size));
  }

 private:
  const storage::Snapshot& store_;
  const Segment& segment_;
  std::string sections_;
  std::uint64_t from_ = 0;  // What is in `stretch_`.
  std::uint64_t to_ = 0;
  std::string stretch_;
};

}  // namespace

std::unique_ptr<JoinedSegment> open_segment_in_memory(const Segment& segment) {
  return std::make_unique<InMemory>(segment);
}

Result<std::vector<std::unique_ptr<JoinedSegment>>> open_stored_segments(
    const storage::Snapshot& store, const std::vector<std::shared_ptr<const Segment>>& segments) {
  std::vector<SegmentStretch> stretches;
  for (const auto& segment : segments) {
    const SegmentOutline& outline = segment->outline();
    stretches.push_back({segment.get(), outline.postings_size, outline.size()});
  }
  auto sections = TRY(read_stretches(store, stretches));
  std::vector<std::unique_ptr<JoinedSegment>> result;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    result.push_back(std::make_unique<InStore>(store, *segments[i], std::move(sections[i])));
  }
  return result;
}

Status join_segments(std::span<const std::unique_ptr<JoinedSegment>> segments, bool are_oldest,
                     SegmentWriter& writer, const std::function<Status()>& progress) {
  return Joiner(segments, are_oldest, writer, progress).join();
}

Result<SmallSegment> join_small_segments(std::span<const std::shared_ptr<const Segment>> segments,
                                         bool are_oldest) {
  std::vector<std::unique_ptr<JoinedSegment>> inputs;
  inputs.reserve(segments.size());
  for (const auto& segment : segments) inputs.push_back(open_segment_in_memory(*segment));
  SegmentWriter writer;
  TRY(join_segments(inputs, are_oldest, writer, [] { return Status(); }));
  SmallSegment result;
  result.outline = writer.finish(result.bytes);
  return result;
}

}  // namespace mangrove::graph
