#include "ontology/grammar/notation.h"

#include <charconv>
#include <cmath>

#include "graph/base/text.h"

namespace mangrove::ontology {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string main_language(std::string_view tag) {
  return std::string(tag.substr(0, tag.find('-')));
}

Result<WordAndNumber> parse_word_and_number(std::string_view text, std::string_view form) {
  const auto parts = split(text, ' ');
  const auto number = parts.size() == 2 ? number_in(parts[1]) : std::nullopt;
  if (!number || parts[0].empty()) {
    return Error{ErrorCode::invalid_input,
                 "'" + std::string(text) + "' is not of the form " + std::string(form)};
  }
  return WordAndNumber{std::string(parts[0]), *number};
}

}  // namespace mangrove::ontology
