#include "web/api/parameters.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "web/api/cursor.h"
#include "web/server/percent.h"

namespace mangrove::web::api {

namespace {

constexpr std::size_t kQuotedMax = 60;  // Of a value that a message repeats.

// What the client wrote, short enough for a message.
std::string quoted(std::string_view text) {
  if (text.size() <= kQuotedMax) return "'" + std::string(text) + "'";
  std::size_t end = kQuotedMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return "'" + std::string(text.substr(0, end)) + "…'";
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <typename Infos>
std::vector<std::string> names_of(const Infos& infos) {
  std::vector<std::string> names;
  names.reserve(infos.size());
  for (const auto& info : infos) names.push_back(info.name);
  return names;
}

}  // namespace

std::optional<std::string> Page::next(std::size_t total) const {
  const std::size_t end = rows.offset + rows.limit;
  if (end >= total || end > query::Page::kOffsetMax) return std::nullopt;
  return encode(
      Cursor{.version = version, .offset = static_cast<std::uint32_t>(end), .question = question});
}

Parameters::Parameters(const Request& request, const ontology::Schema& schema, Asker asker)
    : request_(request), schema_(schema), asker_(std::move(asker)) {
  read_query(request.query);
}

void Parameters::read_query(std::string_view query) {
  std::size_t pairs = 0;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    if (++pairs > kParametersMax) {
      refuse("", "the query has more than " + std::to_string(kParametersMax) + " parameters");
      return;
    }
    read_pair(pair);
  }
}

void Parameters::read_pair(std::string_view pair) {
  const std::size_t equals = std::min(pair.find('='), pair.size());
  const auto name = percent_decode(pair.substr(0, equals), Plus::space);
  if (!name.ok()) {
    refuse("", "the name of a parameter is written wrongly: " + name.error().message);
    return;
  }
  const std::string_view encoded =
      equals == pair.size() ? std::string_view{} : pair.substr(equals + 1);
  const auto value = percent_decode(encoded, Plus::space);
  const bool repeated = std::any_of(values_.begin(), values_.end(),
                                    [&](const auto& given) { return given.first == name.value(); });
  if (!value.ok()) {
    refuse(name.value(), value.error().message);
  } else if (value.value().size() > kValueBytesMax) {
    refuse(name.value(), "is longer than " + std::to_string(kValueBytesMax) + " bytes");
  } else if (repeated) {
    repeated_.emplace_back(name.value(), value.value());
  } else {
    values_.emplace_back(name.value(), value.value());
  }
}

const std::string* Parameters::find(std::string_view name) {
  if (!contains(known_, name)) known_.emplace_back(name);
  for (const auto& [given, value] : values_) {
    if (given == name) return value.empty() ? nullptr : &value;
  }
  return nullptr;
}

std::string Parameters::text(std::string_view name) {
  const std::string* value = find(name);
  return value == nullptr ? std::string{} : *value;
}

const std::string* Parameters::find_in_path(std::string_view name) {
  for (const auto& [given, value] : request_.path_parameters) {
    if (given != name) continue;
    if (value.size() > kValueBytesMax) {
      refuse(name, "is longer than " + std::to_string(kValueBytesMax) + " bytes");
    }
    return &value;
  }
  return find(name);
}

std::string Parameters::word(std::string_view name) {
  const std::string* value = find_in_path(name);
  return value == nullptr ? std::string{} : *value;
}

std::string Parameters::id(std::string_view name) {
  asks_for_node_ = true;
  const std::string* value = find_in_path(name);
  if (value != nullptr) return *value;
  refuse(name, "is missing: give the id of a node, such as sdg:8.7");
  return {};
}

std::vector<std::string> Parameters::ids(std::string_view name, std::size_t count) {
  asks_for_node_ = true;
  std::vector<std::string> values;
  const std::string* first = find(name);
  if (first != nullptr) values.push_back(*first);
  const auto others = std::stable_partition(repeated_.begin(), repeated_.end(),
                                            [&](const auto& each) { return each.first != name; });
  for (auto at = others; at != repeated_.end(); ++at) values.push_back(at->second);
  values_.insert(values_.end(), others, repeated_.end());
  repeated_.erase(others, repeated_.end());
  if (values.size() == 1 && count > 1) values = list(name);
  if (values.size() != count) {
    refuse(name, "must be given " + std::to_string(count) + " times, such as " + std::string(name) +
                     "=place:GH&" + std::string(name) + "=place:BJ");
  }
  return values;
}

std::vector<std::string> Parameters::list(std::string_view name) {
  std::vector<std::string> values;
  const std::string* given = find(name);
  if (given == nullptr) return values;
  std::string_view rest = *given;
  while (true) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    if (end > 0) values.emplace_back(rest.substr(0, end));
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  if (values.size() > kListMax) {
    refuse(name, "has more than " + std::to_string(kListMax) + " values");
    values.clear();
  }
  return values;
}

std::vector<std::string> Parameters::list_of(std::string_view name,
                                             const std::vector<std::string>& choices) {
  std::vector<std::string> values = list(name);
  for (const std::string& value : values) {
    if (!contains(choices, value)) {
      refuse(name, quoted(value) + " is not one of: " + joined(choices));
      return {};
    }
  }
  return values;
}

std::vector<std::string> Parameters::kinds(std::string_view name) {
  return list_of(name, names_of(schema_.kinds()));
}

std::vector<std::string> Parameters::relations(std::string_view name) {
  return list_of(name, names_of(schema_.relations()));
}

std::vector<std::string> Parameters::bases(std::string_view name) {
  return list_of(name, {"reported", "mapped", "text", "reviewed"});
}

std::string Parameters::choice(std::string_view name,
                               std::initializer_list<std::string_view> choices) {
  std::string otherwise(*choices.begin());
  const std::string* value = find(name);
  if (value == nullptr) return otherwise;
  if (std::find(choices.begin(), choices.end(), *value) != choices.end()) return *value;
  refuse(name, quoted(*value) + " is not one of: " +
                   joined(std::vector<std::string>(choices.begin(), choices.end())));
  return otherwise;
}

std::string Parameters::language() {
  return choice("lang", {"en", "fr", "es"});
}

std::int64_t Parameters::integer(std::string_view name, std::int64_t least, std::int64_t most,
                                 std::int64_t otherwise) {
  const std::string* value = find(name);
  if (value == nullptr) return otherwise;
  const auto number = whole_number(*value);
  if (number && *number >= least && *number <= most) return *number;
  refuse(name, quoted(*value) + " is not a whole number from " + std::to_string(least) + " to " +
                   std::to_string(most));
  return otherwise;
}

std::optional<graph::Version> Parameters::version() {
  if (find("version") == nullptr) return std::nullopt;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return static_cast<graph::Version>(integer("version", 0, kMost, 0));
}

std::optional<int> Parameters::year(std::string_view name) {
  if (find(name) == nullptr) return std::nullopt;
  constexpr std::int64_t kYearMin = 1000;
  constexpr std::int64_t kYearMax = 9999;
  return static_cast<int>(integer(name, kYearMin, kYearMax, kYearMin));
}

Page Parameters::page(std::int64_t otherwise, std::int64_t most) {
  Page page;
  page.rows.limit = static_cast<std::size_t>(integer("limit", 1, most, otherwise));
  page.version = version().value_or(asker_.latest);
  page.question = question();
  const std::string* word = find("cursor");
  if (word == nullptr) return page;
  const auto cursor = decode_cursor(*word);
  if (!cursor.ok()) {
    refuse("cursor", cursor.error().message);
  } else if (cursor.value().question != page.question) {
    refuse("cursor", "belongs to another question; ask for the first page without a cursor");
  } else if (cursor.value().version != page.version) {
    refuse("cursor", "is of version " + std::to_string(cursor.value().version) +
                         " of the graph, which is now at version " + std::to_string(page.version) +
                         "; ask for the first page again, without a cursor");
  } else if (cursor.value().offset > query::Page::kOffsetMax) {
    refuse("cursor", "is too far down the list");
  } else {
    page.rows.offset = cursor.value().offset;
  }
  return page;
}

query::Filter Parameters::filter() {
  query::Filter filter;
  filter.place = text("place");
  filter.target = text("target");
  filter.determinant = text("determinant");
  filter.sector = text("sector");
  filter.actor = text("actor");
  filter.status = text("status");
  filter.from = year("from");
  filter.to = year("to");
  filter.bases = bases();
  if (filter.from && filter.to && *filter.from > *filter.to) {
    refuse("to", "is before from");
  }
  return filter;
}

std::uint64_t Parameters::question() const {
  const auto path = percent_decode(request_.path);
  std::string text = asker_.viewer + "\n" + (path.ok() ? path.value() : request_.path);
  auto values = values_;
  std::sort(values.begin(), values.end());
  for (const auto& [name, value] : values) {
    // A page of another size goes on in the same list.
    if (name == "cursor" || name == "limit" || value.empty()) continue;
    text.append("\n").append(name).append("=").append(value);
  }
  return fingerprint(text);
}

void Parameters::refuse(std::string_view name, std::string detail) {
  // The first fault of a parameter is the one to mend; a bad escape, say, not that it is missing.
  const bool told = std::any_of(errors_.begin(), errors_.end(), [&](const ParameterError& error) {
    return !name.empty() && error.parameter == name;
  });
  if (!told) errors_.push_back({std::string(name), std::move(detail)});
}

std::vector<ParameterError> Parameters::errors() const {
  std::vector<ParameterError> errors;
  for (const auto& [name, value] : repeated_) {
    const auto is_of_it = [&](const ParameterError& error) { return error.parameter == name; };
    if (std::any_of(errors_.begin(), errors_.end(), is_of_it) ||
        std::any_of(errors.begin(), errors.end(), is_of_it)) {
      continue;
    }
    errors.push_back({name, "is given more than once; separate several values by commas"});
  }
  errors.insert(errors.end(), errors_.begin(), errors_.end());
  for (const auto& [name, value] : values_) {
    if (contains(known_, name)) continue;
    errors.push_back({name, known_.empty() ? "is not known here: this call takes no parameters"
                                           : "is not known here; known are: " + joined(known_)});
  }
  return errors;
}

}  // namespace mangrove::web::api
