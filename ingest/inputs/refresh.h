#pragma once

#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"
#include "graph/progress.h"
#include "ingest/fetch/download.h"
#include "ingest/inputs/known_input.h"
#include "ingest/report.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

struct RefreshOptions {
  /// Names of sources, with or without `src:`, or places of inputs; none: all inputs.
  std::vector<std::string> names{};
  bool unchanged_too = false;  ///< Read also what has not changed.
  DownloadLimits downloads{};
  graph::OnProgress on_progress{};
};

/// What became of one input.
struct Refreshed {
  enum class Outcome { unchanged, read, failed };
  KnownInput input;  ///< As the graph knows it now.
  Outcome outcome = Outcome::unchanged;
  std::string problem{};  ///< Why it failed.
  FileCounts counts{};    ///< Where it was read.
};

/// Of all remembered inputs those that a name means; `not_found` where a name means none.
Result<std::vector<KnownInput>> inputs_named(const graph::Graph& graph,
                                             const std::vector<std::string>& names);

/// Reads again what the graph remembers, in the way in which it was read before, where it has
/// changed: a file by its size and time, the web by what the server says or sends. What cannot be
/// reached or read fails alone, retires nothing, and is tried again the next time. In the order of
/// `known_inputs`. Errors: `not_found` for a name that means no input; `cancelled`; those of `run`.
Result<std::vector<Refreshed>> refresh(graph::Graph& graph, const ontology::Ontology& ontology,
                                       const RefreshOptions& options);

/// What became of forgetting inputs.
struct Forgotten {
  std::vector<KnownInput> inputs;
  std::uint64_t retired = 0;
};
/// Forgets the inputs at this place, which will not be read again, and retires the records that
/// only they had. `not_found` where the graph remembers none.
Result<Forgotten> forget(graph::Graph& graph, const std::string& location);

}  // namespace mangrove::ingest
