#pragma once

#include <cstdint>
#include <vector>

#include "query/answer.h"
#include "query/co_occurrence.h"
#include "query/filter.h"

namespace mangrove::query {

struct LinkageMatrixQuestion {
  Contributions::Level level = Contributions::Level::goals;
  Filter filter = {};  ///< Of the initiatives that are counted, and of what counts as a
                       ///< contribution. A target or goal asks which others occur together in the
                       ///< initiatives that contribute to it.
};

/// A row and column of the matrix.
struct MatrixEnd {
  Brief node;
  std::uint64_t initiatives = 0;  ///< That contribute to it.
};

struct LinkageMatrixAnswer {
  std::uint64_t with_any = 0;   ///< N: initiatives that contribute to any of the ends.
  std::vector<MatrixEnd> ends;  ///< All goals or targets, in the order of their codes.
  std::vector<Pairing> pairs;   ///< Numbers are places in `ends`; only those that occur together.
};

/// How often initiatives contribute to each two goals, or targets, together, against expectation:
/// see CoOccurrence. The 17 goals (a target counts for its goal) or the 169 targets.
Result<LinkageMatrixAnswer> linkage_matrix(const Context& context,
                                           const LinkageMatrixQuestion& question);

}  // namespace mangrove::query
