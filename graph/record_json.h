#pragma once

#include <string>

#include "graph/base/json.h"
#include "graph/base/result.h"
#include "graph/batch.h"

/// A record as one JSON object, for whoever takes the data home and for bringing it back:
///
///     {"id": "iati:XM-1", "kind": "Initiative", "source": "src:XM", "revision": "2024-05-01",
///      "origin": "activities.xml:12",
///      "properties": {"title": [{"text": "Schools for all", "language": "en"}], "hierarchy": [1],
///                     "start": [{"date": "2020-01"}],
///                     "budget": [{"fields": {"currency": "USD", "amount": 12.5}}]},
///      "mentions": [{"id": "org:B", "kind": "Actor", "properties": {"name": ["Anna's Shelter"]}}],
///      "edges": [{"from": "org:B", "relation": "TAKES_PART_IN", "to": "iati:XM-1",
///                 "qualifier": "implementing"}]}
///
/// - `properties`: a list of values for each name. A value is `true`, a number or a text where that
///   says all; else an object with one of `value`, `text`, `date` and `fields`, and where needed
///   its `language`, and the `audience` that may see it. A number is whole unless it is written
///   with a fraction or exponent: `3` is not `3.0`.
/// - `edges`: `from` is left out where it is the subject. `derived` is true for what was concluded
///   from the rest of the record.
/// - `audience` at the record, an edge or a value names who may see it; `guard` at the record or a
///   mention those for whom the node exists (NodeStatement::audience).
/// - What is empty is left out.
namespace mangrove::graph {

/// Writes the record, properties sorted by name, all else in the order in which it lies: equal
/// records give equal bytes. Numbers that JSON does not have (NaN, infinity) are left out.
void write_record(json::Writer& writer, const Record& record);

/// Reads one. Beside what `write_record` writes, a single value may stand without its list.
/// `invalid_input` says where and what, `edges[2].to: …`: a member that has no meaning here, a type
/// that does not fit, no `id`. Whether the graph takes it is for the graph to say.
Result<Record> read_record(const json::Value& value);

}  // namespace mangrove::graph
