#include "ingest/linking/text_links.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace mangrove::ingest {
namespace {

/// How many words behind an exclusion do not count.
constexpr std::uint32_t kExclusionReach = 6;
constexpr std::size_t kMatchesMax = 5;

double in_thousandths(double value) {
  return std::round(value * 1000) / 1000;
}

double confidence_of(double log_odds) {
  constexpr double kMost = 0.99;  // Words are never certain.
  return in_thousandths(std::min(kMost, 1 / (1 + std::exp(-log_odds))));
}

/// Leaves out those that share words with one before.
void keep_apart(std::vector<Match>& matches) {
  auto kept = matches.begin();
  for (const Match& match : matches) {
    const bool shares = std::any_of(matches.begin(), kept, [&](const Match& other) {
      return other.passage == match.passage && other.begin < match.end && match.begin < other.end;
    });
    if (!shares) *kept++ = match;
  }
  matches.erase(kept, matches.end());
}

std::vector<Cue> all_cues(const Vocabulary& vocabulary) {
  std::vector<Cue> cues = vocabulary.cues;
  cues.insert(cues.end(), vocabulary.exclusions.begin(), vocabulary.exclusions.end());
  return cues;
}

}  // namespace

CompiledVocabulary::CompiledVocabulary(Vocabulary of, std::set<std::string, std::less<>> releases)
    : vocabulary(std::move(of)),
      book(std::make_shared<const PhraseBook>(all_cues(vocabulary), vocabulary.model.small_words)),
      released(std::move(releases)) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t>
      known;  // By scale and rivals.
  std::uint64_t unnamed = 0;
  for (const auto& meanings : vocabulary.meanings) {
    auto& bits = families.emplace_back();
    for (const Meaning& meaning : meanings) {
      const std::string& scale = vocabulary.scales[meaning.scale].name;
      const Concept& of_meaning = vocabulary.concepts[meaning.concept_number];
      const std::string& rivals = of_meaning.apart ? of_meaning.id : of_meaning.kind;
      const auto family = known.try_emplace({scale, rivals}, known.size()).first;
      bits.push_back(std::uint64_t{1} << family->second % 64);
      if (scale.empty()) unnamed |= bits.back();
    }
  }
  for (const auto& bits : families) {
    const std::uint64_t all = std::accumulate(bits.begin(), bits.end(), std::uint64_t{0},
                                              [](auto a, auto b) { return a | b; });
    hides.push_back(bits.empty() ? unnamed : all);
  }
}

TextLinker::TextLinker(std::shared_ptr<const CompiledVocabulary> vocabulary)
    : vocabulary_(std::move(vocabulary)), reader_(vocabulary_->book) {}

std::vector<TextLink> TextLinker::read(std::span<const Passage> passages, double least) {
  gather(passages);
  weigh();
  add_lifted();
  return surest(least, false);
}

std::vector<TextLink> TextLinker::links(std::span<const Passage> passages) {
  gather(passages);
  weigh();
  return surest(0, true);
}

void TextLinker::gather(std::span<const Passage> passages) {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  evidence_.clear();
  for (std::uint32_t i = 0; i < passages.size(); ++i) {
    const auto field = vocabulary.model.fields.find(passages[i].field);
    if (field != vocabulary.model.fields.end()) read(i, passages[i], field->second);
  }
  // A phrase counts where it counts most, and words that two phrases share once.
  std::sort(evidence_.begin(), evidence_.end(), [](const Evidence& a, const Evidence& b) {
    return std::tuple(a.concept_number, a.scale, a.cue, -a.match.weight, a.match.passage,
                      a.match.begin) < std::tuple(b.concept_number, b.scale, b.cue, -b.match.weight,
                                                  b.match.passage, b.match.begin);
  });
}

/// Makes opinions of the evidence.
void TextLinker::weigh() {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  opinions_.clear();
  crowding_.assign(vocabulary.scales.size(), 0);
  for (std::size_t i = 0; i < evidence_.size();) {
    const Evidence& first = evidence_[i];
    TextLink link{first.concept_number, 0, {}, first.scale};
    std::optional<std::uint32_t> last_cue;
    matches_.clear();
    for (; i < evidence_.size() && evidence_[i].concept_number == link.concept_number &&
           evidence_[i].scale == link.scale;
         ++i) {
      if (last_cue != evidence_[i].cue) matches_.push_back(evidence_[i].match);
      last_cue = evidence_[i].cue;
    }
    if (matches_.size() > 1) {
      std::stable_sort(matches_.begin(), matches_.end(),
                       [](const Match& a, const Match& b) { return a.weight > b.weight; });
      keep_apart(matches_);
    }
    for (const Match& match : matches_) link.raised += match.weight;
    const auto shown = static_cast<std::ptrdiff_t>(std::min(kMatchesMax, matches_.size()));
    link.matches.assign(matches_.begin(), matches_.begin() + shown);
    crowding_[link.scale] += link.raised;
    opinions_.push_back(std::move(link));
  }
  for (std::size_t i = 0; i < crowding_.size(); ++i) {
    crowding_[i] = std::max(1.0, crowding_[i] / vocabulary.scales[i].room);
  }
  for (TextLink& link : opinions_) judge(link);
}

/// How sure it is, and whether that makes a link.
void TextLinker::judge(TextLink& link) const {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  const Concept& about = vocabulary.concepts[link.concept_number];
  const Scale& scale = vocabulary.scales[link.scale];
  double log_odds = link.scale == 0 ? about.bias : scale.bias;
  log_odds += link.raised / crowding_[link.scale];
  if (scale.lift > 0 && about.above) {
    for (std::uint32_t i = 0; i < vocabulary.scales.size(); ++i) {
      if (vocabulary.scales[i].name != scale.name) continue;
      const TextLink* const above = opinion(*about.above, i);
      if (above != nullptr) log_odds += scale.lift * above->raised / crowding_[i];
    }
  }
  link.confidence = confidence_of(log_odds);
  const double threshold = link.scale == 0 ? vocabulary.model.threshold : scale.threshold;
  link.is_link = link.raised > 0 && link.confidence >= threshold;
}

/// The opinion from words of its own; null where there is none.
const TextLink* TextLinker::opinion(std::uint32_t concept_number, std::uint32_t scale) const {
  const auto at = std::lower_bound(
      opinions_.begin(), opinions_.end(), std::pair(concept_number, scale),
      [](const TextLink& link, const std::pair<std::uint32_t, std::uint32_t>& key) {
        return std::pair(link.concept_number, link.scale) < key;
      });
  const bool is_it = at != opinions_.end() && at->concept_number == concept_number &&
                     at->scale == scale && at->raised > 0;
  return is_it ? &*at : nullptr;
}

/// Adds the concepts of which only the concept above them is spoken.
void TextLinker::add_lifted() {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  std::vector<TextLink> lifted;
  for (std::uint32_t i = 0; i < vocabulary.scales.size(); ++i) {
    const Scale& scale = vocabulary.scales[i];
    if (scale.lift <= 0) continue;
    for (const std::uint32_t number : scale.concepts) {
      const auto above = vocabulary.concepts[number].above;
      if (!above || opinion(number, i) != nullptr) continue;
      for (std::uint32_t of = 0; of < vocabulary.scales.size(); ++of) {
        const TextLink* const spoken_of =
            vocabulary.scales[of].name == scale.name ? opinion(*above, of) : nullptr;
        if (spoken_of == nullptr) continue;
        lifted.push_back({number, 0, spoken_of->matches, i});
        judge(lifted.back());
        break;
      }
    }
  }
  for (TextLink& link : lifted) opinions_.push_back(std::move(link));
}

/// One of the opinions for each concept: a link before others, then the surest.
std::vector<TextLink> TextLinker::surest(double least, bool only_links) {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  std::erase_if(opinions_, [&](const TextLink& link) {
    return link.confidence < least || (only_links && !link.is_link);
  });
  std::sort(opinions_.begin(), opinions_.end(), [](const TextLink& a, const TextLink& b) {
    return std::tuple(a.concept_number, !a.is_link, -a.confidence, a.scale) <
           std::tuple(b.concept_number, !b.is_link, -b.confidence, b.scale);
  });
  const auto same = [](const TextLink& a, const TextLink& b) {
    return a.concept_number == b.concept_number;
  };
  opinions_.erase(std::unique(opinions_.begin(), opinions_.end(), same), opinions_.end());
  std::sort(opinions_.begin(), opinions_.end(), [&](const TextLink& a, const TextLink& b) {
    if (a.confidence != b.confidence) return a.confidence > b.confidence;
    return vocabulary.concepts[a.concept_number].id < vocabulary.concepts[b.concept_number].id;
  });
  return std::move(opinions_);
}

void TextLinker::read(std::uint32_t number, const Passage& passage, double factor) {
  const PhraseReader::Reading reading = reader_.read(passage.text);
  if (reading.found.empty()) return;
  note_exclusions(reading);
  sightings_.clear();
  for (const CueFound& found : reading.found) {
    const bool excluded = found.cue >= vocabulary_->vocabulary.cues.size() ||
                          std::any_of(excluded_.begin(), excluded_.end(), [&](const auto& range) {
                            return found.first >= range.first && found.first < range.second;
                          });
    if (excluded) continue;
    const Match match{number, reading.words[found.first].begin, reading.words[found.last].end, 0};
    sightings_.push_back({found.cue, match, found.first, found.last});
  }
  count(factor);
}

void TextLinker::note_exclusions(const PhraseReader::Reading& reading) {
  excluded_.clear();
  for (const CueFound& found : reading.found) {
    if (found.cue < vocabulary_->vocabulary.cues.size()) continue;
    std::uint32_t end = found.last + 1;
    while (end < reading.words.size() && end <= found.last + kExclusionReach &&
           reading.words[end].gap != graph::Gap::sentence) {
      ++end;
    }
    excluded_.emplace_back(found.first, end);
  }
}

/// The rivals of whom another phrase takes the words: a longer one, or a false friend that is as
/// long, or that runs into them from before.
std::uint64_t TextLinker::hidden_of(std::size_t sighting, std::uint32_t longest) const {
  const Sighting& one = sightings_[sighting];
  const std::uint32_t length = one.last - one.first;
  std::uint64_t hidden = 0;
  const auto look_at = [&](const Sighting& other) {
    if (other.first > one.last || one.first > other.last) return;
    const std::uint32_t other_length = other.last - other.first;
    const bool is_false_friend = vocabulary_->vocabulary.meanings[other.cue].empty();
    const bool takes =
        is_false_friend ? other.first < one.first || other_length >= length : other_length > length;
    if (takes) hidden |= vocabulary_->hides[other.cue];
  };
  for (std::size_t i = sighting; i > 0 && sightings_[i - 1].last >= one.first; --i) {
    look_at(sightings_[i - 1]);
  }
  for (std::size_t i = sighting + 1;
       i < sightings_.size() && sightings_[i].last <= one.last + longest; ++i) {
    look_at(sightings_[i]);
  }
  return hidden;
}

void TextLinker::count(double factor) {
  std::uint32_t longest = 0;
  for (const Sighting& sighting : sightings_) {
    longest = std::max(longest, sighting.last - sighting.first);
  }
  for (std::size_t i = 0; i < sightings_.size(); ++i) {
    const auto& meanings = vocabulary_->vocabulary.meanings[sightings_[i].cue];
    if (meanings.empty()) continue;
    const std::uint64_t hidden = hidden_of(i, longest);
    const auto& families = vocabulary_->families[sightings_[i].cue];
    for (std::size_t k = 0; k < meanings.size(); ++k) {
      const Meaning& meaning = meanings[k];
      if ((hidden & families[k]) != 0) continue;
      Match match = sightings_[i].match;
      match.weight = meaning.weight * factor;
      evidence_.push_back({meaning.concept_number, meaning.scale, sightings_[i].cue, match});
    }
  }
}

}  // namespace mangrove::ingest
