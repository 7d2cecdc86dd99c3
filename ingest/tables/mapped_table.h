#pragma once

#include <memory>
#include <string>

#include "graph/base/result.h"
#include "ingest/reader.h"
#include "ingest/tables/mapping.h"
#include "ingest/tables/peeked_table.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// In how many rows the header is looked for, below titles and notes.
inline constexpr std::size_t kHeaderRowsMax = 30;

/// Reads a table by a mapping: one record for each row (or, where it is unpivoted, each cell). The
/// header is the row that the mapping names, or else the first one that has all the columns which
/// ids are made of. A column whose header stood before is `header (2)`, one without is `column 3`.
///
/// A cell that cannot be read costs that value, an empty id its row, each with a finding; a name
/// that is in none of our vocabularies is kept in `unresolved_names`. `ontology` must outlive the
/// reader.
std::unique_ptr<Reader> make_mapped_table_reader(std::unique_ptr<PeekedTable> table,
                                                 std::string file, Mapping mapping,
                                                 const ontology::Ontology& ontology);

/// The names of the columns, by the row that holds their headers.
std::vector<std::string> column_names(const Row& header);

}  // namespace mangrove::ingest
