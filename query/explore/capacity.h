#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"
#include "query/same.h"
#include "query/surroundings.h"

namespace mangrove::query {

/// Somebody who already does what is needed, here or nearby.
struct AbleActor {
  Brief node;
  double score = 0;
  std::vector<Reason> why;  ///< The nearest of its initiatives; up to kWaysMax.
};

/// A kind of actor that takes part elsewhere and not here.
struct MissingKind {
  std::string type;
  std::uint64_t places = 0;  ///< Of those beside that cover the concept, how many have it,
  std::uint64_t of = 0;      ///< and how many there are.
};

inline constexpr std::size_t kAbleMax = 3;
inline constexpr std::size_t kWaysMax = 3;
inline constexpr std::size_t kPeersMax = 60;

/// Who could do something about concepts in a place: see the header of gaps.h for the formulas.
/// What goes on nearby is walked once, O(initiatives of the place and around it), when it is first
/// asked; then each concept costs what its own initiatives nearby do. The things referred to must
/// outlive it.
class Capacity {
 public:
  /// Of initiatives, only what ties tell is asked of the filter: years do not matter.
  /// Concepts are what initiatives have by this relation; kNoName: none has any.
  Capacity(const Context& context, const PreparedFilter& filter, const PreparedFilter& working,
           const Surroundings& surroundings, graph::Relation relation);

  /// What initiatives have in common: any of these ends, which are called `name`.
  struct Concept {
    std::span<const graph::NodeIndex> ends;
    std::string name;
    std::string verb;  ///< `addresses`
  };

  /// The best kAbleMax.
  Result<std::vector<AbleActor>> able(const Concept& subject);
  /// Kinds that places beside have, and that are not among these initiatives' actors. The most
  /// widespread first, then by name.
  Result<std::vector<MissingKind>> missing(const Concept& subject,
                                           std::span<const graph::NodeIndex> initiatives);
  /// The bodies that take part in these, each once; in the order of ids.
  Result<std::vector<graph::NodeIndex>> bodies_of(std::span<const graph::NodeIndex> initiatives);

 private:
  struct Found {
    graph::NodeIndex initiative;
    graph::NodeIndex place;
    int steps = 0;
  };
  /// An initiative that works nearby.
  struct AtWork {
    Found nearest;
    std::vector<graph::NodeIndex> peers;  ///< Of the places beside that are looked at.
  };
  struct Candidate {
    double score = 0;
    std::vector<Found> ways;
  };
  Status load();
  void add(const Found& found, const std::set<graph::NodeIndex>& peers);
  std::vector<std::size_t> at_work_on(const Concept& subject) const;
  Result<std::vector<Found>> nearby(const Concept& subject);
  Result<graph::NodeIndex> body_of(graph::NodeIndex actor);
  Result<std::vector<graph::NodeIndex>> bodies_in(graph::NodeIndex initiative);
  Result<AbleActor> explained(graph::NodeIndex actor, Candidate candidate, const Concept& subject);
  Status read_types(std::span<const graph::NodeIndex> actors);
  /// Whether a body of each known type takes part in any of these.
  Result<std::vector<bool>> types_in(std::span<const graph::NodeIndex> initiatives);

  const Context& context_;
  const PreparedFilter& filter_;
  const PreparedFilter& working_;
  const Surroundings& surroundings_;
  Same same_;
  graph::Relation relation_;
  graph::Relation works_in_;
  graph::Relation takes_part_;
  bool is_loaded_ = false;
  std::vector<AtWork> at_work_;  // By initiative.
  std::unordered_map<graph::NodeIndex, std::size_t> places_of_initiatives_;
  std::unordered_map<graph::NodeIndex, std::vector<std::size_t>> by_end_;
  std::unordered_map<graph::NodeIndex, std::vector<graph::NodeIndex>> taking_part_;
  std::unordered_map<graph::NodeIndex, graph::NodeIndex> bodies_;
  std::unordered_map<graph::NodeIndex, std::vector<std::size_t>> types_;  // By actor.
  std::unordered_map<std::string, std::size_t> numbers_of_types_;
  std::vector<std::string> type_names_;  // By number.
};

}  // namespace mangrove::query
