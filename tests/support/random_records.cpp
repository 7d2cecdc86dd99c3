#include "tests/support/random_records.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace mangrove::tests {

namespace {

using graph::Property;
using graph::Record;
using graph::Text;

const std::map<std::string, std::string, std::less<>>& kinds() {
  static const std::map<std::string, std::string, std::less<>> by_scheme{
      {"init", "Initiative"},
      {"iati", "Initiative"},
      {"org", "Actor"},
      {"place", "Place"},
      {"sdg", "Target"},
      {"det", "Determinant"},
      {"group", "Group"},
      {"sector", "Sector"},
      {"int", "InterventionType"},
      {"form", "Form"},
      {"response", "ResponsePoint"},
      {"doc", "Evidence"},
      {"src", "Source"},
      {"odd", "Oddity"},
      {"topic", "TopicArea"},
      {"stage", "Stage"},
      {"measure", "Measure"},
      {"obs", "Observation"},
      {"assess", "Assessment"},
      {"currency", "Currency"}};
  return by_scheme;
}

}  // namespace

std::string RandomRecords::kind_of(std::string_view id) {
  if (id.starts_with("sdg:") && id.find('.') == std::string_view::npos) return "Goal";
  return kinds().find(id.substr(0, id.find(':')))->second;
}

const std::vector<std::string>& RandomRecords::ids() {
  static const std::vector<std::string> all{
      "init:a",      "init:b",         "init:c",        "init:d",      "init:e",     "init:f",
      "init:g",      "init:h",         "iati:XX-1",     "iati:XX-2",   "org:1",      "org:2",
      "org:3",       "org:4",          "org:5",         "org:6",       "org:7",      "place:GH",
      "place:BJ",    "place:NP",       "place:accra",   "place:m49:2", "sdg:8",      "sdg:8.7",
      "sdg:8.8",     "sdg:16.2",       "sdg:5.2",       "sdg:16",      "det:debt",   "det:fees",
      "det:school",  "group:boys",     "group:women",   "sector:1",    "sector:2",   "int:legal",
      "int:shelter", "response:early", "response:late", "form:labour", "doc:study",  "doc:note",
      "src:a",       "src:b",          "src:c",         "odd:thing",   "topic:work", "topic:home",
      "stage:1",     "stage:2",        "measure:m",     "measure:n",   "obs:1",      "obs:2",
      "obs:3",       "obs:4",          "obs:5",         "assess:1",    "assess:2",   "assess:3",
      "assess:4",    "assess:5",       "currency:EUR",  "currency:GBP"};
  return all;
}

const std::vector<std::string>& RandomRecords::words() {
  static const std::vector<std::string> all{
      "forced", "labour",  "child",  "children",  "cocoa",   "fishing", "bonded", "debt",
      "school", "schools", "clinic", "sheltered", "shelter", "travail", "victims"};
  return all;
}

std::string RandomRecords::one(std::string_view scheme) {
  std::vector<std::string> some;
  for (const std::string& id : ids()) {
    if (id.starts_with(scheme)) some.push_back(id);
  }
  return chance_.one_of(some);
}

std::string RandomRecords::phrase(std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += (i > 0 ? " " : "") + chance_.one_of(words());
  return text;
}

std::string RandomRecords::basis() {
  static const std::vector<std::string> all{"reported", "mapped", "text", "reviewed", ""};
  return chance_.one_of(all);
}

void RandomRecords::say(std::vector<Property>& properties, std::string name, std::string text,
                        std::string language) {
  properties.push_back({std::move(name), Text{std::move(text), std::move(language)}});
}

void RandomRecords::mention(Record& record, const std::string& id) {
  const bool known = std::any_of(record.mentions.begin(), record.mentions.end(),
                                 [&](const auto& each) { return each.id == id; });
  if (known || id == record.subject.id) return;
  record.mentions.push_back({id, kind_of(id), {}});
  if (chance_.happens(60)) {
    say(record.mentions.back().properties, "name", phrase(1), "en");
  }
}

void RandomRecords::tie(Record& record, const std::string& from, std::string_view relation,
                        const std::string& to, std::string qualifier) {
  graph::EdgeStatement edge{from, std::string(relation), to, std::move(qualifier), {}};
  if (chance_.happens(20))
    say(edge.properties, "status", chance_.happens(50) ? "proposed" : "verified");
  if (chance_.happens(20))
    edge.properties.push_back({"percentage", 12.5 * static_cast<double>(chance_.below(8))});
  if (chance_.happens(15)) say(edge.properties, "basis", "mapped");
  edge.derived = chance_.happens(20);
  record.edges.push_back(std::move(edge));
}

void RandomRecords::state_initiative(Record& record) {
  static const std::vector<std::string> roles{"funding", "implementing", "reporting",
                                              "secondary-reporting"};
  static const std::vector<std::string> types{"parent", "child", "co-funded", "money"};
  const std::string& self = record.subject.id;
  auto& properties = record.subject.properties;
  if (chance_.happens(80)) say(properties, "title", phrase(2), "en");
  if (chance_.happens(30)) say(properties, "title", phrase(2), "fr");
  if (chance_.happens(60)) say(properties, "description", phrase(9), "en");
  if (chance_.happens(50))
    say(properties, "status", chance_.happens(50) ? "closed" : "Implementation");
  const auto year = static_cast<std::int16_t>(2010 + chance_.below(12));
  if (chance_.happens(60)) properties.push_back({"start", Date{year, 1, 0}});
  if (chance_.happens(50)) {
    properties.push_back({"end", Date{static_cast<std::int16_t>(year + 2), 12, 31}});
  }
  state_money(record);
  const std::size_t parts = 1 + chance_.below(3);
  for (std::size_t i = 0; i < parts; ++i) {
    const std::string actor = one("org:");
    if (chance_.happens(70)) mention(record, actor);
    tie(record, actor, "TAKES_PART_IN", self, chance_.one_of(roles));
  }
  for (const auto& [relation, scheme, percent, has_basis] :
       std::initializer_list<std::tuple<const char*, const char*, unsigned, bool>>{
           {"WORKS_IN", "place:", 80, false},
           {"WORKS_IN", "place:", 40, false},
           {"CONTRIBUTES_TO", "sdg:", 80, true},
           {"CONTRIBUTES_TO", "sdg:", 60, true},
           {"ADDRESSES", "det:", 50, true},
           {"USES", "int:", 50, true},
           {"SERVES", "group:", 50, true},
           {"AGAINST", "form:", 20, true},
           {"ACTS_AT", "response:", 40, true},
           {"IN_SECTOR", "sector:", 50, false}}) {
    if (chance_.happens(percent))
      tie(record, self, relation, one(scheme), has_basis ? basis() : "");
  }
  if (chance_.happens(30)) tie(record, self, "RELATED_TO", one("init:"), chance_.one_of(types));
  if (chance_.happens(15)) {
    record.edges.push_back({self, "SAME_AS", one("iati:"), "", {}});
    say(record.edges.back().properties, "state", chance_.happens(50) ? "accepted" : "suggested");
  }
}

void RandomRecords::state_money(Record& record) {
  static const std::vector<std::string> currencies{"USD", "EUR", "GBP", "XDR", ""};
  static const std::vector<graph::Scalar> amounts{100.0, 33.35, 0.1,    1e6,
                                                  1e300, -12.5, 2019.7, std::int64_t{7}};
  for (const char* const measure : {"budget", "committed", "spend"}) {
    for (std::size_t i = chance_.below(3); i > 0; --i) {
      graph::Structure sum;
      const std::string& currency = chance_.one_of(currencies);
      if (!currency.empty()) sum.fields.emplace_back("currency", currency);
      if (chance_.happens(80)) {
        sum.fields.emplace_back("year", static_cast<std::int64_t>(2019 + chance_.below(3)));
      }
      sum.fields.emplace_back("amount", chance_.one_of(amounts));
      record.subject.properties.push_back({measure, std::move(sum)});
    }
  }
  // Money that many initiatives tell of.
  if (!chance_.happens(60)) return;
  const std::int64_t year = 2019 + static_cast<std::int64_t>(chance_.below(3));
  const std::string& currency = chance_.one_of(currencies);
  const std::string giver = chance_.happens(60) ? "org:1" : one("org:");
  tie(record, giver, "FUNDS", one("org:"), std::to_string(year) + " " + currency);
  auto& properties = record.edges.back().properties;
  properties.push_back({"year", year});
  if (!currency.empty()) say(properties, "currency", currency);
  if (chance_.happens(70))
    properties.push_back({"amount", 1000.0 * static_cast<double>(1 + chance_.below(3))});
  if (chance_.happens(40)) properties.push_back({"committed", 777.77});
  if (chance_.happens(20)) properties.push_back({"planned", std::int64_t{5}});
}

void RandomRecords::state_actor(Record& record) {
  static const std::vector<std::string> types{"ngo", "government", "academic"};
  auto& properties = record.subject.properties;
  if (chance_.happens(80)) say(properties, "name", phrase(2), "en");
  if (chance_.happens(60)) say(properties, "type", chance_.one_of(types));
  if (chance_.happens(30)) say(properties, "aliases", phrase(1));
  if (chance_.happens(30)) tie(record, record.subject.id, "MEMBER_OF", one("org:"), "");
  if (chance_.happens(30)) tie(record, record.subject.id, "BASED_IN", one("place:"), "");
  if (chance_.happens(20)) tie(record, record.subject.id, "PART_OF", one("org:"), "");
  if (chance_.happens(20)) tie(record, record.subject.id, "PUBLISHED", one("doc:"), "");
}

/// What was observed or judged of a place at one time.
void RandomRecords::state_finding(Record& record) {
  static const std::vector<std::string> statuses{"gap", "partial", "asset", "unknown"};
  const std::string& self = record.subject.id;
  auto& properties = record.subject.properties;
  const Date date{static_cast<std::int16_t>(2012 + chance_.below(8)), 6, 1};
  tie(record, self, "OF", one(chance_.happens(80) ? "place:" : "init:"), "");
  if (self.starts_with("obs:")) {
    properties.push_back({"value", static_cast<double>(chance_.below(9))});
    properties.push_back({"to", date});
    if (chance_.happens(30)) say(properties, "method", "survey");
    tie(record, self, "ON", one("measure:"), "");
    return;
  }
  if (chance_.happens(80)) properties.push_back({"date", date});
  if (chance_.happens(70)) say(properties, "status", chance_.one_of(statuses));
  if (chance_.happens(40)) say(properties, "pole", chance_.happens(50) ? "risk" : "protective");
  if (chance_.happens(40)) say(properties, "note", phrase(3), "en");
  if (chance_.happens(40)) tie(record, self, "ASSESSED_BY", one("org:"), "");
  if (chance_.happens(20)) tie(record, self, "REVISES", one("assess:"), "");
  if (chance_.happens(50)) tie(record, self, "ON", one("stage:"), "");
  if (chance_.happens(60))
    tie(record, self, "ON", one(chance_.happens(50) ? "det:" : "topic:"), "");
}

void RandomRecords::state_others(Record& record) {
  const std::string& self = record.subject.id;
  auto& properties = record.subject.properties;
  if (chance_.happens(70)) say(properties, "label", phrase(2), "en");
  if (chance_.happens(20)) say(properties, "label", phrase(2), "fr");
  if (chance_.happens(30)) say(properties, "definition", phrase(6), "en");
  if (self.starts_with("sdg:")) {
    say(properties, "code", self.substr(4));
    if (chance_.happens(60))
      tie(record, self, "PART_OF", chance_.happens(50) ? "sdg:8" : "sdg:16", "");
    const std::size_t influences = chance_.below(3);
    for (std::size_t i = 0; i < influences; ++i) {
      tie(record, one("sdg:"), "INFLUENCES", self, chance_.happens(50) ? "x" : "y");
      record.edges.back().properties.push_back(
          {"score", static_cast<std::int64_t>(chance_.below(7)) - 3});
    }
  }
  if (self.starts_with("det:")) {
    tie(record, self, "BEARS_ON", one("sdg:"), "");
    tie(record, self, "BEARS_ON", one("sdg:"), "");
  }
  if (self.starts_with("place:")) {
    tie(record, self, "WITHIN", one("place:"), "");
    if (chance_.happens(30)) tie(record, self, "LEARNED_FROM", one("place:"), "");
  }
  if (self.starts_with("det:")) tie(record, self, "PART_OF", one("topic:"), "");
  if (self.starts_with("stage:")) {
    properties.push_back({"order", static_cast<std::int64_t>(self.back() - '0')});
    say(properties, "exit_sign", chance_.happens(50) ? "assessment" : "reach");
    say(properties, "entry_sign", chance_.happens(50) ? "initiative" : "two-measurements");
  }
  if (self.starts_with("measure:")) {
    static const std::vector<std::string> ways{"up", "down", "ambiguous"};
    say(properties, "better", chance_.one_of(ways));
    tie(record, self, "MEASURES", one(chance_.happens(50) ? "det:" : "sdg:"), "");
    record.edges.back().properties.push_back({"proxy", chance_.happens(50)});
  }
  if (self.starts_with("currency:")) {
    say(properties, "code", self.substr(self.find(':') + 1));
    for (const char* const rate : {"2019 0.9", "2020 0.875", "2021 1.3"}) {
      if (chance_.happens(60)) say(properties, "per_dollar", rate);
    }
  }
  if (self.starts_with("obs:") || self.starts_with("assess:")) state_finding(record);
  if (self.starts_with("doc:")) tie(record, self, "ABOUT", chance_.one_of(ids()), "");
  if (self.starts_with("src:")) say(properties, "publisher", phrase(1));
  if (self.starts_with("odd:")) tie(record, self, "LIKES", chance_.one_of(ids()), "much");
  if (chance_.happens(10)) tie(record, self, "SUPPORTS", "init:nowhere", "");
}

std::string RandomRecords::next_revision() {
  ++revisions_;
  return "2024-01-01T00:00:00." + std::to_string(1'000'000 + revisions_);
}

Record RandomRecords::about(const std::string& subject) {
  Record record;
  record.source = one("src:");
  record.part = chance_.happens(20) ? "part" : "";
  record.origin = "file" + std::to_string(chance_.below(3)) + ".xml";
  record.revision = next_revision();
  record.subject = {subject, kind_of(subject), {}};
  if (record.subject.kind == "Initiative") {
    state_initiative(record);
  } else if (record.subject.kind == "Actor") {
    state_actor(record);
  } else {
    state_others(record);
  }
  return record;
}

Record RandomRecords::next() {
  // Initiatives tell most.
  return about(chance_.happens(50) ? one(chance_.happens(80) ? "init:" : "iati:")
                                   : chance_.one_of(ids()));
}

std::vector<Record> RandomRecords::different(std::size_t count) {
  std::vector<Record> records;
  std::set<std::tuple<std::string, std::string, std::string>> known;
  for (std::size_t i = 0; i < count; ++i) {
    Record record = next();
    if (known.insert({record.subject.id, record.source, record.part}).second) {
      records.push_back(std::move(record));
    }
  }
  return records;
}

}  // namespace mangrove::tests
