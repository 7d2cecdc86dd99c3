#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"
#include "query/money_sum.h"
#include "query/same.h"

namespace mangrove::query {

/// Which initiatives are parts of which, as their publishers say in RELATED_TO (`parent` from the
/// part, `child` from the whole): every thing has one parent at the most. Where several are stated
/// it is that with the lowest id, and where the statements go round in a circle, that of the thing
/// with the lowest id in it does not count.
class Hierarchy {
 public:
  /// So many levels above a thing are looked at.
  static constexpr int kLevelsMax = 20;

  /// An amount that is told of one thing, whatever its currency.
  struct Told {
    graph::NodeIndex thing;
    MoneySum sum;
  };

  /// Of these initiatives, in any order. Things that several records are of stand for one, and are
  /// named by their representative (query/same.h). O(initiatives + their relations).
  static Result<Hierarchy> of(const Context& context, const Same& same,
                              std::span<const graph::NodeIndex> initiatives);

  /// Of the representative of a thing; nothing where nobody states one.
  std::optional<graph::NodeIndex> parent(graph::NodeIndex thing) const;

  /// Which of these amounts count, so that no money counts for a whole and for its parts. From
  /// below, each whole is worth the larger of what is told of itself and what its parts are worth
  /// together: where it is the former, the parts do not count, else the whole does not. The things
  /// are different ones. O(n x levels).
  std::vector<bool> once(std::span<const Told> told) const;

 private:
  void break_circles(const graph::View& view);

  std::unordered_map<graph::NodeIndex, graph::NodeIndex> parents_;
};

}  // namespace mangrove::query
