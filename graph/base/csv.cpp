#include "graph/base/csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace mangrove::csv {
namespace {

bool is_number(std::string_view text) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} && end == text.data() + text.size();
}

bool looks_like_a_formula(std::string_view text) {
  constexpr std::string_view kBefore = " \t\r\n\v\f";
  constexpr std::string_view kStarts = "=+-@";
  constexpr std::array<std::string_view, 4> kFullWidth{"＝", "＋", "－", "＠"};
  if (text.starts_with('\t') || text.starts_with('\r') || text.starts_with('\n')) return true;
  const std::size_t first = text.find_first_not_of(kBefore);
  if (first == std::string_view::npos) return false;
  const std::string_view rest = text.substr(first);
  return kStarts.find(rest.front()) != std::string_view::npos ||
         std::any_of(kFullWidth.begin(), kFullWidth.end(),
                     [rest](std::string_view start) { return rest.starts_with(start); });
}

}  // namespace

std::string cell(std::string_view text) {
  std::string plain;
  if (looks_like_a_formula(text) && !is_number(text)) plain = "'";
  plain += text;
  if (plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
  std::string quoted = "\"";
  for (const char letter : plain) {
    if (letter == '"') quoted.push_back('"');
    quoted.push_back(letter);
  }
  return quoted + "\"";
}

std::string row(std::initializer_list<std::string_view> cells) {
  std::string line;
  for (const std::string_view text : cells) line += cell(text) + ",";
  if (!line.empty()) line.pop_back();
  return line + "\r\n";
}

}  // namespace mangrove::csv
