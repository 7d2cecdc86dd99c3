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

/// Who could do something about a concept in a place: see the header of gaps.h for the formulas.
/// Keeps what it read of actors, so one serves for many concepts of one place. The things referred
/// to must outlive it.
class Capacity {
 public:
  /// Of initiatives, only what ties tell is asked of the filter: years do not matter.
  Capacity(const Context& context, const PreparedFilter& filter, const PreparedFilter& working,
           const Surroundings& surroundings);

  /// What initiatives have in common: the relation to any of these ends, which is called `name`.
  struct Concept {
    graph::Relation relation;
    std::span<const graph::NodeIndex> ends;
    std::string name;
    std::string verb;  ///< `addresses`
  };

  /// The best kAbleMax. O(initiatives of the concept, and their actors).
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
  struct Candidate {
    double score = 0;
    std::vector<Found> ways;
  };
  Result<std::vector<graph::NodeIndex>> initiatives_of(const Concept& subject) const;
  Result<std::vector<Found>> nearby(const Concept& subject);
  Result<graph::NodeIndex> body_of(graph::NodeIndex actor);
  Result<std::vector<graph::NodeIndex>> bodies_in(graph::NodeIndex initiative);
  Result<AbleActor> explained(graph::NodeIndex actor, Candidate candidate, const Concept& subject);
  Result<std::set<std::string>> types_of(const std::set<graph::NodeIndex>& actors);

  const Context& context_;
  const PreparedFilter& filter_;
  const PreparedFilter& working_;
  const Surroundings& surroundings_;
  Same same_;
  graph::Relation works_in_;
  graph::Relation takes_part_;
  std::unordered_map<graph::NodeIndex, graph::NodeIndex> bodies_;
  std::unordered_map<graph::NodeIndex, std::vector<std::string>> types_;
};

}  // namespace mangrove::query
