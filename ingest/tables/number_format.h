#pragma once

#include <optional>
#include <string>
#include <string_view>

/// How a spreadsheet shows a number: only what changes its meaning.
namespace mangrove::ingest {

struct NumberFormat {
  enum class Shows { number, percentage, year, month, day, moment, clock };
  Shows shows = Shows::number;
  int digits_min = 0;  ///< A format such as `00000` keeps leading zeros: 5.
};

/// By the code of a format, `dd/mm/yyyy` or `0.0%`. Of a code with several sections, the first one
/// counts; texts in quotes, colours and conditions in brackets do not.
NumberFormat format_of_code(std::string_view code);

/// One of the formats that every spreadsheet has, by its number (ECMA-376-1, 18.8.30).
NumberFormat built_in_format(int number);

/// A stored number as text: `2024-03-01`, `2024-03` or `2024` for dates, `2024-03-01T09:30:00` for
/// moments, `09:30:00` for times of the day, `12.5%`, `00042`, and plain digits for the rest.
/// Nothing where it is a date outside of years 1 to 9999. `from_1904`: days are counted from 1904,
/// not 1900 (which they take for a leap year).
std::optional<std::string> shown(double number, const NumberFormat& format, bool from_1904);

}  // namespace mangrove::ingest
