#include "query/explore/partner_words.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "query/explore/overlap_words.h"
#include "query/explore/partners.h"

namespace mangrove::query {
namespace {

using graph::Adjacent;
using graph::Direction;
using graph::NodeIndex;

constexpr std::size_t kReasonsMax = 12;    ///< Of one row; the strongest.
constexpr std::size_t kNamedMax = 2;       ///< Things that a reading names of one sort.
constexpr std::size_t kContainingMax = 8;  ///< Steps of WITHIN that are followed.

void add_named(std::vector<std::string>& names, std::string name) {
  if (names.size() < kNamedMax) names.push_back(std::move(name));
}

/// From the first to the last year of all; open where any is.
Years envelope(const std::vector<Years>& all) {
  Years whole = all.front();
  for (const Years& each : all) {
    whole.from =
        whole.from && each.from ? std::optional(std::min(*whole.from, *each.from)) : std::nullopt;
    whole.to = whole.to && each.to ? std::optional(std::max(*whole.to, *each.to)) : std::nullopt;
  }
  return whole;
}

}  // namespace

PartnerWords::PartnerWords(const Context& context, const Relations& relations,
                           const PreparedFilter& filter, const PreparedFilter& all,
                           Reading& reading, NodeIndex asker, std::span<const NodeIndex> own)
    : context_(context),
      relations_(relations),
      filter_(filter),
      all_(all),
      reading_(reading),
      asker_(asker),
      own_(own) {}

Status PartnerWords::prepare(std::span<const PartnerInWords> partners) {
  const KnownRelation* takes_part = relations_.find("TAKES_PART_IN");
  for (const PartnerInWords& partner : partners) {
    const auto initiatives =
        TRY(ends_of(context_, all_, partner.actor, takes_part->relation, Direction::out));
    parts_[partner.actor] = initiatives.size();
    auto& witnesses = witnesses_[partner.actor];
    for (const Feature* feature : partner.features) {
      reading_.want(feature->node);
      if (feature->has_place()) reading_.want(feature->place);
      if (feature->has_beside()) reading_.want(feature->beside);
      if (feature->sort == Feature::Sort::next_point) reading_.want(feature->before);
      if (witnesses.size() == kReasonsMax) continue;
      witnesses.push_back(witness(*feature, initiatives));
      reading_.want(witnesses.back());
      const auto [known, added] = own_halves_.try_emplace(feature);
      if (added) known->second = TRY(own_half(*feature));
      if (!known->second.source.empty()) reading_.want(known->second.initiative);
    }
  }
  TRY(find_containing());
  return reading_.load();
}

/// The places that strictly contain one where we work.
Status PartnerWords::find_containing() {
  const KnownRelation* works_in = relations_.find("WORKS_IN");
  const KnownRelation* within = relations_.find("WITHIN");
  if (works_in == nullptr || within == nullptr) return {};
  std::set<NodeIndex> frontier;
  TRY(walk_once(context_, all_, own_, works_in->relation, Direction::out,
                [&](std::size_t, NodeIndex place) { frontier.insert(place); }));
  for (std::size_t step = 0; step < kContainingMax && !frontier.empty(); ++step) {
    const std::vector<NodeIndex> from(frontier.begin(), frontier.end());
    frontier.clear();
    TRY(walk_once(context_, all_, from, within->relation, Direction::out,
                  [&](std::size_t, NodeIndex place) {
                    if (containing_.insert(place).second) frontier.insert(place);
                  }));
  }
  return {};
}

/// The first by id of the initiatives of a candidate that have the feature.
NodeIndex PartnerWords::witness(const Feature& feature,
                                const std::vector<NodeIndex>& initiatives) const {
  std::optional<NodeIndex> first;
  const auto take = [&](NodeIndex each) {
    if (!first || context_.view.id(each) < context_.view.id(*first)) first = each;
  };
  // Both are in order of index: go through the shorter, and look into the longer.
  const bool feature_is_shorter = feature.initiatives.size() < initiatives.size();
  const auto& shorter = feature_is_shorter ? feature.initiatives : initiatives;
  const auto& longer = feature_is_shorter ? initiatives : feature.initiatives;
  auto at = longer.begin();
  for (const NodeIndex each : shorter) {
    at = std::lower_bound(at, longer.end(), each);
    if (at == longer.end()) break;
    if (*at == each) take(each);
  }
  assert(first);  // A feature speaks for those that have it through an initiative.
  return *first;
}

Result<PartnerWords::Half> PartnerWords::half(const Feature& feature, NodeIndex initiative) const {
  Half half{initiative, Basis::text, {}};
  TRY(walk(context_, filter_, std::span(&initiative, 1), feature.relation->relation, Direction::out,
           [&](std::size_t, const Adjacent& edge) {
             if (edge.node != feature.node) return;
             const Basis basis = basis_of(context_, edge.qualifier);
             const std::string_view source = context_.view.source_of(edge.record);
             if (!half.source.empty() && is_weaker(basis, half.basis)) return;
             if (basis == half.basis && !half.source.empty() && half.source <= source) return;
             half.basis = basis;
             half.source = source;
           }));
  return half;
}

/// Our own best founded half of a feature; of equally good ones the first by id. Without a source
/// where we lack what the feature is about.
Result<PartnerWords::Half> PartnerWords::own_half(const Feature& feature) {
  Half best;
  if (feature.sort == Feature::Sort::lacking || feature.has_beside()) return best;
  const KnownRelation* works_in = relations_.find("WORKS_IN");
  std::vector<NodeIndex> having;
  TRY(walk_once(context_, filter_, own_, feature.relation->relation, Direction::out,
                [&](std::size_t position, NodeIndex end) {
                  if (end == feature.node) having.push_back(own_[position]);
                }));
  for (const NodeIndex initiative : having) {
    if (feature.has_place()) {
      const auto places =
          TRY(ends_of(context_, all_, initiative, works_in->relation, Direction::out));
      if (!std::binary_search(places.begin(), places.end(), feature.place)) continue;
    }
    const Half found = TRY(half(feature, initiative));
    const bool first = best.source.empty();
    if (!first && is_weaker(found.basis, best.basis)) continue;
    if (!first && found.basis == best.basis &&
        context_.view.id(best.initiative) < context_.view.id(initiative)) {
      continue;
    }
    best = found;
  }
  return best;
}

Result<std::vector<Reason>> PartnerWords::reasons(const PartnerInWords& partner) {
  const std::vector<NodeIndex>& witnesses = witnesses_.at(partner.actor);
  std::vector<Reason> why;
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    why.push_back(TRY(reason(*partner.features[i], witnesses[i])));
  }
  if (partner.complementary && partner.other_type) {
    const std::string type(reading_.caption(partner.actor).type);
    why.push_back({reading_.brief(partner.actor),
                   {},
                   kOtherActorType,
                   Basis::reported,
                   {},
                   "It is of another type: " + type + "."});
  }
  std::stable_sort(why.begin(), why.end(),
                   [](const Reason& a, const Reason& b) { return a.weight > b.weight; });
  if (why.size() > kReasonsMax) why.resize(kReasonsMax);
  return why;
}

/// Who says it: the first of the candidate's initiatives and ours, on the weaker basis of the two.
Result<Reason> PartnerWords::reason(const Feature& feature, NodeIndex witness) {
  const Half theirs = TRY(half(feature, witness));
  const Half& mine = own_halves_.at(&feature);
  const bool is_mine = !mine.source.empty() && is_weaker(mine.basis, theirs.basis);
  Reason reason;
  reason.node = reading_.brief(feature.node);
  reason.relation = feature.relation->name;
  reason.weight = feature.weight;
  reason.basis = is_mine ? mine.basis : theirs.basis;
  reason.source = is_mine ? mine.source : theirs.source;
  for (const Half& each : {mine, theirs}) {
    if (each.source.empty() || !is_derived(each.basis)) continue;
    reason.rests_on.push_back(
        {reading_.brief(each.initiative), reason.relation, reason.node.id, each.basis});
  }
  reason.text = text_of(feature);
  const std::string_view remark = basis_remark(reason.basis);
  if (!remark.empty()) reason.text += " (" + std::string(remark) + ")";
  reason.text += ".";
  return reason;
}

std::string PartnerWords::text_of(const Feature& feature) const {
  const std::string name = reading_.full_name(feature.node);
  const std::string others = " (" + counted(feature.initiatives.size(), "initiative") + " in all)";
  switch (feature.sort) {
    case Feature::Sort::pair:
      return "Both work on " + name + " in " + reading_.name(feature.place) + others;
    case Feature::Sort::group_pair:
      return "Both serve " + name + " in " + reading_.name(feature.place) + others;
    case Feature::Sort::shared:
      return (feature.relation->name == "SERVES" ? "Both serve " : "Both work in the sector ") +
             name + others;
    case Feature::Sort::lacking:
      return (feature.relation->name == "USES" ? "On the same ground it uses "
                                               : "On the same ground it acts at the point ") +
             name + ", which " + reading_.name(asker_) + " does not";
    case Feature::Sort::next_point:
    case Feature::Sort::upstream:
      return "It " + added_text(feature) + others;
  }
  return {};
}

/// What it does that follows on, or lies before, what the asker does.
std::string PartnerWords::added_text(const Feature& feature) const {
  const std::string place = reading_.name(feature.place);
  if (feature.sort == Feature::Sort::next_point) {
    return "acts at the point " + reading_.name(feature.node) + " in " + place + " for " +
           reading_.name(feature.beside) + ", right after " + reading_.name(feature.before) +
           ", where " + reading_.name(asker_) + " acts";
  }
  return "works on " + reading_.full_name(feature.node) + " in " + place + ", on which " +
         reading_.short_name(feature.beside) + " depends, which " + reading_.name(asker_) +
         " works on";
}

std::string PartnerWords::reading(const PartnerInWords& partner) const {
  std::vector<std::string> on;
  std::vector<std::string> serve;
  std::vector<std::string> sectors;
  std::vector<std::string> uses;
  std::vector<std::string> points;
  std::vector<std::string> added;
  for (const Feature* feature : partner.features) {
    const std::string name = reading_.short_name(feature->node);
    const bool of_group = feature->relation->name == "SERVES";
    if (feature->has_beside()) {
      if (added.empty()) added.push_back(added_text(*feature));
    } else if (feature->has_place()) {
      add_named(of_group ? serve : on, name + " in " + reading_.name(feature->place));
    } else if (feature->sort == Feature::Sort::shared) {
      add_named(of_group ? serve : sectors, name);
    } else {
      add_named(feature->relation->name == "USES" ? uses : points, name);
    }
  }
  std::vector<std::string> clauses;
  if (!on.empty()) clauses.push_back("work on " + listed(on));
  if (!serve.empty()) clauses.push_back("serve " + listed(serve));
  if (!sectors.empty()) {
    clauses.push_back((sectors.size() == 1 ? "work in the sector " : "work in the sectors ") +
                      listed(sectors));
  }
  std::string text;
  for (const std::string& clause : clauses) text += (text.empty() ? "Both " : ", and ") + clause;
  if (!partner.complementary) return text + "; they have no initiative in common.";
  std::vector<std::string> adds;
  if (!uses.empty()) adds.push_back("uses " + listed(uses));
  if (!points.empty()) adds.push_back("acts at the point " + listed(points));
  const std::string name = reading_.name(partner.actor);
  if (!adds.empty()) {
    text +=
        "; " + name + " also " + listed(adds) + ", which " + reading_.name(asker_) + " does not";
  }
  if (!added.empty()) text += (text.empty() ? "" : "; ") + name + " " + added.front();
  if (partner.other_type) text += "; the two are of different types";
  return text + ".";
}

/// Whether what speaks for it was surely never done in the same years as what we do there.
bool PartnerWords::never_met(const PartnerInWords& partner) const {
  std::vector<Years> ours;
  std::vector<Years> theirs;
  const std::vector<NodeIndex>& witnesses = witnesses_.at(partner.actor);
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    const Half& mine = own_halves_.at(partner.features[i]);
    if (mine.source.empty()) continue;
    ours.push_back(reading_.caption(mine.initiative).years());
    theirs.push_back(reading_.caption(witnesses[i]).years());
  }
  if (ours.empty()) return false;
  bool never = false;
  years_in_common(envelope(ours), envelope(theirs), never);
  return never;
}

bool PartnerWords::only_in_containing_place(const PartnerInWords& partner) const {
  bool any = false;
  for (const Feature* feature : partner.features) {
    if (!feature->has_place()) continue;
    if (!containing_.contains(feature->place)) return false;
    any = true;
  }
  return any;
}

Result<std::vector<std::string>> PartnerWords::against(const PartnerInWords& partner,
                                                       const std::vector<Reason>& why,
                                                       bool introduced) const {
  std::vector<std::string> against;
  const std::string status = reading_.brief(partner.actor).status;
  if (status == "retired") {
    against.emplace_back("Its sources no longer have it.");
  } else if (!status.empty()) {
    against.push_back("Nobody has confirmed it: it is " + status + ".");
  }
  if (never_met(partner)) {
    against.emplace_back(
        "What they have in common was not done in the same years, going by the initiatives that "
        "these reasons rest on.");
  }
  if (only_in_containing_place(partner)) {
    against.push_back("They meet only in places that contain those where " + reading_.name(asker_) +
                      " works.");
  }
  const bool reported = std::any_of(why.begin(), why.end(), [](const Reason& reason) {
    return !reason.relation.empty() && !is_derived(reason.basis);
  });
  if (!reported) {
    against.emplace_back(
        "All of it is read out of texts or follows from rules; nothing is reported of both.");
  }
  if (parts_.at(partner.actor) > kHubMin) {
    against.push_back("It takes part in " + counted(parts_.at(partner.actor), "initiative") +
                      ": it may be too large a body to ask about this.");
  }
  if (!introduced) {
    against.push_back("Nobody is known who could introduce the two, within " +
                      counted(kIntroductionHops, "hop") + ".");
  }
  return against;
}

}  // namespace mangrove::query
