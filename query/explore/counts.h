#pragma once

#include <cstdint>

#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

struct CountsAnswer {
  graph::Counts counts;
  std::uint64_t sources = 0;  ///< Data sets that statements came from.
};

/// How much there is of everything.
Result<CountsAnswer> counts(const Context& context);

}  // namespace mangrove::query
