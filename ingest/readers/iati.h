#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/reader.h"
#include "ingest/source.h"

namespace mangrove::ingest {

/// The kind of a node that the vocabularies state (`sdg:8.7` -> `Target`); empty where there is
/// none.
using KindOf = std::function<std::string_view(const std::string& id)>;

/// Reads IATI activity files, 2.0x and 1.0x alike, with `iati-activities`, a bare `iati-activity`
/// or anything else as their first element. One record for each activity; what becomes of which
/// element is a table in `ingest/README.md`. Contact details are never read.
std::unique_ptr<Reader> make_iati_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                         KindOf kind_of);

}  // namespace mangrove::ingest
