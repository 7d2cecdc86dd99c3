#include "ingest/tables/suggest/sample.h"

#include <algorithm>
#include <set>

#include "graph/base/text.h"
#include "ingest/tables/cell_values.h"
#include "ingest/tables/mapped_table.h"

namespace mangrove::ingest {
namespace {

std::size_t cells_filled(const Row& row) {
  return static_cast<std::size_t>(std::ranges::count_if(
      row.fields, [](const std::string& field) { return !trimmed(field).empty(); }));
}

bool is_number(std::string_view text) {
  return read_cell(text, {CellType::number, {}, {}, 0}).has_value();
}

bool is_year(std::string_view text) {
  text = trimmed(text);
  return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) && is_number(text);
}

/// Whether the cells of a row could be names of columns. Years could.
bool could_be_header(const Row& row) {
  std::set<std::string> different;
  std::size_t numbers = 0;
  std::size_t filled = 0;
  for (const std::string& field : row.fields) {
    if (trimmed(field).empty()) continue;
    ++filled;
    different.insert(folded(field.substr(0, kSampleValueBytesMax)));
    numbers += is_number(field) && !is_year(field) ? 1 : 0;
  }
  return different.size() * 10 >= filled * 8 && numbers * 2 <= filled;
}

std::size_t header_among(const std::vector<Row>& rows) {
  std::size_t fullest = 0;
  for (const Row& row : rows) fullest = std::max(fullest, cells_filled(row));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (cells_filled(rows[i]) * 10 >= fullest * 6 && could_be_header(rows[i])) return i;
  }
  return 0;
}

std::string cut(std::string_view text) {
  text = trimmed(text);
  std::size_t end = std::min(text.size(), kSampleValueBytesMax);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end));
}

}  // namespace

std::size_t SampleColumn::filled() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(values, [](const std::string& value) { return !value.empty(); }));
}

std::size_t SampleColumn::distinct() const {
  std::set<std::string_view> different(values.begin(), values.end());
  different.erase("");
  return different.size();
}

double SampleColumn::mean_length() const {
  std::size_t bytes = 0;
  for (const std::string& value : values) bytes += value.size();
  const std::size_t all = filled();
  return all == 0 ? 0.0 : static_cast<double>(bytes) / static_cast<double>(all);
}

const SampleColumn* Sample::find(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &SampleColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

Result<Sample> read_sample(PeekedTable& table, const std::string& file) {
  const std::vector<Row>& first = table.first(kHeaderRowsMax);
  if (first.empty()) {
    TRY(table.next());
    return Error{ErrorCode::invalid_input, file + ":1: the table is empty"};
  }
  const std::size_t place = header_among(first);
  const Row header = first[place];
  Sample sample;
  sample.header_line = header.line;
  sample.header_is_first = place == 0;
  for (std::string& name : column_names(header)) sample.columns.push_back({std::move(name), {}});
  for (std::size_t passed = 0; passed <= place; ++passed) TRY(table.next());
  while (sample.rows < kSampleRowsMax) {
    const std::optional<Row> row = TRY(table.next());
    if (!row) break;
    if (cells_filled(*row) == 0 || !row->problem.empty()) continue;
    ++sample.rows;
    for (std::size_t i = 0; i < sample.columns.size(); ++i) {
      sample.columns[i].values.push_back(i < row->fields.size() ? cut(row->fields[i]) : "");
    }
  }
  // A column without a name and without values is only where a program stopped colouring cells.
  std::erase_if(sample.columns, [](const SampleColumn& column) {
    return column.filled() == 0 && column.name.starts_with("column ");
  });
  return sample;
}

}  // namespace mangrove::ingest
