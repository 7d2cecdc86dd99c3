#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "graph/base/result.h"
#include "ingest/reader.h"
#include "ingest/source.h"
#include "ingest/tables/table.h"

namespace mangrove::ingest {

/// Reads grants published by the 360Giving standard as JSON: a package `{"grants": [...]}` or a
/// bare list. What a grant becomes is said in grant.h.
std::unique_ptr<Reader> make_grants_reader(std::unique_ptr<ByteStream> bytes,
                                           const std::string& file);

/// The same as a table: columns are named by the titles of the standard, `Recipient Org:Identifier`
/// or `Recipient Org:0:Identifier` (in any case), or by its paths, `recipientOrganization/0/id`.
/// Columns that are not of the standard are left out; each is named once in a finding.
std::unique_ptr<Reader> make_grants_table_reader(std::unique_ptr<Table> table,
                                                 const std::string& file);

/// Whether the first line of a table names the columns of such grants.
bool is_grants_header(std::string_view first_line);

}  // namespace mangrove::ingest
