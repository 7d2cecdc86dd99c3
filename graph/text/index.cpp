#include "graph/text/index.h"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <map>
#include <shared_mutex>
#include <utility>

#include "graph/storage/keys.h"
#include "graph/text/content.h"
#include "graph/text/draft.h"
#include "graph/text/evaluation.h"
#include "graph/text/expansion.h"
#include "graph/text/join.h"
#include "graph/text/segment.h"
#include "graph/text/words.h"

namespace mangrove::graph {
namespace {

/// What decides over the words of texts: settings, layout, and the characters that ICU knows.
std::string all_settings(std::string_view settings) {
  UVersionInfo version;
  u_getUnicodeVersion(version);
  std::array<char, U_MAX_VERSION_STRING_LENGTH> unicode{};
  u_versionToString(version, unicode.data());
  return "format=" + std::to_string(kTextFormat) + " unicode=" + unicode.data() + " " +
         std::string(settings);
}

Result<std::vector<std::uint64_t>> read_abandoned(const storage::Snapshot& store) {
  std::vector<std::uint64_t> numbers;
  TRY(store.scan(kTextMerging, {}, [&](std::string_view key, std::string_view) {
    const auto number = keys::read_u64(key, kTextMerging.size());
    if (number) numbers.push_back(*number);
    return true;
  }));
  return numbers;
}

}  // namespace

namespace {

/// Things that take long to make, kept for the next who needs one.
template <typename Thing>
class Pool {
 public:
  explicit Pool(std::size_t kept_max) : kept_max_(kept_max) {}

  std::unique_ptr<Thing> take() {
    const std::lock_guard lock(mutex_);
    if (kept_.empty()) return std::make_unique<Thing>();
    auto thing = std::move(kept_.back());
    kept_.pop_back();
    return thing;
  }
  void give_back(std::unique_ptr<Thing> thing) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() < kept_max_) kept_.push_back(std::move(thing));
  }

 private:
  std::size_t kept_max_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Thing>> kept_;
};

/// A thing of a pool, given back in the end.
template <typename Thing>
class Loan {
 public:
  explicit Loan(Pool<Thing>& pool) : pool_(pool), thing_(pool.take()) {}
  ~Loan() { pool_.give_back(std::move(thing_)); }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;

  Thing& operator*() const { return *thing_; }

 private:
  Pool<Thing>& pool_;
  std::unique_ptr<Thing> thing_;
};

}  // namespace

/// What a search needs at hand.
struct TextIndex::Desk {
  WordReader reader;
  Expander expander;
  EvaluationRoom room;
};

/// What all versions share.
struct TextIndex::Shared {
  ContentLoader loader;
  std::atomic<std::uint64_t> next_number{1};
  // Commits come one at a time; their reader knows many words. Searches come together.
  Pool<WordReader> readers{1};
  Pool<Desk> desks{4};
};

/// A version, ready to be searched.
struct TextIndex::Searched {
  std::vector<std::shared_ptr<const SearchedLayer>> layers;  // By policy.

  const SearchedLayer* find(Policy policy) const {
    for (const auto& layer : layers) {
      if (layer->layer->policy == policy) return layer.get();
    }
    return nullptr;
  }

  SeenLayers seen_by(const Sight& sight) const {
    SeenLayers seen;
    for (const auto& layer : layers) {
      if (layer->layer->documents > 0 && sight.sees(layer->layer->policy)) seen.push_back(layer);
    }
    return seen;
  }

  SeenSums sums(const SeenLayers& seen) const {
    if (seen.size() <= 1) return sums_of(seen);
    std::vector<Policy> policies;
    for (const auto& layer : seen) policies.push_back(layer->layer->policy);
    const std::lock_guard lock(mutex);
    const auto known = known_sums.find(policies);
    if (known != known_sums.end()) return known->second;
    return known_sums.emplace(std::move(policies), sums_of(seen)).first->second;
  }

  mutable std::mutex mutex;
  mutable std::map<std::vector<Policy>, SeenSums> known_sums;
};

/// A question, as far as it can be understood without postings.
struct TextIndex::Prepared {
  SeenLayers layers;
  SeenSums sums;
  std::vector<std::vector<Term>> words;
};

TextIndex::TextIndex() = default;
TextIndex::~TextIndex() = default;

std::shared_ptr<const TextIndex> TextIndex::empty() {
  const std::shared_ptr<TextIndex> index(new TextIndex);
  index->shared_ = std::make_shared<Shared>();
  return index;
}

Result<std::shared_ptr<const TextIndex>> TextIndex::open(const storage::Snapshot& store,
                                                         std::string_view settings) {
  const auto stored = TRY(store.get(kTextSettings));
  if (!stored || *stored != all_settings(settings)) return empty();
  const std::shared_ptr<TextIndex> index(new TextIndex);
  index->shared_ = std::make_shared<Shared>();
  index->complete_ = true;
  index->layers_ = TRY(read_layers(store));
  index->abandoned_ = TRY(read_abandoned(store));
  std::uint64_t last = 0;
  for (const std::uint64_t number : index->abandoned_) last = std::max(last, number);
  for (const auto& layer : index->layers_) {
    for (const auto& segment : layer->segments) last = std::max(last, segment->outline().number);
  }
  index->shared_->next_number = last + 1;
  return std::shared_ptr<const TextIndex>(index);
}

std::shared_ptr<const TextIndex> TextIndex::completed(std::string_view settings,
                                                      storage::WriteBatch& writes) const {
  writes.put(std::string(kTextSettings), all_settings(settings));
  const auto next = next_version();
  next->complete_ = true;
  return next;
}

std::shared_ptr<TextIndex> TextIndex::next_version() const {
  std::shared_ptr<TextIndex> next(new TextIndex);
  next->shared_ = shared_;
  next->layers_ = layers_;
  next->abandoned_ = abandoned_;
  next->complete_ = complete_;
  const std::lock_guard lock(mutex_);
  next->older_ = searched_ != nullptr ? searched_ : older_;
  return next;
}

std::uint64_t TextIndex::new_number() const {
  return shared_->next_number.fetch_add(1);
}

Result<std::shared_ptr<const TextIndex>> TextIndex::with(std::span<const NodeTexts> nodes,
                                                         storage::WriteBatch& writes) const {
  const auto next = next_version();
  for (const std::uint64_t number : next->abandoned_) {
    writes.remove_prefix(pages_prefix(number));
    writes.remove(merging_key(number));
  }
  next->abandoned_.clear();

  std::vector<const NodeTexts*> in_order;
  for (const NodeTexts& texts : nodes) in_order.push_back(&texts);
  std::sort(in_order.begin(), in_order.end(),
            [](const NodeTexts* a, const NodeTexts* b) { return a->node < b->node; });
  const Loan reader(shared_->readers);
  (*reader).forget_many();
  SegmentDraft draft(*reader);
  for (const NodeTexts* texts : in_order) draft.add(*texts);
  for (SegmentDraft::Part& part : draft.finish()) {
    TRY(next->add_segment(part.policy, part.documents, part.length, part.outline,
                          std::move(part.bytes), writes));
  }
  return std::shared_ptr<const TextIndex>(next);
}

/// Adds the newest segment of a layer. Small segments before it join it, the more the larger it
/// is: so there are few of them, and none is rewritten often.
Status TextIndex::add_segment(Policy policy, std::int64_t documents, std::int64_t length,
                              SegmentOutline outline, std::string bytes,
                              storage::WriteBatch& writes) {
  TextLayer layer{policy, 0, 0, {}};
  for (const auto& known : layers_) {
    if (known->policy == policy) layer = *known;
  }
  layer.documents += static_cast<std::uint64_t>(documents);
  layer.length += static_cast<std::uint64_t>(length);

  std::size_t kept = layer.segments.size();
  std::uint64_t size = outline.size();
  while (kept > 0 && layer.segments[kept - 1]->is_small() &&
         (size > Segment::kSmallBytes || layer.segments[kept - 1]->outline().size() <= size)) {
    --kept;
    size += layer.segments[kept]->outline().size();
  }
  if (kept < layer.segments.size()) {
    std::vector<std::shared_ptr<const Segment>> joined(
        layer.segments.begin() + static_cast<std::ptrdiff_t>(kept), layer.segments.end());
    for (const auto& segment : joined) remove_pages(segment->outline(), writes);
    joined.push_back(std::make_shared<const Segment>(outline, std::move(bytes)));
    auto result = TRY(join_small_segments(joined, kept == 0));
    outline = result.outline;
    bytes = std::move(result.bytes);
    layer.segments.resize(kept);
  }
  outline.number = new_number();
  put_pages(outline.number, 0, bytes, writes);
  layer.segments.push_back(outline.size() <= Segment::kSmallBytes
                               ? std::make_shared<const Segment>(outline, std::move(bytes))
                               : std::make_shared<const Segment>(outline));
  put_layer(std::move(layer), writes);
  return {};
}

/// A layer in which nothing has words any more disappears.
void TextIndex::put_layer(TextLayer layer, storage::WriteBatch& writes) {
  const Policy policy = layer.policy;
  std::erase_if(layer.segments, [](const auto& one) { return one->outline().documents == 0; });
  auto at = std::find_if(layers_.begin(), layers_.end(),
                         [&](const auto& known) { return known->policy >= policy; });
  const bool is_known = at != layers_.end() && (*at)->policy == policy;
  if (layer.segments.empty()) {
    writes.remove(layer_key(policy));
    if (is_known) layers_.erase(at);
    return;
  }
  writes.put(layer_key(policy), encode_layer(layer));
  if (!is_known) at = layers_.insert(at, nullptr);
  *at = std::make_shared<const TextLayer>(std::move(layer));
}

std::optional<TextMerge> TextIndex::merge_due() const {
  for (const auto& layer : layers_) {
    const auto [first, count] = choose_merge(*layer);
    if (count == 0) continue;
    const auto from = layer->segments.begin() + static_cast<std::ptrdiff_t>(first);
    return TextMerge(layer->policy, {from, from + static_cast<std::ptrdiff_t>(count)}, first == 0,
                     new_number());
  }
  return std::nullopt;
}

std::shared_ptr<const TextIndex> TextIndex::with_merged(const TextMerge& merge,
                                                        storage::WriteBatch& writes) const {
  const auto next = next_version();
  writes.remove(merging_key(merge.number()));
  for (const auto& known : layers_) {
    if (known->policy != merge.policy()) continue;
    TextLayer layer = *known;
    const auto& merged = merge.segments();
    const auto from =
        std::search(layer.segments.begin(), layer.segments.end(), merged.begin(), merged.end());
    if (from == layer.segments.end()) break;
    for (const auto& segment : merged) remove_pages(segment->outline(), writes);
    *from = merge.result();
    layer.segments.erase(from + 1, from + static_cast<std::ptrdiff_t>(merged.size()));
    next->put_layer(std::move(layer), writes);
    return next;
  }
  writes.remove_prefix(pages_prefix(merge.number()));
  return nullptr;
}

Result<std::shared_ptr<const TextIndex::Searched>> TextIndex::searched(
    const storage::Snapshot& store) const {
  const std::lock_guard making(making_);
  std::shared_ptr<const Searched> older;
  {
    const std::lock_guard lock(mutex_);
    if (searched_ != nullptr) return searched_;
    older = older_;
  }
  const std::lock_guard loading(shared_->loader.mutex);
  std::vector<std::shared_ptr<const Segment>> segments;
  for (const auto& layer : layers_) {
    segments.insert(segments.end(), layer->segments.begin(), layer->segments.end());
  }
  TRY(shared_->loader.load(store, segments));
  auto searched = std::make_shared<Searched>();
  for (const auto& layer : layers_) {
    const SearchedLayer* before = older == nullptr ? nullptr : older->find(layer->policy);
    searched->layers.push_back(make_searched(layer, before));
  }
  const std::lock_guard lock(mutex_);
  searched_ = std::move(searched);
  older_ = nullptr;
  return searched_;
}

Status TextIndex::load(const storage::Snapshot& store) const {
  TRY(searched(store));
  return {};
}

Result<TextIndex::Prepared> TextIndex::prepare(const TextQuestion& question,
                                               const storage::Snapshot& store, const Sight& sight,
                                               Desk& desk) const {
  const auto ready = TRY(searched(store));
  Prepared prepared;
  prepared.layers = ready->seen_by(sight);
  prepared.sums = ready->sums(prepared.layers);
  const auto words = desk.reader.read(question.words.substr(0, kQueryBytesMax), question.language);
  const std::size_t count = std::min(words.size(), kQueryWordsMax);
  const std::shared_lock lock(shared_->loader.lexicon.mutex);
  for (std::size_t i = 0; i < count; ++i) {
    prepared.words.push_back(desk.expander.terms_of(*words[i].form, i + 1 == count, prepared.layers,
                                                    shared_->loader.lexicon));
  }
  return prepared;
}

Status TextIndex::search(const TextQuestion& question, const storage::Snapshot& store,
                         const Sight& sight,
                         const std::function<void(std::span<const TextHit>)>& visit) const {
  const Loan desk(shared_->desks);
  const Prepared prepared = TRY(prepare(question, store, sight, *desk));
  Evaluation evaluation(prepared.layers, prepared.sums, prepared.words, (*desk).room);
  TRY(evaluation.fetch(store));
  return evaluation.run(visit);
}

Result<std::vector<TextHit>> TextIndex::best(
    const TextQuestion& question, const storage::Snapshot& store, const Sight& sight,
    std::size_t limit, const std::function<bool(NodeIndex)>& admits,
    const std::function<bool(NodeIndex, NodeIndex)>& comes_before) const {
  std::vector<TextHit> best;
  if (limit == 0) return best;
  const auto better = [&](const TextHit& a, const TextHit& b) {
    return a.score != b.score ? a.score > b.score : comes_before(a.node, b.node);
  };
  TRY(search(question, store, sight, [&](std::span<const TextHit> hits) {
    for (const TextHit& hit : hits) {
      const bool full = best.size() == limit;
      // A heap with the worst on top.
      if (full && (hit.score < best.front().score || !better(hit, best.front()))) continue;
      if (!admits(hit.node)) continue;
      if (full) {
        std::pop_heap(best.begin(), best.end(), better);
        best.pop_back();
      }
      best.push_back(hit);
      std::push_heap(best.begin(), best.end(), better);
    }
  }));
  std::sort_heap(best.begin(), best.end(), better);
  return best;
}

Result<WordMatcher> TextIndex::matcher(const TextQuestion& question, const storage::Snapshot& store,
                                       const Sight& sight) const {
  const Loan desk(shared_->desks);
  const Prepared prepared = TRY(prepare(question, store, sight, *desk));
  const Lexicon& lexicon = shared_->loader.lexicon;
  const std::shared_lock lock(lexicon.mutex);
  std::vector<std::string> stems;
  for (const std::vector<Term>& terms : prepared.words) {
    for (const Term& term : terms) stems.emplace_back(lexicon.stems[term.stem]);
  }
  return WordMatcher(std::move(stems));
}

TextIndex::Size TextIndex::size() const {
  Size size;
  const std::lock_guard loading(shared_->loader.mutex);
  size.memory_bytes = shared_->loader.lexicon.memory_bytes();
  for (const auto& layer : layers_) {
    size.documents += layer->documents;
    size.segments += layer->segments.size();
    for (const auto& segment : layer->segments) {
      size.stored_bytes += segment->outline().size();
      if (segment->content != nullptr) size.memory_bytes += segment->content->memory_bytes();
    }
  }
  const std::lock_guard lock(mutex_);
  if (searched_ != nullptr) {
    for (const auto& layer : searched_->layers) size.memory_bytes += layer->lengths.memory_bytes();
  }
  return size;
}

}  // namespace mangrove::graph
