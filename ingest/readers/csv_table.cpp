#include "ingest/readers/csv_table.h"

#include <array>
#include <string_view>
#include <utility>

namespace mangrove::ingest {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
constexpr int kEnd = -1;

}  // namespace

CsvTable::CsvTable(std::unique_ptr<ByteStream> bytes, std::string file)
    : bytes_(std::move(bytes)), file_(std::move(file)) {}

Result<std::optional<CsvRow>> CsvTable::next() {
  if (!begun_) {
    begun_ = true;
    begin();
  }
  while (peek() != kEnd) {
    CsvRow row;
    row.line = line_;
    row_bytes_ = 0;
    while (read_field(row)) {
    }
    if (error_) {
      break;
    }
    if (row.fields.size() > 1 || !row.fields.front().empty() || !row.problem.empty()) {
      return std::optional(std::move(row));
    }
  }
  return error_ ? Result<std::optional<CsvRow>>(*error_) : std::optional<CsvRow>();
}

/// Reads one field and what ends it; true where another one follows in this row.
bool CsvTable::read_field(CsvRow& row) {
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
  if (row.fields.size() < kCsvColumnsMax) {
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
void CsvTable::read_quoted(CsvRow& row, std::string& field) {
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

void CsvTable::keep(CsvRow& row, std::string& field, char c) {
  if (++row_bytes_ > kCsvRowBytesMax) {
    fail(row.line, "a row of more than 16 MiB; is a quote open?");
  } else if (field.size() < kCsvFieldBytesMax) {
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
  fill();
  const std::string_view start(buffer_.data(), buffer_.size());
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    fail(1, "this is UTF-16; save it as UTF-8");
    return;
  }
  if (start.starts_with("\xEF\xBB\xBF")) {
    position_ = 3;
  }
  guess_separator();
}

void CsvTable::guess_separator() {
  constexpr std::array<char, 3> kSeparators{',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  bool text_seen = false;
  for (std::size_t i = position_; i < buffer_.size(); ++i) {
    const char c = buffer_[i];
    const bool line_ends = c == '\n' || c == '\r';
    if (!quoted && line_ends && text_seen) {
      break;
    }
    text_seen = text_seen || !line_ends;
    quoted = quoted != (c == '"');
    for (std::size_t s = 0; s < kSeparators.size(); ++s) {
      counts[s] += !quoted && c == kSeparators[s] ? 1 : 0;
    }
  }
  std::size_t best = 0;
  for (std::size_t s = 1; s < kSeparators.size(); ++s) {
    best = counts[s] > counts[best] ? s : best;
  }
  separator_ = kSeparators[best];
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
