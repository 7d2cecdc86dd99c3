#include <chrono>
#include <set>

#include "ingest/identity/references.h"
#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {
namespace {

void note(Activity& activity, const XmlElement& at, std::string_view rule,
          std::string_view detail) {
  activity.found(at, rule, detail, Action::noted);
}

// --- Who ----------------------------------------------------------------------------------------

/// An identifier begins with the reference of who publishes it, so that nobody else can give it.
void check_identifier(Activity& activity) {
  const std::string_view identifier = std::string_view(activity.out.subject()).substr(5);
  const std::string& reference = activity.publisher_ref;
  if (reference.empty() || lower(identifier).starts_with(lower(reference))) return;
  const std::optional<XmlElement> reporting = activity.element.child("reporting-org");
  const std::string written = reporting ? clean(reporting->attribute("ref")) : std::string();
  if (!written.empty() && lower(identifier).starts_with(lower(written))) return;
  note(activity, activity.element, "identifier-prefix",
       "the reporting organisation is '" + reference.substr(0, 80) + "'");
}

void count_references(Activity& activity) {
  std::uint64_t with = 0;
  std::uint64_t without = 0;
  for (const std::string_view name : {"reporting-org", "participating-org"}) {
    for (const XmlElement element : activity.element.children(name)) {
      ++(is_no_identity(element.attribute("ref")) ? without : with);
    }
  }
  if (with > 0) activity.out.count("organisation-with-reference", with);
  if (without > 0) activity.out.count("organisation-without-reference", without);
}

// --- When ---------------------------------------------------------------------------------------

Date today() {
  namespace chrono = std::chrono;
  const chrono::year_month_day day(chrono::floor<chrono::days>(chrono::system_clock::now()));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

/// What was read of a date; nothing where there is none.
std::optional<Date> stated(Activity& activity, std::string_view property) {
  for (const graph::Property& known : activity.out.record().subject.properties) {
    const auto* date = known.name == property ? std::get_if<Date>(&known.value) : nullptr;
    if (date != nullptr) return *date;
  }
  return std::nullopt;
}

void check_dates(Activity& activity) {
  for (const std::string_view property : {"start", "end"}) {
    const std::optional<Date> date = stated(activity, property);
    if (!date || *date <= today()) continue;
    note(activity, activity.element, "date-in-future",
         "the actual " + std::string(property) + " is " + to_string(*date));
  }
  const bool actual = stated(activity, "start") || stated(activity, "end");
  const std::optional<Date> planned = stated(activity, "start_planned");
  if (!actual && !planned && !stated(activity, "end_planned")) {
    note(activity, activity.element, "date-missing", "no date of a start or end");
  } else if (!actual && planned && *planned <= today()) {
    note(activity, activity.element, "date-planned-only",
         "planned for " + to_string(*planned) + ", and no actual date");
  }
}

// --- What and where -----------------------------------------------------------------------------

bool has(const XmlElement& parent, std::string_view name) {
  return parent.child(name).has_value();
}

/// Whether the activity has one, or any of its transactions.
bool has_anywhere(const XmlElement& element, std::string_view name) {
  if (has(element, name)) return true;
  for (const XmlElement transaction : element.children("transaction")) {
    if (has(transaction, name)) return true;
  }
  return false;
}

void check_what_and_where(Activity& activity) {
  const XmlElement& element = activity.element;
  if (!has_anywhere(element, "sector")) {
    note(activity, element, "sector-missing", "neither the activity nor a transaction has one");
  }
  if (!has_anywhere(element, "recipient-country") && !has_anywhere(element, "recipient-region") &&
      !has(element, "location")) {
    note(activity, element, "place-missing", "no country, region or location");
  }
  bool described = false;
  for (const XmlElement text : element.children("description")) {
    described = described || !first_text(text).empty();
  }
  if (!described) note(activity, element, "description-missing", "no description, or an empty one");
}

void check_titles(Activity& activity) {
  std::set<std::string_view> languages;
  for (const graph::Property& property : activity.out.record().subject.properties) {
    const auto* text =
        property.name == "title" ? std::get_if<graph::Text>(&property.value) : nullptr;
    if (text == nullptr || languages.insert(text->language).second) continue;
    note(activity, activity.element, "title-twice",
         "two titles in the language '" + text->language + "'");
    return;
  }
}

// --- SDG codes in odd places --------------------------------------------------------------------

/// How often the text says `SDG 8`, `SDG 8.7`, `SDGs 8`, `ODD 8` or `ODS 8`.
std::size_t codes_in(std::string_view text) {
  std::size_t codes = 0;
  for (const std::string_view word : {"SDG", "ODD", "ODS"}) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
      std::size_t next = at + word.size();
      if (next < text.size() && text[next] == 's') ++next;
      if (next < text.size() && (text[next] == ' ' || text[next] == '-')) ++next;
      const bool number = next < text.size() && text[next] >= '1' && text[next] <= '9';
      const bool word_begins = at == 0 || text[at - 1] < 'A' || text[at - 1] > 'z';
      if (number && word_begins) ++codes;
    }
  }
  return codes;
}

bool names_sdg(const XmlElement& element) {
  if (element.attribute("vocabulary-uri").empty()) return false;
  const std::string uri = lower(element.attribute("vocabulary-uri"));
  return uri.find("sdg") != std::string::npos ||
         uri.find("sustainabledevelopment") != std::string::npos ||
         uri.find("sustainable-development-goal") != std::string::npos;
}

/// A sector of the publisher's own that is an SDG code by its vocabulary's address or its form.
bool is_hidden_sdg_sector(const XmlElement& sector) {
  const std::string_view vocabulary = sector.attribute("vocabulary");
  if (vocabulary == "7" || vocabulary == "8" || vocabulary == "9") return false;
  const std::string_view code = sector.attribute("code");
  // Nearly all are five digits of the DAC's: those cost one look.
  if (code.find_first_of(".sS") == std::string_view::npos && !names_sdg(sector)) return false;
  const std::optional<SdgCode> parsed = parse_sdg_code(code);
  if (!parsed) return false;
  return names_sdg(sector) || lower(code).starts_with("sdg") ||
         (parsed->level != SdgCode::Level::goal && parsed->exact);
}

struct Places {
  std::size_t sectors = 0;  // Of vocabularies 7 to 9.
  std::size_t hidden = 0;   // Among other sectors, markers or tags.
  std::size_t tags = 0;     // Where they belong.
};

Places sdg_places(const XmlElement& element) {
  Places places;
  for (const XmlElement sector : element.children("sector")) {
    const std::string_view vocabulary = sector.attribute("vocabulary");
    if (vocabulary == "7" || vocabulary == "8" || vocabulary == "9") ++places.sectors;
    if (is_hidden_sdg_sector(sector)) ++places.hidden;
  }
  for (const XmlElement marker : element.children("policy-marker")) {
    const bool sdg = lower(marker.attribute("code")).starts_with("sdg") || names_sdg(marker);
    if (sdg && marker.attribute("vocabulary") != "1") ++places.hidden;
  }
  for (const XmlElement tag : element.children("tag")) {
    const std::string_view vocabulary = tag.attribute("vocabulary");
    const bool proper = vocabulary == "2" || vocabulary == "3";
    if (proper) ++places.tags;
    if (!proper && (names_sdg(tag) || lower(tag.attribute("code")).starts_with("sdg"))) {
      ++places.hidden;
    }
  }
  return places;
}

void check_sdg_places(Activity& activity) {
  const Places places = sdg_places(activity.element);
  if (places.sectors > 0) {
    note(activity, activity.element, "sdg-code-in-sector",
         std::to_string(places.sectors) + " SDG codes stand in sectors; they are read");
  }
  if (places.hidden > 0) {
    note(activity, activity.element, "sdg-code-hidden",
         std::to_string(places.hidden) +
             " SDG codes stand in sectors or tags of another vocabulary, or in policy markers");
  }
  if (places.tags + places.sectors + places.hidden > 0) return;
  std::size_t codes = 0;
  for (const std::string_view name : {"title", "description"}) {
    for (const XmlElement element : activity.element.children(name)) {
      codes += codes_in(element.text());
      for (const XmlElement text : element.children("narrative")) codes += codes_in(text.text());
    }
  }
  if (codes == 0) return;
  activity.found(activity.element, "sdg-code-in-text",
                 "the text names SDGs by number, " + std::to_string(codes) + " times, and no tag",
                 Action::value_kept_as_text);
}

}  // namespace

void check_quality(Activity& activity) {
  check_identifier(activity);
  count_references(activity);
  check_titles(activity);
  check_dates(activity);
  check_what_and_where(activity);
  check_sdg_places(activity);
}

}  // namespace mangrove::ingest::iati
