#include "ingest/tables/suggest/evidence.h"

#include <algorithm>
#include <cmath>

#include "graph/base/text.h"
#include "ingest/tables/words.h"
#include "ingest/web_address.h"

namespace mangrove::ingest {
namespace {

bool is_between_names_too(std::string_view separator) {
  return separator != ";" && separator != "|" && separator != "\n";
}

/// The parts of a value that a test passes, of all its parts.
template <typename Test>
bool mostly(std::string_view value, const std::vector<std::string>& separators, const Test& test) {
  if (test(value)) return true;
  std::size_t parts = 0;
  std::size_t passed = 0;
  std::vector<std::string_view> rest{value};
  while (!rest.empty()) {
    const std::string_view text = rest.back();
    rest.pop_back();
    std::size_t at = std::string_view::npos;
    std::size_t size = 0;
    for (const std::string& separator : separators) {
      at = text.find(separator);
      size = separator.size();
      if (at != std::string_view::npos) break;
    }
    if (at != std::string_view::npos) {
      rest.push_back(text.substr(0, at));
      rest.push_back(text.substr(at + size));
    } else if (!trimmed(text).empty()) {
      ++parts;
      passed += test(trimmed(text)) ? 1 : 0;
    }
  }
  return parts > 0 && passed * 2 > parts;
}

/// The first two numbers of `5/6/2013`; zeros where it is none such.
std::pair<int, int> first_numbers(std::string_view text) {
  std::pair<int, int> numbers{0, 0};
  const std::size_t first = text.find_first_of("/.-");
  if (first == std::string_view::npos || first == 0 || first > 2) return numbers;
  const std::size_t second = text.find_first_of("/.-", first + 1);
  if (second == std::string_view::npos || second - first > 3) return numbers;
  const auto digits = [](std::string_view part) {
    int number = 0;
    for (const char c : part) number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : 1000;
    return number > 99 ? 0 : number;
  };
  return {digits(text.substr(0, first)), digits(text.substr(first + 1, second - first - 1))};
}

}  // namespace

double Evidence::understood(const SampleColumn& column, const std::string& filter,
                            const std::vector<std::string>& separators) {
  auto known = known_.find(filter);
  if (known == known_.end()) {
    Result<Filter> found = filters_.find(filter);
    if (!found.ok()) return 0.0;
    known = known_.emplace(filter, std::move(found).value()).first;
  }
  return column.share([&](std::string_view value) {
    return mostly(value, separators,
                  [&](std::string_view part) { return known->second.of(part).has_value(); });
  });
}

std::vector<std::string> Evidence::separators_in(const SampleColumn& column, bool careful) {
  std::vector<std::string> found;
  for (const std::string& separator : words().separators) {
    if (careful && is_between_names_too(separator)) continue;
    const bool used = column.share([&](std::string_view value) {
      const std::size_t at = value.find(separator);
      return at != std::string_view::npos && at > 0 && at + separator.size() < value.size();
    }) > 0;
    if (used) found.push_back(separator);
  }
  return found;
}

double Evidence::of_type(const SampleColumn& column, const CellForm& form) {
  return column.share([&](std::string_view value) { return read_cell(value, form).has_value(); });
}

double Evidence::money(const SampleColumn& column) {
  const char mark = decimal(column);
  return column.share(
      [mark](std::string_view value) { return read_money(value, mark).has_value(); });
}

double Evidence::addresses(const SampleColumn& column) {
  return column.share([](std::string_view value) { return !normal_url(value).empty(); });
}

double Evidence::contacts(const SampleColumn& column) {
  return column.share([](std::string_view value) {
    const std::size_t at = value.find('@');
    const bool mail = at != std::string_view::npos && at > 0 &&
                      value.find('.', at) != std::string_view::npos &&
                      value.find("://") == std::string_view::npos;
    const auto digits = std::ranges::count_if(value, [](char c) { return c >= '0' && c <= '9'; });
    const bool phone = value.starts_with('+') && digits >= 8 &&
                       value.find_first_not_of("+0123456789 ()-./") == std::string_view::npos;
    return mail || phone;
  });
}

double Evidence::years(const SampleColumn& column) {
  return column.share([](std::string_view value) {
    return value.size() == 4 && (value.starts_with("19") || value.starts_with("20")) &&
           value.find_first_not_of("0123456789") == std::string_view::npos;
  });
}

DayOrder Evidence::day_order(const SampleColumn& column) {
  std::size_t day_first = 0;
  std::size_t month_first = 0;
  for (const std::string& value : column.values) {
    const auto [first, second] = first_numbers(value);
    day_first += first > 12 && second >= 1 && second <= 12 ? 1 : 0;
    month_first += second > 12 && first >= 1 && first <= 12 ? 1 : 0;
  }
  if (day_first > month_first) return DayOrder::day_first;
  return month_first > 0 ? DayOrder::month_first : DayOrder::unsaid;
}

char Evidence::decimal(const SampleColumn& column) {
  const double commas = column.share([](std::string_view value) {
    const std::size_t comma = value.rfind(',');
    if (comma == std::string_view::npos || value.find(',') != comma) return false;
    const std::size_t point = value.find('.');
    const bool behind_points = point != std::string_view::npos && point < comma;
    const std::size_t digits = value.find_first_not_of("0123456789", comma + 1);
    const std::size_t decimals = std::min(digits, value.size()) - comma - 1;
    return behind_points || decimals == 1 || decimals == 2;
  });
  return commas > 0 ? ',' : '\0';
}

bool Evidence::is_unique(const SampleColumn& column) {
  return column.filled() == column.values.size() && column.distinct() == column.values.size();
}

}  // namespace mangrove::ingest
