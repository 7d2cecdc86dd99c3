// The evidence, by name:
//
//   same name                        all words equal, in their order
//   same name but for legal forms    `Ltd`, `e.V.`
//   same words                       in another order, or with other words between
//   same letters                     with spaces in other places
//   slip of the pen                  one letter, or two changed about
//   same sounds                      transliterated in other ways
//   short form of the name           `WFP` and `World Food Programme`
//   same short form                  `Children's Fund (UNICEF)`, `UNICEF/Fonds pour l'enfance`
//   most words                       by how rare they are
//   same reference                   in its normal form
//   published link                   a source states the reference of one beside the other
//   same number without its prefix   `41114` and `XM-DAC-41114`
//   same number in another list
//   reference continues              `XM-DAC-69-1` and `XM-DAC-69-18`
//   same country, same web site, same type
//
//   other words (against)            each name has words that the other lacks
//   another place, a place more      `Iran` and `Iraq`; `Oxfam` and `Oxfam Uganda`
//   branch, unit                     `Office`, `Department` in one of them
//   other direction                  `North` and `South`, `II`
//   other number in the same register
//   other country, other type
//   side by side                     both take part in one initiative
//   several under one reference      what the reference means is not sure
#include "ingest/identity/score.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>
#include <optional>
#include <utility>

#include "ingest/identity/candidates.h"

namespace mangrove::ingest {
namespace {

using ontology::NameUse;

constexpr double kSameName = 0.88;
constexpr double kSameButLegal = 0.82;
constexpr double kSameWords = 0.78;
constexpr double kSlip = 0.72;
constexpr double kSounds = 0.62;
constexpr double kShortForm = 0.62;
constexpr double kShortFormOfThree = 0.45;
constexpr double kMostWords = 0.8;
constexpr double kSimilarFrom = 0.72;
/// A name that so many bodies bear tells little.
constexpr std::uint32_t kManyBearers = 4;
constexpr double kCommonNameFactor = 0.6;
/// A word that stands in so many names was meant.
constexpr std::uint32_t kWordWasMeant = 3;
constexpr double kNamesAlike = 0.5;

std::string rounded(double weight) {
  const auto hundredths = std::lround(std::abs(weight) * 100);
  return "0." + std::string(hundredths < 10 ? "0" : "") + std::to_string(hundredths);
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view to_string(MatchState state) {
  switch (state) {
    case MatchState::suggested:
      return "suggested";
    case MatchState::accepted:
      return "accepted";
    case MatchState::none:
      break;
  }
  return "none";
}

std::string Judgement::reason() const {
  std::string text;
  for (const bool against : {false, true}) {
    bool first = true;
    for (const Evidence& each : evidence) {
      if ((each.weight < 0) != against) continue;
      if (first && against) text += text.empty() ? "against: " : "; against: ";
      text += (first ? "" : ", ") + each.name + " " + rounded(each.weight);
      first = false;
    }
  }
  return text;
}

double score_of(std::span<const Evidence> evidence) {
  double unlike = 1;
  double against = 1;
  for (const Evidence& each : evidence) {
    (each.weight < 0 ? against : unlike) *= 1 - std::abs(each.weight);
  }
  constexpr double kHundred = 100;
  return std::round((1 - unlike) * against * kHundred) / kHundred;
}

struct BodyScore::State {
  boost::unordered_flat_map<std::string_view, std::uint32_t> words;  // Bodies that bear them.
  boost::unordered_flat_map<std::string_view, std::uint32_t> names;  // By key.
  std::size_t bodies = 0;
  ontology::WordSet places;

  std::uint32_t bearers(std::string_view word) const {
    const auto found = words.find(word);
    return found == words.end() ? 0 : found->second;
  }
  /// How much a word tells: ln(1 + bodies / bearers).
  double worth(std::string_view word) const {
    return std::log(1 + static_cast<double>(bodies + 1) / (1 + bearers(word)));
  }
  bool is_place(std::string_view word) const { return places.contains(word); }
  /// Whether every word of a name stands in many others, and none tells a place: `Ministry of
  /// Finance`.
  bool is_common(const NameForm& name, std::uint32_t bearers_of_name) const {
    return std::all_of(name.core.begin(), name.core.end(), [&](const std::string& word) {
      return !is_place(word) && bearers(word) > 2 * bearers_of_name;
    });
  }
};

BodyScore::BodyScore(std::span<const Body> bodies, const ontology::WordSet& places) {
  auto state = std::make_unique<State>();
  state->bodies = bodies.size();
  state->places = places;
  std::vector<std::string_view> words;
  std::vector<std::string_view> keys;
  for (const Body& body : bodies) {
    words.clear();
    keys.clear();
    for (const NameForm& name : body.names) {
      words.insert(words.end(), name.words.begin(), name.words.end());
      keys.push_back(name.key);
    }
    for (auto* const all : {&words, &keys}) {
      std::sort(all->begin(), all->end());
      all->erase(std::unique(all->begin(), all->end()), all->end());
    }
    for (const std::string_view word : words) ++state->words[word];
    for (const std::string_view key : keys) ++state->names[key];
  }
  state_ = std::move(state);
}

BodyScore::~BodyScore() = default;

namespace {

/// The words that two names do not have in common; one letter apart counts as common.
struct Difference {
  std::vector<std::string_view> of_a;
  std::vector<std::string_view> of_b;
  std::vector<std::string_view> common;

  bool one_sided() const { return of_a.empty() || of_b.empty(); }
};

Difference difference_of(const std::vector<std::string>& a, const std::vector<std::string>& b,
                         bool slips) {
  Difference difference;
  std::vector<bool> taken(b.size(), false);
  const auto take = [&](const std::string& word, bool exact) {
    for (std::size_t i = 0; i < b.size(); ++i) {
      constexpr std::size_t kLong = 5;
      const bool close = !exact && word.size() >= kLong && is_slip(word, b[i]);
      if (!taken[i] && (word == b[i] || close)) {
        taken[i] = true;
        difference.common.push_back(word);
        return true;
      }
    }
    return false;
  };
  std::vector<const std::string*> rest;
  for (const std::string& word : a) {
    if (!take(word, true)) rest.push_back(&word);
  }
  for (const std::string* word : rest) {
    if (!slips || !take(*word, false)) difference.of_a.push_back(*word);
  }
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (!taken[i]) difference.of_b.push_back(b[i]);
  }
  return difference;
}

bool any_of_use(const std::vector<std::string_view>& words, NameUse use) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return ontology::identity_rules().has(use, word);
  });
}

bool shares(const std::vector<std::string>& a, const std::vector<std::string>& b,
            std::size_t& length) {
  for (const std::string& each : a) {
    if (each.size() >= 3 && std::find(b.begin(), b.end(), each) != b.end()) {
      length = std::max(length, each.size());
    }
  }
  return length > 0;
}

}  // namespace

std::vector<Evidence> BodyScore::compare(const NameForm& a, const NameForm& b) const {
  std::vector<Evidence> evidence;
  if (a.empty() || b.empty()) return evidence;
  const State& state = *state_;
  if (a.whole == b.whole && a.key != b.key) {
    evidence.push_back({"same letters", kSameWords});  // A space in another place.
    return evidence;
  }
  if (a.key == b.key) {
    double weight = kSameWords;
    std::string name = "same words";
    if (a.words == b.words) {
      name = "same name";
      weight = kSameName;
    } else if (a.core == b.core && a.legal_forms != b.legal_forms) {
      name = "same name but for legal forms";
      weight = kSameButLegal;
    }
    const auto bearers = state.names.find(a.key);
    const std::uint32_t many = bearers == state.names.end() ? 0 : bearers->second;
    if (many >= kManyBearers) weight *= kCommonNameFactor;
    if (many > kManyBearers && state.is_common(a, many)) weight *= kCommonNameFactor;
    evidence.push_back({std::move(name), weight});
    return evidence;
  }

  Difference difference = difference_of(a.core, b.core, false);
  const auto was_meant = [&](const std::vector<std::string_view>& words) {
    return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
      return state.bearers(word) >= kWordWasMeant || has_digit(word);
    });
  };
  const auto are_places = [&](const std::vector<std::string_view>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return state.is_place(word); });
  };
  constexpr std::size_t kWholeMin = 8;
  constexpr std::size_t kSlipInMin = 4;
  bool slip = a.whole.size() >= kWholeMin && is_slip(a.whole, b.whole);
  if (slip && difference.of_a.size() == 1 && difference.of_b.size() == 1) {
    const bool two_words = was_meant(difference.of_a) && was_meant(difference.of_b);
    const bool two_places = are_places(difference.of_a) && are_places(difference.of_b);
    const bool changed_about = difference.of_a[0].size() == difference.of_b[0].size();
    const std::size_t size = std::max(difference.of_a[0].size(), difference.of_b[0].size());
    slip = !two_words && !two_places && (changed_about || size >= kSlipInMin) && size > 1;
  } else if (slip && difference.one_sided() &&
             difference.of_a.size() + difference.of_b.size() > 0) {
    slip = false;  // A word more, such as a number.
  }
  if (slip) {
    evidence.push_back({"slip of the pen", kSlip});
    return evidence;
  }
  difference = difference_of(a.core, b.core, true);

  std::size_t length = 0;
  const std::vector<std::string> initials_a{a.initials, a.initials_of_all};
  const std::vector<std::string> initials_b{b.initials, b.initials_of_all};
  const auto weight_of_length = [](std::size_t size) {
    return size >= 4 ? kShortForm : kShortFormOfThree;
  };
  bool by_short_form = false;
  if (shares(a.short_forms, b.short_forms, length)) {
    evidence.push_back({"same short form", weight_of_length(length)});
    by_short_form = true;
  } else if (shares(a.short_forms, initials_b, length) ||
             shares(b.short_forms, initials_a, length)) {
    evidence.push_back({"short form of the name", weight_of_length(length)});
    by_short_form = true;
  }
  constexpr std::size_t kSkeletonMin = 5;
  constexpr double kSpelledAlike = 0.6;
  bool whole_alike = false;
  if (a.skeleton == b.skeleton && a.skeleton.size() >= kSkeletonMin &&
      likeness(a.whole, b.whole) >= kSpelledAlike && !was_meant(difference.of_a)) {
    evidence.push_back({"same sounds", kSounds});
    whole_alike = true;
  }
  double common = 0;
  double all = 0;
  for (const std::string_view word : difference.common) common += state.worth(word);
  for (const auto* words : {&difference.of_a, &difference.of_b}) {
    for (const std::string_view word : *words) all += state.worth(word);
  }
  all += common;
  const double similarity = all > 0 ? common / all : 0;
  if (!whole_alike && similarity >= kSimilarFrom && difference.common.size() >= 2) {
    evidence.push_back({"most words", kMostWords * similarity});
  }
  if (evidence.empty() || whole_alike) return evidence;
  // A short form and its name have no words in common; what they lack tells nothing.
  if (by_short_form && difference.common.empty()) return evidence;

  const auto& of_a = difference.of_a;
  const auto& of_b = difference.of_b;
  if (are_places(of_a) && are_places(of_b)) {
    evidence.push_back({"another place", -0.85});
  } else if (are_places(of_a) || are_places(of_b)) {
    evidence.push_back({"a place more", -0.45});
  }
  if (any_of_use(of_a, NameUse::branch) || any_of_use(of_b, NameUse::branch)) {
    evidence.push_back({"branch", -0.6});
  }
  if (any_of_use(of_a, NameUse::unit) || any_of_use(of_b, NameUse::unit)) {
    evidence.push_back({"unit", -0.6});
  }
  const auto tells_apart = [&](const std::vector<std::string_view>& words) {
    return any_of_use(words, NameUse::direction) ||
           std::any_of(words.begin(), words.end(), has_digit);
  };
  if (tells_apart(of_a) || tells_apart(of_b)) evidence.push_back({"other direction", -0.7});
  if (!by_short_form && !difference.one_sided()) evidence.push_back({"other words", -0.4});
  return evidence;
}

bool BodyScore::is_branch_of(const NameForm& branch, const NameForm& whole) const {
  if (branch.core.size() <= whole.core.size() || whole.core.empty()) return false;
  const Difference difference = difference_of(branch.core, whole.core, false);
  return difference.of_b.empty();
}

namespace {

/// The best that any two names of the bodies give.
std::vector<Evidence> best_names(const BodyScore& score, const Body& a, const Body& b) {
  std::vector<Evidence> best;
  double highest = -1;
  for (const NameForm& of_a : a.names) {
    for (const NameForm& of_b : b.names) {
      std::vector<Evidence> evidence = score.compare(of_a, of_b);
      if (evidence.empty()) continue;
      const double value = score_of(evidence);
      if (value <= highest) continue;
      highest = value;
      best = std::move(evidence);
    }
  }
  return best;
}

/// What references say.
struct Grounds {
  bool same_reference = false;
  bool published_link = false;
  bool bare_number = false;
  bool same_number = false;
  bool continues = false;
  bool other_number = false;
};

bool continues(const NormalReference& a, const NormalReference& b) {
  if (a.text == b.text || a.text.size() < 6 || b.text.size() < 6) return false;
  if (b.text.starts_with(a.text + "-") || a.text.starts_with(b.text + "-")) return true;
  // Two departments of one publisher: equal up to the last part.
  const std::size_t at = a.text.rfind('-');
  const std::size_t size = a.list.size() + 1;
  return at != std::string::npos && at == b.text.rfind('-') && at > size && !a.list.empty() &&
         a.text.compare(0, at, b.text, 0, at) == 0;
}

Grounds grounds_of(const Body& a, const Body& b) {
  Grounds grounds;
  for (const BodyReference& of_a : a.references) {
    for (const BodyReference& of_b : b.references) {
      const NormalReference& ra = of_a.reference;
      const NormalReference& rb = of_b.reference;
      if (ra.collective || rb.collective) continue;
      const bool listed = ra.standing == ontology::Standing::primary ||
                          ra.standing == ontology::Standing::secondary;
      if (ra.text == rb.text) {
        const bool both_own = of_a.own && of_b.own;
        const bool one_own = of_a.own != of_b.own;
        grounds.same_reference = grounds.same_reference || (both_own && ra.identifies());
        grounds.published_link =
            grounds.published_link || (one_own && listed) || (!both_own && ra.identifies());
        continue;
      }
      constexpr std::size_t kNumberMin = 4;
      const bool bare = (ra.bare && rb.text == ra.number) || (rb.bare && ra.text == rb.number);
      grounds.bare_number =
          grounds.bare_number || (bare && std::min(ra.text.size(), rb.text.size()) >= kNumberMin);
      const std::string digits = bare_digits(ra);
      grounds.same_number =
          grounds.same_number || (!digits.empty() && digits == bare_digits(rb) &&
                                  (ra.list.empty() || rb.list.empty() ||
                                   jurisdiction_of(ra.text) == jurisdiction_of(rb.text)));
      grounds.continues = grounds.continues || (of_a.own && of_b.own && continues(ra, rb));
      grounds.other_number = grounds.other_number || (of_a.own && of_b.own && ra.list == rb.list &&
                                                      ra.identifies() && rb.identifies());
    }
  }
  return grounds;
}

bool meets(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& each) { return b.contains(each); });
}

/// Evidence that forbids the machine to accept, whatever the ground.
bool forbids(const std::vector<Evidence>& evidence) {
  constexpr double kMild = 0.3;
  return std::any_of(evidence.begin(), evidence.end(), [](const Evidence& each) {
    return each.weight < -kMild && each.name != "other words" && each.name != "a place more";
  });
}

}  // namespace

Judgement BodyScore::judge(const Body& a, const Body& b, std::uint32_t together) const {
  Judgement judgement;
  std::vector<Evidence>& evidence = judgement.evidence;
  evidence = best_names(*this, a, b);
  const double names = evidence.empty() ? 0 : score_of(evidence);
  const bool unnamed = a.names.empty() || b.names.empty();
  const Grounds grounds = grounds_of(a, b);
  // A number without its list is ground only where the names say so too.
  const bool ground = grounds.same_reference || grounds.published_link ||
                      (grounds.bare_number && names >= kNamesAlike);
  const bool number = grounds.same_number || grounds.bare_number;
  if (names <= 0 && !ground && !number) return judgement;

  const auto add = [&](bool holds, std::string_view name, double weight) {
    if (holds) evidence.push_back({std::string(name), weight});
  };
  add(grounds.same_reference, "same reference", 0.95);
  add(!grounds.same_reference && grounds.published_link, "published link", 0.9);
  add(grounds.bare_number, "same number without its prefix", 0.6);
  add(!ground && grounds.same_number, "same number in another list", 0.4);
  add(grounds.continues, "reference continues", 0.25);
  add(meets(a.countries, b.countries), "same country", 0.2);
  add(!a.host.empty() && a.host == b.host, "same web site", 0.4);
  add(!a.type.empty() && a.type == b.type, "same type", 0.05);
  const bool other_country =
      !a.countries.empty() && !b.countries.empty() && !meets(a.countries, b.countries);
  add(other_country, "other country", -0.5);
  add(!a.type.empty() && !b.type.empty() && a.type != b.type, "other type", -0.15);
  add(grounds.other_number, "other number in the same register", -0.6);
  add(together > 0, "side by side", -0.15);
  add(ground && (a.doubtful || b.doubtful), "several under one reference", -0.35);
  add(ground && !unnamed && names < kNamesAlike, "names are not alike", -0.35);

  judgement.score = score_of(evidence);
  if (ground && !forbids(evidence)) {
    judgement.state = MatchState::accepted;
  } else if (judgement.score >= kSuggestedFrom) {
    judgement.state = MatchState::suggested;
  }
  return judgement;
}

}  // namespace mangrove::ingest
