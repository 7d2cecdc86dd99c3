#pragma once

#include "graph/view.h"
#include "query/answer.h"
#include "query/filter.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {

/// The countries that places lie in. Make one for a question, and ask it of many places.
class Countries {
 public:
  /// All that is given must outlive it.
  Countries(const Context& context, const PreparedFilter& filter)
      : context_(context),
        within_(context, filter, context.view.name("WITHIN"), graph::Direction::out),
        found_(context.view.node_limit()) {}

  /// The country that the place lies in, of several the first by id; the place itself where it lies
  /// in none (a region, a place of which nobody says so).
  graph::NodeIndex of(graph::NodeIndex place);

 private:
  graph::NodeIndex search(graph::NodeIndex place);

  const Context& context_;
  Neighbours within_;
  Scratch<std::uint32_t> found_;  // Index of the country plus 1; 0: not looked up yet.
};

}  // namespace mangrove::query
