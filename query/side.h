#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "query/answer.h"
#include "query/filter.h"
#include "query/walk.h"

namespace mangrove::query {

/// A tie of an initiative to something that others may share.
struct SideTie {
  std::size_t ground = 0;  ///< Place in Sides::ground().
  graph::NodeIndex end;
  Basis basis = Basis::text;  ///< The strongest there is.
  std::string_view source;    ///< The first of equally strong ones; empty where no source says it.
};

/// One of two that are compared: an initiative, or the draft of one.
struct Side {
  std::optional<graph::NodeIndex> node;  ///< Nothing: a draft.
  std::vector<SideTie> ties;             ///< Each end once a ground; by ground, then end.
};

/// Something that both sides have.
struct SharedEnd {
  std::size_t ground = 0;
  graph::NodeIndex end;
  double weight = 0;  ///< specificity: see overlaps.h.
  const SideTie* mine = nullptr;
  const SideTie* theirs = nullptr;

  /// The tie on the weaker basis; theirs where both are as strong.
  const SideTie& weaker() const { return is_weaker(mine->basis, theirs->basis) ? *mine : *theirs; }
};

/// What initiatives are tied to, and what two of them share, over the connections of the schema.
class Sides {
 public:
  /// Over connections that the filter counts. Both must outlive it.
  Sides(const Context& context, const PreparedFilter& filter);

  std::span<const Ground> ground() const { return ground_; }
  const Relations& relations() const { return relations_; }
  /// Place of a relation in ground(); nothing where it is none, or this view has none of it.
  std::optional<std::size_t> find(std::string_view relation) const;

  /// The sides of these initiatives, in the order asked. O(edges of them).
  Result<std::vector<Side>> of(std::span<const graph::NodeIndex> initiatives) const;

  /// Who has this end, in order of index; valid until asked again.
  std::span<const graph::NodeIndex> sharers(std::size_t ground, graph::NodeIndex end);
  /// How many have it. Remembered.
  std::size_t count(std::size_t ground, graph::NodeIndex end);
  /// What sharing it counts for. Remembered.
  double weight(std::size_t ground, graph::NodeIndex end);

  /// What both have, the most telling first: by weight, then in the order of the schema, then by
  /// id. The sides must outlive it.
  Result<std::vector<SharedEnd>> shared(const Side& mine, const Side& theirs);

 private:
  const Context& context_;
  Relations relations_;
  std::vector<Ground> ground_;
  const PreparedFilter& filter_;
  std::vector<std::optional<Neighbours>> back_;                            // By ground.
  std::vector<std::unordered_map<graph::NodeIndex, std::size_t>> counts_;  // By ground.
};

}  // namespace mangrove::query
