#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"
#include "graph/progress.h"

namespace mangrove::ingest {

/// What came of settling identity once.
struct Resolved {
  std::uint64_t actors = 0;
  std::uint64_t initiatives = 0;
  std::uint64_t compared = 0;         ///< Pairs that were looked at.
  std::uint64_t accepted = 0;         ///< By the machine, on the grounds of identity.
  std::uint64_t suggested = 0;        ///< For a person to decide.
  std::uint64_t decided = 0;          ///< By people: the machine says nothing of these.
  std::uint64_t named = 0;            ///< Nodes that are shown by another name than a branch's.
  std::vector<std::string> doubtful;  ///< Ids under which several bodies seem to be.
  bool changed = false;               ///< Whether the graph did.
};

/// Makes anew what `src:mangrove-identity` states: SAME_AS between nodes that everybody sees, with
/// state, score and reason, and the names of bodies whose branches are named more often. Writes
/// only what is not so already. The result hangs on what the graph holds now, not on how it came
/// there; what people have decided (edges of SAME_AS or NOT_SAME_AS by any other source) is left
/// to them. What only some may see is not compared.
///
/// O(n log n) in actors and initiatives.
Result<Resolved> resolve(graph::Graph& graph);

/// Links anew what a removal of a source left, and then the same; a graph::FollowUp.
Status settle_after_removal(graph::Graph& graph, const graph::OnProgress& on_progress);

}  // namespace mangrove::ingest
