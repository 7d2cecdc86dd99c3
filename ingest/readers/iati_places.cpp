#include <algorithm>
#include <cmath>

#include "graph/base/text.h"
#include "ingest/identity/references.h"
#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {
namespace {

constexpr double kPercentageTolerance = 0.5;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 12 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// `gh` -> `GH`; empty where the text is no ISO 3166 code of two letters.
std::string country_code(std::string_view text) {
  std::string code = clean(text);
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const bool sound = code.size() == 2 && std::all_of(code.begin(), code.end(),
                                                     [](char c) { return c >= 'A' && c <= 'Z'; });
  return sound ? code : std::string();
}

/// Makes the place known to the graph, unless our own vocabulary has it: then its names stand.
void mention_place(Activity& activity, const std::string& id, std::vector<graph::Text> names,
                   std::string_view level) {
  if (!activity.kind_of(id).empty()) return;
  activity.out.mention(id, "Place");
  for (graph::Text& name : names) activity.out.state_of(id, "name", std::move(name));
  if (!level.empty()) activity.out.state_of(id, "level", graph::Text{std::string(level), {}});
}

graph::EdgeStatement& works_in(Activity& activity, const std::string& place) {
  return activity.out.edge_to("WORKS_IN", place, "");
}

void work_in(Activity& activity, const XmlElement& element, const std::string& place) {
  if (place.empty()) return;
  const std::optional<double> percentage = percentage_of(activity, element);
  graph::EdgeStatement& edge = works_in(activity, place);
  if (percentage) state_on(edge, "percentage", graph::Value(*percentage));
}

/// A place known by words alone.
std::string place_by_words(Activity& activity, const XmlElement& element, std::string_view words,
                           std::string_view level) {
  const std::string key = name_slug(words);
  if (key.empty()) {
    activity.found(element, "place-unnamed",
                   std::string(element.name()) + " has neither a code nor a name",
                   Action::value_skipped);
    return {};
  }
  std::string id = "place:" + key;
  std::vector<graph::Text> names = texts_of(activity, element);
  if (names.empty()) names.push_back({std::string(words), {}});
  mention_place(activity, id, std::move(names), level);
  return id;
}

/// A code of a vocabulary of the publisher's own means something only together with the publisher.
std::string own_region(Activity& activity, const XmlElement& element, const std::string& code) {
  const std::string name = first_text(element);
  if (code.empty()) return place_by_words(activity, element, name, "region");
  return place_by_words(activity, element, activity.publisher_ref + " " + code, "region");
}

/// M49 codes have three digits, and people leave zeros in front of them out.
std::string region_id(bool dac, const std::string& code) {
  if (dac) return "place:dac:" + code;
  return "place:m49:" + std::string(3 - std::min<std::size_t>(3, code.size()), '0') + code;
}

}  // namespace

std::string read_country(Activity& activity, const XmlElement& element) {
  const std::string code = country_code(element.attribute("code"));
  if (!code.empty()) {
    std::string id = "place:" + code;
    if (activity.kind_of(id).empty()) {
      activity.found(element, "country-code", "no country has the code '" + code + "'",
                     Action::noted);
      mention_place(activity, id, texts_of(activity, element), "country");
    }
    return id;
  }
  const std::string written = clean(element.attribute("code"));
  if (std::string region = "place:dac:" + written; !activity.kind_of(region).empty()) {
    activity.found(element, "country-code", "'" + written + "' is a region of the DAC's",
                   Action::value_repaired);
    return region;
  }
  const std::string name = first_text(element);
  activity.found(element, "country-code", "recipient-country '" + written + "' " + name,
                 Action::value_kept_as_text);
  return place_by_words(activity, element, name.empty() ? written : name, "country");
}

std::string read_region(Activity& activity, const XmlElement& element) {
  const std::string code = clean(element.attribute("code"));
  const std::string_view vocabulary = element.attribute("vocabulary");
  const bool dac = vocabulary.empty() || vocabulary == "1" || lower(vocabulary) == "dac";
  if (!dac && vocabulary != "2") return own_region(activity, element, code);
  if (!is_number(code)) {
    activity.found(element, "region-code", "recipient-region '" + code + "'",
                   Action::value_kept_as_text);
    const std::string name = first_text(element);
    return place_by_words(activity, element, name.empty() ? code : name, "region");
  }
  std::string id = region_id(dac, code);
  const std::string other = region_id(!dac, code);
  if (activity.kind_of(id).empty() && !activity.kind_of(other).empty()) {
    activity.found(element, "region-code", "'" + code + "' is a code of the other vocabulary's",
                   Action::value_repaired);
    id = other;
  } else if (activity.kind_of(id).empty()) {
    activity.found(element, "region-code", "no region has the code '" + code + "'", Action::noted);
  }
  mention_place(activity, id, texts_of(activity, element), "region");
  return id;
}

namespace {

// --- Locations ----------------------------------------------------------------------------------

/// The country that a location names itself, else the only one of the activity; or empty.
std::string country_of(const Activity& activity, const XmlElement& location) {
  for (const XmlElement area : location.children("administrative")) {
    const std::string code =
        country_code(area.attribute(area.attribute("vocabulary") == "A4" ? "code" : "country"));
    if (!code.empty()) return "place:" + code;
  }
  return activity.countries.size() == 1 ? activity.countries[0] : std::string();
}

/// By the code of a gazetteer: GeoNames, or ISO 3166 where the location is a whole country.
std::string place_by_gazetteer(const XmlElement& location) {
  for (const XmlElement entry : location.children("location-id")) {
    const std::string code = clean(entry.attribute("code"));
    if (entry.attribute("vocabulary") == "G1" && is_number(code)) return "place:gn:" + code;
    if (entry.attribute("vocabulary") == "A4" && !country_code(code).empty()) {
      return "place:" + country_code(code);
    }
  }
  return {};
}

std::string_view level_of(const XmlElement& location) {
  const std::optional<XmlElement> feature = location.child("feature-designation");
  const std::optional<XmlElement> type = location.child("location-type");  // 1.0x
  const std::optional<XmlElement> location_class = location.child("location-class");
  std::string_view level;
  if (feature) level = feature_level(feature->attribute("code"));
  if (level.empty() && type) level = feature_level(type->attribute("code"));
  if (level.empty() && location_class) level = class_level(location_class->attribute("code"));
  return level;
}

struct Point {
  double latitude;
  double longitude;
};

/// `latitude longitude`, as in 2.0x; people also write a comma between.
std::optional<Point> parse_position(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  const std::size_t gap = text.find_first_of(" \t\r\n");
  if (gap == std::string::npos) return std::nullopt;
  const std::optional<Number> latitude = parse_amount(std::string_view(text).substr(0, gap));
  const std::optional<Number> longitude = parse_amount(std::string_view(text).substr(gap));
  if (!latitude || !longitude) return std::nullopt;
  return Point{latitude->value, longitude->value};
}

std::optional<Point> point_of(Activity& activity, const XmlElement& location) {
  std::optional<Point> point;
  std::string written;
  if (const std::optional<XmlElement> element = location.child("point")) {
    written = element->text_of("pos");
    point = parse_position(written);
  } else if (const std::optional<XmlElement> old = location.child("coordinates")) {
    written =
        std::string(old->attribute("latitude")) + " " + std::string(old->attribute("longitude"));
    point = parse_position(written);
  }
  if (written.empty() || written == " ") return std::nullopt;
  const bool on_earth =
      point && std::abs(point->latitude) <= 90 && std::abs(point->longitude) <= 180;
  if (on_earth && (point->latitude != 0 || point->longitude != 0)) return point;
  activity.found(location, "point-form", "the point '" + written + "' is nowhere",
                 Action::value_skipped);
  return std::nullopt;
}

/// What the location is known as, for an id of words.
std::vector<graph::Text> names_of(Activity& activity, const XmlElement& location) {
  const std::optional<XmlElement> name = location.child("name");
  return name ? texts_of(activity, *name) : std::vector<graph::Text>{};
}

std::string place_by_name(Activity& activity, const XmlElement& location,
                          const std::vector<graph::Text>& names, const std::string& country) {
  const bool named = !names.empty() && !is_no_identity(names[0].text);
  if (!named || slug(names[0].text).empty()) {
    activity.found(location, "place-unnamed", "location has neither a known code nor a name",
                   Action::value_skipped);
    return {};
  }
  const std::string_view prefix =
      country.empty() ? std::string_view{} : std::string_view(country).substr(6);
  return "place:" + name_slug(std::string(prefix) + " " + names[0].text);
}

void read_location(Activity& activity, const XmlElement& location) {
  activity.out.count("location");
  const std::string country = country_of(activity, location);
  std::vector<graph::Text> names = names_of(activity, location);
  std::string id = place_by_gazetteer(location);
  if (id.empty()) id = place_by_name(activity, location, names, country);
  if (id.empty()) return;
  mention_place(activity, id, std::move(names), level_of(location));
  if (activity.kind_of(id).empty()) {
    if (const std::optional<Point> point = point_of(activity, location)) {
      activity.out.state_of(
          id, "point",
          graph::Structure{{{"latitude", point->latitude}, {"longitude", point->longitude}}});
    }
    if (!country.empty() && country != id) activity.out.edge(id, "WITHIN", country, "");
  }
  work_in(activity, location, id);
  const std::optional<XmlElement> reach = location.child("location-reach");
  const std::string_view code = reach ? reach->attribute("code") : std::string_view{};
  if (code == "1") state_on(works_in(activity, id), "reach", "activity");
  if (code == "2") state_on(works_in(activity, id), "reach", "beneficiaries");
}

void read_areas(Activity& activity, const XmlElement& parent) {
  for (const XmlElement element : parent.children("recipient-country")) {
    activity.out.count("recipient-country");
    const std::string id = read_country(activity, element);
    work_in(activity, element, id);
    const bool country = !country_code(element.attribute("code")).empty();
    const bool known = std::find(activity.countries.begin(), activity.countries.end(), id) !=
                       activity.countries.end();
    if (country && !known && &parent == &activity.element) activity.countries.push_back(id);
  }
  for (const XmlElement element : parent.children("recipient-region")) {
    activity.out.count("recipient-region");
    work_in(activity, element, read_region(activity, element));
  }
  for (const XmlElement element : parent.children("location")) read_location(activity, element);
}

/// Countries and regions together make up the whole, where percentages are given at all.
void check_percentages(Activity& activity) {
  double sum = 0;
  bool any = false;
  for (const std::string_view name : {"recipient-country", "recipient-region"}) {
    for (const XmlElement element : activity.element.children(name)) {
      const std::optional<Number> part = parse_percentage(element.attribute("percentage"));
      any = any || part.has_value();
      sum += part ? part->value : 0;
    }
  }
  if (!any || std::abs(sum - 100) <= kPercentageTolerance) return;
  activity.found(activity.element, "percentage-sum",
                 "countries and regions add up to " + graph::to_string(graph::Value(sum)),
                 Action::noted);
}

}  // namespace

void read_places(Activity& activity) {
  read_areas(activity, activity.element);
  check_percentages(activity);
}

void read_places_of_transaction(Activity& activity, const XmlElement& transaction) {
  read_areas(activity, transaction);
}

}  // namespace mangrove::ingest::iati
