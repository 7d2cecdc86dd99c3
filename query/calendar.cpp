#include "query/calendar.h"

#include <algorithm>
#include <chrono>

namespace mangrove::query {

Date today() {
  namespace chrono = std::chrono;
  const chrono::year_month_day day(chrono::floor<chrono::days>(chrono::system_clock::now()));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

int months_between(const Date& from, const Date& to) {
  if (to < from) return -months_between(to, from);
  const auto first = [](std::uint8_t number) { return std::max<int>(number, 1); };
  constexpr int kMonths = 12;
  const int months = (to.year - from.year) * kMonths + first(to.month) - first(from.month);
  return first(to.day) < first(from.day) ? std::max(months - 1, 0) : months;
}

}  // namespace mangrove::query
