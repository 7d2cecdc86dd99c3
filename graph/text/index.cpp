#include "graph/text/index.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <unordered_set>

#include "graph/text/spelling.h"

namespace mangrove::graph {
namespace {

constexpr std::uint16_t kNowhere = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t kSegmentsMax = 8;
constexpr std::size_t kExpansionsMax = 256;
constexpr double kSaturation = 1.2;        // k1
constexpr double kLengthInfluence = 0.75;  // b

/// How many letters a word may be off by, so that short words do not turn into any other.
std::size_t misspelling_allowed(std::size_t length) {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

}  // namespace

std::shared_ptr<const TextIndex::Segment> TextIndex::build(std::vector<IndexedNode> nodes) {
  auto segment = std::make_shared<Segment>();
  std::unordered_map<std::string_view, std::vector<Posting>> postings;
  for (const IndexedNode& node : nodes) {
    const auto document = static_cast<std::uint32_t>(segment->documents.size());
    segment->documents.push_back(node.node);
    float length = 0;
    for (const auto& [word, weight] : node.words) {
      length += weight;
      auto& list = postings[word];
      if (!list.empty() && list.back().document == document) {
        list.back().weight += weight;
      } else {
        list.push_back({document, weight});
      }
    }
    segment->lengths.push_back(length);
  }
  std::vector<std::string_view> terms;
  terms.reserve(postings.size());
  for (const auto& [term, list] : postings) terms.push_back(term);
  std::sort(terms.begin(), terms.end());
  segment->terms.reserve(terms.size());
  segment->offsets.reserve(terms.size() + 1);
  for (const std::string_view term : terms) {
    segment->terms.emplace_back(term);
    segment->offsets.push_back(static_cast<std::uint32_t>(segment->postings.size()));
    const auto& list = postings[term];
    segment->postings.insert(segment->postings.end(), list.begin(), list.end());
  }
  segment->offsets.push_back(static_cast<std::uint32_t>(segment->postings.size()));
  segment->source = std::move(nodes);
  return segment;
}

std::pair<std::size_t, std::size_t> TextIndex::Segment::terms_from(std::string_view prefix) const {
  const auto from = std::lower_bound(terms.begin(), terms.end(), prefix);
  auto to = from;
  while (to != terms.end() && to->starts_with(prefix)) ++to;
  return {static_cast<std::size_t>(from - terms.begin()),
          static_cast<std::size_t>(to - terms.begin())};
}

const std::string* TextIndex::Segment::find(std::string_view term) const {
  const auto at = std::lower_bound(terms.begin(), terms.end(), term);
  return at != terms.end() && *at == term ? &*at : nullptr;
}

std::span<const TextIndex::Posting> TextIndex::Segment::postings_of(std::string_view term) const {
  const std::string* found = find(term);
  if (found == nullptr) return {};
  const auto at = static_cast<std::size_t>(found - terms.data());
  return std::span(postings).subspan(offsets[at], offsets[at + 1] - offsets[at]);
}

TextIndex TextIndex::with(std::vector<IndexedNode> nodes) const {
  TextIndex result = *this;
  // Small segments join the new one, so that a long row of small commits does not make a long row
  // of segments.
  std::unordered_set<std::uint32_t> renewed;
  for (const IndexedNode& node : nodes) renewed.insert(node.node.value);
  while (!result.segments_.empty() && result.segments_.size() + 1 > kSegmentsMax / 2 &&
         (result.segments_.size() + 1 > kSegmentsMax ||
          result.segments_.back()->documents.size() <= nodes.size() * 4)) {
    const std::size_t last = result.segments_.size() - 1;
    for (const IndexedNode& node : result.segments_[last]->source) {
      if (result.is_live(last, node.node) && !renewed.contains(node.node.value)) {
        nodes.push_back(node);
      }
    }
    result.segments_.pop_back();
  }
  const auto number = static_cast<std::uint16_t>(result.segments_.size());
  const auto segment = build(std::move(nodes));
  result.segments_.push_back(segment);
  for (const IndexedNode& node : segment->source) {
    if (node.node.value >= result.segment_of_.size()) {
      result.segment_of_.resize(node.node.value + 1, kNowhere);
    }
    result.segment_of_[node.node.value] = node.words.empty() ? kNowhere : number;
  }
  result.documents_ = 0;
  result.length_ = 0;
  for (std::size_t i = 0; i < result.segments_.size(); ++i) {
    const Segment& part = *result.segments_[i];
    for (std::size_t at = 0; at < part.documents.size(); ++at) {
      if (!result.is_live(i, part.documents[at])) continue;
      ++result.documents_;
      result.length_ += static_cast<double>(part.lengths[at]);
    }
  }
  return result;
}

bool TextIndex::holds(std::string_view term) const {
  for (const auto& segment : segments_) {
    if (segment->find(term) != nullptr) return true;
  }
  return false;
}

void TextIndex::add_prefix(std::string_view prefix, std::vector<Expansion>& expansions) const {
  if (prefix.size() < 2) return;
  for (const auto& segment : segments_) {
    const auto [from, to] = segment->terms_from(prefix);
    for (std::size_t at = from; at < to && expansions.size() < kExpansionsMax; ++at) {
      const std::string& term = segment->terms[at];
      if (term == prefix) continue;
      const double likeness =
          0.8 * static_cast<double>(prefix.size()) / static_cast<double>(term.size());
      expansions.push_back({term, likeness});
    }
  }
}

void TextIndex::add_spellings(const std::string& word, std::vector<Expansion>& expansions) const {
  const std::size_t allowed = misspelling_allowed(word.size());
  for (std::size_t distance = 1; distance <= allowed && expansions.empty(); ++distance) {
    for (const auto& segment : segments_) {
      for (const std::string& term : segment->terms) {
        if (expansions.size() >= kExpansionsMax) return;
        if (spelling_distance(word, term, distance) == distance) {
          expansions.push_back({term, distance == 1 ? 0.6 : 0.4});
        }
      }
    }
  }
}

std::vector<std::vector<Expansion>> TextIndex::expand(std::span<const std::string> words) const {
  std::vector<std::vector<Expansion>> result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::vector<Expansion> expansions;
    if (holds(words[i])) expansions.push_back({words[i], 1.0});
    if (i + 1 == words.size()) add_prefix(words[i], expansions);
    if (expansions.empty()) add_spellings(words[i], expansions);
    // The same term may come from several segments.
    std::sort(expansions.begin(), expansions.end(),
              [](const Expansion& a, const Expansion& b) { return a.term < b.term; });
    expansions.erase(
        std::unique(expansions.begin(), expansions.end(),
                    [](const Expansion& a, const Expansion& b) { return a.term == b.term; }),
        expansions.end());
    result.push_back(std::move(expansions));
  }
  return result;
}

void TextIndex::score_word(const std::vector<Expansion>& expansions, std::vector<double>& scores,
                           std::vector<std::uint32_t>& found) const {
  struct Frequency {
    double weight = 0;
    float length = 0;
  };
  std::unordered_map<std::uint32_t, Frequency> frequencies;
  for (const Expansion& expansion : expansions) {
    for (std::size_t number = 0; number < segments_.size(); ++number) {
      const Segment& segment = *segments_[number];
      for (const Posting& posting : segment.postings_of(expansion.term)) {
        const NodeIndex node = segment.documents[posting.document];
        if (!is_live(number, node)) continue;
        Frequency& frequency = frequencies[node.value];
        frequency.weight += expansion.likeness * static_cast<double>(posting.weight);
        frequency.length = segment.lengths[posting.document];
      }
    }
  }
  const auto documents = static_cast<double>(documents_);
  const auto holding = static_cast<double>(frequencies.size());
  const double rarity = std::log(1.0 + (documents - holding + 0.5) / (holding + 0.5));
  const double mean_length = documents_ == 0 ? 1.0 : length_ / documents;
  for (const auto& [node, frequency] : frequencies) {
    const double relative_length = static_cast<double>(frequency.length) / mean_length;
    const double damping =
        kSaturation * (1.0 - kLengthInfluence + kLengthInfluence * relative_length);
    scores[node] += rarity * frequency.weight * (kSaturation + 1.0) / (frequency.weight + damping);
    ++found[node];
  }
}

std::vector<TextIndex::Hit> TextIndex::search(std::span<const std::vector<Expansion>> words) const {
  std::vector<double> scores(segment_of_.size(), 0.0);
  std::vector<std::uint32_t> found(segment_of_.size(), 0);
  for (const auto& expansions : words) score_word(expansions, scores, found);
  const std::uint32_t most = found.empty() ? 0 : *std::max_element(found.begin(), found.end());
  std::vector<Hit> hits;
  if (most == 0) return hits;
  for (std::uint32_t node = 0; node < found.size(); ++node) {
    if (found[node] == most) hits.push_back({NodeIndex{node}, scores[node]});
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.node < b.node;
  });
  return hits;
}

}  // namespace mangrove::graph
