#include "ontology/check/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include "graph/base/date.h"
#include "ontology/check/written.h"

namespace mangrove::ontology {
namespace {

enum class Form { whole, number, truth };

struct Bounds {
  std::string_view property;
  std::string_view kind;  // Only of this kind; `*` of all, and of edges.
  Form form;
  double least;
  double most;
  std::string_view wanted;
};

constexpr double kNoBound = 1e300;
constexpr double kJustAboveZero = 1e-9;

constexpr std::array<Bounds, 16> kBounds{{
    {"weight", "*", Form::number, 0, kNoBound, "a number such as 0.5"},
    {"confidence", "", Form::number, 0, 1, "a number from 0 to 1"},
    {"bias", "*", Form::number, -kNoBound, kNoBound, "a number such as -1.5"},
    {"keyword_weight", "ReadingRule", Form::number, 0, kNoBound, "a number such as 1.2"},
    {"room", "ReadingRule", Form::number, kJustAboveZero, kNoBound, "a number above 0"},
    {"threshold", "ReadingRule", Form::number, 0, 1, "a number from 0 to 1"},
    {"within", "ReadingRule", Form::whole, 1, 50, "a whole number from 1 to 50"},
    {"score", "InfluenceScore", Form::whole, -3, 3, "a whole number from -3 to 3"},
    {"score", "", Form::whole, -3, 3, "a whole number from -3 to 3"},
    {"dependence", "", Form::number, 0, 1, "a number from 0 to 1"},
    {"p_value", "", Form::number, 0, 1, "a number from 0 to 1"},
    {"percentage", "", Form::number, 0, 100, "a number from 0 to 100"},
    {"directed", "", Form::truth, 0, 0, "true or false"},
    {"apart", "*", Form::truth, 0, 0, "true or false"},
    {"proxy", "", Form::truth, 0, 0, "true or false"},
    {"order", "*", Form::whole, -kNoBound, kNoBound, "a whole number"},
}};

struct Words {
  std::string_view property;
  std::string_view kind;       // Only of this kind; `*` of all, and of edges.
  std::string_view not_kinds;  // But not of these, which have words of their own.
  std::string_view words;
};

constexpr std::array<Words, 2> kWords{{
    {"level", "Determinant", "", "individual, household, community, structural"},
    {"status", "*", "Initiative, Assessment", "confirmed, proposed, unverified"},
}};

bool is_one_of(std::string_view word, std::string_view list) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(", "), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 2, list.size()));
  }
  return false;
}

template <typename Number>
std::optional<Number> parse(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  return problem == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

bool is_whole_type(std::string_view type) {
  return is_one_of(type, "integer, int, long, short, nonNegativeInteger, positiveInteger");
}

bool is_number_type(std::string_view type) {
  return is_whole_type(type) || is_one_of(type, "decimal, double, float");
}

/// Whether the text is one of its own datatype; types that we give no meaning to hold any text.
bool is_of_its_type(const Term& value) {
  const std::string_view type = behind(value.datatype, kXsd);
  if (is_whole_type(type)) return parse<std::int64_t>(value.text).has_value();
  if (is_number_type(type)) {
    const auto number = parse<double>(value.text);
    return number && std::isfinite(*number);
  }
  if (type == "boolean") return is_one_of(value.text, "true, false, 1, 0");
  if (is_one_of(type, "date, dateTime, gYear, gYearMonth")) {
    return parse_date(value.text).has_value();
  }
  return true;
}

bool fits(const Bounds& bounds, const Term& value) {
  const std::string_view type = behind(value.datatype, kXsd);
  if (bounds.form == Form::truth) return type == "boolean";
  if (!(bounds.form == Form::whole ? is_whole_type(type) : is_number_type(type))) return false;
  const auto number = parse<double>(value.text);
  return number && *number >= bounds.least && *number <= bounds.most;
}

bool applies(std::string_view wanted, std::string_view kind) {
  return wanted == "*" || wanted == kind;
}

}  // namespace

std::string objection_to_value(std::string_view property, const Term& value,
                               std::string_view kind) {
  const std::string named = "m:" + std::string(property);
  const std::string shown = "\"" + value.text + "\"";
  if (value.type == Term::Type::blank) return named + " wants a value, not [ ... ]";
  if (value.type == Term::Type::literal && !is_of_its_type(value)) {
    return named + ": " + shown + " is no " + short_form(value.datatype);
  }
  for (const Bounds& bounds : kBounds) {
    if (bounds.property != property || !applies(bounds.kind, kind) || fits(bounds, value)) continue;
    const bool quoted = value.type == Term::Type::literal && value.datatype.empty();
    return named + " wants " + std::string(bounds.wanted) + (quoted ? " without quotes" : "") +
           ", not " + shown;
  }
  for (const Words& words : kWords) {
    if (words.property != property || !applies(words.kind, kind)) continue;
    if (is_one_of(kind, words.not_kinds) || is_one_of(value.text, words.words)) continue;
    return named + " is one of " + std::string(words.words) + ", not " + shown;
  }
  return {};
}

}  // namespace mangrove::ontology
