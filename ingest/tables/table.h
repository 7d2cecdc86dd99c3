#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "ingest/report.h"

/// Tables, whatever they are written in: rows of texts, one at a time.
namespace mangrove::ingest {

inline constexpr std::size_t kCellBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kRowBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kColumnsMax = 4096;

/// One row of a table.
struct Row {
  std::vector<std::string> fields;  ///< UTF-8 where the table's encoding could be told.
  std::uint64_t line = 0;   ///< From 1: the line where it begins, or its number in a spreadsheet.
  std::string problem;      ///< Why its fields cannot be used; empty where they can.
  bool odd_quotes = false;  ///< There was text behind a closing quote; it was read on to the field.
};

/// The rows of one table, holding one row at a time.
class Table {
 public:
  virtual ~Table() = default;

  /// The next row that holds anything; nothing at the end. An Error, `table.csv:12: …`, where the
  /// table cannot be read on.
  virtual Result<std::optional<Row>> next() = 0;

  /// What was found since the last call; `file` is left empty.
  virtual std::vector<Finding> take_findings() { return {}; }

  /// Whether empty cells at the end of a row are left out, so that short rows are no mistake.
  virtual bool leaves_out_empty_ends() const { return false; }
};

}  // namespace mangrove::ingest
