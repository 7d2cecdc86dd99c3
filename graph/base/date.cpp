#include "graph/base/date.h"

#include <cstdio>

namespace mangrove {
namespace {

int days_in_month(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

/// Exactly `digits` digits at `from`, or -1.
int number_at(std::string_view text, std::size_t from, std::size_t digits) {
  if (text.size() < from + digits) return -1;
  int number = 0;
  for (const char c : text.substr(from, digits)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  const int year = number_at(text, 0, 4);
  if (year < 1) return std::nullopt;
  Date date{static_cast<std::int16_t>(year), 0, 0};
  if (text.size() == 4) return date;

  const int month = text[4] == '-' ? number_at(text, 5, 2) : -1;
  if (month < 1 || month > 12) return std::nullopt;
  date.month = static_cast<std::uint8_t>(month);
  if (text.size() == 7) return date;

  const int day = text[7] == '-' ? number_at(text, 8, 2) : -1;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  date.day = static_cast<std::uint8_t>(day);
  const bool day_ends = text.size() == 10 || text[10] == 'T' || text[10] == ' ' ||
                        text[10] == 'Z' || text[10] == '+' || text[10] == '-';
  return day_ends ? std::optional(date) : std::nullopt;
}

std::string to_string(const Date& date) {
  char buffer[32];
  const int year = date.year;
  const int month = date.month;
  const int day = date.day;
  int length = 0;
  if (month == 0) {
    length = std::snprintf(buffer, sizeof buffer, "%04d", year);
  } else if (day == 0) {
    length = std::snprintf(buffer, sizeof buffer, "%04d-%02d", year, month);
  } else {
    length = std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
  }
  return {buffer, static_cast<std::size_t>(length)};
}

}  // namespace mangrove
