#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/tables/table.h"
#include "ingest/tables/workbook.h"

namespace mangrove::ingest {

inline constexpr std::uint64_t kSheetRowsMax = 1'048'576;  ///< ECMA-376, as programs have it.
inline constexpr std::uint64_t kSheetColumnsMax = 16'384;
inline constexpr std::size_t kMergedCellsMax = 100'000;

/// The rows of one sheet of a workbook, as a person sees them: dates as `2024-03-01`, shares as
/// `12.5%`, the value that a formula had when the file was saved. A merged cell speaks for all its
/// rows, in its first column.
///
/// What is no value (an error such as `#REF!`, a formula without its value) is empty, with a
/// finding; so is a cell that says it lies where no cell can.
class XlsxTable final : public Table {
 public:
  /// `sheet` empty: the first one that is not hidden; a finding names the others.
  static Result<std::unique_ptr<Table>> open(std::unique_ptr<Workbook> workbook,
                                             std::string_view sheet);

  Result<std::optional<Row>> next() override;
  std::vector<Finding> take_findings() override;
  bool leaves_out_empty_ends() const override { return true; }

 private:
  struct Merged {
    std::uint64_t last_row = 0;
    std::string text;
  };

  XlsxTable(std::unique_ptr<Workbook> workbook, Sheet sheet, XmlRecords rows)
      : workbook_(std::move(workbook)), sheet_(std::move(sheet)), rows_(std::move(rows)) {}
  Status read_merged_cells();
  void name_other_sheets();
  Row read_row(const XmlElement& element);
  void read_cell(const XmlElement& cell, std::uint64_t& column, Row& row);
  std::string text_of(const XmlElement& cell, std::string_view reference);
  std::string number_text(const XmlElement& cell, std::string_view written);
  void fill_merged(Row& row);
  void note(std::uint64_t line, std::string rule, std::string detail, Action action);

  std::unique_ptr<Workbook> workbook_;
  const Sheet sheet_;
  XmlRecords rows_;
  std::uint64_t line_ = 0;
  // The first cell (row, column) of merged cells that go on below it -> their last row.
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> merged_;
  std::map<std::uint64_t, Merged> speaking_;  // By column: those that go on in this row.
  std::vector<Finding> findings_;
};

/// `B12` -> {12, 2}, `B` -> {0, 2}; nothing where a sheet has no such place.
struct CellPlace {
  std::uint64_t row = 0;  ///< 0 where it is not said.
  std::uint64_t column = 0;
};
std::optional<CellPlace> cell_place(std::string_view reference);

}  // namespace mangrove::ingest
