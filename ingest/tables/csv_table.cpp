#include "ingest/tables/csv_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "graph/base/text.h"
#include "ingest/tables/encoding.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
constexpr int kEnd = -1;

constexpr std::array<char, 4> kSeparators{',', ';', '\t', '|'};
constexpr std::size_t kLinesLookedAt = 50;

/// How many of each separator stand in each of the first lines, outside of quotes.
std::vector<std::array<std::size_t, kSeparators.size()>> counts_by_line(std::string_view start) {
  std::vector<std::array<std::size_t, kSeparators.size()>> lines(1);
  bool quoted = false;
  bool text_seen = false;
  for (const char c : start) {
    const bool line_ends = !quoted && (c == '\n' || c == '\r');
    if (line_ends && text_seen) {
      if (lines.size() == kLinesLookedAt) {
        break;
      }
      lines.emplace_back();
    }
    text_seen = !line_ends;
    quoted = quoted != (c == '"');
    const auto* const found = std::ranges::find(kSeparators, c);
    if (!quoted && found != kSeparators.end()) {
      ++lines.back().at(static_cast<std::size_t>(found - kSeparators.begin()));
    }
  }
  if (!text_seen && lines.size() > 1) {
    lines.pop_back();
  }
  return lines;
}

/// The separator that the first lines have equally many of; of two, the one that they have more
/// of. One line is no agreement, but for the first.
char separator_of(std::string_view start) {
  const auto lines = counts_by_line(start);
  std::pair<std::size_t, std::size_t> best{0, 0};  // Lines that agree, and on how many.
  char separator = ',';
  for (std::size_t s = 0; s < kSeparators.size(); ++s) {
    std::map<std::size_t, std::size_t> lines_by_count;
    for (const auto& line : lines) {
      ++lines_by_count[line.at(s)];
    }
    for (const auto& [count, agreeing] : lines_by_count) {
      const bool counts = count > 0 && (agreeing > 1 || lines.front().at(s) == count);
      if (counts && std::pair(agreeing, count) > best) {
        best = {agreeing, count};
        separator = kSeparators.at(s);
      }
    }
  }
  return separator;
}

}  // namespace

CsvTable::CsvTable(std::unique_ptr<ByteStream> bytes, std::string file)
    : bytes_(std::move(bytes)), file_(std::move(file)) {}

Result<std::optional<Row>> CsvTable::next() {
  if (!begun_) {
    begun_ = true;
    begin();
  }
  while (peek() != kEnd) {
    Row row;
    row.line = line_;
    row_bytes_ = 0;
    while (read_field(row)) {
    }
    if (error_) {
      break;
    }
    if (row.fields.size() > 1 || !row.fields.front().empty() || !row.problem.empty()) {
      decode(row);
      return std::optional(std::move(row));
    }
  }
  return error_ ? Result<std::optional<Row>>(*error_) : std::optional<Row>();
}

/// Reads one field and what ends it; true where another one follows in this row.
bool CsvTable::read_field(Row& row) {
  std::string field;
  if (peek() == '"') {
    ++position_;
    read_quoted(row, field);
  }
  int c = peek();
  while (c != kEnd && c != separator_ && c != '\n' && c != '\r') {
    ++position_;
    keep(row, field, static_cast<char>(c));
    c = peek();
  }
  if (row.fields.size() < kColumnsMax) {
    row.fields.push_back(std::move(field));
  } else {
    row.problem = "more than 4096 columns";
  }
  if (c == separator_) {
    ++position_;
    return true;
  }
  end_line(c);
  return false;
}

/// The inside of a quoted field, and its closing quote; a doubled quote stands for one.
void CsvTable::read_quoted(Row& row, std::string& field) {
  const std::uint64_t opened = line_;
  char before = ' ';
  for (int c = peek(); c != kEnd; c = peek()) {
    ++position_;
    if (c == '"') {
      const int following = peek();
      if (following != '"') {
        row.odd_quotes = row.odd_quotes || (following != kEnd && following != separator_ &&
                                            following != '\n' && following != '\r');
        return;
      }
      ++position_;
    }
    // CR LF is one end of a line, and CR alone is one too.
    line_ += c == '\r' || (c == '\n' && before != '\r') ? 1 : 0;
    before = static_cast<char>(c);
    keep(row, field, before);
  }
  fail(opened, "a quote that opens here is never closed");
}

void CsvTable::keep(Row& row, std::string& field, char c) {
  if (++row_bytes_ > kRowBytesMax) {
    fail(row.line, "a row of more than 16 MiB; is a quote open?");
  } else if (field.size() < kCellBytesMax) {
    field.push_back(c);
  } else {
    row.problem = "a field of more than 1 MiB";
  }
}

void CsvTable::end_line(int c) {
  if (c == kEnd) {
    return;
  }
  ++position_;
  ++line_;
  if (c == '\r' && peek() == '\n') {
    ++position_;
  }
}

/// The byte at hand, without taking it.
int CsvTable::peek() {
  if (position_ == buffer_.size()) {
    fill();
  }
  return position_ < buffer_.size() ? static_cast<unsigned char>(buffer_[position_]) : kEnd;
}

void CsvTable::fill() {
  buffer_.resize(kBufferBytes);
  position_ = 0;
  std::size_t filled = 0;
  while (!ended_ && filled < buffer_.size()) {
    const Result<std::size_t> got = bytes_->read(buffer_.data() + filled, buffer_.size() - filled);
    if (!got.ok()) {
      fail(got.error());
      return;
    }
    ended_ = got.value() == 0;
    filled += got.value();
  }
  buffer_.resize(filled);
}

void CsvTable::begin() {
  bytes_ = from_utf16(std::move(bytes_));
  fill();
  if (std::string_view(buffer_.data(), buffer_.size()).starts_with("\xEF\xBB\xBF")) {
    position_ = 3;
  }
  if (!begins_with_separator_line()) {
    separator_ = separator_of({buffer_.data() + position_, buffer_.size() - position_});
  }
}

/// Excel's own: `sep=;` alone in the first line. It is passed over.
bool CsvTable::begins_with_separator_line() {
  const std::string_view start(buffer_.data() + position_, buffer_.size() - position_);
  if (start.size() < 6 || !start.starts_with("sep=") || (start[5] != '\r' && start[5] != '\n')) {
    return false;
  }
  separator_ = start[4];
  position_ += 5;
  end_line(peek());
  return true;
}

/// Reads what is not UTF-8 as the code page of older spreadsheets.
void CsvTable::decode(Row& row) {
  bool decoded = false;
  for (std::string& field : row.fields) {
    if (is_utf8(field)) {
      continue;
    }
    if (std::optional<std::string> text = from_windows_1252(field)) {
      field = std::move(*text);
      decoded = true;
    }
  }
  if (decoded) {
    findings_.push_back({{},
                         row.line,
                         "text-encoding",
                         "the row is not UTF-8; it was read as Windows-1252",
                         Action::value_repaired});
  }
}

std::vector<Finding> CsvTable::take_findings() {
  return std::exchange(findings_, {});
}

void CsvTable::fail(std::uint64_t line, const std::string& what) {
  fail({ErrorCode::invalid_input, file_ + ":" + std::to_string(line) + ": " + what});
}

/// Keeps the first error, and ends the table.
void CsvTable::fail(Error error) {
  if (!error_) {
    error_ = std::move(error);
  }
  buffer_.clear();
  position_ = 0;
  ended_ = true;
}

}  // namespace mangrove::ingest
