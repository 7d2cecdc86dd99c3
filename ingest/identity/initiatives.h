#pragma once

#include <cstdint>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "ingest/identity/match.h"

namespace mangrove::ingest {

/// What is found out about all initiatives of a view.
struct InitiativesFound {
  std::uint64_t initiatives = 0;
  std::uint64_t pairs = 0;  ///< Compared.
  std::vector<SameAs> matches;
};

/// Finds initiatives that several bodies publish. Accepted where one of the two names the other as
/// another identifier of its own (`other-identifier`), or as a third party's report of the same
/// (`related-activity` of type 5), and title or dates do not speak against it. Suggested where two
/// publishers have one title with the same dates, and places or participants in common.
///
/// Reads every initiative once, and keeps 40 bytes of each; compares within blocks of one title and
/// start, each with a bounded number of others. O(n log n).
Result<InitiativesFound> match_initiatives(const graph::View& view);

}  // namespace mangrove::ingest
