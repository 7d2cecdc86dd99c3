#pragma once

#include <memory>
#include <string>

#include "ingest/readers/iati.h"

namespace mangrove::ingest {

/// Reads IATI organisation files, 2.0x and 1.0x alike. One record for each `iati-organisation`, an
/// Actor; what becomes of which element is a table in `ingest/README.md`.
///
/// The names in a record are those of the organisation that its identifier names, whoever reports
/// it. Where the identifier is missing, `reporting-org` stands for it only if it bears the same
/// name: a file about a branch must not rename its parent.
std::unique_ptr<Reader> make_iati_organisation_reader(std::unique_ptr<ByteStream> bytes,
                                                      std::string file, KindOf kind_of);

}  // namespace mangrove::ingest
