#include "query/explore/capacity.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "query/reading.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

}  // namespace

Capacity::Capacity(const Context& context, const PreparedFilter& filter,
                   const PreparedFilter& working, const Surroundings& surroundings)
    : context_(context),
      filter_(filter),
      working_(working),
      surroundings_(surroundings),
      same_(context),
      works_in_(context.view.name("WORKS_IN")),
      takes_part_(context.view.name("TAKES_PART_IN")) {}

Result<std::vector<NodeIndex>> Capacity::initiatives_of(const Concept& subject) const {
  std::vector<NodeIndex> all;
  if (subject.relation == graph::kNoName) return all;
  Scratch<std::uint8_t> seen(context_.view.node_limit());
  TRY(walk_once(context_, filter_, subject.ends, subject.relation, Direction::in,
                [&](std::size_t, NodeIndex initiative) {
                  std::uint8_t& known = seen.touch(initiative);
                  if (known == 0) all.push_back(initiative);
                  known = 1;
                }));
  std::erase_if(all, [&](NodeIndex each) { return !filter_.admits_ties(context_, each); });
  return all;
}

Result<std::vector<Capacity::Found>> Capacity::nearby(const Concept& subject) {
  const std::vector<NodeIndex> initiatives = TRY(initiatives_of(subject));
  std::map<NodeIndex, Found> nearest;
  if (works_in_ == graph::kNoName) return std::vector<Found>();
  TRY(walk_once(context_, filter_, initiatives, works_in_, Direction::out,
                [&](std::size_t i, NodeIndex place) {
                  const auto near = surroundings_.find(place);
                  if (!near) return;
                  const Found found{initiatives[i], place, near->steps};
                  const auto [at, added] = nearest.try_emplace(initiatives[i], found);
                  if (added) return;
                  const auto order = [&](const Found& each) {
                    return std::pair(each.steps, context_.view.id(each.place));
                  };
                  if (order(found) < order(at->second)) at->second = found;
                }));
  std::vector<Found> all;
  for (const auto& [initiative, found] : nearest) {
    bool first = true;  // Of the records of one initiative: the nearest, then the first by id.
    for (const NodeIndex other : TRY(same_.others(initiative))) {
      const auto at = nearest.find(other);
      if (at == nearest.end()) continue;
      first = first && std::pair(found.steps, context_.view.id(initiative)) <
                           std::pair(at->second.steps, context_.view.id(other));
    }
    if (first) all.push_back(found);
  }
  return all;
}

Result<NodeIndex> Capacity::body_of(NodeIndex actor) {
  if (const auto known = bodies_.find(actor); known != bodies_.end()) return known->second;
  NodeIndex first = actor;
  for (const NodeIndex other : TRY(same_.others(actor))) {
    if (context_.view.id(other) < context_.view.id(first)) first = other;
  }
  bodies_.emplace(actor, first);
  return first;
}

Result<std::vector<NodeIndex>> Capacity::bodies_in(NodeIndex initiative) {
  std::vector<NodeIndex> actors;
  if (takes_part_ == graph::kNoName) return actors;
  TRY(walk_once(context_, working_, std::span(&initiative, 1), takes_part_, Direction::in,
                [&](std::size_t, NodeIndex actor) { actors.push_back(actor); }));
  for (NodeIndex& actor : actors) actor = TRY(body_of(actor));
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  return actors;
}

Result<std::vector<NodeIndex>> Capacity::bodies_of(std::span<const NodeIndex> initiatives) {
  std::set<NodeIndex> all;
  for (const NodeIndex initiative : initiatives) {
    for (const NodeIndex actor : TRY(bodies_in(initiative))) all.insert(actor);
  }
  std::vector<NodeIndex> sorted(all.begin(), all.end());
  std::sort(sorted.begin(), sorted.end(),
            [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
  return sorted;
}

Result<std::vector<AbleActor>> Capacity::able(const Concept& subject) {
  std::map<NodeIndex, Candidate> candidates;
  for (const Found& found : TRY(nearby(subject))) {
    for (const NodeIndex actor : TRY(bodies_in(found.initiative))) {
      Candidate& candidate = candidates[actor];
      candidate.score += std::ldexp(1.0, -found.steps);
      candidate.ways.push_back(found);
    }
  }
  std::vector<NodeIndex> order;
  for (const auto& [actor, candidate] : candidates) order.push_back(actor);
  const std::size_t shown = std::min(order.size(), kAbleMax);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
                    [&](NodeIndex a, NodeIndex b) {
                      const double score_of_a = candidates.at(a).score;
                      const double score_of_b = candidates.at(b).score;
                      if (score_of_a != score_of_b) return score_of_a > score_of_b;
                      return context_.view.id(a) < context_.view.id(b);
                    });
  std::vector<AbleActor> able;
  for (std::size_t i = 0; i < shown; ++i) {
    able.push_back(TRY(explained(order[i], std::move(candidates.at(order[i])), subject)));
  }
  return able;
}

Result<AbleActor> Capacity::explained(NodeIndex actor, Candidate candidate,
                                      const Concept& subject) {
  std::vector<Found>& ways = candidate.ways;
  std::sort(ways.begin(), ways.end(), [&](const Found& a, const Found& b) {
    if (a.steps != b.steps) return a.steps < b.steps;
    return context_.view.id(a.initiative) < context_.view.id(b.initiative);
  });
  if (ways.size() > kWaysMax) ways.resize(kWaysMax);
  Reading reading(context_);
  reading.want(actor);
  reading.want(surroundings_.place());
  for (const Found& way : ways) {
    reading.want(way.initiative);
    reading.want(way.place);
    const auto near = surroundings_.find(way.place);
    if (near && near->where == Surroundings::Where::beside) reading.want(near->through);
  }
  TRY(reading.load());
  AbleActor able;
  able.node = reading.brief(actor);
  able.score = candidate.score;
  for (const Found& way : ways) {
    Reason reason;
    reason.node = reading.brief(way.initiative);
    reason.relation = "TAKES_PART_IN";
    reason.weight = std::ldexp(1.0, -way.steps);
    const auto name = [&](NodeIndex node) { return reading.name(node); };
    reason.text = able.node.name + " takes part in " + reading.name(way.initiative) + ", which " +
                  subject.verb + " " + subject.name + " and works in " + reading.name(way.place) +
                  where_in_words(surroundings_, way.place, name) + ".";
    able.why.push_back(std::move(reason));
  }
  return able;
}

Result<std::set<std::string>> Capacity::types_of(const std::set<NodeIndex>& actors) {
  std::vector<NodeIndex> unread;
  for (const NodeIndex actor : actors) {
    if (!types_.contains(actor)) unread.push_back(actor);
  }
  if (!context_.budget.read(unread.size())) return context_.budget.status().error();
  const std::vector<graph::Node> nodes = TRY(context_.view.read(unread));
  for (const graph::Node& node : nodes) {
    std::vector<std::string>& types = types_[node.index];
    for (const graph::StatedProperty& property : node.properties) {
      const auto* text = std::get_if<graph::Text>(&property.value);
      if (property.name == "type" && text != nullptr) types.push_back(text->text);
    }
  }
  std::set<std::string> all;
  for (const NodeIndex actor : actors) {
    const std::vector<std::string>& types = types_.at(actor);
    all.insert(types.begin(), types.end());
  }
  return all;
}

Result<std::vector<MissingKind>> Capacity::missing(const Concept& subject,
                                                   std::span<const NodeIndex> initiatives) {
  const auto& beside = surroundings_.beside();
  const std::set<NodeIndex> peers(
      beside.begin(), beside.begin() + static_cast<std::ptrdiff_t>(
                                           std::min<std::size_t>(beside.size(), kPeersMax)));
  if (peers.empty() || works_in_ == graph::kNoName) return std::vector<MissingKind>();
  std::map<NodeIndex, std::set<NodeIndex>> actors_of_peers;
  std::vector<std::pair<NodeIndex, NodeIndex>> at_work;
  const std::vector<NodeIndex> elsewhere = TRY(initiatives_of(subject));
  TRY(walk_once(context_, filter_, elsewhere, works_in_, Direction::out,
                [&](std::size_t i, NodeIndex place) {
                  if (peers.contains(place)) at_work.emplace_back(elsewhere[i], place);
                }));
  for (const auto& [initiative, place] : at_work) {
    for (const NodeIndex actor : TRY(bodies_in(initiative))) actors_of_peers[place].insert(actor);
  }
  const std::vector<NodeIndex> ours = TRY(bodies_of(initiatives));
  const std::set<std::string> here = TRY(types_of({ours.begin(), ours.end()}));
  std::map<std::string, std::uint64_t> widespread;
  for (const auto& [place, actors] : actors_of_peers) {
    const std::set<std::string> types = TRY(types_of(actors));
    for (const std::string& type : types) ++widespread[type];
  }
  std::vector<MissingKind> missing;
  constexpr std::uint64_t kLeast = 2;
  for (const auto& [type, places] : widespread) {
    const bool common = places >= kLeast && 2 * places >= actors_of_peers.size();
    if (common && !here.contains(type)) {
      missing.push_back({type, places, actors_of_peers.size()});
    }
  }
  std::stable_sort(missing.begin(), missing.end(),
                   [](const MissingKind& a, const MissingKind& b) { return a.places > b.places; });
  return missing;
}

}  // namespace mangrove::query
