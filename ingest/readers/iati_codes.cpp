#include "ingest/readers/iati_codes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <span>

#include "graph/base/text.h"

namespace mangrove::ingest::iati {
namespace {

struct Entry {
  std::string_view code;
  std::string_view word;
};

constexpr std::array<Entry, 9> kRoles{{{"1", "funding"},
                                       {"2", "accountable"},
                                       {"3", "extending"},
                                       {"4", "implementing"},
                                       {"funding", "funding"},
                                       {"accountable", "accountable"},
                                       {"extending", "extending"},
                                       {"implementing", "implementing"},
                                       {"reporting", "reporting"}}};

constexpr std::array<Entry, 26> kOrganisationTypes{
    {{"10", "government"},
     {"11", "local government"},
     {"15", "other public body"},
     {"21", "international NGO"},
     {"22", "national NGO"},
     {"23", "regional NGO"},
     {"24", "NGO of the partner country"},
     {"30", "public-private partnership"},
     {"40", "multilateral"},
     {"60", "foundation"},
     {"70", "company"},
     {"71", "company of the provider country"},
     {"72", "company of the recipient country"},
     {"73", "company of a third country"},
     {"80", "academic"},
     {"90", "other"},
     {"government", "government"},
     {"other public sector", "other public body"},
     {"international ngo", "international NGO"},
     {"national ngo", "national NGO"},
     {"regional ngo", "regional NGO"},
     {"public private partnership", "public-private partnership"},
     {"multilateral", "multilateral"},
     {"foundation", "foundation"},
     {"private sector", "company"},
     {"academic, training and research", "academic"}}};

constexpr std::array<Entry, 15> kStatuses{{{"1", "pipeline"},
                                           {"2", "implementation"},
                                           {"3", "finalisation"},
                                           {"4", "closed"},
                                           {"5", "cancelled"},
                                           {"6", "suspended"},
                                           {"pipeline/identification", "pipeline"},
                                           {"pipeline", "pipeline"},
                                           {"implementation", "implementation"},
                                           {"completion", "finalisation"},
                                           {"finalisation", "finalisation"},
                                           {"post-completion", "closed"},
                                           {"closed", "closed"},
                                           {"cancelled", "cancelled"},
                                           {"suspended", "suspended"}}};

constexpr std::array<Entry, 12> kScopes{{{"1", "global"},
                                         {"2", "regional"},
                                         {"3", "several countries"},
                                         {"4", "national"},
                                         {"5", "several provinces"},
                                         {"6", "one province"},
                                         {"7", "one district"},
                                         {"8", "one place"},
                                         {"global", "global"},
                                         {"regional", "regional"},
                                         {"multi-national", "several countries"},
                                         {"national", "national"}}};

constexpr std::array<Entry, 10> kDates{{{"1", "start_planned"},
                                        {"2", "start"},
                                        {"3", "end_planned"},
                                        {"4", "end"},
                                        {"start-planned", "start_planned"},
                                        {"start-actual", "start"},
                                        {"end-planned", "end_planned"},
                                        {"end-actual", "end"},
                                        {"start", "start"},
                                        {"completion", "end"}}};

constexpr std::array<Entry, 11> kRelations{{{"1", "parent"},
                                            {"2", "child"},
                                            {"3", "sibling"},
                                            {"4", "co-funded"},
                                            {"5", "third-party"},
                                            {"parent", "parent"},
                                            {"child", "child"},
                                            {"sibling", "sibling"},
                                            {"co-funded", "co-funded"},
                                            {"third party", "third-party"},
                                            {"third-party", "third-party"}}};

constexpr std::array<Entry, 30> kDocuments{{{"A01", "impact appraisal"},
                                            {"A02", "objectives"},
                                            {"A03", "beneficiaries"},
                                            {"A04", "conditions"},
                                            {"A05", "budget"},
                                            {"A06", "contract summary"},
                                            {"A07", "evaluation"},
                                            {"A08", "results"},
                                            {"A09", "memorandum"},
                                            {"A10", "tender"},
                                            {"A11", "contract"},
                                            {"A12", "web page"},
                                            {"B01", "annual report"},
                                            {"B02", "strategy"},
                                            {"B03", "country strategy"},
                                            {"B04", "allocation policy"},
                                            {"B05", "procurement policy"},
                                            {"B06", "audit"},
                                            {"B07", "country audit"},
                                            {"B08", "exclusions policy"},
                                            {"B09", "evaluation"},
                                            {"B10", "country evaluation"},
                                            {"B11", "sector strategy"},
                                            {"B12", "thematic strategy"},
                                            {"B13", "memorandum"},
                                            {"B14", "evaluations policy"},
                                            {"B15", "terms and conditions"},
                                            {"B16", "web page"},
                                            {"B17", "web page"},
                                            {"B18", "web page"}}};

// GeoNames feature codes; the longest beginning that fits wins.
constexpr std::array<Entry, 10> kFeatures{{{"PCL", "country"},
                                           {"ADM1", "province"},
                                           {"ADM2", "district"},
                                           {"ADM3", "municipality"},
                                           {"ADM4", "municipality"},
                                           {"ADM5", "municipality"},
                                           {"ADM", "area"},
                                           {"RGN", "area"},
                                           {"PPL", "settlement"},
                                           {"CONT", "region"}}};

constexpr std::array<Entry, 4> kClasses{
    {{"1", "area"}, {"2", "settlement"}, {"3", "site"}, {"4", "natural feature"}}};

constexpr std::array<Entry, 5> kMeasures{{{"1", "count"},
                                          {"2", "percentage"},
                                          {"3", "nominal"},
                                          {"4", "ordinal"},
                                          {"5", "qualitative"}}};

constexpr std::array<Entry, 3> kResults{{{"1", "output"}, {"2", "outcome"}, {"3", "impact"}}};

struct FlowEntry {
  std::string_view code;
  Flow flow;
  bool incoming;
};
constexpr std::array<FlowEntry, 31> kFlows{{{"1", Flow::received, true},
                                            {"2", Flow::committed, false},
                                            {"3", Flow::spent, false},
                                            {"4", Flow::spent, false},
                                            {"5", Flow::none, false},
                                            {"6", Flow::none, false},
                                            {"7", Flow::spent, false},
                                            {"8", Flow::spent, false},
                                            {"9", Flow::none, true},
                                            {"10", Flow::none, false},
                                            {"11", Flow::committed, true},
                                            {"12", Flow::none, false},
                                            {"13", Flow::none, true},
                                            {"if", Flow::received, true},
                                            {"c", Flow::committed, false},
                                            {"d", Flow::spent, false},
                                            {"e", Flow::spent, false},
                                            {"ip", Flow::none, false},
                                            {"ir", Flow::none, true},
                                            {"lr", Flow::none, true},
                                            {"r", Flow::spent, false},
                                            {"qp", Flow::spent, false},
                                            {"qs", Flow::none, true},
                                            {"cg", Flow::none, false},
                                            {"incoming funds", Flow::received, true},
                                            {"commitment", Flow::committed, false},
                                            {"disbursement", Flow::spent, false},
                                            {"expenditure", Flow::spent, false},
                                            {"reimbursement", Flow::spent, false},
                                            {"incoming commitment", Flow::committed, true},
                                            {"outgoing commitment", Flow::committed, false}}};

std::string_view look_up(std::span<const Entry> table, std::string_view text) {
  const std::string key = lower(text);
  for (const Entry& entry : table) {
    if (entry.code == key || entry.code == text) return entry.word;
  }
  return {};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Takes `word` off the front, in any case, with the punctuation behind it.
bool drop_word(std::string_view& text, std::string_view word) {
  if (text.size() < word.size() || lower(text.substr(0, word.size())) != word) return false;
  text.remove_prefix(word.size());
  while (!text.empty() && !is_digit(text[0]) && !is_letter(text[0])) text.remove_prefix(1);
  return true;
}

/// One to two digits without leading zeros, taken off the front; 0 where there are none.
int take_number(std::string_view& text) {
  int number = 0;
  std::size_t used = 0;
  while (used < text.size() && used < 3 && is_digit(text[used])) {
    number = number * 10 + (text[used++] - '0');
  }
  text.remove_prefix(used);
  return used < 3 ? number : 0;
}

/// The second part of a code: a number, or one of the letters a to d.
std::string take_part(std::string_view& text) {
  if (!text.empty() && is_letter(text[0])) {
    const std::string letter = lower(text.substr(0, 1));
    const bool alone = text.size() == 1 || !is_letter(text[1]);
    text.remove_prefix(1);
    return alone && letter[0] <= 'd' ? letter : std::string();
  }
  const int number = take_number(text);
  return number == 0 ? std::string() : std::to_string(number);
}

/// What may stand behind a code without being part of it: its title, after a space or a colon.
bool is_tail(std::string_view text) {
  if (text.empty() || text == ".") return true;
  return text[0] == ' ' || text[0] == ':' || text[0] == ')' || text.starts_with(". ") ||
         text.starts_with("\xC2\xA0") || text.starts_with("\xE2\x80\x93");
}

bool take_separator(std::string_view& text) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',')) return false;
  if (!is_digit(text[1]) && !is_letter(text[1])) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string clean(std::string_view text) {
  std::string result(trimmed(text));
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return result;
}

// --- SDG codes ----------------------------------------------------------------------------------

std::string SdgCode::target() const {
  return level == Level::indicator ? code.substr(0, code.rfind('.')) : code;
}

std::optional<SdgCode> parse_sdg_code(std::string_view text) {
  std::string_view rest = trimmed(text);
  if (rest.size() > 200) return std::nullopt;
  const std::string_view written = rest;
  for (const std::string_view word : {"sdgs", "sdg", "goal", "target", "indicator"}) {
    drop_word(rest, word);
  }
  const int goal = take_number(rest);
  if (goal < 1 || goal > 99) return std::nullopt;
  SdgCode result{SdgCode::Level::goal, std::to_string(goal), true};
  if (take_separator(rest)) {
    const std::string part = take_part(rest);
    if (part.empty()) return std::nullopt;
    result.level = SdgCode::Level::target;
    result.code += "." + part;
    if (take_separator(rest)) {
      const int indicator = take_number(rest);
      if (indicator == 0) return std::nullopt;
      result.level = SdgCode::Level::indicator;
      result.code += "." + std::to_string(indicator);
    }
  }
  if (!is_tail(rest)) return std::nullopt;
  result.exact = result.code == written;
  return result;
}

// --- Words --------------------------------------------------------------------------------------

std::string_view role_word(std::string_view role) {
  return look_up(kRoles, role);
}
std::string_view organisation_type_word(std::string_view type) {
  return look_up(kOrganisationTypes, type);
}
std::string_view status_word(std::string_view status) {
  return look_up(kStatuses, status);
}
std::string_view scope_word(std::string_view scope) {
  return look_up(kScopes, scope);
}
std::string_view date_property(std::string_view type) {
  return look_up(kDates, type);
}
std::string_view relation_word(std::string_view type) {
  return look_up(kRelations, type);
}
std::string_view document_word(std::string_view category) {
  return look_up(kDocuments, category);
}
std::string_view class_level(std::string_view location_class) {
  return look_up(kClasses, location_class);
}
std::string_view measure_word(std::string_view measure) {
  return look_up(kMeasures, measure);
}
std::string_view result_word(std::string_view type) {
  return look_up(kResults, type);
}

std::string_view feature_level(std::string_view designation) {
  const Entry* best = nullptr;
  for (const Entry& entry : kFeatures) {
    const bool longer = best == nullptr || entry.code.size() > best->code.size();
    if (designation.starts_with(entry.code) && longer) best = &entry;
  }
  return best == nullptr ? std::string_view{} : best->word;
}

namespace {

const FlowEntry* flow_of(std::string_view type) {
  const std::string key = lower(type);
  for (const FlowEntry& entry : kFlows) {
    if (entry.code == key) return &entry;
  }
  return nullptr;
}

}  // namespace

Flow transaction_flow(std::string_view type) {
  const FlowEntry* entry = flow_of(type);
  return entry == nullptr ? Flow::none : entry->flow;
}

bool is_transaction_type(std::string_view type) {
  return flow_of(type) != nullptr;
}

bool is_incoming(std::string_view type) {
  const FlowEntry* entry = flow_of(type);
  return entry != nullptr && entry->incoming;
}

// --- Numbers ------------------------------------------------------------------------------------

namespace {

std::optional<double> parse_plain(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Whether groups of three digits follow this separator everywhere, as in `1,234,567`.
bool groups_thousands(std::string_view digits, char separator) {
  std::size_t at = digits.find(separator);
  if (at == 0 || at > 3) return false;
  while (at != std::string_view::npos) {
    const std::size_t next = digits.find(separator, at + 1);
    const std::size_t end = next == std::string_view::npos ? digits.size() : next;
    if (end - at - 1 != 3) return false;
    at = next;
  }
  return true;
}

/// Leaves digits and a decimal point. The mark that comes first separates thousands, and the other
/// one decimals; a mark alone separates thousands where it is a comma or stands several times.
bool drop_thousands(std::string& digits) {
  const std::size_t point = digits.find('.');
  const std::size_t comma = digits.find(',');
  const bool both = point != std::string::npos && comma != std::string::npos;
  const bool points = both ? point < comma : point != digits.rfind('.');
  const char separator = points ? '.' : ',';
  const std::string whole =
      digits.substr(0, both ? digits.find(points ? ',' : '.') : digits.size());
  if (whole.find(separator) == std::string::npos) return true;
  if (!groups_thousands(whole, separator)) return false;
  std::erase(digits, separator);
  std::replace(digits.begin(), digits.end(), ',', '.');
  return true;
}

/// Takes away what people put around and into numbers: currency words and signs, spaces.
std::string bare_number(std::string_view text) {
  std::string bare;
  for (const char c : text) {
    if (is_digit(c) || c == '.' || c == ',' || c == '-') bare += c;
  }
  return bare;
}

/// Whether the letters around the digits are three at most, such as a currency's code, and none
/// stands between digits.
bool has_only_a_unit(std::string_view text) {
  std::size_t letters = 0;
  std::size_t behind_digits = 0;
  bool digits = false;
  for (const char c : text) {
    if (is_digit(c) && behind_digits > 0) return false;
    digits = digits || is_digit(c);
    letters += is_letter(c) ? 1U : 0U;
    behind_digits += is_letter(c) && digits ? 1U : 0U;
  }
  return letters <= 3;
}

}  // namespace

std::optional<Number> parse_amount(std::string_view text) {
  text = trimmed(text);
  if (const std::optional<double> value = parse_plain(text)) return Number{*value, true};
  if (text.size() > 40 || !has_only_a_unit(text)) return std::nullopt;
  std::string bare = bare_number(text);
  const bool negative = bare.starts_with('-');
  if (negative) bare.erase(0, 1);
  if (bare.empty() || bare.find('-') != std::string::npos) return std::nullopt;
  if (!drop_thousands(bare)) return std::nullopt;
  const std::optional<double> value = parse_plain(bare);
  if (!value) return std::nullopt;
  return Number{negative ? -*value : *value, false};
}

std::optional<Number> parse_percentage(std::string_view text) {
  text = trimmed(text);
  if (const std::optional<double> value = parse_plain(text)) return Number{*value, true};
  std::string bare(text);
  if (bare.ends_with('%')) bare.pop_back();
  std::replace(bare.begin(), bare.end(), ',', '.');
  const std::optional<double> value = parse_plain(trimmed(bare));
  return value ? std::optional(Number{*value, false}) : std::nullopt;
}

std::string currency_code(std::string_view text) {
  std::string code(trimmed(text));
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const bool sound = code.size() == 3 && std::all_of(code.begin(), code.end(), is_letter);
  return sound ? code : std::string();
}

// --- Dates --------------------------------------------------------------------------------------

namespace {

std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t size) {
  if (at + size > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// `31/12/2013`, `31.12.2013`, `12/31/2013`, with or without a time behind it.
std::optional<Date> parse_day_first(std::string_view text) {
  std::array<int, 3> parts{};
  std::size_t part = 0;
  for (const char c : text.substr(0, text.find(' '))) {
    if (is_digit(c)) {
      parts[part] = parts[part] * 10 + (c - '0');
      if (parts[part] > 9999) return std::nullopt;
    } else if (++part > 2 || (c != '/' && c != '.' && c != '-')) {
      return std::nullopt;
    }
  }
  if (part != 2 || parts[2] < 1000) return std::nullopt;
  int day = parts[0];
  int month = parts[1];
  if (month > 12) std::swap(day, month);
  if (month > 12 || (day <= 12 && day != month)) return std::nullopt;  // Could be either.
  std::array<char, 64> iso{};
  std::snprintf(iso.data(), iso.size(), "%04d-%02d-%02d", parts[2], month, day);
  return parse_date(iso.data());
}

struct Clock {
  int seconds = 0;       // Of the day.
  int zone_minutes = 0;  // East of UTC.
};

/// `12:46`, `12:46:08`, `12:46:08.123`, with `Z` or `+02:00` behind it.
std::optional<Clock> parse_clock(std::string_view text) {
  const std::optional<int> hour = digits_at(text, 0, 2);
  const std::optional<int> minute = digits_at(text, 3, 2);
  if (!hour || !minute || text[2] != ':' || *hour > 24 || *minute > 59) return std::nullopt;
  Clock clock{*hour * 3600 + *minute * 60, 0};
  text.remove_prefix(5);
  if (text.starts_with(':')) {
    const std::optional<int> second = digits_at(text, 1, 2);
    if (!second || *second > 60) return std::nullopt;
    clock.seconds += *second;
    text.remove_prefix(3);
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    while (!text.empty() && is_digit(text[0])) text.remove_prefix(1);
  }
  text = trimmed(text);
  if (text.empty() || text == "Z" || text == "z" || text == "UTC") return clock;
  const std::optional<int> zone_hour = digits_at(text, 1, 2);
  const std::optional<int> zone_minute = digits_at(text, text.size() == 6 ? 4 : 3, 2);
  if ((text[0] != '+' && text[0] != '-') || !zone_hour) return std::nullopt;
  clock.zone_minutes = *zone_hour * 60 + zone_minute.value_or(0);
  if (text[0] == '-') clock.zone_minutes = -clock.zone_minutes;
  return clock;
}

}  // namespace

std::optional<Date> parse_written_date(std::string_view text) {
  text = trimmed(text);
  if (const std::optional<Date> date = parse_date(text)) return date;
  if (text.size() >= 10 && text[4] == '/' && text[7] == '/') {
    std::string iso(text.substr(0, 10));
    std::replace(iso.begin(), iso.end(), '/', '-');
    return parse_date(iso);
  }
  return parse_day_first(text);
}

std::optional<std::string> parse_moment(std::string_view text) {
  text = trimmed(text);
  const std::optional<Date> date = parse_date(text.substr(0, 10));
  if (!date || date->day == 0) return std::nullopt;
  Clock clock;
  if (text.size() > 10) {
    const std::optional<Clock> written = parse_clock(text.substr(11));
    if (written) {
      clock = *written;
    } else if (text[10] != 'Z' && text[10] != '+' && text[10] != '-') {
      return std::nullopt;  // A zone behind a bare day says nothing that we could use.
    }
  }
  namespace chrono = std::chrono;
  const chrono::sys_days day = chrono::year_month_day(
      chrono::year(date->year), chrono::month(date->month), chrono::day(date->day));
  const chrono::sys_seconds moment =
      day + chrono::seconds(clock.seconds) - chrono::minutes(clock.zone_minutes);
  const chrono::sys_days utc_day = chrono::floor<chrono::days>(moment);
  const chrono::year_month_day utc(utc_day);
  const chrono::hh_mm_ss time(moment - utc_day);
  std::array<char, 80> iso{};
  std::snprintf(iso.data(), iso.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(utc.year()), static_cast<unsigned>(utc.month()),
                static_cast<unsigned>(utc.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return std::string(iso.data());
}

std::string language_tag(std::string_view text) {
  std::string tag = lower(trimmed(text));
  std::replace(tag.begin(), tag.end(), '_', '-');
  const bool sound = tag.size() >= 2 && tag.size() <= 35 && is_letter(tag[0]) &&
                     is_letter(tag[1]) && std::all_of(tag.begin(), tag.end(), [](char c) {
                       return is_letter(c) || is_digit(c) || c == '-';
                     });
  return sound ? tag : std::string();
}

}  // namespace mangrove::ingest::iati
