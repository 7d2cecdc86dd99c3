#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/reader.h"
#include "ingest/report.h"
#include "ingest/source.h"
#include "ingest/tables/table.h"
#include "ontology/ontology.h"

namespace mangrove::ingest {

/// What a table is read by.
struct OpenedTable {
  std::unique_ptr<Reader> reader;
  bool grants = false;  ///< By the titles of 360Giving: its records have identity across files.
  std::vector<Finding> findings;
};

/// Finds out what the columns of a table mean: by the mapping, if there is one (JSON text); else by
/// the titles of 360Giving; else by that of our own mappings (`ingest/mappings/`) whose "matches"
/// stand in its first rows, with a finding that names it. `unsupported` where none of these does.
Result<OpenedTable> open_table(std::unique_ptr<Table> table, const std::string& file,
                               const std::string& mapping, const ontology::Ontology& ontology);

/// The rows of a workbook's sheet: of this name, or else the one that the mapping names, or else
/// the first one that is not hidden.
Result<std::unique_ptr<Table>> open_workbook_table(std::unique_ptr<ByteStream> bytes,
                                                   const std::string& file,
                                                   const std::string& sheet,
                                                   const std::string& mapping);

/// The rows of an input that is a table, by its content: a workbook, or else separated values.
/// `unsupported` where it is neither.
Result<std::unique_ptr<Table>> open_any_table(const Input& input);

/// Whether a file that begins so is a ZIP file, as workbooks are.
bool looks_like_zip(std::string_view start);
/// Whether it is of Microsoft's older kind: old workbooks, and new ones with a password.
bool looks_like_old_office(std::string_view start);

/// What a person can do about such a file.
inline constexpr std::string_view kOldOffice =
    "an old spreadsheet or document (.xls), or one with a password; save it as .xlsx or .csv, "
    "without a password";

}  // namespace mangrove::ingest
