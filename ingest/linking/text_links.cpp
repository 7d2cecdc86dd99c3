#include "ingest/linking/text_links.h"

#include <algorithm>
#include <cmath>
#include <tuple>

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
  std::vector<Match> kept;
  for (const Match& match : matches) {
    const bool shares = std::any_of(kept.begin(), kept.end(), [&](const Match& other) {
      return other.passage == match.passage && other.begin < match.end && match.begin < other.end;
    });
    if (!shares) kept.push_back(match);
  }
  matches = std::move(kept);
}

std::vector<Cue> all_cues(const Vocabulary& vocabulary) {
  std::vector<Cue> cues = vocabulary.cues;
  cues.insert(cues.end(), vocabulary.exclusions.begin(), vocabulary.exclusions.end());
  return cues;
}

}  // namespace

CompiledVocabulary::CompiledVocabulary(Vocabulary of)
    : vocabulary(std::move(of)),
      book(std::make_shared<const PhraseBook>(all_cues(vocabulary), vocabulary.model.small_words)) {
}

TextLinker::TextLinker(std::shared_ptr<const CompiledVocabulary> vocabulary)
    : vocabulary_(std::move(vocabulary)), reader_(vocabulary_->book) {}

std::vector<TextLink> TextLinker::read(std::span<const Passage> passages, double least) {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  evidence_.clear();
  for (std::uint32_t i = 0; i < passages.size(); ++i) {
    const auto field = vocabulary.model.fields.find(passages[i].field);
    if (field != vocabulary.model.fields.end()) read(i, passages[i], field->second);
  }
  // A phrase counts where it counts most, and words that two phrases share once.
  std::sort(evidence_.begin(), evidence_.end(), [](const Evidence& a, const Evidence& b) {
    return std::tuple(a.concept_number, a.cue, -a.match.weight, a.match.passage, a.match.begin) <
           std::tuple(b.concept_number, b.cue, -b.match.weight, b.match.passage, b.match.begin);
  });
  std::vector<TextLink> links;
  for (std::size_t i = 0; i < evidence_.size();) {
    const std::uint32_t concept_number = evidence_[i].concept_number;
    TextLink link{concept_number, 0, {}};
    for (; i < evidence_.size() && evidence_[i].concept_number == concept_number; ++i) {
      const bool again = i > 0 && evidence_[i - 1].concept_number == concept_number &&
                         evidence_[i - 1].cue == evidence_[i].cue;
      if (!again) link.matches.push_back(evidence_[i].match);
    }
    std::stable_sort(link.matches.begin(), link.matches.end(),
                     [](const Match& a, const Match& b) { return a.weight > b.weight; });
    keep_apart(link.matches);
    double log_odds = vocabulary.concepts[concept_number].bias;
    for (const Match& match : link.matches) log_odds += match.weight;
    link.confidence = confidence_of(log_odds);
    if (link.confidence < least) continue;
    if (link.matches.size() > kMatchesMax) link.matches.resize(kMatchesMax);
    links.push_back(std::move(link));
  }
  std::sort(links.begin(), links.end(), [&](const TextLink& a, const TextLink& b) {
    if (a.confidence != b.confidence) return a.confidence > b.confidence;
    return vocabulary.concepts[a.concept_number].id < vocabulary.concepts[b.concept_number].id;
  });
  return links;
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

/// Whether another phrase takes the words: a longer one of a concept of the same kind, or a false
/// friend that is as long, or that runs into them from before.
bool TextLinker::is_hidden(const Sighting& sighting, std::uint32_t concept_number) const {
  const Vocabulary& vocabulary = vocabulary_->vocabulary;
  const std::string& kind = vocabulary.concepts[concept_number].kind;
  const std::uint32_t length = sighting.last - sighting.first;
  for (const Sighting& other : sightings_) {
    const bool overlaps = other.first <= sighting.last && sighting.first <= other.last;
    if (!overlaps) continue;
    const std::uint32_t other_length = other.last - other.first;
    const auto& meanings = vocabulary.meanings[other.cue];
    if (meanings.empty() && other.first < sighting.first) return true;
    if (other_length < length) continue;
    if (meanings.empty()) return true;
    if (other_length == length) continue;
    const bool same = std::any_of(meanings.begin(), meanings.end(), [&](const Meaning& meaning) {
      return meaning.concept_number == concept_number;
    });
    const bool rivals = std::any_of(meanings.begin(), meanings.end(), [&](const Meaning& meaning) {
      return vocabulary.concepts[meaning.concept_number].kind == kind;
    });
    if (same || rivals) return true;
  }
  return false;
}

void TextLinker::count(double factor) {
  for (const Sighting& sighting : sightings_) {
    for (const Meaning& meaning : vocabulary_->vocabulary.meanings[sighting.cue]) {
      if (is_hidden(sighting, meaning.concept_number)) continue;
      Match match = sighting.match;
      match.weight = meaning.weight * factor;
      evidence_.push_back({meaning.concept_number, sighting.cue, match});
    }
  }
}

}  // namespace mangrove::ingest
