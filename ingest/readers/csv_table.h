#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "ingest/source.h"

namespace mangrove::ingest {

inline constexpr std::size_t kCsvFieldBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kCsvRowBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kCsvColumnsMax = 4096;

/// One row of a table.
struct CsvRow {
  std::vector<std::string> fields;
  std::uint64_t line = 0;   ///< Where it begins, from 1.
  std::string problem;      ///< Why its fields cannot be used; empty where they can.
  bool odd_quotes = false;  ///< There was text behind a closing quote; it was read on to the field.
};

/// The rows of a table in comma-separated values (RFC 4180), holding one row at a time. Lines end
/// with LF, CR LF or CR; lines without any text are passed over; a byte order mark is left out. The
/// separator, of comma, semicolon and tab, is the one that the first row has most of.
class CsvTable {
 public:
  CsvTable(std::unique_ptr<ByteStream> bytes, std::string file);

  /// The next row; nothing at the end. An Error, `table.csv:12: …`, where the table cannot be read
  /// on: a quote that is never closed, a row beyond its bound, another encoding.
  Result<std::optional<CsvRow>> next();

  char separator() const { return separator_; }

 private:
  int peek();
  void fill();
  void begin();
  void guess_separator();
  bool read_field(CsvRow& row);
  void read_quoted(CsvRow& row, std::string& field);
  void keep(CsvRow& row, std::string& field, char c);
  void end_line(int c);
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
  std::optional<Error> error_;  // Once set, the table is at its end.
};

}  // namespace mangrove::ingest
