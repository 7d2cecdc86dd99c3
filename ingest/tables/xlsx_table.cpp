#include "ingest/tables/xlsx_table.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kFindingsHeldMax = 1000;

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

}  // namespace

std::optional<CellPlace> cell_place(std::string_view reference) {
  CellPlace place;
  while (!reference.empty() && (reference[0] < '0' || reference[0] > '9')) {
    const char letter = reference[0] >= 'a' ? static_cast<char>(reference[0] - 32) : reference[0];
    if (letter < 'A' || letter > 'Z') return std::nullopt;
    place.column = place.column * 26 + static_cast<std::uint64_t>(letter - 'A' + 1);
    if (place.column > kSheetColumnsMax) return std::nullopt;
    reference.remove_prefix(1);
  }
  if (place.column == 0) return std::nullopt;
  if (reference.empty()) return place;
  place.row = number_of<std::uint64_t>(reference).value_or(0);
  return place.row > 0 && place.row <= kSheetRowsMax ? std::optional(place) : std::nullopt;
}

Result<std::unique_ptr<Table>> XlsxTable::open(std::unique_ptr<Workbook> workbook,
                                               std::string_view sheet) {
  Sheet chosen = TRY(workbook->sheet(sheet));
  XmlRecords rows = TRY(workbook->records(chosen, {"row"}));
  std::unique_ptr<XlsxTable> table(
      new XlsxTable(std::move(workbook), std::move(chosen), std::move(rows)));
  TRY(table->read_merged_cells());
  if (sheet.empty()) table->name_other_sheets();
  return std::unique_ptr<Table>(std::move(table));
}

/// They stand behind the rows, so the sheet is gone through once for them alone.
Status XlsxTable::read_merged_cells() {
  XmlRecords cells = TRY(workbook_->records(sheet_, {"mergeCell"}));
  while (true) {
    const Result<std::optional<XmlElement>> cell = cells.next();
    if (!cell.ok() || !cell.value()) return {};  // What is wrong is told when the rows are read.
    const std::string_view range = cell.value()->attribute("ref");
    const std::size_t colon = std::min(range.find(':'), range.size());
    const std::optional<CellPlace> first = cell_place(range.substr(0, colon));
    const std::optional<CellPlace> last =
        cell_place(range.substr(std::min(colon + 1, range.size())));
    if (first && last && first->row > 0 && last->row > first->row) {
      merged_[{first->row, first->column}] = last->row;
    }
    if (merged_.size() > kMergedCellsMax) {
      return Error{ErrorCode::too_large, workbook_->file() + ": sheet `" + sheet_.name +
                                             "` has more than 100,000 merged cells"};
    }
  }
}

void XlsxTable::name_other_sheets() {
  std::string others;
  for (const Sheet& other : workbook_->sheets()) {
    if (other.name == sheet_.name || other.hidden || others.size() > 300) continue;
    others += (others.empty() ? "`" : ", `") + other.name + "`";
  }
  if (!others.empty()) {
    note(0, "sheet-not-read", "sheet `" + sheet_.name + "` was read; not read: " + others,
         Action::noted);
  }
}

Result<std::optional<Row>> XlsxTable::next() {
  while (true) {
    const std::optional<XmlElement> element = TRY(rows_.next());
    std::vector<Finding> found = rows_.take_findings();
    for (Finding& finding : found) {
      finding.detail = "in sheet `" + sheet_.name + "`: " + finding.detail;
      finding.line = line_ + 1;  // Sheets are written in one line: their rows tell more.
      findings_.push_back(std::move(finding));
    }
    if (!element) {
      if (!found.empty()) continue;
      return std::optional<Row>();
    }
    Row row = read_row(*element);
    const bool empty = std::ranges::all_of(
        row.fields, [](const std::string& field) { return trimmed(field).empty(); });
    if (!empty || !row.problem.empty()) return std::optional(std::move(row));
  }
}

std::vector<Finding> XlsxTable::take_findings() {
  return std::exchange(findings_, {});
}

Row XlsxTable::read_row(const XmlElement& element) {
  Row row;
  const std::string_view written = element.attribute("r");
  const std::optional<std::uint64_t> number = number_of<std::uint64_t>(written);
  line_ = number && *number > 0 && *number <= kSheetRowsMax ? *number : line_ + 1;
  row.line = line_;
  if (!written.empty() && line_ != number.value_or(0)) {
    row.problem = "a row that says it is number `" + std::string(written.substr(0, 40)) + "`";
    return row;
  }
  std::uint64_t column = 0;
  std::size_t bytes = 0;
  for (const XmlElement cell : element.children("c")) {
    read_cell(cell, ++column, row);
    bytes += row.fields.empty() ? 0 : row.fields.back().size();
    if (bytes > kRowBytesMax) row.problem = "a row of more than 16 MiB";
    if (!row.problem.empty()) return row;
  }
  fill_merged(row);
  return row;
}

/// Puts the cell where it says it lies; where it does not say, behind the one before it.
void XlsxTable::read_cell(const XmlElement& cell, std::uint64_t& column, Row& row) {
  const std::string_view reference = cell.attribute("r");
  if (!reference.empty()) {
    const std::optional<CellPlace> place = cell_place(reference);
    if (!place || (place->row != 0 && place->row != row.line)) {
      note(row.line, "cell-place",
           "`" + std::string(reference.substr(0, 40)) + "` is no cell of this row",
           Action::value_skipped);
      return;
    }
    column = place->column;
  }
  std::string text = text_of(cell, reference);
  if (text.empty()) return;
  if (column > kColumnsMax) {
    row.problem = "more than 4096 columns";
    return;
  }
  if (row.fields.size() < column) row.fields.resize(column);
  row.fields[column - 1] = std::move(text);
}

std::string XlsxTable::text_of(const XmlElement& cell, std::string_view reference) {
  const std::string_view type = cell.attribute("t");
  const auto skip = [&](const std::string& what) {
    note(line_, "cell-value", "cell " + std::string(reference) + ": " + what,
         Action::value_skipped);
    return std::string();
  };
  if (type == "inlineStr") {
    const std::optional<XmlElement> text = cell.child("is");
    return text ? text_in_runs(*text) : std::string();
  }
  const std::string_view value = cell.text_of("v");
  if (value.empty()) {
    const bool formula = cell.child("f").has_value() && !cell.child("v").has_value();
    return formula ? skip("a formula that was saved without its value") : std::string();
  }
  if (type == "s") {
    const SharedStrings& strings = workbook_->shared_strings();
    const std::optional<std::size_t> index = number_of<std::size_t>(value);
    if (!index || *index >= strings.size()) return skip("a text that is not in the workbook");
    return std::string(strings[*index]);
  }
  if (type == "e") return skip("the error " + std::string(value.substr(0, 40)));
  if (type == "b") return value == "1" || value == "true" ? "true" : "false";
  return type.empty() || type == "n" ? number_text(cell, value) : std::string(value);
}

std::string XlsxTable::number_text(const XmlElement& cell, std::string_view written) {
  const std::optional<double> number = number_of<double>(written);
  const NumberFormat format =
      workbook_->format(number_of<std::size_t>(cell.attribute("s")).value_or(0));
  if (number) {
    if (std::optional<std::string> text = shown(*number, format, workbook_->from_1904())) {
      return *std::move(text);
    }
  }
  return std::string(written);
}

void XlsxTable::fill_merged(Row& row) {
  std::erase_if(speaking_, [&](const auto& one) { return one.second.last_row < row.line; });
  std::size_t bytes = 0;
  for (const auto& [column, merged] : speaking_) {
    bytes += merged.text.size();
    if (row.fields.empty() || column > kColumnsMax || bytes > kRowBytesMax) break;
    if (row.fields.size() < column) row.fields.resize(column);
    if (row.fields[column - 1].empty()) row.fields[column - 1] = merged.text;
  }
  for (auto first = merged_.lower_bound({row.line, 0});
       first != merged_.end() && first->first.first == row.line; ++first) {
    const std::uint64_t column = first->first.second;
    const bool there = column <= row.fields.size() && !row.fields[column - 1].empty();
    if (there) speaking_[column] = {first->second, row.fields[column - 1]};
  }
}

void XlsxTable::note(std::uint64_t line, std::string rule, std::string detail, Action action) {
  if (findings_.size() < kFindingsHeldMax) {
    findings_.push_back({{}, line, std::move(rule), std::move(detail), action});
  }
}

}  // namespace mangrove::ingest
