#include "query/explore/places.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "query/explore/lessons.h"
#include "query/explore/portraits.h"
#include "query/observations.h"
#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::size_t kNone = SIZE_MAX;

std::optional<Distance> distance(ProfileBy by, const Portrait& a, const Portrait& b) {
  return by == ProfileBy::determinants ? distance_by_determinants(a, b) : distance_by_work(a, b);
}

/// The value of a trait that is compared; of work, every determinant has one.
std::optional<double> value_of(ProfileBy by, const Portrait& portrait, std::size_t trait) {
  if (by == ProfileBy::determinants) return portrait.traits[trait].risk;
  return portrait.share(trait);
}

/// Two decimals, as a person reads a distance.
std::string two_decimals(double number) {
  constexpr double kHundred = 100;
  const auto hundredths = static_cast<long long>(number * kHundred + 0.5);
  const std::string rest = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

std::string risk_in_words(double risk) {
  if (risk == 0) return "an asset";
  return risk == 1 ? "a gap" : "met in part";
}

/// What the three questions share.
class PlaceComparer {
 public:
  PlaceComparer(const Context& context, const PreparedFilter& filter,
                const PreparedFilter& everything, const Date& as_of)
      : context_(context),
        everything_(everything),
        as_of_(as_of),
        portraits_(context, filter, everything),
        reading_(context) {}

  Status load() { return portraits_.load(as_of_); }

  Result<ProfileAnswer> profile(NodeIndex place, const Page& page) {
    const Portrait portrait = TRY(portraits_.of(place));
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < portrait.traits.size(); ++i) {
      const Trait& trait = portrait.traits[i];
      if (trait.judged || trait.risk || trait.initiatives > 0) known.push_back(i);
    }
    std::stable_sort(known.begin(), known.end(), [&](std::size_t a, std::size_t b) {
      const double risk_of_a = portrait.traits[a].risk.value_or(-1);
      const double risk_of_b = portrait.traits[b].risk.value_or(-1);
      if (risk_of_a != risk_of_b) return risk_of_a > risk_of_b;
      return portrait.traits[a].part > portrait.traits[b].part;
    });
    ProfileAnswer answer;
    answer.total = known.size();
    known = page_of(known, page);
    for (const std::size_t i : known) reading_.want(portraits_.determinants()[i]);
    answer.profile = TRY(described(place, portrait));
    for (const std::size_t i : known) {
      const Trait& trait = portrait.traits[i];
      answer.items.push_back({reading_.brief(portraits_.determinants()[i]), trait.risk,
                              trait.judged, trait.initiatives, portrait.share(i)});
    }
    return answer;
  }

  Result<CompareAnswer> compare(NodeIndex a, NodeIndex b, ProfileBy by, const Page& page) {
    const Portrait portrait_of_a = TRY(portraits_.of(a));
    const Portrait portrait_of_b = TRY(portraits_.of(b));
    CompareAnswer answer;
    answer.by = by;
    if (by == ProfileBy::automatic) {
      const bool known = distance_by_determinants(portrait_of_a, portrait_of_b).has_value();
      answer.by = known ? ProfileBy::determinants : ProfileBy::work;
    }
    const auto far = distance(answer.by, portrait_of_a, portrait_of_b);
    if (far) answer.distance = far->value;
    for (std::size_t i = 0; i < portrait_of_a.traits.size(); ++i) {
      answer.shared += portrait_of_a.traits[i].risk && portrait_of_b.traits[i].risk ? 1 : 0;
    }
    std::vector<std::size_t> order = compared(answer.by, portrait_of_a, portrait_of_b);
    answer.total = order.size();
    const std::size_t most = order.empty() ? kNone : order.front();
    order = page_of(order, page);
    for (const std::size_t i : order) reading_.want(portraits_.determinants()[i]);
    if (most != kNone) reading_.want(portraits_.determinants()[most]);
    answer.a = TRY(described(a, portrait_of_a));
    answer.b = TRY(described(b, portrait_of_b));
    for (const std::size_t i : order) {
      answer.items.push_back(feature(answer.by, portrait_of_a, portrait_of_b, i));
    }
    answer.why.push_back(reason(answer.by, a, b, portrait_of_a, portrait_of_b, far, most));
    return answer;
  }

  Result<SimilarAnswer> similar(NodeIndex place, ProfileBy by, const Page& page) {
    const Portrait own = TRY(portraits_.of(place));
    SimilarAnswer answer;
    answer.by = by;
    if (by == ProfileBy::automatic) {
      answer.by = own.judged >= kJudgedLeast ? ProfileBy::determinants : ProfileBy::work;
    }
    std::vector<Candidate> candidates;
    const std::vector<NodeIndex> others = TRY(of_level(place));
    answer.candidates = others.size();
    for (const NodeIndex other : others) {
      Portrait portrait = TRY(portraits_.of(other));
      const auto far = distance(answer.by, own, portrait);
      if (far) candidates.push_back({other, *far, std::move(portrait)});
    }
    answer.total = candidates.size();
    std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
      if (a.distance.value != b.distance.value) return a.distance.value < b.distance.value;
      if (a.distance.shared != b.distance.shared) return a.distance.shared > b.distance.shared;
      return context_.view.id(a.place) < context_.view.id(b.place);
    });
    const std::size_t from = std::min(page.offset, candidates.size());
    const std::size_t to = std::min(from + page.limit, candidates.size());
    const std::vector<const Judgement*> judged = portraits_.judged_of(place);
    const std::vector<Standing> standings = standings_of(context_, judged);
    answer.profile = TRY(described(place, own));
    for (std::size_t i = from; i < to; ++i) {
      answer.items.push_back(TRY(row(answer.by, place, own, candidates[i], standings)));
    }
    return answer;
  }

 private:
  struct Candidate {
    NodeIndex place;
    Distance distance;
    Portrait portrait;
  };

  template <typename T>
  static std::vector<T> page_of(const std::vector<T>& all, const Page& page) {
    const std::size_t from = std::min(page.offset, all.size());
    const std::size_t to = std::min(from + page.limit, all.size());
    return {all.begin() + static_cast<std::ptrdiff_t>(from),
            all.begin() + static_cast<std::ptrdiff_t>(to)};
  }

  /// The other places of the same level.
  Result<std::vector<NodeIndex>> of_level(NodeIndex place) {
    const std::vector<NodeIndex> all = context_.view.nodes_of_kind(context_.view.kind(place));
    if (!context_.budget.read(all.size())) return context_.budget.status().error();
    const std::vector<graph::Node> nodes = TRY(context_.view.read(all));
    std::string level;
    for (const graph::Node& node : nodes) {
      if (node.index == place) level = node.text("level");
    }
    std::vector<NodeIndex> others;
    for (const graph::Node& node : nodes) {
      if (node.index != place && node.text("level") == level) others.push_back(node.index);
    }
    return others;
  }

  /// Determinants of which anything is known in either: the greatest difference first, those that
  /// are unknown in one of them last, then by id.
  static std::vector<std::size_t> compared(ProfileBy by, const Portrait& a, const Portrait& b) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < a.traits.size(); ++i) {
      const bool is_known = by == ProfileBy::determinants
                                ? a.traits[i].risk || b.traits[i].risk
                                : a.traits[i].part > 0 || b.traits[i].part > 0;
      if (is_known) order.push_back(i);
    }
    const auto difference = [&](std::size_t i) {
      const auto of_a = value_of(by, a, i);
      const auto of_b = value_of(by, b, i);
      return of_a && of_b ? std::abs(*of_a - *of_b) : -1;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t i, std::size_t j) { return difference(i) > difference(j); });
    return order;
  }

  /// The determinant must have been read.
  ComparedFeature feature(ProfileBy by, const Portrait& a, const Portrait& b, std::size_t i) const {
    ComparedFeature feature{reading_.brief(portraits_.determinants()[i]), value_of(by, a, i),
                            value_of(by, b, i), std::nullopt};
    if (feature.a && feature.b) feature.difference = std::abs(*feature.a - *feature.b);
    return feature;
  }

  Result<SimilarPlace> row(ProfileBy by, NodeIndex place, const Portrait& own,
                           const Candidate& candidate, const std::vector<Standing>& standings) {
    SimilarPlace row;
    std::vector<std::size_t> order = compared(by, own, candidate.portrait);
    const std::size_t most = order.empty() ? kNone : order.front();
    std::erase_if(order, [&](std::size_t i) {
      const auto a = value_of(by, own, i);
      const auto b = value_of(by, candidate.portrait, i);
      return !a || !b || *a == *b;
    });
    if (order.size() > kDifferingMax) order.resize(kDifferingMax);
    for (const std::size_t i : order) reading_.want(portraits_.determinants()[i]);
    if (most != kNone) reading_.want(portraits_.determinants()[most]);
    reading_.want(candidate.place);
    TRY(reading_.load());
    row.node = reading_.brief(candidate.place);
    row.distance = candidate.distance.value;
    row.score = 1 - candidate.distance.value;
    row.shared = candidate.distance.shared;
    for (const std::size_t i : order)
      row.differing.push_back(feature(by, own, candidate.portrait, i));
    row.lessons =
        TRY(lessons_of(context_, portraits_, everything_, candidate.place, standings, as_of_));
    row.learned = TRY(learned_between(context_, place, candidate.place));
    row.why.push_back(
        reason(by, place, candidate.place, own, candidate.portrait, candidate.distance, most));
    return row;
  }

  Reason reason(ProfileBy by, NodeIndex a, NodeIndex b, const Portrait& portrait_of_a,
                const Portrait& portrait_of_b, const std::optional<Distance>& far,
                std::size_t most) const {
    Reason reason;
    reason.node = reading_.brief(b);
    reason.relation = by == ProfileBy::determinants ? "ON" : "ADDRESSES";
    const std::string both = reading_.name(a) + " and " + reading_.name(b);
    if (!far) {
      reason.text = by == ProfileBy::determinants
                        ? "Fewer than " + std::to_string(kJudgedLeast) +
                              " determinants are known in both " + both +
                              ": their profiles cannot be compared."
                        : "Not both " + both + " have initiatives that address a determinant.";
      return reason;
    }
    reason.weight = 1 - far->value;
    if (by == ProfileBy::determinants) {
      reason.text = counted(far->shared, "determinant") + " are known in both " + both +
                    ": distance " + two_decimals(far->value) + ".";
    } else {
      reason.text = "The initiatives of " + both +
                    " address determinants in shares that differ by " + two_decimals(far->value) +
                    " of the whole.";
    }
    if (most == kNone) return reason;
    const auto of_a = value_of(by, portrait_of_a, most);
    const auto of_b = value_of(by, portrait_of_b, most);
    if (!of_a || !of_b || *of_a == *of_b) return reason;
    const std::string name = reading_.name(portraits_.determinants()[most]);
    const auto told = [&](double value) {
      constexpr double kHundred = 100;
      return by == ProfileBy::determinants
                 ? risk_in_words(value)
                 : std::to_string(static_cast<int>(value * kHundred + 0.5)) + " %";
    };
    reason.text += " They differ most in " + name + ": " + told(*of_a) + " in " + reading_.name(a) +
                   ", " + told(*of_b) + " in " + reading_.name(b) + ".";
    return reason;
  }

  /// Reads what was wanted, too.
  Result<PlaceProfile> described(NodeIndex place, const Portrait& portrait) {
    const std::vector<NodeIndex> within = TRY(parents_of(place));
    const std::vector<const Judgement*> judged = portraits_.judged_of(place);
    const std::vector<Standing> standings = standings_of(context_, judged);
    reading_.want_whole(place);
    for (const NodeIndex each : within) reading_.want(each);
    for (const Standing& each : standings) {
      reading_.want(each.stage);
      if (each.topic) reading_.want(*each.topic);
    }
    TRY(reading_.load());
    PlaceProfile profile;
    profile.place = reading_.brief(place);
    profile.level = reading_.node(place).text("level");
    for (const NodeIndex each : within) profile.within.push_back(reading_.brief(each));
    profile.initiatives = portrait.initiatives;
    profile.addressing = portrait.addressing;
    profile.judged = portrait.judged;
    profile.measures = TRY(measures_of(place));
    for (const Standing& each : standings) {
      profile.stages.push_back(
          {each.topic ? std::optional(reading_.brief(*each.topic)) : std::nullopt,
           reading_.brief(each.stage), each.since});
    }
    return profile;
  }

  Result<std::vector<NodeIndex>> parents_of(NodeIndex place) const {
    const graph::Relation within = context_.view.name("WITHIN");
    if (within == graph::kNoName) return std::vector<NodeIndex>();
    std::vector<NodeIndex> parents =
        TRY(ends_of(context_, everything_, place, within, Direction::out));
    std::sort(parents.begin(), parents.end(),
              [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
    return parents;
  }

  Result<std::uint64_t> measures_of(NodeIndex place) const {
    std::uint64_t measures = 0;
    std::optional<NodeIndex> last;
    for (const Observed& each : TRY(observations_of(context_, place, as_of_))) {
      measures += last == each.measure ? 0 : 1;
      last = each.measure;
    }
    return measures;
  }

  const Context& context_;
  const PreparedFilter& everything_;
  const Date as_of_;
  Portraits portraits_;
  Reading reading_;
};

/// The filters of a question, looked up; what they cannot do here is refused.
struct Prepared {
  PreparedFilter filter;
  PreparedFilter everything;
};
Result<Prepared> prepared(const Context& context, Filter words) {
  words.place.clear();
  Prepared both{TRY(PreparedFilter::prepare(context, words)),
                TRY(PreparedFilter::prepare(context, {}))};
  if (both.filter.reads_properties()) {
    return Error{ErrorCode::invalid_input,
                 "profiles cannot be filtered by status, language or years"};
  }
  return both;
}

}  // namespace

std::string_view to_string(ProfileBy by) {
  switch (by) {
    case ProfileBy::determinants:
      return "determinants";
    case ProfileBy::work:
      return "work";
    case ProfileBy::automatic:
      break;
  }
  return "auto";
}

Result<ProfileAnswer> profile(const Context& context, const ProfileQuestion& question) {
  const NodeIndex place = TRY(find_node(context, question.place, "Place"));
  const Prepared filters = TRY(prepared(context, question.filter));
  PlaceComparer comparer(context, filters.filter, filters.everything, question.as_of);
  TRY(comparer.load());
  return comparer.profile(place, question.page);
}

Result<CompareAnswer> compare(const Context& context, const CompareQuestion& question) {
  const NodeIndex a = TRY(find_node(context, question.a, "Place"));
  const NodeIndex b = TRY(find_node(context, question.b, "Place"));
  const Prepared filters = TRY(prepared(context, question.filter));
  PlaceComparer comparer(context, filters.filter, filters.everything, question.as_of);
  TRY(comparer.load());
  return comparer.compare(a, b, question.by, question.page);
}

Result<SimilarAnswer> similar(const Context& context, const SimilarQuestion& question) {
  const NodeIndex place = TRY(find_node(context, question.place, "Place"));
  const Prepared filters = TRY(prepared(context, question.filter));
  PlaceComparer comparer(context, filters.filter, filters.everything, question.as_of);
  TRY(comparer.load());
  return comparer.similar(place, question.by, question.page);
}

}  // namespace mangrove::query
