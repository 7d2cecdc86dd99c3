#pragma once

#include <memory>
#include <string>

#include "graph/base/result.h"
#include "ingest/reader.h"
#include "ingest/source.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// Reads a table (RFC 4180, and what spreadsheets make of it) by a mapping file: one record for
/// each row. The first row names the columns; the separator (comma, semicolon or tab) is seen from
/// it.
///
/// The mapping says what a row is and what its columns mean:
///
///     { "kind": "Evidence", "id": "doc:{id}",
///       "source": {"name": "reports", "publisher": "...", "licence": "...", "note": "..."},
///       "columns": {
///         "title":     {"property": "title", "language": "en"},
///         "published": {"property": "published", "type": "date"},
///         "facets":    {"property": "facets", "separator": ";"},
///         "about":     {"relation": "ABOUT", "to": "{value}", "separator": ";"},
///         "publisher": {"relation": "PUBLISHED", "from": "org:{value}", "separator": ";"} } }
///
/// `type` is text (the default), integer, number, date or boolean. In `id`, `to` and `from`,
/// `{column}` is the text of that column, `{value}` that of this one, and `{column|slug}` either as
/// a slug. A column may have several meanings, as a list. Fails where the mapping is not like this:
/// unknown keys, kinds and relations are named.
///
/// A cell that cannot be read costs that value, an empty id its row, each with a finding; a table
/// that cannot be read on (an open quote at its end, a row beyond 16 MiB) ends with an error.
/// `schema` must outlive the reader.
Result<std::unique_ptr<Reader>> make_csv_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                                const std::string& mapping_json,
                                                const ontology::Schema& schema);

}  // namespace mangrove::ingest
