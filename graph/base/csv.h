#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

/// Writing tables as CSV (RFC 4180) that people open in a spreadsheet.
namespace mangrove::csv {

/// One cell, in quotes where it needs them. A text that a spreadsheet would take for a formula
/// (`=…`, `+…`, `-…`, `@…`, also behind white space, also in their full width) gets an apostrophe
/// before it, so that a name in a file from outside runs nothing on the desk of who opens the
/// table. Numbers stay as they are.
std::string cell(std::string_view text);

/// One row, with its end.
std::string row(std::initializer_list<std::string_view> cells);

}  // namespace mangrove::csv
