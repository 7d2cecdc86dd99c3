#include "ingest/readers/grant.h"

#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/date.h"
#include "graph/base/text.h"
#include "ingest/draft.h"
#include "ingest/identity/references.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/web_address.h"

namespace mangrove::ingest {
namespace {

using iati::clean;

constexpr std::size_t kIdentifierBytesMax = 900;
constexpr std::size_t kReferenceBytesMax = 200;

Step skipped(std::uint64_t line, std::string_view rule, std::string detail, Action action) {
  Step step;
  step.findings.push_back({{}, line, std::string(rule), std::move(detail), action});
  return step;
}

/// Text or a number as text, as both stand where the other is meant.
std::string text_in(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr) return {};
  if (const std::string* text = value->as_string()) return clean(*text);
  if (const auto whole = value->as_integer()) return std::to_string(*whole);
  return {};
}

/// The objects in a list, or the object itself where one stands in its place.
std::vector<const json::Value*> objects_in(const json::Value& object, std::string_view key) {
  std::vector<const json::Value*> found;
  const json::Value* value = object.find(key);
  if (value == nullptr) return found;
  if (value->as_object() != nullptr) found.push_back(value);
  if (const json::Value::Array* list = value->as_array()) {
    for (const json::Value& one : *list) {
      if (one.as_object() != nullptr) found.push_back(&one);
    }
  }
  return found;
}

bool is_to_an_individual(const json::Value& grant) {
  for (const std::string_view key : {"recipientIndividual", "toIndividualsDetails"}) {
    const json::Value* value = grant.find(key);
    if (value != nullptr && !value->is_null()) return true;
  }
  return false;
}

/// One grant on its way to a draft.
class Grant {
 public:
  Grant(const json::Value& grant, const std::string& identifier, std::uint64_t line)
      : grant_(grant), line_(line), out_("360g:" + identifier, "Initiative") {
    out_.draft().line = line;
    out_.count("grant");
  }

  Step read(const std::string& file) {
    out_.record().origin = file + ":" + std::to_string(line_);
    read_organisations();
    read_texts();
    read_dates();
    read_money();
    read_places();
    read_themes();
    read_documents();
    read_related();
    return out_.take();
  }

 private:
  // --- Who
  // -----------------------------------------------------------------------------------------

  void read_organisations() {
    funders_ = take_part("fundingOrganization", "funding");
    recipients_ = take_part("recipientOrganization", "implementing");
    if (funders_.empty()) return;
    // The funder publishes its grants.
    if (!funders_[0].starts_with("org:name:")) {
      out_.record().source = "src:" + funders_[0].substr(std::string_view("org:").size());
    }
    const auto named = objects_in(grant_, "fundingOrganization");
    out_.draft().publisher = text_in(*named[0], "name");
  }

  std::vector<std::string> take_part(std::string_view key, std::string_view role) {
    std::vector<std::string> ids;
    for (const json::Value* organisation : objects_in(grant_, key)) {
      out_.count(std::string(key));
      std::string id = read_organisation(*organisation, key);
      if (id.empty()) continue;
      state_on(out_.edge(id, "TAKES_PART_IN", out_.subject(), role), "role", role);
      ids.push_back(std::move(id));
    }
    return ids;
  }

  std::string read_organisation(const json::Value& organisation, std::string_view key) {
    const std::string name = text_in(organisation, "name");
    const std::string reference = text_in(organisation, "id");
    std::string id = organisation_id(reference, name, key);
    if (id.empty()) {
      found("organisation-unnamed", std::string(key) + " has neither an identifier nor a name",
            Action::value_skipped);
      return {};
    }
    out_.mention(id, "Actor");
    const auto state = [&](std::string_view property, std::string text) {
      if (!text.empty()) out_.state_of(id, property, graph::Text{std::move(text), {}});
    };
    state("name", name);
    const bool as_received = id == "org:" + reference || id.starts_with("org:name:");
    state("identifiers", as_received ? std::string() : reference);
    state("aliases", text_in(organisation, "alternateName"));
    state("homepage", normal_url(text_in(organisation, "url")));
    state_register(id, "GB-CHC-", text_in(organisation, "charityNumber"));
    state_register(id, "GB-COH-", text_in(organisation, "companyNumber"));
    const std::string country = country_code(text_in(organisation, "addressCountry"));
    if (!country.empty()) {
      out_.mention("place:" + country, "Place");
      out_.edge(id, "BASED_IN", "place:" + country, "");
    }
    return id;
  }

  std::string organisation_id(const std::string& written, const std::string& name,
                              std::string_view key) {
    const NormalReference reference = normal_reference(written);
    if (!is_no_identity(written) && !reference.collective && written.size() <= kReferenceBytesMax) {
      if (!reference.repairs.empty()) {
        found("reference-repaired",
              std::string(key) + " with id '" + written.substr(0, 40) + "', read as " +
                  reference.text + ": " + joined(reference.repairs),
              Action::value_repaired);
      }
      return "org:" + reference.text;
    }
    if (is_no_identity(name)) return {};
    const std::string slug_of_name = name_slug(name);
    return slug_of_name.empty() ? std::string() : "org:name:" + slug_of_name;
  }

  /// The same organisation in another register: what identity is settled by.
  void state_register(const std::string& id, std::string_view list, std::string number) {
    std::erase(number, ' ');
    if (number.empty() || is_no_identity(number)) return;
    if (list == "GB-CHC-" && number.starts_with("SC")) list = "GB-SC-";
    std::string reference = std::string(list) + number;
    if (number.starts_with("GB-")) reference = number;
    reference = normal_reference(reference).text;
    if ("org:" + reference != id) {
      out_.state_of(id, "identifiers", graph::Text{std::move(reference), {}});
    }
  }

  // --- What
  // ----------------------------------------------------------------------------------------

  void read_texts() {
    const std::string title = text_in(grant_, "title");
    if (title.empty()) found("title-missing", "a grant without a title", Action::noted);
    if (!title.empty()) out_.state("title", title);
    if (std::string text = text_in(grant_, "description"); !text.empty()) {
      out_.state("description", text);
    }
    if (std::string page = normal_url(text_in(grant_, "url")); !page.empty()) {
      out_.state("homepage", page);
    }
    for (const json::Value* programme : objects_in(grant_, "grantProgramme")) {
      if (std::string text = text_in(*programme, "title"); !text.empty()) {
        out_.state("programme", text);
      }
    }
  }

  void read_themes() {
    for (const json::Value* classification : objects_in(grant_, "classifications")) {
      std::string text = text_in(*classification, "title");
      if (text.empty()) text = text_in(*classification, "code");
      if (!text.empty()) out_.state("keywords", text);
    }
  }

  void read_documents() {
    for (const json::Value* document : objects_in(grant_, "relatedDocument")) {
      const std::string url = normal_url(text_in(*document, "url"));
      if (url.empty()) continue;
      out_.count("relatedDocument");
      const std::string id = document_id(url);
      out_.mention(id, "Evidence");
      out_.state_of(id, "url", graph::Text{url, {}});
      if (std::string title = text_in(*document, "title"); !title.empty()) {
        out_.state_of(id, "title", graph::Text{std::move(title), {}});
      }
      out_.edge(id, "ABOUT", out_.subject(), "");
    }
  }

  void read_related() {
    const json::Value* related = grant_.find("relatedActivity");
    const json::Value::Array* list = related == nullptr ? nullptr : related->as_array();
    if (list == nullptr) return;
    for (const json::Value& one : *list) {
      const std::string* written = one.as_string();
      const std::string other = written == nullptr ? std::string() : clean(*written);
      if (other.empty() || other.size() > kIdentifierBytesMax || is_no_identity(other)) {
        continue;
      }
      const bool grant = iati::lower(other).starts_with("360g-");
      const std::string id = (grant ? "360g:" : "iati:") + other;
      if (id != out_.subject()) out_.edge_to("RELATED_TO", id, "");
    }
  }

  // --- When
  // ----------------------------------------------------------------------------------------

  /// ISO 8601, as the standard asks for, or day first, as its British publishers also write.
  std::optional<Date> date_in(const json::Value& object, std::string_view key) {
    const std::string written = text_in(object, key);
    if (written.empty()) return std::nullopt;
    if (const std::optional<Date> date = parse_date(written)) return date;
    if (const std::optional<Date> date = parse_date(day_last(written))) {
      found("date-form", std::string(key) + " '" + written + "', read with the day first",
            Action::value_repaired);
      return date;
    }
    found("date-form", std::string(key) + " '" + written.substr(0, 40) + "'",
          Action::value_skipped);
    return std::nullopt;
  }

  /// `05/06/2014 …` -> `2014-06-05`; empty where it is not of that form.
  static std::string day_last(const std::string& text) {
    constexpr std::size_t kLength = 10;
    if (text.size() < kLength || (text[2] != '/' && text[2] != '.') || text[5] != text[2]) {
      return {};
    }
    return text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2);
  }

  void read_dates() {
    award_ = date_in(grant_, "awardDate");
    if (award_) out_.state("awarded", *award_);
    read_period("plannedDates", "start_planned", "end_planned");
    read_period("actualDates", "start", "end");
    const std::string modified = text_in(grant_, "dateModified");
    if (modified.empty()) return;
    std::optional<std::string> moment = iati::parse_moment(modified);
    if (!moment) moment = iati::parse_moment(day_last(modified));
    if (!moment) {
      found("date-form", "dateModified '" + modified.substr(0, 40) + "'", Action::value_skipped);
      return;
    }
    out_.record().revision = *moment;
    out_.state("updated", *moment);
  }

  void read_period(std::string_view key, std::string_view start, std::string_view end) {
    for (const json::Value* dates : objects_in(grant_, key)) {
      const std::optional<Date> first = date_in(*dates, "startDate");
      std::optional<Date> last = date_in(*dates, "endDate");
      if (!last) last = after_months(first ? first : award_, dates->find_number("duration"));
      if (first) out_.state(start, *first);
      if (last) out_.state(end, *last);
      if (first && last && *last < *first) {
        found("end-before-start", to_string(*last) + " is before " + to_string(*first),
              Action::noted);
      }
      return;  // Further ones are stages of the first.
    }
  }

  /// The month in which something of so many months ends.
  static std::optional<Date> after_months(std::optional<Date> start, std::optional<double> months) {
    if (!start || start->month == 0 || !months || !(*months >= 1) || *months > 1200) return {};
    const int last = start->year * 12 + start->month - 1 + static_cast<int>(*months);
    return Date{static_cast<std::int16_t>(last / 12), static_cast<std::uint8_t>(last % 12 + 1), 0};
  }

  // --- Money
  // ---------------------------------------------------------------------------------------

  std::optional<double> amount_in(std::string_view key) {
    const json::Value* value = grant_.find(key);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (const std::optional<double> number = value->as_number()) return number;
    const std::string* written = value->as_string();
    if (written == nullptr || clean(*written).empty()) return std::nullopt;
    const std::optional<iati::Number> number = iati::parse_amount(*written);
    if (!number || !number->exact) {
      found("amount-form", std::string(key) + " '" + written->substr(0, 40) + "'",
            number ? Action::value_repaired : Action::value_skipped);
    }
    if (!number) return std::nullopt;
    return number->value;
  }

  void read_money() {
    const std::string written = text_in(grant_, "currency");
    currency_ = iati::currency_code(written);
    if (currency_.empty()) {
      found(written.empty() ? "currency-missing" : "currency-form",
            written.empty() ? "a grant without a currency" : "currency '" + written + "'",
            Action::noted);
    }
    const std::optional<double> awarded = amount_in("amountAwarded");
    const std::optional<double> disbursed = amount_in("amountDisbursed");
    state_amount("applied_for", amount_in("amountAppliedFor"));
    state_amount("committed", awarded);
    state_amount("spend", disbursed);
    if (awarded || disbursed) tie_money(awarded, disbursed);
  }

  void state_amount(std::string_view property, std::optional<double> amount) {
    if (!amount) return;
    graph::Structure value;
    if (!currency_.empty()) value.fields.emplace_back("currency", currency_);
    if (award_) value.fields.emplace_back("year", std::int64_t{award_->year});
    value.fields.emplace_back("amount", *amount);
    out_.state(property, std::move(value));
  }

  /// Only between one funder and one recipient: of several, nobody says who gave whom how much.
  void tie_money(std::optional<double> awarded, std::optional<double> disbursed) {
    if (funders_.size() != 1 || recipients_.size() != 1) return;
    if (funders_[0] == recipients_[0]) {
      found("funds-itself", "the funder is the recipient", Action::noted);
      return;
    }
    std::string qualifier = award_ ? std::to_string(award_->year) : std::string();
    if (!currency_.empty()) qualifier += (qualifier.empty() ? "" : " ") + currency_;
    graph::EdgeStatement& edge = out_.edge(funders_[0], "FUNDS", recipients_[0], qualifier);
    if (disbursed) state_on(edge, "amount", graph::Value(*disbursed));
    if (awarded) state_on(edge, "committed", graph::Value(*awarded));
    if (!currency_.empty()) state_on(edge, "currency", currency_);
    if (award_) state_on(edge, "year", graph::Value(std::int64_t{award_->year}));
  }

  // --- Where
  // ---------------------------------------------------------------------------------------

  /// `GB`, `UK` -> `GB`; empty where it is no code of two letters.
  static std::string country_code(const std::string& text) {
    if (text.size() != 2 || !std::isalpha(static_cast<unsigned char>(text[0])) ||
        !std::isalpha(static_cast<unsigned char>(text[1]))) {
      return {};
    }
    std::string code;
    for (const char c : text)
      code += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return code == "UK" ? "GB" : code;
  }

  /// A code of the Office for National Statistics, such as E07000223.
  static bool is_british_area(std::string_view code) {
    constexpr std::size_t kLength = 9;
    if (code.size() != kLength || std::string_view("EWSNK").find(code[0]) == code.npos)
      return false;
    return code.find_first_not_of("0123456789", 1) == code.npos;
  }

  void read_places() {
    for (const json::Value* location : objects_in(grant_, "beneficiaryLocation")) {
      out_.count("beneficiaryLocation");
      read_location(*location);
    }
  }

  void read_location(const json::Value& location) {
    const std::string name = text_in(location, "name");
    const std::string code = text_in(location, "geoCode");
    const bool british = is_british_area(code);
    std::string country = country_code(text_in(location, "countryCode"));
    if (country.empty() && british) country = "GB";
    std::string id;
    if (british) {
      id = "place:gss:" + code;
    } else if (!country_code(code).empty()) {
      id = "place:" + country_code(code);
    } else if (!slug(name).empty() && !is_no_identity(name)) {
      id = "place:" + name_slug(country.empty() ? name : country + " " + name);
    } else if (!country.empty()) {
      id = "place:" + country;
    }
    if (id.empty()) {
      found("place-unnamed", "beneficiaryLocation has neither a known code nor a name",
            Action::value_skipped);
      return;
    }
    out_.mention(id, "Place");
    const bool whole_country = id == "place:" + country;
    if (!name.empty() && !whole_country) out_.state_of(id, "name", graph::Text{name, {}});
    if (!country.empty() && !whole_country) {
      out_.mention("place:" + country, "Place");
      out_.edge(id, "WITHIN", "place:" + country, "");
    }
    state_point(location, id);
    graph::EdgeStatement& edge = out_.edge_to("WORKS_IN", id, "");
    state_on(edge, "reach", "beneficiaries");
  }

  void state_point(const json::Value& location, const std::string& id) {
    const std::optional<double> latitude = location.find_number("latitude");
    const std::optional<double> longitude = location.find_number("longitude");
    if (!latitude || !longitude) return;
    if (std::abs(*latitude) > 90 || std::abs(*longitude) > 180 ||
        (*latitude == 0 && *longitude == 0)) {
      found("point-form", "the point of a beneficiaryLocation is nowhere", Action::value_skipped);
      return;
    }
    out_.state_of(id, "point",
                  graph::Structure{{{"latitude", *latitude}, {"longitude", *longitude}}});
  }

  void found(std::string_view rule, std::string detail, Action action) {
    out_.found(line_, rule, out_.subject() + ": " + std::move(detail), action);
  }

  const json::Value& grant_;
  const std::uint64_t line_;
  DraftBuilder out_;
  std::vector<std::string> funders_;
  std::vector<std::string> recipients_;
  std::optional<Date> award_;
  std::string currency_;
};

}  // namespace

Step read_grant(const json::Value& grant, std::uint64_t line, const std::string& file) {
  if (grant.as_object() == nullptr) {
    return skipped(line, "grant-form", "a grant that is no object", Action::record_skipped);
  }
  if (is_to_an_individual(grant)) {
    return skipped(line, "grant-to-individual", "a grant to a person", Action::left_out);
  }
  const std::string identifier = text_in(grant, "id");
  if (identifier.empty()) {
    return skipped(line, "identifier-missing", "a grant without an id", Action::record_skipped);
  }
  if (identifier.size() > kIdentifierBytesMax) {
    return skipped(line, "identifier-form",
                   "an id of " + std::to_string(identifier.size()) + " bytes",
                   Action::record_skipped);
  }
  return Grant(grant, identifier, line).read(file);
}

}  // namespace mangrove::ingest
