#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/json.h"

/// Answers of the API as text: for people at a terminal, and for spreadsheets.
namespace mangrove::web {

enum class Format { table, json, csv };

std::optional<Format> format_of(std::string_view name);

/// Rows under titles, and a line about the whole.
struct Table {
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;  ///< Each as long as the titles.
  std::string note;                            ///< Such as "2 of 17"; may be empty.
};

/// The rows of an answer to this question ("overlaps", "paths", …), its reasons in words. What an
/// answer lacks is an empty cell.
Table table_of(std::string_view question, const json::Value& answer);

/// Aligned columns, one line a row, long cells cut with "…" except in the first column, which holds
/// what one would copy. Control characters, which could command a terminal, are left out.
std::string to_text(const Table& table);

/// RFC 4180, with the titles as header. Texts that a spreadsheet would take for a formula get an
/// apostrophe in front; numbers stay numbers.
std::string to_csv(const Table& table);

/// The same JSON over several lines, two spaces an inner level.
std::string to_pretty_json(const json::Value& value);

}  // namespace mangrove::web
