#include "graph/commands/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>

#include "graph/base/text.h"

namespace mangrove::graph {
namespace {

using namespace std::chrono_literals;

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool holds_numbers(const Table& table, std::size_t column) {
  return std::all_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return is_digits(row[column]); });
}

}  // namespace

ProgressLine::ProgressLine(std::ostream& out)
    : out_(out),
      on_terminal_(&out == &std::cerr && ::isatty(STDERR_FILENO) == 1),
      shown_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() {
  if (on_terminal_ && width_ > 0) out_ << '\r' << std::string(width_, ' ') << '\r' << std::flush;
}

OnProgress ProgressLine::listener() {
  return [this](const Progress& progress) {
    show(progress);
    return true;
  };
}

void ProgressLine::show(const Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (now - shown_ < (on_terminal_ ? 100ms : 5000ms)) return;
  shown_ = now;
  std::string line = text_of(progress);
  if (!on_terminal_) {
    out_ << line << std::endl;
    return;
  }
  const std::size_t width = line.size();
  if (width < width_) line.append(width_ - width, ' ');
  width_ = width;
  out_ << '\r' << line << std::flush;
}

std::string ProgressLine::text_of(const Progress& progress) const {
  constexpr std::uint64_t kBar = 24;
  const std::string doing = safe(progress.doing);
  if (progress.of == 0) {
    return progress.done == 0 ? doing : doing + "  " + grouped(progress.done);
  }
  const std::uint64_t done = std::min(progress.done, progress.of);
  const auto share = static_cast<double>(done) / static_cast<double>(progress.of);
  const auto marks = static_cast<std::size_t>(share * kBar);
  std::string line;
  if (on_terminal_) line = '[' + std::string(marks, '#') + std::string(kBar - marks, '-') + "] ";
  return line + std::to_string(static_cast<int>(share * 100)) + "%  " + doing;
}

std::string to_text(const Table& table) {
  std::vector<std::size_t> widths;
  std::vector<bool> numbers;
  for (std::size_t i = 0; i < table.titles.size(); ++i) {
    std::size_t width = length_in_code_points(table.titles[i]);
    for (const auto& row : table.rows) {
      width = std::max(width, length_in_code_points(safe(row[i])));
    }
    widths.push_back(width);
    numbers.push_back(holds_numbers(table, i));
  }
  std::string text;
  const auto add_row = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = safe(cells[i]);
      const std::string space(widths[i] - length_in_code_points(cell), ' ');
      if (i > 0) line += "  ";
      line += numbers[i] ? space + cell : cell + space;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  };
  add_row(table.titles);
  for (const auto& row : table.rows) add_row(row);
  return text;
}

std::string safe(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // C1 controls are C2 80 to C2 9F in UTF-8.
    const bool is_c1 =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (is_c1) ++i;
    result += byte < 0x20 || byte == 0x7F || is_c1 ? '?' : text[i];
  }
  return result;
}

std::string count_of(std::uint64_t count, std::string_view one, std::string_view several) {
  return grouped(count) + ' ' + std::string(count == 1 ? one : several);
}

std::string size_of_bytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1000 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s",
                                   size, kUnits[unit]);
  return {text.data(), static_cast<std::size_t>(length)};
}

bool is_on_terminal() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

}  // namespace mangrove::graph
