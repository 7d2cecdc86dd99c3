#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mangrove::tests {

/// A ZIP file with these parts: name, then bytes.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts);

/// What goes between `<sheetData>` and its end for one row: cells as they are written in XML.
std::string sheet_row(int number, const std::string& cells);

/// A workbook of one sheet, `Sheet1`, with these rows (XML) and what follows them; styles 0 to 5
/// show plain numbers, dates, percentages, moments, `00000`, and months.
std::string workbook_of(const std::string& rows, const std::string& behind_rows = "",
                        const std::vector<std::pair<std::string, std::string>>& more_parts = {});

}  // namespace mangrove::tests
