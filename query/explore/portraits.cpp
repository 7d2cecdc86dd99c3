#include "query/explore/portraits.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "query/explore/places.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

std::optional<double> risk_of(const Judgement& judgement) {
  constexpr double kPartial = 0.5;
  if (judgement.status == "partial") return kPartial;
  switch (need_of(judgement)) {
    case Need::present:
      return 1;
    case Need::none:
      return 0;
    case Need::unknown:
      break;
  }
  return std::nullopt;
}

std::uint64_t shared_by(const Portrait& a, const Portrait& b) {
  std::uint64_t shared = 0;
  for (std::size_t i = 0; i < a.traits.size(); ++i) {
    shared += a.traits[i].risk && b.traits[i].risk ? 1 : 0;
  }
  return shared;
}

}  // namespace

Portraits::Portraits(const Context& context, const PreparedFilter& filter,
                     const PreparedFilter& everything)
    : context_(context), filter_(filter), everything_(everything), same_(context) {}

Status Portraits::load(const Date& until) {
  const graph::View& view = context_.view;
  if (const graph::Kind kind = view.name("Determinant"); kind != graph::kNoName) {
    determinants_ = view.nodes_of_kind(kind);
  }
  std::sort(determinants_.begin(), determinants_.end(),
            [&](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); });
  for (std::size_t i = 0; i < determinants_.size(); ++i) {
    places_of_determinants_[determinants_[i]] = i;
  }
  const graph::Kind assessment = view.name("Assessment");
  const graph::Relation of = view.name("OF");
  if (assessment == graph::kNoName || of == graph::kNoName) return {};
  const std::vector<NodeIndex> all = view.nodes_of_kind(assessment);
  judgements_ = TRY(read_judgements(context_, all, until));
  std::vector<NodeIndex> nodes;
  for (const Judgement& each : judgements_) nodes.push_back(each.node);
  return walk_once(context_, everything_, nodes, of, Direction::out,
                   [&](std::size_t i, NodeIndex place) { by_place_[place].push_back(i); });
}

std::vector<const Judgement*> Portraits::judged_of(NodeIndex place) const {
  std::vector<const Judgement*> judged;
  const auto found = by_place_.find(place);
  if (found == by_place_.end()) return judged;
  for (const std::size_t i : found->second) {
    if (!judgements_[i].revised) judged.push_back(&judgements_[i]);
  }
  return judged;
}

Result<std::vector<NodeIndex>> Portraits::initiatives_of(NodeIndex place) {
  const graph::View& view = context_.view;
  const graph::Relation within = view.name("WITHIN");
  const graph::Relation works_in = view.name("WORKS_IN");
  std::vector<NodeIndex> places{place};
  std::set<NodeIndex> seen{place};
  for (std::size_t i = 0; within != graph::kNoName && i < places.size(); ++i) {
    const NodeIndex from = places[i];
    TRY(walk_once(context_, everything_, std::span(&from, 1), within, Direction::in,
                  [&](std::size_t, NodeIndex inner) {
                    if (seen.insert(inner).second) places.push_back(inner);
                  }));
  }
  std::vector<NodeIndex> initiatives;
  if (works_in == graph::kNoName) return initiatives;
  TRY(walk_once(context_, filter_, places, works_in, Direction::in,
                [&](std::size_t, NodeIndex initiative) { initiatives.push_back(initiative); }));
  std::sort(initiatives.begin(), initiatives.end());
  initiatives.erase(std::unique(initiatives.begin(), initiatives.end()), initiatives.end());
  std::erase_if(initiatives, [&](NodeIndex each) { return !filter_.admits_ties(context_, each); });
  return same_.once(initiatives);
}

Result<Portrait> Portraits::of(NodeIndex place) {
  Portrait portrait;
  portrait.traits.resize(determinants_.size());
  std::vector<bool> is_judged(determinants_.size());
  for (const Judgement* each : judged_of(place)) {
    if (each->stage || !each->on) continue;
    const auto at = places_of_determinants_.find(*each->on);
    if (at == places_of_determinants_.end()) continue;
    if (is_judged[at->second]) continue;  // The latest comes first, also where it is unknown.
    is_judged[at->second] = true;
    Trait& trait = portrait.traits[at->second];
    trait.risk = risk_of(*each);
    trait.judged = each->date;
    portrait.judged += trait.risk ? 1 : 0;
  }
  const std::vector<NodeIndex> initiatives = TRY(initiatives_of(place));
  portrait.initiatives = initiatives.size();
  const graph::Relation addresses = context_.view.name("ADDRESSES");
  if (addresses == graph::kNoName) return portrait;
  std::vector<std::vector<std::size_t>> addressed(initiatives.size());
  TRY(walk_once(context_, filter_, initiatives, addresses, Direction::out,
                [&](std::size_t i, NodeIndex end) {
                  const auto at = places_of_determinants_.find(end);
                  if (at != places_of_determinants_.end()) addressed[i].push_back(at->second);
                }));
  constexpr std::uint64_t kWhole = std::uint64_t{1} << 32;
  for (const std::vector<std::size_t>& traits : addressed) {
    portrait.addressing += traits.empty() ? 0 : 1;
    for (const std::size_t trait : traits) {
      portrait.traits[trait].part += kWhole / traits.size();
      portrait.work += kWhole / traits.size();
      ++portrait.traits[trait].initiatives;
    }
  }
  return portrait;
}

std::optional<Distance> distance_by_determinants(const Portrait& a, const Portrait& b) {
  const std::uint64_t shared = shared_by(a, b);
  if (shared < kJudgedLeast) return std::nullopt;
  constexpr double kPrior = 0.5;
  double sum = kPrior;
  for (std::size_t i = 0; i < a.traits.size(); ++i) {
    if (!a.traits[i].risk || !b.traits[i].risk) continue;
    sum += std::abs(*a.traits[i].risk - *b.traits[i].risk);
  }
  return Distance{sum / static_cast<double>(shared + 1), shared};
}

std::optional<Distance> distance_by_work(const Portrait& a, const Portrait& b) {
  if (a.work == 0 || b.work == 0) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < a.traits.size(); ++i) sum += std::abs(a.share(i) - b.share(i));
  return Distance{sum / 2, shared_by(a, b)};
}

}  // namespace mangrove::query
