#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mangrove {

/// A calendar date, as exact as its source gave it: a year, a month of a year, or a day.
/// Orders by time; a year sorts before its months, a month before its days.
struct Date {
  std::int16_t year = 0;   ///< 1 to 9999.
  std::uint8_t month = 0;  ///< 1 to 12; 0 where unknown.
  std::uint8_t day = 0;    ///< 1 to 31, within the month; 0 where unknown.

  friend auto operator<=>(const Date&, const Date&) = default;
};

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a time of day or zone behind the day is left out.
/// Nothing where the text is no date of the Gregorian calendar.
std::optional<Date> parse_date(std::string_view text);

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
std::string to_string(const Date& date);

}  // namespace mangrove
