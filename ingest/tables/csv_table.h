#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"
#include "ingest/tables/table.h"

namespace mangrove::ingest {

/// The rows of a table in comma-separated values (RFC 4180), and what spreadsheets make of that.
///
/// Lines end with LF, CR LF or CR; lines without any text are passed over. A byte order mark is
/// left out, UTF-16 is read, and a field that is not UTF-8 is read as Windows-1252, with a finding.
/// The separator (comma, semicolon, tab or bar) is the one on which most of the first lines agree;
/// or the one that Excel's own first line `sep=;` names.
class CsvTable final : public Table {
 public:
  CsvTable(std::unique_ptr<ByteStream> bytes, std::string file);

  /// An Error where a quote is never closed, or a row is beyond its bound.
  Result<std::optional<Row>> next() override;
  std::vector<Finding> take_findings() override;

  char separator() const { return separator_; }

 private:
  int peek();
  void fill();
  void begin();
  bool begins_with_separator_line();
  bool read_field(Row& row);
  void read_quoted(Row& row, std::string& field);
  void keep(Row& row, std::string& field, char c);
  void end_line(int c);
  void decode(Row& row);
  void fail(std::uint64_t line, const std::string& what);
  void fail(Error error);

  std::unique_ptr<ByteStream> bytes_;
  const std::string file_;
  std::vector<char> buffer_;
  std::size_t position_ = 0;
  bool begun_ = false;
  bool ended_ = false;
  char separator_ = ',';
  std::uint64_t line_ = 1;
  std::size_t row_bytes_ = 0;
  std::vector<Finding> findings_;
  std::optional<Error> error_;  // Once set, the table is at its end.
};

}  // namespace mangrove::ingest
