#include "graph/text/expansion.h"

#include <algorithm>
#include <tuple>

#include "graph/text/spelling.h"

namespace mangrove::graph {
namespace {

constexpr std::uint32_t kOneLetterOff = kLikenessOne * 6 / 10;
constexpr std::uint32_t kTwoLettersOff = kLikenessOne * 4 / 10;

/// How many letters a word may be off by, so that short words do not turn into any other.
std::size_t misspelling_allowed(std::size_t length) {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/// 0.8 times the share of the letters that are typed, rounded.
std::uint32_t likeness_of_beginning(std::size_t typed, std::size_t length) {
  const std::size_t of = 5 * length;
  const std::size_t likeness = (std::size_t{8} * kLikenessOne * typed + of) / (2 * of);
  return static_cast<std::uint32_t>(std::max<std::size_t>(likeness, 1));
}

}  // namespace

std::vector<Term> Expander::terms_of(const WordForm& word, bool is_last, const SeenLayers& layers,
                                     const Lexicon& lexicon) {
  layers_ = &layers;
  lexicon_ = &lexicon;
  terms_.clear();
  by_surface_.resize(lexicon.surfaces.size());
  by_stem_.resize(lexicon.stems.size());
  add_itself(word);
  if (is_last) add_beginnings(word.surface);
  if (terms_.empty()) add_spellings(word.surface);
  std::sort(terms_.begin(), terms_.end(),
            [](const Term& a, const Term& b) { return a.stem < b.stem; });
  return terms_;
}

template <typename Visit>
void Expander::for_each_segment(Visit&& visit) const {
  for (const auto& layer : *layers_) {
    for (const SearchedSegment& segment : layer->segments) visit(*segment.content);
  }
}

void Expander::add_itself(const WordForm& word) {
  for_each_segment(
      [&](const SegmentContent& content) { count(content.words_of(word.surface, *lexicon_)); });
  for (const Met& met : take_met([](std::uint32_t) { return kLikenessOne; })) {
    terms_.push_back({met.stem, kLikenessOne});
  }
  const std::uint32_t own = lexicon_->stems.find(word.stem->text);
  if (own != TextTable::kNone && !stands_for(own) && is_held(own)) {
    terms_.push_back({own, kLikenessOne});
  }
}

void Expander::add_beginnings(std::string_view word) {
  const std::size_t typed = code_points(word).size();
  for_each_segment([&](const SegmentContent& content) {
    Words words = content.words_from(word, *lexicon_);
    // The word itself comes first, and was seen to.
    while (!words.empty() && lexicon_->surfaces[words.front().surface].size() == word.size()) {
      words = words.subspan(1);
    }
    count(words);
  });
  auto met = take_met([&](std::uint32_t surface) {
    return likeness_of_beginning(typed, lexicon_->lengths[surface]);
  });
  std::erase_if(met, [&](const Met& one) { return stands_for(one.stem); });
  add_most_frequent(std::move(met));
}

void Expander::add_spellings(std::string_view word) {
  const std::size_t allowed = misspelling_allowed(code_points(word).size());
  if (allowed == 0) return;
  std::vector<std::pair<std::uint32_t, std::size_t>> near;
  lexicon_->for_each_near(word, allowed, [&](std::uint32_t surface, std::size_t distance) {
    near.emplace_back(surface, distance);
  });
  for (std::size_t distance = 1; distance <= allowed && terms_.empty(); ++distance) {
    for (const auto& [surface, found] : near) {
      if (found != distance) continue;
      const std::string_view text = lexicon_->surfaces[surface];
      for_each_segment(
          [&](const SegmentContent& content) { count(content.words_of(text, *lexicon_)); });
    }
    add_most_frequent(
        take_met([&](std::uint32_t) { return distance == 1 ? kOneLetterOff : kTwoLettersOff; }));
  }
}

void Expander::count(Words words) {
  for (const SegmentContent::Word& word : words) {
    BySurface& counted = by_surface_[word.surface];
    if (counted.stem == TextTable::kNone) {
      counted.stem = word.stem;
      surfaces_.push_back(word.surface);
    }
    if (counted.stem == word.stem) {
      counted.frequency += word.frequency;
    } else {
      further_.push_back(word);
    }
  }
}

template <typename LikenessOf>
std::vector<Expander::Met> Expander::take_met(LikenessOf&& likeness_of) {
  for (const std::uint32_t surface : surfaces_) {
    BySurface& counted = by_surface_[surface];
    if (counted.frequency > 0) meet(counted.stem, likeness_of(surface), counted.frequency);
    counted = {};
  }
  surfaces_.clear();
  const auto key = [](const SegmentContent::Word& word) {
    return std::tie(word.surface, word.stem);
  };
  std::sort(further_.begin(), further_.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (std::size_t from = 0, to = 0; from < further_.size(); from = to) {
    std::int64_t frequency = 0;
    for (; to < further_.size() && key(further_[to]) == key(further_[from]); ++to) {
      frequency += further_[to].frequency;
    }
    const auto& [surface, stem, ignored] = further_[from];
    if (frequency > 0) meet(stem, likeness_of(surface), frequency);
  }
  further_.clear();
  std::vector<Met> met;
  met.reserve(stems_.size());
  for (const std::uint32_t stem : stems_) {
    met.push_back(by_stem_[stem]);
    by_stem_[stem].frequency = 0;
  }
  stems_.clear();
  return met;
}

void Expander::meet(std::uint32_t stem, std::uint32_t likeness, std::int64_t frequency) {
  Met& met = by_stem_[stem];
  if (met.frequency == 0) {
    met = {stem, likeness, frequency};
    stems_.push_back(stem);
  } else {
    met.likeness = std::max(met.likeness, likeness);
    met.frequency += frequency;
  }
}

void Expander::add_most_frequent(std::vector<Met> met) {
  const auto comes_first = [&](const Met& a, const Met& b) {
    if (a.frequency != b.frequency) return a.frequency > b.frequency;
    return lexicon_->stems[a.stem] < lexicon_->stems[b.stem];
  };
  if (met.size() > kCompletionsMax) {
    const auto end = met.begin() + kCompletionsMax;
    std::nth_element(met.begin(), end, met.end(), comes_first);
    met.erase(end, met.end());
  }
  std::sort(met.begin(), met.end(), comes_first);
  std::int64_t left = kOccurrencesMax;
  for (const Met& one : met) {
    if (one.frequency > left) continue;
    left -= one.frequency;
    terms_.push_back({one.stem, one.likeness});
  }
}

bool Expander::stands_for(std::uint32_t stem) const {
  return std::any_of(terms_.begin(), terms_.end(),
                     [&](const Term& term) { return term.stem == stem; });
}

bool Expander::is_held(std::uint32_t stem) const {
  std::int64_t holders = 0;
  for_each_segment([&](const SegmentContent& content) {
    const SegmentContent::Stem* entry = content.find(stem);
    if (entry != nullptr) holders += entry->holders;
  });
  return holders > 0;
}

}  // namespace mangrove::graph
