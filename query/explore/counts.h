#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

struct CountsAnswer {
  graph::Counts counts;
  std::uint64_t sources = 0;  ///< Data sets that statements came from.
};

/// How much there is of everything; of connections, those of these bases (none: of all).
/// With bases O(connections).
Result<CountsAnswer> counts(const Context& context, const std::vector<std::string>& bases = {});

}  // namespace mangrove::query
