#pragma once

#include <string_view>

#include "graph/graph.h"
#include "ingest/inputs/record_keys.h"

/// Records that their source no longer has. They stay, with all that they state, and say since
/// when: the property `retired`, a date, on their subject. It is part of the record, so that it is
/// seen by whoever sees the record, goes where it goes, and is in an export. When the source has
/// the record again, the property goes.
///
/// How many of a source's records are retired stands on its node as `records_retired`, told apart by
/// who may see them.
///
/// Whether to retire is decided in run_memory.h; here it is done. Which records were retired here,
/// and did not come with such a property, is a note of the graph (`retired/NNNN`, as in
/// known_input.h).
namespace mangrove::ingest {

inline constexpr std::string_view kRetiredProperty = "retired";

/// Those that were retired and have not returned. O(retired records).
Result<RecordKeys> retired_records(const graph::Graph& graph);

/// Retires the records of these keys, as of today. Gives those that were: in the graph, and not
/// retired yet. What Mangrove says itself, and what sources say of themselves, never is.
/// O(all records) where there are any keys.
Result<RecordKeys> retire(graph::Graph& graph, const RecordKeys& keys);

/// Brings back those of these that are retired; gives how many were. What was put in their place
/// meanwhile says nothing of `retired` any more, and stays. O(all records) where there are any.
Result<RecordKeys> bring_back(graph::Graph& graph, const RecordKeys& keys);

/// Forgets retired records that are no longer in the graph at all, and inputs of which no record
/// is. What else an input of a removed source has is read again by the next refresh. To be called
/// after a source was removed.
Status settle_inputs_after_removal(graph::Graph& graph);

}  // namespace mangrove::ingest
