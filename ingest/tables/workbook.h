#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"
#include "ingest/tables/number_format.h"
#include "ingest/tables/zip_parts.h"
#include "ingest/xml.h"

namespace mangrove::ingest {

/// What the texts that the sheets of a workbook share may cost at most.
inline constexpr std::size_t kSharedStringsMax = 4'000'000;
inline constexpr std::size_t kSharedBytesMax = std::size_t{128} << 20;
inline constexpr std::size_t kSheetsMax = 1000;

/// A sheet with cells; charts and macros are none.
struct Sheet {
  std::string name;
  std::string part;     ///< In the ZIP file.
  bool hidden = false;  ///< Not shown by spreadsheet programs.
};

/// Texts that many cells share, one behind the other.
class SharedStrings {
 public:
  /// False past the bounds.
  bool add(std::string_view text);
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t index) const;

 private:
  std::string texts_;
  std::vector<std::uint32_t> ends_;
};

/// What the sheets of an Office Open XML workbook (.xlsx, .xlsm; ECMA-376) have in common: their
/// names, the texts they share, how numbers are shown and from when days are counted.
class Workbook {
 public:
  /// Errors name the file: `unsupported` where it is a ZIP file and no such workbook, `corrupt` or
  /// `invalid_input` where a part cannot be read, `too_large` past the bounds.
  static Result<std::unique_ptr<Workbook>> open(std::unique_ptr<ByteStream> bytes,
                                                const std::string& file);

  const std::vector<Sheet>& sheets() const { return sheets_; }
  /// The sheet of this name, whatever its case; without a name the first one that is not hidden.
  /// `not_found` names those that there are.
  Result<Sheet> sheet(std::string_view name) const;

  /// The elements with one of these names in the part of a sheet.
  Result<XmlRecords> records(const Sheet& sheet, std::vector<std::string> names) const;

  const SharedStrings& shared_strings() const { return shared_strings_; }
  /// How numbers in cells of this style are shown.
  NumberFormat format(std::size_t style) const;
  bool from_1904() const { return from_1904_; }
  const std::string& file() const { return file_; }

 private:
  Workbook(std::unique_ptr<ZipParts> parts, std::string file)
      : parts_(std::move(parts)), file_(std::move(file)) {}
  Result<XmlRecords> part(const std::string& name, std::vector<std::string> records) const;
  Error about(Error error) const;
  Status read_sheets();
  Status read_styles();
  Status read_shared_strings();

  std::unique_ptr<ZipParts> parts_;
  const std::string file_;
  std::vector<Sheet> sheets_;
  SharedStrings shared_strings_;
  std::vector<NumberFormat> formats_;  // By style.
  bool from_1904_ = false;
};

/// The text of an element that holds a text, plain or in runs of different looks: `si`, `is`.
std::string text_in_runs(const XmlElement& element);

}  // namespace mangrove::ingest
