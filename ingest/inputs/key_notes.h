#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "ingest/inputs/record_keys.h"

/// Sets of record keys as notes of a graph: `NAME/NNNNNNNN`, numbered from 0, each of 65,536 keys
/// at the most, 8 bytes a key, the least byte first.
namespace mangrove::ingest {

/// Empty where there is no such note.
Result<RecordKeys> noted_keys(const graph::Graph& graph, std::string_view name);

/// Adds what must change for these keys to stand there. `before`: how many stand there now.
void note_keys(std::string_view name, const RecordKeys& keys, std::size_t before,
               std::vector<graph::NoteChange>& notes);

}  // namespace mangrove::ingest
