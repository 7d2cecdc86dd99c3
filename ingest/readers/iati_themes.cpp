#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "graph/base/text.h"
#include "ingest/identity/references.h"
#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {
namespace {

constexpr double kPercentageTolerance = 0.5;
constexpr std::size_t kCodeBytesMax = 200;  // Of a sector.
constexpr std::string_view kOurVocabulary = "urn:mangrove:vocabulary";

using Level = SdgCode::Level;

bool is_ours(const XmlElement& element) {
  return element.attribute("vocabulary-uri") == kOurVocabulary;
}

/// The relation that ties an initiative to a node of this kind of our vocabularies.
std::string_view relation_to(std::string_view kind) {
  if (kind == "Determinant") return "ADDRESSES";
  if (kind == "InterventionType") return "USES";
  if (kind == "Group") return "SERVES";
  if (kind == "Form") return "AGAINST";
  return kind == "ResponsePoint" ? "ACTS_AT" : std::string_view{};
}

void state_basis(graph::EdgeStatement& edge) {
  state_on(edge, "basis", "reported");
  state_on(edge, "confidence", graph::Value(1.0));
}

/// A code of our own vocabularies that the publisher wrote; false where there is no such code.
bool use_own_code(Activity& activity, const std::string& code) {
  const std::string_view relation = relation_to(activity.kind_of(code));
  if (relation.empty()) return false;
  state_basis(activity.out.edge_to(relation, code, "reported"));
  activity.out.count("own-code");
  return true;
}

void keep_code(Activity& activity, const XmlElement& at, std::string_view code) {
  activity.out.state("unresolved_codes", std::string(at.name()) + " " + std::string(code));
}

}  // namespace

std::string contribute(Activity& activity, const XmlElement& at, std::string_view code,
                       std::optional<Level> expected, std::string_view stated_in,
                       std::optional<double> percentage) {
  const std::string written = clean(code);
  const std::optional<SdgCode> parsed = parse_sdg_code(written);
  std::string id = parsed ? "sdg:" + parsed->target() : std::string();
  const std::string_view kind = parsed ? activity.kind_of(id) : std::string_view{};
  activity.out.count("sdg-code");
  if (written.empty()) {
    activity.found(at, "sdg-code-unknown", std::string(at.name()) + " without a code",
                   Action::value_skipped);
    return {};
  }
  if (kind != "Goal" && kind != "Target") {
    activity.found(at, "sdg-code-unknown",
                   std::string(at.name()) + " '" + written.substr(0, 80) + "' is no goal or target",
                   Action::value_kept_as_text);
    keep_code(activity, at, written);
    return {};
  }
  const std::string where =
      std::string(at.name()) + " '" + written.substr(0, 80) + "', read as " + id;
  if (!parsed->exact) activity.found(at, "sdg-code-form", where, Action::value_repaired);
  if (expected && *expected != parsed->level) {
    activity.found(at, "sdg-code-level", where, Action::noted);
  }
  activity.out.count(kind == "Goal" ? "sdg-goal" : "sdg-target");
  graph::EdgeStatement& edge = activity.out.edge_to("CONTRIBUTES_TO", id, "reported");
  state_basis(edge);
  state_on(edge, "stated_in", stated_in);
  if (percentage) state_on(edge, "percentage", graph::Value(*percentage));
  return id;
}

// --- Sectors ------------------------------------------------------------------------------------

namespace {

/// Where a vocabulary of sectors leads.
enum class SectorWay { dac, goal, target, indicator, own, other };

SectorWay way_of(const std::string& vocabulary) {
  if (vocabulary.empty() || vocabulary == "1" || vocabulary == "2") return SectorWay::dac;
  if (vocabulary == "dac" || vocabulary == "dac-3") return SectorWay::dac;
  if (vocabulary == "7") return SectorWay::goal;
  if (vocabulary == "8") return SectorWay::target;
  if (vocabulary == "9") return SectorWay::indicator;
  if (vocabulary == "98" || vocabulary == "99" || vocabulary == "ro") return SectorWay::own;
  return SectorWay::other;
}

std::string vocabulary_of(const XmlElement& sector) {
  const std::string_view written = sector.attribute("vocabulary");
  return lower(written.empty() ? sector.attribute("vocab") : written);
}

/// Whose code it is, as the middle part of a sector's id.
std::string owner_of(const Activity& activity, SectorWay way, const std::string& vocabulary) {
  if (way == SectorWay::dac) return "dac";
  if (way == SectorWay::other) return slug(vocabulary, 40);
  if (!activity.publisher_ref.empty()) return activity.publisher_ref;
  return activity.publisher_id.empty() ? std::string("unknown") : activity.publisher_id.substr(4);
}

bool is_dac_code(std::string_view code) {
  if (code.size() != 5 && code.size() != 3) return false;
  return code.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Makes the sector known to the graph, unless our own vocabulary has it: then its wording stands.
void mention_sector(Activity& activity, const std::string& id, const std::string& code,
                    std::vector<graph::Text> labels) {
  if (!activity.kind_of(id).empty()) return;
  activity.out.mention(id, "Sector");
  activity.out.state_of(id, "code", graph::Text{code, {}});
  for (graph::Text& label : labels) {
    if (label.text != code) activity.out.state_of(id, "label", std::move(label));
  }
}

void read_sector_code(Activity& activity, const XmlElement& sector, SectorWay way,
                      const std::string& vocabulary) {
  std::string code = clean(sector.attribute("code"));
  if (code.empty()) code = clean(sector.attribute("ref"));  // So the World Bank in 2013.
  std::vector<graph::Text> labels = texts_of(activity, sector);
  if (code.empty() && !labels.empty() && !is_no_identity(labels[0].text)) {
    code = slug(labels[0].text, 80);
    if (way == SectorWay::dac) way = SectorWay::own;  // Words are not the DAC's codes.
    activity.found(sector, "sector-without-code", "sector '" + labels[0].text.substr(0, 80) + "'",
                   Action::value_kept_as_text);
  }
  if (code.empty() || code.size() > kCodeBytesMax) {
    activity.found(sector, "sector-without-code",
                   code.empty() ? "sector without a code or name" : "sector with a code too long",
                   Action::value_skipped);
    return;
  }
  if (way == SectorWay::dac && !is_dac_code(code)) {
    activity.found(sector, "sector-code-form", "DAC sector '" + code + "'", Action::noted);
  }
  const std::string id = "sector:" + owner_of(activity, way, vocabulary) + ":" + code;
  mention_sector(activity, id, code, std::move(labels));
  const std::optional<double> percentage = percentage_of(activity, sector);
  graph::EdgeStatement& edge = activity.out.edge_to("IN_SECTOR", id, "");
  if (percentage) state_on(edge, "percentage", graph::Value(*percentage));
}

void read_sector(Activity& activity, const XmlElement& sector) {
  activity.out.count("sector");
  const std::string vocabulary = vocabulary_of(sector);
  const SectorWay way = way_of(vocabulary);
  const std::string_view code = sector.attribute("code");
  switch (way) {
    case SectorWay::goal:
      contribute(activity, sector, code, Level::goal, "sector", percentage_of(activity, sector));
      return;
    case SectorWay::target:
      contribute(activity, sector, code, Level::target, "sector", percentage_of(activity, sector));
      return;
    case SectorWay::indicator:
      contribute(activity, sector, code, Level::indicator, "sector",
                 percentage_of(activity, sector));
      return;
    default:
      if (is_ours(sector) && use_own_code(activity, clean(code))) return;
      read_sector_code(activity, sector, way, vocabulary);
  }
}

/// Within one vocabulary the sectors make up the whole, where percentages are given at all.
void check_percentages(Activity& activity, const XmlElement& parent) {
  std::map<std::string, double> sums;
  for (const XmlElement sector : parent.children("sector")) {
    const std::optional<Number> part = parse_percentage(sector.attribute("percentage"));
    if (part) sums[vocabulary_of(sector)] += part->value;
  }
  for (const auto& [vocabulary, sum] : sums) {
    if (std::abs(sum - 100) <= kPercentageTolerance) continue;
    activity.found(parent, "percentage-sum",
                   "sectors of vocabulary '" + vocabulary + "' add up to " +
                       graph::to_string(graph::Value(sum)),
                   Action::noted);
  }
}

}  // namespace

void read_sectors(Activity& activity, const XmlElement& parent) {
  for (const XmlElement sector : parent.children("sector")) read_sector(activity, sector);
  check_percentages(activity, parent);
}

// --- Tags and markers ---------------------------------------------------------------------------

namespace {

void keep_keywords(Activity& activity, const XmlElement& tag, const std::string& code) {
  std::vector<graph::Text> words = texts_of(activity, tag);
  if (words.empty() && !code.empty()) words.push_back({code, {}});
  for (graph::Text& word : words) activity.out.state("keywords", std::move(word));
}

void read_tag(Activity& activity, const XmlElement& tag) {
  activity.out.count("tag");
  const std::string_view vocabulary = tag.attribute("vocabulary");
  const std::string code = clean(tag.attribute("code"));
  if (vocabulary == "2") {
    contribute(activity, tag, code, Level::goal, "tag", std::nullopt);
  } else if (vocabulary == "3") {
    contribute(activity, tag, code, Level::target, "tag", std::nullopt);
  } else if (!is_ours(tag)) {
    keep_keywords(activity, tag, code);
  } else if (!use_own_code(activity, code)) {
    activity.found(tag, "own-code-unknown", "'" + code + "' is in none of our vocabularies",
                   Action::value_kept_as_text);
    keep_keywords(activity, tag, code);
  }
}

bool is_dac_marker(const XmlElement& marker) {
  const std::string_view vocabulary = marker.attribute("vocabulary");
  return vocabulary.empty() || vocabulary == "1" || vocabulary == "DAC";
}

/// Whether a marker of the publisher's own is really an SDG code: by its words or its address.
bool means_sdg(const XmlElement& marker) {
  if (is_dac_marker(marker)) return false;
  if (lower(marker.attribute("code")).starts_with("sdg")) return true;
  const std::string uri = lower(marker.attribute("vocabulary-uri"));
  return uri.find("sdg") != std::string::npos ||
         uri.find("sustainabledevelopment") != std::string::npos ||
         uri.find("sustainable-development-goal") != std::string::npos;
}

/// The markers of the DAC that an activity pursues, each with its highest significance.
using Marked = std::map<std::string, std::int64_t>;

/// Nothing where the publisher does not say how much the aim is pursued: not looked at, mostly.
void read_dac_marker(Activity& activity, const XmlElement& marker, const std::string& code,
                     const std::string& significance, Marked& marked) {
  std::string id = "marker:dac:" + code;
  const bool known = activity.kind_of(id) == "PolicyMarker";
  const bool scored = significance.size() == 1 && significance[0] >= '0' && significance[0] <= '4';
  if (!known || !(scored || significance.empty())) {
    activity.found(marker, "code-unknown",
                   "policy-marker '" + code.substr(0, 80) + "' of significance '" +
                       significance.substr(0, 80) + "'",
                   Action::value_kept_as_text);
    return;
  }
  if (!scored || significance == "0") return;
  std::int64_t& highest = marked[std::move(id)];
  highest = std::max<std::int64_t>(highest, significance[0] - '0');
}

void read_marker(Activity& activity, const XmlElement& marker, Marked& marked) {
  activity.out.count("policy-marker");
  const std::string code = clean(code_or_text(marker));
  const std::string significance = clean(marker.attribute("significance"));
  if (code.empty()) {
    activity.found(marker, "code-unknown", "policy-marker without a code", Action::value_skipped);
    return;
  }
  graph::Structure value{{{"code", code}}};
  if (!significance.empty()) value.fields.emplace_back("significance", significance);
  const bool dac = is_dac_marker(marker);
  if (!dac) value.fields.emplace_back("vocabulary", std::string(marker.attribute("vocabulary")));
  activity.out.state("markers", std::move(value));
  if (dac && !is_ours(marker)) {
    read_dac_marker(activity, marker, code, significance, marked);
    return;
  }
  const bool meant = significance != "0";
  if (!meant) return;
  if (is_ours(marker) && use_own_code(activity, code)) return;
  if (means_sdg(marker)) {
    contribute(activity, marker, code, std::nullopt, "marker", std::nullopt);
  }
}

}  // namespace

void read_tags(Activity& activity) {
  for (const XmlElement tag : activity.element.children("tag")) read_tag(activity, tag);
}

void read_markers(Activity& activity) {
  Marked marked;
  for (const XmlElement marker : activity.element.children("policy-marker")) {
    read_marker(activity, marker, marked);
  }
  for (const auto& [id, significance] : marked) {
    state_on(activity.out.edge_to("MARKED", id, ""), "significance", graph::Value(significance));
  }
}

}  // namespace mangrove::ingest::iati
