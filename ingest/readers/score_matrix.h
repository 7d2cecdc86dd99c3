#pragma once

#include <memory>
#include <string>

#include "graph/base/result.h"
#include "ingest/reader.h"
#include "ingest/source.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// Reads a matrix of influence scores in JSON: for each SDG target, how progress on it affects
/// others, from -3 (cancelling) over 0 (consistent) to 3 (indivisible).
///
///     { "1.3": { "affect": { "1.5": 1, "2.2": 1, "2.4": 0 }, "Name": "Social protection" } }
///
/// One record for each target, with an edge INFLUENCES for each score. A 0 is a statement; what is
/// missing, or null, is unknown and gives no edge. What a target does to itself is left out and
/// counted (rule `influence-on-itself`); a score or code that is none costs that score, a row
/// without scores its record. What stands beside `affect`, such as sums, is left out and named
/// once. Where the scores hold, of when and of whom they are, `mapping_json` says
/// (`influence_mapping.h`); it may be empty.
///
/// The matrix of all 169 targets is small, so the file is held whole, within 4 MiB; broken JSON
/// gives no records. Fails where the mapping is none. `ontology` must outlive the reader.
Result<std::unique_ptr<Reader>> make_score_matrix_reader(std::unique_ptr<ByteStream> bytes,
                                                         std::string file,
                                                         const std::string& mapping_json,
                                                         const ontology::Ontology& ontology);

}  // namespace mangrove::ingest
