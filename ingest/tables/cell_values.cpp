#include "ingest/tables/cell_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

#include "graph/base/text.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/tables/words.h"

namespace mangrove::ingest {
namespace {

std::optional<int> whole(std::string_view text) {
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = problem == std::errc() && end == text.data() + text.size() && number >= 0;
  return all ? std::optional(number) : std::nullopt;
}

std::optional<Date> date_of(int year, int month, int day) {
  if (year < 1 || year > 9999) return std::nullopt;
  std::array<char, 48> iso{};
  if (day > 0) {
    std::snprintf(iso.data(), iso.size(), "%04d-%02d-%02d", year, month, day);
  } else {
    std::snprintf(iso.data(), iso.size(), "%04d-%02d", year, month);
  }
  return parse_date(iso.data());
}

/// `21` is 2021 and `87` is 1987: within this table of years people mean those near to them.
int full_year(int year, std::size_t digits) {
  if (digits > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/// What a date is made of, whatever stands between: numbers and words.
std::vector<std::string> parts_of_date(std::string_view text) {
  std::vector<std::string> parts;
  for (const Word& word : words_of(text.substr(0, 60))) parts.push_back(word.folded);
  std::erase_if(parts, [](const std::string& part) { return part == "de" || part == "of"; });
  return parts;
}

std::optional<int> month_named(const std::string& word) {
  const auto found = words().months.find(word);
  return found == words().months.end() ? std::nullopt : std::optional(found->second);
}

/// `12 March 2021`, `March 12, 2021`, `Mar-21`, `mars 2021`.
std::optional<Date> date_with_month_name(const std::vector<std::string>& parts) {
  std::optional<int> month;
  std::vector<std::string> numbers;
  for (const std::string& part : parts) {
    if (const std::optional<int> named = month_named(part); named && !month) {
      month = named;
    } else {
      numbers.push_back(part);
    }
  }
  if (!month || numbers.empty() || numbers.size() > 2) return std::nullopt;
  const std::optional<int> year = whole(numbers.back());
  std::string day_text = numbers.size() == 2 ? numbers.front() : "0";
  for (const std::string_view ending : {"st", "nd", "rd", "th", "er"}) {
    if (day_text.ends_with(ending)) day_text.resize(day_text.size() - ending.size());
  }
  const std::optional<int> day = whole(day_text);
  if (!year || !day) return std::nullopt;
  return date_of(full_year(*year, numbers.back().size()), *month, *day);
}

/// `5/6/2013`, `05.06.13`; also with a time behind it.
std::optional<Date> date_in_order(const std::vector<std::string>& parts, DayOrder days) {
  if (days == DayOrder::unsaid || parts.size() < 3 || parts[0].size() > 2) return std::nullopt;
  const std::optional<int> first = whole(parts[0]);
  const std::optional<int> second = whole(parts[1]);
  const std::optional<int> year = whole(parts[2]);
  if (!first || !second || !year) return std::nullopt;
  const bool day_first = days == DayOrder::day_first;
  return date_of(full_year(*year, parts[2].size()), day_first ? *second : *first,
                 std::max(1, day_first ? *first : *second));
}

/// Without thousands, and with a point for the decimals.
std::string plain_digits(std::string_view text, char decimal) {
  std::string plain;
  for (const char c : text) {
    const bool of_number = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == decimal;
    if (of_number) plain.push_back(c == decimal ? '.' : c);
  }
  return plain;
}

std::optional<double> read_number(std::string_view text, char decimal) {
  text = trimmed(text);
  if (text.ends_with('%')) text = trimmed(text.substr(0, text.size() - 1));
  double number = 0;
  const std::string plain = decimal == 0 ? std::string(text) : plain_digits(text, decimal);
  const auto [end, problem] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  const bool digits_only =
      text.find_first_not_of("0123456789.,'+- \xC2\xA0\xE2\x80\xAF\x99") == std::string_view::npos;
  if (problem == std::errc() && end == plain.data() + plain.size() &&
      (decimal == 0 || digits_only)) {
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
  }
  if (decimal != 0) return std::nullopt;
  const std::optional<iati::Number> written = iati::parse_amount(text);
  return written ? std::optional(written->value) : std::nullopt;
}

std::optional<graph::Value> read_boolean(std::string_view text) {
  const auto found = words().truths.find(folded(text));
  if (found != words().truths.end()) return found->second;
  return trimmed(text) == "\xE2\x9C\x93" ? std::optional<graph::Value>(true) : std::nullopt;
}

std::optional<graph::Value> read_integer(std::string_view text, char decimal) {
  const std::optional<double> number = read_number(text, decimal);
  const bool is_whole = number && *number == std::floor(*number) && std::abs(*number) < 9e15;
  return is_whole ? std::optional<graph::Value>(static_cast<std::int64_t>(*number)) : std::nullopt;
}

template <typename T>
std::optional<graph::Value> as_value(std::optional<T> value) {
  return value ? std::optional<graph::Value>(std::move(*value)) : std::nullopt;
}

}  // namespace

std::optional<Date> read_date(std::string_view text, DayOrder days) {
  text = trimmed(text);
  const std::vector<std::string> parts = parts_of_date(text);
  if (const std::optional<Date> date = date_in_order(parts, days)) return date;
  if (const std::optional<Date> date = iati::parse_written_date(text)) return date;
  return date_with_month_name(parts);
}

std::optional<Money> read_money(std::string_view text, char decimal) {
  Money money;
  std::string rest(trimmed(text));
  for (const auto& [sign, code] : words().currencies) {
    const std::size_t at = rest.find(sign);
    const bool word = sign[0] >= 'a' && sign[0] <= 'z';  // Words are for headers.
    if (at == std::string::npos || word) continue;
    rest.erase(at, sign.size());
    money.currency = code;
    break;
  }
  std::string letters;
  std::ranges::copy_if(rest, std::back_inserter(letters),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
  if (!letters.empty()) {
    if (letters.size() != 3 || iati::currency_code(letters).empty()) return std::nullopt;
    const std::size_t at = rest.find(letters);
    if (at == std::string::npos) return std::nullopt;
    rest.erase(at, letters.size());
    money.currency = iati::currency_code(letters);
  }
  const std::optional<double> amount = read_number(rest, decimal);
  if (!amount) return std::nullopt;
  money.amount = *amount;
  return money;
}

std::optional<graph::Value> read_cell(std::string_view text, const CellForm& form) {
  text = trimmed(text);
  switch (form.type) {
    case CellType::text:
      return graph::Text{std::string(text), form.language};
    case CellType::integer:
      return read_integer(text, form.decimal);
    case CellType::number:
      return as_value(read_number(text, form.decimal));
    case CellType::date:
      return as_value(read_date(text, form.days));
    case CellType::boolean:
      return read_boolean(text);
    case CellType::moment:
      if (const auto moment = iati::parse_moment(text)) return graph::Text{*moment, {}};
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace mangrove::ingest
