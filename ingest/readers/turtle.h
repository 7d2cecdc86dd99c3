#pragma once

#include <memory>
#include <string>

#include "ingest/reader.h"
#include "ingest/source.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// Reads Turtle and N-Triples: our own vocabularies, and foreign ones by the rules of the schema
/// (the grammar of both is at the head of `ontology/schema.ttl`). One record per node.
///
/// Triples about one node may stand anywhere in a file, so the file is held whole before the first
/// record is given: at most 2 million triples and 512 MiB, else the first `next()` is
/// `too_large`. The same is true of a syntax error anywhere: a broken file gives no records at all.
/// What no rule knows is left out and noted once for each type or predicate, with its count
/// (rule `vocabulary-unknown`).
///
/// A subject `a m:Source` in the file is the source of everything that the file says.
/// `schema` must outlive the reader.
std::unique_ptr<Reader> make_turtle_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                           const ontology::Schema& schema);

}  // namespace mangrove::ingest
