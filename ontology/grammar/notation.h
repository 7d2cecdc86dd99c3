#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"

/// What the small languages inside the texts of our data files have in common.
namespace mangrove::ontology {

/// The parts between the separators, without white space around them; at least one.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The number that the text is; none where it is anything else, also where it is not finite.
std::optional<double> number_in(std::string_view text);

/// `en` of `en-GB`.
std::string main_language(std::string_view tag);

/// "PART_OF 0.5"
struct WordAndNumber {
  std::string word;
  double number;
};
/// Parses one. The error shows the form that was wanted, such as "PROPERTY NUMBER".
Result<WordAndNumber> parse_word_and_number(std::string_view text, std::string_view form);

}  // namespace mangrove::ontology
