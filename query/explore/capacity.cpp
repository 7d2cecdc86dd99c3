#include "query/explore/capacity.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

}  // namespace

Capacity::Capacity(const Context& context, const PreparedFilter& filter,
                   const PreparedFilter& working, const Surroundings& surroundings,
                   graph::Relation relation)
    : context_(context),
      filter_(filter),
      working_(working),
      surroundings_(surroundings),
      same_(context),
      relation_(relation),
      works_in_(context.view.name("WORKS_IN")),
      takes_part_(context.view.name("TAKES_PART_IN")) {}

Status Capacity::load() {
  if (is_loaded_) return {};
  is_loaded_ = true;
  if (works_in_ == graph::kNoName || relation_ == graph::kNoName) return {};
  const auto& beside = surroundings_.beside();
  const auto looked_at = static_cast<std::ptrdiff_t>(std::min(beside.size(), kPeersMax));
  const std::set<NodeIndex> peers(beside.begin(), beside.begin() + looked_at);
  for (const auto* places : {&surroundings_.within_reach(), &beside}) {
    TRY(walk_once(context_, filter_, *places, works_in_, Direction::in,
                  [&](std::size_t i, NodeIndex initiative) {
                    const NodeIndex place = (*places)[i];
                    add({initiative, place, surroundings_.find(place)->steps}, peers);
                  }));
  }
  std::vector<NodeIndex> initiatives;
  for (const AtWork& each : at_work_) initiatives.push_back(each.nearest.initiative);
  std::vector<bool> admitted(initiatives.size());
  for (std::size_t i = 0; i < initiatives.size(); ++i) {
    admitted[i] = filter_.admits_ties(context_, initiatives[i]);
  }
  return walk_once(context_, filter_, initiatives, relation_, Direction::out,
                   [&](std::size_t i, NodeIndex end) {
                     if (admitted[i]) by_end_[end].push_back(i);
                   });
}

void Capacity::add(const Found& found, const std::set<NodeIndex>& peers) {
  const auto [at, added] = places_of_initiatives_.try_emplace(found.initiative, at_work_.size());
  if (added) at_work_.push_back({found, {}});
  AtWork& known = at_work_[at->second];
  const auto order = [&](const Found& each) {
    return std::pair(each.steps, context_.view.id(each.place));
  };
  if (order(found) < order(known.nearest)) known.nearest = found;
  if (peers.contains(found.place)) known.peers.push_back(found.place);
}

std::vector<std::size_t> Capacity::at_work_on(const Concept& subject) const {
  std::vector<std::size_t> all;
  for (const NodeIndex end : subject.ends) {
    const auto found = by_end_.find(end);
    if (found != by_end_.end()) all.insert(all.end(), found->second.begin(), found->second.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Result<std::vector<Capacity::Found>> Capacity::nearby(const Concept& subject) {
  std::map<NodeIndex, Found> nearest;
  for (const std::size_t i : at_work_on(subject)) {
    nearest.emplace(at_work_[i].nearest.initiative, at_work_[i].nearest);
  }
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
  if (const auto known = taking_part_.find(initiative); known != taking_part_.end()) {
    return known->second;
  }
  std::vector<NodeIndex> actors;
  if (takes_part_ == graph::kNoName) return actors;
  TRY(walk_once(context_, working_, std::span(&initiative, 1), takes_part_, Direction::in,
                [&](std::size_t, NodeIndex actor) { actors.push_back(actor); }));
  for (NodeIndex& actor : actors) actor = TRY(body_of(actor));
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  taking_part_.emplace(initiative, actors);
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
  TRY(load());
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

Status Capacity::read_types(std::span<const NodeIndex> actors) {
  std::vector<NodeIndex> unread;
  for (const NodeIndex actor : actors) {
    if (types_.try_emplace(actor).second) unread.push_back(actor);
  }
  if (!context_.budget.read(unread.size())) return context_.budget.status();
  const std::vector<graph::Node> nodes = TRY(context_.view.read(unread));
  for (const graph::Node& node : nodes) {
    std::vector<std::size_t>& types = types_[node.index];
    for (const graph::StatedProperty& property : node.properties) {
      const auto* text = std::get_if<graph::Text>(&property.value);
      if (property.name != "type" || text == nullptr) continue;
      const auto [at, added] = numbers_of_types_.try_emplace(text->text, type_names_.size());
      if (added) type_names_.push_back(text->text);
      types.push_back(at->second);
    }
  }
  return {};
}

Result<std::vector<bool>> Capacity::types_in(std::span<const NodeIndex> initiatives) {
  std::vector<NodeIndex> actors;
  for (const NodeIndex initiative : initiatives) {
    const std::vector<NodeIndex> bodies = TRY(bodies_in(initiative));
    actors.insert(actors.end(), bodies.begin(), bodies.end());
  }
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  TRY(read_types(actors));
  std::vector<bool> types(type_names_.size());
  for (const NodeIndex actor : actors) {
    for (const std::size_t type : types_.at(actor)) types[type] = true;
  }
  return types;
}

Result<std::vector<MissingKind>> Capacity::missing(const Concept& subject,
                                                   std::span<const NodeIndex> initiatives) {
  TRY(load());
  std::unordered_map<NodeIndex, std::vector<NodeIndex>> beside;
  for (const std::size_t i : at_work_on(subject)) {
    for (const NodeIndex place : at_work_[i].peers) {
      beside[place].push_back(at_work_[i].nearest.initiative);
    }
  }
  std::vector<std::uint64_t> widespread;
  for (const auto& [place, theirs] : beside) {
    const std::vector<bool> types = TRY(types_in(theirs));
    widespread.resize(type_names_.size());
    for (std::size_t type = 0; type < types.size(); ++type) widespread[type] += types[type] ? 1 : 0;
  }
  const std::vector<bool> here = TRY(types_in(initiatives));
  std::vector<MissingKind> missing;
  constexpr std::uint64_t kLeast = 2;
  for (std::size_t type = 0; type < widespread.size(); ++type) {
    const std::uint64_t places = widespread[type];
    const bool common = places >= kLeast && 2 * places >= beside.size();
    if (common && !here[type]) missing.push_back({type_names_[type], places, beside.size()});
  }
  std::sort(missing.begin(), missing.end(), [](const MissingKind& a, const MissingKind& b) {
    return a.places != b.places ? a.places > b.places : a.type < b.type;
  });
  return missing;
}

}  // namespace mangrove::query
