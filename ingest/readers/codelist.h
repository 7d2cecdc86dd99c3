#pragma once

#include <memory>
#include <string>

#include "ingest/reader.h"
#include "ingest/source.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// Reads IATI code list XML by the code list rules of the schema
/// (`ontology/mappings/codelists.ttl`): one record for each item. A list without a rule is noted
/// (rule `codelist-unknown`) and gives no records. `schema` must outlive the reader.
std::unique_ptr<Reader> make_codelist_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                             const ontology::Schema& schema);

}  // namespace mangrove::ingest
