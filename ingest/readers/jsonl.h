#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ingest/byte_stream.h"
#include "ingest/reader.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// Reads records in our own form, one JSON object a line (graph/record_json.h): what `mangrove
/// export --format jsonl` writes, or what somebody writes by hand:
///
///     {"id": "org:our-shelter", "kind": "Actor", "properties": {"name": "Our shelter"}}
///
/// The first line may be the header of an export, `{"mangrove":"records","format":1}`. A record
/// that names its source comes as it is (Draft::verbatim); one that names none is the file's. What
/// this program says itself (`src:mangrove-…`: its vocabularies, and what follows from them) is
/// left out and counted: it is made anew here.
std::unique_ptr<Reader> make_jsonl_reader(std::unique_ptr<ByteStream> bytes,
                                          const std::string& file, const ontology::Schema& schema);

/// Whether a text begins like such records.
bool is_jsonl(std::string_view head);

}  // namespace mangrove::ingest
