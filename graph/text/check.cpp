#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "graph/storage/keys.h"
#include "graph/text/draft.h"
#include "graph/text/join.h"
#include "graph/text/postings.h"
#include "graph/text/rebuild.h"
#include "graph/text/segment.h"
#include "graph/text/words.h"

namespace mangrove::graph {
namespace {

std::uint64_t mixed(std::uint64_t number) {
  number *= 0x9E3779B97F4A7C15;
  number ^= number >> 29;
  number *= 0xBF58476D1CE4E5B9;
  return number ^ number >> 32;
}

/// The postings of a stem, summed up in any order.
struct StemSum {
  std::int64_t holders = 0;
  std::uint64_t sum = 0;

  void add(NodeIndex node, std::uint32_t count) { sum += mixed(mixed(node.value) + count); }
  friend bool operator==(const StemSum&, const StemSum&) = default;
};

/// All that a layer holds.
struct LayerSum {
  std::unordered_map<std::uint32_t, std::uint32_t> lengths;  // By node.
  std::unordered_map<std::string, StemSum> stems;
  std::unordered_map<std::string, std::int64_t> words;  // By surface and stem.
  std::uint64_t documents = 0;
  std::uint64_t length = 0;

  /// Adds a segment. Nodes that were added before count no more: newer segments come first.
  Status add(JoinedSegment& segment);
  /// Forgets what comes to nothing.
  void settle();
};

Status LayerSum::add(JoinedSegment& segment) {
  const SegmentOutline& outline = segment.outline();
  const std::string_view sections = segment.sections();
  const auto documents_size = static_cast<std::size_t>(outline.documents_size);
  const auto stems_size = static_cast<std::size_t>(outline.stems_size);
  const auto listed = TRY(read_documents(outline, sections.substr(0, documents_size)));
  std::vector<bool> counts;
  counts.reserve(listed.size());
  for (const SegmentDocument& document : listed) {
    counts.push_back(lengths.emplace(document.node.value, document.length).second);
  }
  std::vector<std::string> texts;
  StemReader stem(outline, sections.substr(documents_size, stems_size));
  while (stem.next()) {
    texts.emplace_back(stem.text());
    StemSum& sum = stems[texts.back()];
    sum.holders += stem.holders();
    PostingReader postings(TRY(segment.postings(stem.offset(), stem.size())), stem.postings(),
                           outline.documents);
    PostingBlock block;
    while (postings.next(block)) {
      for (std::uint32_t i = block.begin; i < block.end; ++i) {
        const std::uint32_t place = block.documents[i];
        if (counts[place]) sum.add(listed[place].node, block.counts[i]);
      }
    }
    if (!postings.ok()) return damaged_segment(outline.number, "the postings of " + texts.back());
  }
  if (!stem.ok()) return damaged_segment(outline.number, "stems");
  SurfaceReader word(outline, sections.substr(documents_size + stems_size));
  while (word.next()) {
    words[std::string(word.text()) + " (" + texts[word.stem()] + ")"] += word.frequency();
  }
  return word.ok() ? Status() : damaged_segment(outline.number, "words");
}

void LayerSum::settle() {
  std::erase_if(lengths, [](const auto& entry) { return entry.second == 0; });
  std::erase_if(stems, [](const auto& entry) { return entry.second == StemSum{}; });
  std::erase_if(words, [](const auto& entry) { return entry.second == 0; });
}

using LayerSums = std::map<Policy, LayerSum>;

/// What the texts say, by policy.
Result<LayerSums> sum_of_texts(const EachNodeTexts& each) {
  LayerSums sums;
  WordReader reader;
  const auto add = [&](std::span<const NodeTexts> nodes) -> Status {
    std::map<NodeIndex, const NodeTexts*> in_order;
    for (const NodeTexts& texts : nodes) in_order[texts.node] = &texts;
    SegmentDraft draft(reader);
    for (const auto& [node, texts] : in_order) draft.add({node, texts->texts, {}});
    for (SegmentDraft::Part& part : draft.finish()) {
      LayerSum& sum = sums[part.policy];
      sum.documents += static_cast<std::uint64_t>(part.documents);
      sum.length += static_cast<std::uint64_t>(part.length);
      const Segment segment(part.outline, std::move(part.bytes));
      TRY(sum.add(*open_segment_in_memory(segment)));
    }
    reader.forget_many();
    return {};
  };
  TRY(each(add));
  for (auto& [policy, sum] : sums) sum.settle();
  return sums;
}

Result<LayerSum> sum_of_layer(const storage::Snapshot& store, const TextLayer& layer) {
  LayerSum sum;
  sum.documents = layer.documents;
  sum.length = layer.length;
  const auto segments = TRY(open_stored_segments(store, layer.segments));
  for (auto at = segments.rbegin(); at != segments.rend(); ++at) TRY(sum.add(**at));
  sum.settle();
  return sum;
}

/// Compares, and writes down what differs.
class Comparison {
 public:
  explicit Comparison(std::size_t faults_max) : faults_max_(faults_max) {}

  void compare(Policy policy, const LayerSum& stored, const LayerSum& stated) {
    where_ = "text index, policy " + std::to_string(policy.value) + ": ";
    if (stored.documents != stated.documents || stored.length != stated.length) {
      add("its outline counts " + std::to_string(stored.documents) + " nodes with " +
          std::to_string(stored.length) + " words, the texts say " +
          std::to_string(stated.documents) + " with " + std::to_string(stated.length));
    }
    compare(stored.lengths, stated.lengths,
            [](std::uint32_t node) { return "the length of node " + std::to_string(node); });
    compare(stored.stems, stated.stems,
            [](const std::string& stem) { return "the postings of '" + stem + "'"; });
    compare(stored.words, stated.words,
            [](const std::string& word) { return "the count of '" + word + "'"; });
  }

  void add(std::string fault) {
    if (faults_.size() < faults_max_) faults_.push_back(where_ + std::move(fault));
  }

  std::vector<std::string> take() { return std::move(faults_); }

 private:
  template <typename Map, typename NameOf>
  void compare(const Map& stored, const Map& stated, NameOf&& name_of) {
    std::set<typename Map::key_type> differing;
    for (const auto& [key, value] : stored) {
      const auto other = stated.find(key);
      if (other == stated.end() || other->second != value) differing.insert(key);
    }
    for (const auto& [key, value] : stated) {
      if (!stored.contains(key)) differing.insert(key);
    }
    for (const auto& key : differing) {
      add(name_of(key) + (!stored.contains(key)   ? ": missing"
                          : !stated.contains(key) ? ": no text says so"
                                                  : ": not what the texts say"));
    }
  }

  std::size_t faults_max_;
  std::vector<std::string> faults_;
  std::string where_ = "text index: ";
};

/// Pages that belong to no segment.
Status find_strays(const storage::Snapshot& store,
                   const std::vector<std::shared_ptr<const TextLayer>>& layers,
                   Comparison& comparison) {
  std::map<std::uint64_t, std::uint32_t> pages;  // By number of the segment.
  for (const auto& layer : layers) {
    for (const auto& segment : layer->segments) {
      pages[segment->outline().number] = segment->outline().pages();
    }
  }
  // A merge that was interrupted leaves pages; they go with the next commit.
  std::set<std::uint64_t> unfinished;
  TRY(store.scan(kTextMerging, {}, [&](std::string_view key, std::string_view) {
    unfinished.insert(keys::read_u64(key, kTextMerging.size()).value_or(0));
    return true;
  }));
  return store.scan(kTextPages, {}, [&](std::string_view key, std::string_view) {
    const auto number = keys::read_u64(key, kTextPages.size()).value_or(0);
    const auto page = keys::read_u32(key, kTextPages.size() + sizeof number).value_or(UINT32_MAX);
    const auto segment = pages.find(number);
    const bool is_known = segment != pages.end() && page < segment->second;
    if (!is_known && !unfinished.contains(number)) {
      comparison.add("page " + std::to_string(page) + " of segment " + std::to_string(number) +
                     " belongs to nothing");
    }
    return true;
  });
}

}  // namespace

Result<std::vector<std::string>> check_text_index(const storage::Snapshot& store,
                                                  std::string_view settings,
                                                  const EachNodeTexts& each,
                                                  std::size_t faults_max) {
  Comparison comparison(faults_max);
  const auto opened = TextIndex::open(store, settings);
  if (!opened.ok() && opened.error().code != ErrorCode::corrupt) return opened.error();
  if (!opened.ok() || !opened.value()->is_complete()) {
    comparison.add(opened.ok() ? "it is not complete, or was built by other settings"
                               : opened.error().message);
    return comparison.take();
  }
  const auto& layers = opened.value()->layers();
  LayerSums stated = TRY(sum_of_texts(each));
  TRY(find_strays(store, layers, comparison));
  for (const auto& layer : layers) {
    const auto stored = sum_of_layer(store, *layer);
    if (stored.ok()) {
      comparison.compare(layer->policy, stored.value(), stated[layer->policy]);
    } else if (stored.error().code == ErrorCode::corrupt) {
      comparison.add(stored.error().message);
    } else {
      return stored.error();
    }
    stated.erase(layer->policy);
  }
  for (const auto& [policy, sum] : stated) comparison.compare(policy, {}, sum);
  return comparison.take();
}

}  // namespace mangrove::graph
