#include <utility>

#include "ingest/identity/references.h"
#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {
namespace {

constexpr std::size_t kResultTitlesMax = 200;     // Of one activity; real ones have under 100.
constexpr std::string_view kSdgIndicators = "9";  // Of the vocabularies of indicators.

/// What an observation is one of: the indicator, its measure, its titles.
struct Indicator {
  const XmlElement element;
  std::string measure_id;
  std::string_view unit;
  std::string_view result_level;  // Of the result that it stands under.
};

void state_value(Activity& activity, const std::string& id, std::string_view property,
                 std::string_view written) {
  if (written != "0" && is_no_identity(written)) return;  // A zero is a value here.
  const std::optional<Number> number = parse_amount(written);
  if (number) {
    activity.out.state_of(id, property, graph::Value(number->value));
  } else {
    activity.out.state_of(id, property, graph::Text{clean(written), {}});
  }
}

/// One value, with the time it is of. `seed` tells it apart from the others of the activity.
std::string observe(Activity& activity, const Indicator& indicator, const XmlElement& value,
                    const std::string& seed) {
  std::string id = "obs:iati:" + fingerprint_of(activity.out.subject() + " " + seed);
  activity.out.count("observation");
  activity.out.mention(id, "Observation");
  state_value(activity, id, "value", value.attribute("value"));
  if (!indicator.unit.empty()) {
    activity.out.state_of(id, "unit", graph::Text{std::string(indicator.unit), {}});
  }
  if (!indicator.result_level.empty()) {
    activity.out.state_of(id, "result_level", graph::Text{std::string(indicator.result_level), {}});
  }
  activity.out.edge(id, "OF", activity.out.subject(), "");
  activity.out.edge(id, "ON", indicator.measure_id, "");
  return id;
}

void state_date(Activity& activity, const std::string& id, std::string_view property,
                const XmlElement& parent, std::string_view name) {
  const std::optional<XmlElement> element = parent.child(name);
  if (!element) return;
  const std::optional<Date> date = date_of(activity, *element);
  if (date) activity.out.state_of(id, property, *date);
}

void read_baseline(Activity& activity, const Indicator& indicator, const XmlElement& baseline,
                   const std::string& seed) {
  if (baseline.attribute("value").empty()) return;
  const std::string id = observe(activity, indicator, baseline, seed);
  activity.out.state_of(id, "baseline", true);
  const std::string_view iso = baseline.attribute("iso-date");
  const std::optional<Date> date = parse_date(iso.empty() ? baseline.attribute("year") : iso);
  if (date) activity.out.state_of(id, "to", *date);
}

void read_period(Activity& activity, const Indicator& indicator, const XmlElement& period,
                 const std::string& seed) {
  std::size_t number = 0;
  for (const XmlElement actual : period.children("actual")) {
    if (actual.attribute("value").empty()) continue;
    const std::string id =
        observe(activity, indicator, actual, seed + " actual " + std::to_string(++number));
    state_date(activity, id, "from", period, "period-start");
    state_date(activity, id, "to", period, "period-end");
    if (const std::optional<XmlElement> target = period.child("target")) {
      state_value(activity, id, "target", target->attribute("value"));
    }
  }
}

/// Which way the indicator gets better, where its publisher says so.
std::string_view better_word(std::string_view ascending) {
  if (ascending == "1" || ascending == "true") return "up";
  return ascending == "0" || ascending == "false" ? "down" : "";
}

/// The measure of one SDG indicator: what different activities that refer to it observe.
std::string mention_measure(Activity& activity, const XmlElement& indicator, const SdgCode& code) {
  std::string id = "measure:sdg-" + code.code;
  activity.out.mention(id, "Measure");
  activity.out.state_of(id, "label", graph::Text{"SDG indicator " + code.code, "en"});
  const std::string_view unit = measure_word(indicator.attribute("measure"));
  if (!unit.empty()) activity.out.state_of(id, "unit", graph::Text{std::string(unit), {}});
  const std::string_view better = better_word(indicator.attribute("ascending"));
  if (!better.empty()) {
    activity.out.state_of(id, "better", graph::Text{std::string(better), {}});
  }
  activity.out.edge(id, "MEASURES", "sdg:" + code.target(), "");
  return id;
}

void read_indicator(Activity& activity, const XmlElement& indicator, std::string_view result_level,
                    const std::string& seed) {
  for (const XmlElement reference : indicator.children("reference")) {
    if (reference.attribute("vocabulary") != kSdgIndicators) continue;
    const std::string_view written = reference.attribute("code");
    const std::string target =
        contribute(activity, reference, written, SdgCode::Level::indicator, "result", std::nullopt);
    const std::optional<SdgCode> code = parse_sdg_code(written);
    if (target.empty() || !code || code->level != SdgCode::Level::indicator) continue;
    const Indicator known{indicator, mention_measure(activity, indicator, *code),
                          measure_word(indicator.attribute("measure")), result_level};
    std::size_t number = 0;
    for (const XmlElement baseline : indicator.children("baseline")) {
      read_baseline(activity, known, baseline,
                    seed + " " + code->code + " baseline " + std::to_string(++number));
    }
    for (const XmlElement period : indicator.children("period")) {
      read_period(activity, known, period,
                  seed + " " + code->code + " period " + std::to_string(++number));
    }
  }
}

}  // namespace

void read_results(Activity& activity) {
  std::size_t titles = 0;
  std::size_t number = 0;
  for (const XmlElement result : activity.element.children("result")) {
    activity.out.count("result");
    if (const std::optional<XmlElement> title = result.child("title")) {
      for (graph::Text& text : texts_of(activity, *title)) {
        if (++titles <= kResultTitlesMax) activity.out.state("results", std::move(text));
      }
    }
    for (const XmlElement indicator : result.children("indicator")) {
      activity.out.count("indicator");
      read_indicator(activity, indicator, result_word(result.attribute("type")),
                     std::to_string(++number));
    }
  }
  if (titles > kResultTitlesMax) {
    activity.found(activity.element, "results-many", std::to_string(titles) + " titles of results",
                   Action::value_skipped);
  }
}

}  // namespace mangrove::ingest::iati
