#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"
#include "query/answer.h"
#include "query/walk.h"

namespace mangrove::query {

/// The places around one place, as `WITHIN` has them.
class Surroundings {
 public:
  enum class Where {
    here,        ///< The place itself, or one within it.
    containing,  ///< It lies within this one.
    beside,      ///< Both lie directly within the same place.
  };
  struct Nearby {
    Where where = Where::here;
    int steps = 0;                  ///< WITHIN edges between the two: 0 here, 2 beside.
    graph::NodeIndex through = {};  ///< Beside: the place that both lie in, the first by id.
  };

  /// Steps up that are followed.
  static constexpr int kStepsMax = 10;

  /// O(places within, containing and beside it).
  static Result<Surroundings> of(const Context& context, graph::NodeIndex place);

  graph::NodeIndex place() const { return place_; }
  /// Nothing for a place that is none of these. What could be several is the first of them.
  std::optional<Nearby> find(graph::NodeIndex place) const;
  /// How much work in that place counts here: 1 here, 2^-steps in a place that contains it (half
  /// for its region, a quarter for the continent of that), 0 elsewhere. Sums of these are exact.
  double weight(graph::NodeIndex place) const;

  /// Here, then containing; in the order of ids.
  const std::vector<graph::NodeIndex>& within_reach() const { return within_reach_; }
  const std::vector<graph::NodeIndex>& beside() const { return beside_; }

 private:
  Surroundings(const Context& context, graph::NodeIndex place) : context_(context), place_(place) {}
  Status follow(graph::Relation within);
  Result<std::vector<graph::NodeIndex>> next(const std::vector<graph::NodeIndex>& frontier,
                                             graph::Relation within, graph::Direction direction,
                                             Nearby nearby);
  Status add_beside(const std::vector<graph::NodeIndex>& parents, graph::Relation within);

  const Context& context_;
  graph::NodeIndex place_;
  std::unordered_map<graph::NodeIndex, Nearby> places_;
  std::vector<graph::NodeIndex> within_reach_;
  std::vector<graph::NodeIndex> beside_;
};

/// Behind the name of a place of the surroundings, how it lies to the one they are of: `, within
/// Ghana`, `, which contains Ghana`, `, in Western Africa like Ghana`; nothing for itself.
std::string where_in_words(const Surroundings& surroundings, graph::NodeIndex place,
                           const std::function<std::string(graph::NodeIndex)>& name);

}  // namespace mangrove::query
