#include "ingest/tables/number_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace mangrove::ingest {
namespace {

using Shows = NumberFormat::Shows;

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr double kDaysMax = 2'958'465;  // 9999-12-31, counted from 1900.
constexpr double kDays1904 = 1'462;     // From there to 1904.

/// The letters and signs of a code's first section that shape a number, in lower case.
std::string signs_of(std::string_view code) {
  std::string signs;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;  // The next character stands for itself.
    } else if (c == '"' || c == '[') {
      const std::size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      // Hours beyond a day, [h]:mm, are a length of time and no date.
      if (c == '[' && (code[i + 1] == 'h' || code[i + 1] == 'H')) return "0";
      i = end;
    } else {
      signs.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
  }
  return signs;
}

std::string digits_of(double number) {
  std::array<char, 400> text{};
  const double whole = std::round(number);
  const auto [end, problem] =
      number == whole && std::abs(number) < 1e15
          ? std::to_chars(text.begin(), text.end(), static_cast<std::int64_t>(number))
          : std::to_chars(text.begin(), text.end(), number, std::chars_format::fixed);
  return problem == std::errc() ? std::string(text.data(), end) : std::string();
}

std::string padded(std::string digits, int least) {
  const auto missing = static_cast<std::ptrdiff_t>(least) - std::ssize(digits);
  if (missing > 0 && digits.find_first_not_of("0123456789") == std::string::npos) {
    digits.insert(0, static_cast<std::size_t>(missing), '0');
  }
  return digits;
}

std::string clock_of(std::int64_t seconds) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return text.data();
}

std::string date_of(std::int64_t days, bool from_1904, Shows precision) {
  namespace chrono = std::chrono;
  using namespace std::chrono_literals;
  // Spreadsheets know a 29 February 1900: day 60. Days before it are one further on.
  const chrono::sys_days start = from_1904   ? chrono::sys_days(1904y / 1 / 1)
                                 : days < 60 ? chrono::sys_days(1899y / 12 / 31)
                                             : chrono::sys_days(1899y / 12 / 30);
  const chrono::year_month_day day(start + chrono::days(days));
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  const std::size_t kept = precision == Shows::year ? 4 : precision == Shows::month ? 7 : 10;
  return std::string(text.data()).substr(0, kept);
}

}  // namespace

NumberFormat format_of_code(std::string_view code) {
  const std::string signs = signs_of(code);
  const auto has = [&signs](char c) { return signs.find(c) != std::string::npos; };
  if (signs.find("general") != std::string::npos) return {};
  const bool clock = has('h') || has('s');
  if (has('y') && has('d')) return {clock ? Shows::moment : Shows::day};
  if (has('y')) return {has('m') ? Shows::month : Shows::year};
  if (has('d') && has('m')) return {clock ? Shows::moment : Shows::day};
  if (clock) return {Shows::clock};
  if (has('%')) return {Shows::percentage};
  const bool zeros_only = !signs.empty() && signs.find_first_not_of('0') == std::string::npos;
  return {Shows::number,
          zeros_only ? static_cast<int>(std::min<std::size_t>(signs.size(), 30)) : 0};
}

NumberFormat built_in_format(int number) {
  if (number == 9 || number == 10) return {Shows::percentage};
  if (number == 17) return {Shows::month};
  if (number == 22) return {Shows::moment};
  const bool east_asian = (number >= 27 && number <= 31) || number == 36 ||
                          (number >= 50 && number <= 54) || number == 57 || number == 58;
  if ((number >= 14 && number <= 16) || east_asian) return {Shows::day};
  if ((number >= 18 && number <= 21) || number == 45 || number == 47) return {Shows::clock};
  return {};
}

std::optional<std::string> shown(double number, const NumberFormat& format, bool from_1904) {
  if (!std::isfinite(number)) return std::nullopt;
  if (format.shows == Shows::number) return padded(digits_of(number), format.digits_min);
  // As far as a person would write it: 0.07 * 100 is no 7.000000000000001.
  if (format.shows == Shows::percentage) {
    return digits_of(std::round(number * 1e12) / 1e10) + "%";
  }
  const double days_max = from_1904 ? kDaysMax - kDays1904 : kDaysMax;
  if (number < 0 || number >= days_max + 1) return std::nullopt;
  const std::int64_t seconds =
      std::min(std::llround(number * static_cast<double>(kSecondsPerDay)),
               (static_cast<long long>(days_max) + 1) * kSecondsPerDay - 1);
  const std::int64_t days = seconds / kSecondsPerDay;
  if (format.shows == Shows::clock && days == 0) return clock_of(seconds);
  std::string date = date_of(days, from_1904, format.shows);
  const std::int64_t rest = seconds % kSecondsPerDay;
  const bool with_clock = format.shows == Shows::moment || format.shows == Shows::clock;
  return with_clock && rest != 0 ? date + "T" + clock_of(rest) : date;
}

}  // namespace mangrove::ingest
