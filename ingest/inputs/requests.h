#pragma once

#include <filesystem>
#include <optional>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "graph/graph.h"
#include "graph/progress.h"

namespace mangrove::ingest {

/// What other processes ask of the one that has a graph open, as graph::MoreRequests: what
/// review.h knows, and
///
///   {"do": "input-list", "names": [NAME…]}          {"inputs": [KnownInput…]}
///   {"do": "input-refresh", "names": [NAME…], "unchanged_too", "allow_private_addresses",
///    "download_bytes", "download_seconds"}          {"inputs": [KnownInput and "outcome",
///                                                    "why"…]}
///   {"do": "input-forget", "place"}                 {"inputs": [KnownInput…], "retired": n}
///
/// Names may be missing: then all inputs are meant. Of an input that was read the numbers are those
/// of this reading.
std::optional<Result<json::Value>> answer_request(graph::Graph& graph, const json::Value& request,
                                                  const graph::OnProgress& on_progress);

/// With a graph that another process may have open: then that one is asked.
Result<json::Value> carry_out_for_inputs(const std::filesystem::path& folder,
                                         const json::Value& request,
                                         const graph::OnProgress& on_progress);

}  // namespace mangrove::ingest
