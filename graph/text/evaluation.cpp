#include "graph/text/evaluation.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace mangrove::graph {
namespace {

constexpr double kSaturation = 1.2;        // k1
constexpr double kLengthInfluence = 0.75;  // b

constexpr std::uint32_t kWindowNodes = EvaluationRoom::kWindowNodes;
constexpr std::size_t kHitsAtOnce = 1024;

/// To look a node up in a list costs about so many times what it costs to read one posting.
constexpr std::uint64_t kLookUpCost = 32;

/// Where more than one of so many nodes in a window are met, all are gone over.
constexpr std::uint32_t kManyPostings = 8;

bool has(const EvaluationRoom::Found& found, std::uint32_t place) {
  return (found.nodes[place >> 6] >> (place & 63) & 1) != 0;
}

/// Adds to the frequency at the place, which counts as 0 where nothing was found yet.
void add(EvaluationRoom::Found& found, std::uint32_t place, std::uint32_t frequency) {
  std::uint64_t& nodes = found.nodes[place >> 6];
  const std::uint64_t bit = std::uint64_t{1} << (place & 63);
  const std::uint32_t before = (nodes & bit) != 0 ? found.frequencies[place] : 0;
  found.frequencies[place] = before + frequency;
  nodes |= bit;
}

template <typename Visit>
void for_each_place(const EvaluationRoom::Found& found, Visit&& visit) {
  for (std::uint32_t i = 0; i < found.nodes.size(); ++i) {
    for (std::uint64_t nodes = found.nodes[i]; nodes != 0; nodes &= nodes - 1) {
      visit(i * 64 + static_cast<std::uint32_t>(std::countr_zero(nodes)));
    }
  }
}

void count_places(EvaluationRoom::Found& found) {
  found.count = 0;
  for (const std::uint64_t nodes : found.nodes) {
    found.count += static_cast<std::uint32_t>(std::popcount(nodes));
  }
}

}  // namespace

SeenSums sums_of(const SeenLayers& layers) {
  SeenSums sums;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const TextLayer& layer = *layers[i]->layer;
    sums.documents += layer.documents;
    sums.length += layer.length;
    if (i == 0) continue;
    // A node that a layer before has too was counted there.
    for (const SearchedSegment& segment : layers[i]->segments) {
      const SegmentContent& content = *segment.content;
      for (std::uint32_t place = 0; place < content.nodes.size(); ++place) {
        if (segment.is_replaced(place) || content.lengths[place] == 0) continue;
        const std::uint32_t node = content.nodes[place];
        const bool is_counted =
            std::any_of(layers.begin(), layers.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const auto& other) { return other->lengths[node] > 0; });
        if (is_counted) --sums.documents;
      }
    }
  }
  return sums;
}

Evaluation::Evaluation(const SeenLayers& layers, const SeenSums& sums,
                       std::span<const std::vector<Term>> words, EvaluationRoom& room)
    : layers_(layers), sums_(sums), room_(room) {
  for (const auto& layer : layers_) {
    node_limit_ = std::max(node_limit_, layer->node_limit);
    for (const SearchedSegment& segment : layer->segments) stretches_.push_back({&segment});
  }
  for (const std::vector<Term>& terms : words) {
    if (!terms.empty()) words_.push_back({find_lists(layers_, terms)});
  }
  while (room_.words.size() < words_.size()) room_.words.push_back(std::make_unique<Found>());
  room_.seen.resize(std::max(room_.seen.size(), std::size_t{node_limit_} / 64 + 1));
  rarest_first_.resize(words_.size());
  std::iota(rarest_first_.begin(), rarest_first_.end(), std::size_t{0});
  std::stable_sort(rarest_first_.begin(), rarest_first_.end(), [&](std::size_t a, std::size_t b) {
    return words_[a].lists.postings < words_[b].lists.postings;
  });
}

Status Evaluation::fetch(const storage::Snapshot& store) {
  std::vector<WordLists> lists;
  for (Word& word : words_) lists.push_back(std::move(word.lists));
  Status read = read_lists(store, lists);
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i].lists = std::move(lists[i]);
  return read;
}

Status Evaluation::run(const std::function<void(std::span<const TextHit>)>& visit) {
  if (words_.empty()) return {};
  visit_ = &visit;
  TRY(weigh());
  const bool any = TRY(find_all_words());
  if (!any && words_.size() > 1) TRY(find_most_words());
  return {};
}

/// A word is as rare as the most frequent of its terms.
Status Evaluation::weigh() {
  const auto documents = static_cast<double>(sums_.documents);
  for (Word& word : words_) {
    const std::uint64_t holders = TRY(nodes_that_hold(word.lists, room_.seen));
    const auto holding = static_cast<double>(std::min(holders, sums_.documents));
    const double rarity = std::log(1.0 + (documents - holding + 0.5) / (holding + 0.5));
    word.weight = rarity * (kSaturation + 1.0);
  }
  const double mean_length = static_cast<double>(sums_.length) / documents;
  damping_ = kSaturation * (1.0 - kLengthInfluence);
  damping_by_length_ = kSaturation * kLengthInfluence / mean_length;
  return {};
}

void Evaluation::begin_reading() {
  for (Stretch& stretch : stretches_) stretch.end = 0;
  for (Word& word : words_) {
    word.readings.clear();
    for (const TermLists& term : word.lists.terms) {
      for (const PostingList& list : term.lists) {
        const auto stretch =
            std::find_if(stretches_.begin(), stretches_.end(),
                         [&](const Stretch& one) { return one.segment == list.segment; });
        word.readings.push_back(
            {&list, static_cast<std::size_t>(stretch - stretches_.begin()), list.reader()});
      }
    }
  }
}

/// Windows come in order.
void Evaluation::move_window(std::uint32_t begin) {
  begin_ = begin;
  const std::uint64_t end = std::uint64_t{begin} + kWindowNodes;
  for (Stretch& stretch : stretches_) {
    const std::vector<std::uint32_t>& nodes = stretch.segment->content->nodes;
    stretch.begin = stretch.end;
    stretch.end = static_cast<std::uint32_t>(
        std::lower_bound(nodes.begin() + stretch.begin, nodes.end(), end) - nodes.begin());
  }
}

/// Scores those that hold all words; says whether there are any.
Result<bool> Evaluation::find_all_words() {
  begin_reading();
  bool any = false;
  const bool is_one_of_many = words_.size() == 1 && has_many_postings(0);
  for (std::uint64_t begin = 0; begin < node_limit_; begin += kWindowNodes) {
    move_window(static_cast<std::uint32_t>(begin));
    if (is_one_of_many) {
      TRY(count_in_window(0));
      score_counted();
      continue;
    }
    TRY(collect(rarest_first_.front()));
    const Found* matching = room_.words[rarest_first_.front()].get();
    for (std::size_t i = 1; i < rarest_first_.size() && matching->count > 0; ++i) {
      TRY(narrow(rarest_first_[i], *matching));
      matching = room_.words[rarest_first_[i]].get();
    }
    any = any || matching->count > 0;
    score_all(*matching);
  }
  return any;
}

/// Scores those that hold more words than any other does.
Status Evaluation::find_most_words() {
  begin_reading();
  std::vector<TextHit> hits;
  std::size_t most = 0;
  for (std::uint64_t begin = 0; begin < node_limit_; begin += kWindowNodes) {
    move_window(static_cast<std::uint32_t>(begin));
    for (std::size_t word = 0; word < words_.size(); ++word) TRY(collect(word));
    for (std::size_t first = 0; first < words_.size(); ++first) {
      for_each_place(*room_.words[first], [&](std::uint32_t place) {
        std::size_t count = 0;
        for (std::size_t word = 0; word < words_.size(); ++word) {
          if (!has(*room_.words[word], place)) continue;
          // Nodes that hold an earlier word were seen to there.
          if (word < first) return;
          ++count;
        }
        if (count < most) return;
        if (count > most) hits.clear();
        most = count;
        hits.push_back({NodeIndex{begin_ + place}, score_of(place)});
      });
    }
  }
  if (!hits.empty()) (*visit_)(hits);
  return {};
}

/// Calls `visit(place, frequency)` for the postings in the window.
template <typename Visit>
Status Evaluation::for_each_posting(Reading& reading, Visit&& visit) {
  const Stretch& stretch = stretches_[reading.stretch];
  const SearchedSegment& segment = *stretch.segment;
  const std::uint32_t* const nodes = segment.content->nodes.data();
  const std::uint32_t likeness = reading.list->likeness;
  const std::uint32_t begin = begin_;
  reading.reader.pass_before(stretch.begin);
  while (reading.reader.next(block_, stretch.end)) {
    const std::uint32_t end = block_.end;
    if (segment.replaced == nullptr) {
      for (std::uint32_t i = block_.begin; i < end; ++i) {
        visit(nodes[block_.documents[i]] - begin, likeness * block_.counts[i]);
      }
      continue;
    }
    for (std::uint32_t i = block_.begin; i < end; ++i) {
      const std::uint32_t document = block_.documents[i];
      if (segment.is_replaced(document)) continue;
      visit(nodes[document] - begin, likeness * block_.counts[i]);
    }
  }
  return reading.reader.ok() ? Status() : damaged_postings(segment);
}

/// How many of so many postings are in a window, about.
std::uint64_t Evaluation::postings_a_window(std::uint64_t postings) const {
  return postings / (node_limit_ / kWindowNodes + 1);
}

/// Finds all nodes of the window that have the word.
Status Evaluation::collect(std::size_t word) {
  Found& found = *room_.words[word];
  if (has_many_postings(word)) {
    TRY(count_in_window(word));
    for (std::size_t i = 0; i < found.nodes.size(); ++i) {
      std::uint64_t nodes = 0;
      for (std::size_t j = 0; j < 64; ++j) {
        nodes |= std::uint64_t{found.frequencies[i * 64 + j] != 0} << j;
      }
      found.nodes[i] = nodes;
    }
    count_places(found);
    return {};
  }
  found.nodes.fill(0);
  for (Reading& reading : words_[word].readings) {
    TRY(for_each_posting(reading, [&](std::uint32_t place, std::uint32_t frequency) {
      add(found, place, frequency);
    }));
  }
  count_places(found);
  return {};
}

/// Whether it is worth the while to go over whole windows for a word.
bool Evaluation::has_many_postings(std::size_t word) const {
  return postings_a_window(words_[word].lists.postings) > kWindowNodes / kManyPostings;
}

/// Sets the frequencies of all nodes of the window: 0 where the word is not.
Status Evaluation::count_in_window(std::size_t word) {
  Found& found = *room_.words[word];
  found.frequencies.fill(0);
  std::uint32_t* const frequencies = found.frequencies.data();
  for (Reading& reading : words_[word].readings) {
    TRY(for_each_posting(reading, [&](std::uint32_t place, std::uint32_t frequency) {
      frequencies[place] += frequency;
    }));
  }
  return {};
}

/// Finds those of the nodes `among` that have the word too.
Status Evaluation::narrow(std::size_t word, const Found& among) {
  Found& found = *room_.words[word];
  if (among.count > kWindowNodes / kManyPostings) {
    TRY(collect(word));
    for (std::size_t i = 0; i < found.nodes.size(); ++i) found.nodes[i] &= among.nodes[i];
    count_places(found);
    return {};
  }
  found.nodes.fill(0);
  for (Reading& reading : words_[word].readings) {
    if (among.count * kLookUpCost < postings_a_window(reading.list->entry.postings)) {
      TRY(look_up(reading, among, found));
      continue;
    }
    TRY(for_each_posting(reading, [&](std::uint32_t place, std::uint32_t frequency) {
      if (has(among, place)) add(found, place, frequency);
    }));
  }
  count_places(found);
  return {};
}

/// Reads only the blocks that one of a few nodes may be in.
Status Evaluation::look_up(Reading& reading, const Found& among, Found& found) {
  const Stretch& stretch = stretches_[reading.stretch];
  const SearchedSegment& segment = *stretch.segment;
  const std::vector<std::uint32_t>& nodes = segment.content->nodes;
  auto at = nodes.begin() + stretch.begin;
  const auto end = nodes.begin() + stretch.end;
  block_.begin = block_.end = 0;
  for_each_place(among, [&](std::uint32_t place) {
    at = std::lower_bound(at, end, begin_ + place);
    if (at == end || *at != begin_ + place) return;
    const auto document = static_cast<std::uint32_t>(at - nodes.begin());
    if (segment.is_replaced(document)) return;
    if (block_.empty() || block_.documents[block_.end - 1] < document) {
      if (!reading.reader.find(block_, document)) return;
    }
    const auto* const documents = block_.documents.data();
    const auto* const posting =
        std::lower_bound(documents + block_.begin, documents + block_.end, document);
    if (posting == documents + block_.end || *posting != document) return;
    add(found, place,
        reading.list->likeness * block_.counts[static_cast<std::size_t>(posting - documents)]);
  });
  return reading.reader.ok() ? Status() : damaged_postings(segment);
}

/// BM25 of the node at the place, over what was found of all words.
double Evaluation::score_of(std::uint32_t place) const {
  std::uint32_t length = 0;
  for (const auto& layer : layers_) length += layer->lengths[begin_ + place];
  const double damping = damping_ + damping_by_length_ * static_cast<double>(length);
  double score = 0;
  for (std::size_t word = 0; word < words_.size(); ++word) {
    const Found& found = *room_.words[word];
    if (!has(found, place)) continue;
    const double frequency = static_cast<double>(found.frequencies[place]) / kLikenessOne;
    score += words_[word].weight * frequency / (frequency + damping);
  }
  return score;
}

/// Scores and gives out nodes that have all words.
void Evaluation::score_all(const Found& matching) const {
  std::array<std::uint32_t, kHitsAtOnce> places;
  std::size_t size = 0;
  for_each_place(matching, [&](std::uint32_t place) {
    places[size++] = place;
    if (size < places.size()) return;
    score(places);
    size = 0;
  });
  score(std::span(places).first(size));
}

/// The same where there is one word, of which `count_in_window` set all frequencies.
void Evaluation::score_counted() const {
  const auto& frequencies = room_.words.front()->frequencies;
  std::array<std::uint32_t, kHitsAtOnce> places;
  static_assert(kWindowNodes % kHitsAtOnce == 0);
  for (std::uint32_t begin = 0; begin < kWindowNodes; begin += kHitsAtOnce) {
    std::size_t size = 0;
    // Without a branch, which would be guessed wrong every other time.
    for (std::uint32_t place = begin; place < begin + kHitsAtOnce; ++place) {
      places[size] = place;
      size += frequencies[place] != 0 ? 1 : 0;
    }
    score(std::span(places).first(size));
  }
}

/// Does what `score_of` does, in simple loops over many nodes: several times as fast.
void Evaluation::score(std::span<const std::uint32_t> places) const {
  if (places.empty()) return;
  std::array<std::uint32_t, kHitsAtOnce> lengths;
  std::fill_n(lengths.begin(), places.size(), 0U);
  for (const auto& layer : layers_) layer->lengths.add_to(lengths.data(), begin_, places);
  std::array<double, kHitsAtOnce> scores;
  std::fill_n(scores.begin(), places.size(), 0.0);
  for (std::size_t word = 0; word < words_.size(); ++word) {
    const std::uint32_t* const frequencies = room_.words[word]->frequencies.data();
    const double weight = words_[word].weight;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double damping = damping_ + damping_by_length_ * static_cast<double>(lengths[i]);
      const double frequency = static_cast<double>(frequencies[places[i]]) / kLikenessOne;
      scores[i] += weight * frequency / (frequency + damping);
    }
  }
  std::array<TextHit, kHitsAtOnce> hits;
  for (std::size_t i = 0; i < places.size(); ++i) {
    hits[i] = {NodeIndex{begin_ + places[i]}, scores[i]};
  }
  (*visit_)(std::span(hits).first(places.size()));
}

}  // namespace mangrove::graph
