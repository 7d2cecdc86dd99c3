#include "tests/support/world.h"

#include <string>
#include <utility>
#include <vector>

#include "graph/batch.h"
#include "graph/storage/memory.h"

namespace mangrove::tests {

namespace {

using graph::EdgeStatement;
using graph::Property;
using graph::Record;
using graph::Text;

Property text(std::string name, std::string value, std::string language = "en") {
  return {std::move(name), Text{std::move(value), std::move(language)}};
}

Property date(std::string name, std::string_view day) {
  return {std::move(name), *parse_date(day)};
}

Property budget(std::int64_t year, double amount) {
  return {"budget",
          graph::Structure{{{"currency", std::string("GBP")}, {"year", year}, {"amount", amount}}}};
}

Record record(std::string id, std::string kind, std::vector<Property> properties,
              std::vector<EdgeStatement> edges = {}) {
  return {.source = "src:world",
          .part = {},
          .revision = {},
          .origin = "world.cpp",
          .subject = {std::move(id), std::move(kind), std::move(properties)},
          .mentions = {},
          .edges = std::move(edges)};
}

EdgeStatement takes_part(std::string actor, std::string initiative, const std::string& role) {
  return {std::move(actor), "TAKES_PART_IN", std::move(initiative), role, {text("role", role, "")}};
}

EdgeStatement contributes(std::string initiative, std::string target, const std::string& basis) {
  return {std::move(initiative),
          "CONTRIBUTES_TO",
          std::move(target),
          basis,
          {text("basis", basis, ""), text("stated_in", "tag", "")}};
}

EdgeStatement works_in(std::string initiative, std::string place) {
  return {std::move(initiative), "WORKS_IN", std::move(place), "", {{"percentage", 50.0}}};
}

void put_vocabulary(graph::Batch& batch) {
  batch.put(record("src:world", "Source",
                   {text("label", "A small world"), text("publisher", "Mangrove", ""),
                    text("licence", "Apache-2.0", "")}));
  batch.put(record("sdg:8", "Goal", {text("code", "8", ""), text("label", "Decent work")}));
  for (const auto& [code, label, goal] :
       {std::tuple{"8.7", "End forced labour and child labour", "sdg:8"},
        std::tuple{"8.8", "Protect labour rights", "sdg:8"},
        std::tuple{"16.2", "End abuse and trafficking of children", "sdg:16"}}) {
    const std::string id = "sdg:" + std::string(code);
    batch.put(record(id, "Target",
                     {text("code", code, ""), text("label", label),
                      text("label", "Cible " + std::string(code), "fr")},
                     {{id, "PART_OF", goal, "", {}}}));
  }
  batch.put(record("sdg:16", "Goal", {text("code", "16", ""), text("label", "Peace and justice")}));
  batch.put(record("place:GH", "Place", {text("name", "Ghana"), text("iso3", "GHA", "")},
                   {{"place:GH", "WITHIN", "place:m49:202", "", {}}}));
  batch.put(record("place:BJ", "Place", {text("name", "Benin"), text("name", "Bénin", "fr")},
                   {{"place:BJ", "WITHIN", "place:m49:202", "", {}}}));
  batch.put(record("place:m49:202", "Place", {text("name", "Sub-Saharan Africa")}));
  batch.put(record("det:ind-debt", "Determinant", {text("label", "Debt and recruitment fees")},
                   {{"det:ind-debt", "BEARS_ON", "sdg:8.7", "", {{"weight", 0.9}}},
                    {"det:ind-debt", "BEARS_ON", "sdg:8.8", "", {{"weight", 0.4}}}}));
  Record influence = record("sdg:8.8", "Target", {},
                            {{"sdg:8.8",
                              "INFLUENCES",
                              "sdg:8.7",
                              "a",
                              {{"score", std::int64_t{2}},
                               text("status", "proposed", ""),
                               text("scope", "global", "")}}});
  influence.source = "src:influences";
  batch.put(std::move(influence));
  Record source = record("src:influences", "Source", {text("label", "Influence scores")});
  source.source = "src:influences";
  batch.put(std::move(source));
}

void put_initiatives(graph::Batch& batch) {
  batch.put(
      record("iati:XX-1", "Initiative",
             {text("title", "Cocoa without child labour"),
              text("title", "Cacao sans travail des enfants", "fr"),
              text("description", "Helps families of cocoa farmers to keep children in school."),
              text("status", "implementation", ""),
              date("start", "2019-01-01"),
              date("end", "2023-12-31"),
              budget(2020, 1500.5),
              budget(2021, 2000),
              {"humanitarian", false}},
             {takes_part("org:XX-A", "iati:XX-1", "funding"),
              takes_part("org:XX-A", "iati:XX-1", "reporting"),
              takes_part("org:XX-B", "iati:XX-1", "implementing"),
              contributes("iati:XX-1", "sdg:8.7", "reported"),
              contributes("iati:XX-1", "sdg:8", "mapped"),
              works_in("iati:XX-1", "place:GH"),
              {"iati:XX-1",
               "ADDRESSES",
               "det:ind-debt",
               "text",
               {text("basis", "text", ""), text("matched", "debt", "")}}}));
  batch.put(record(
      "iati:XX-2", "Initiative",
      {text("title", "Free from bondage on the lake"),
       text("description", "Brings trafficked children of Lake Volta home."),
       date("start", "2022-06-01")},
      {takes_part("org:XX-C", "iati:XX-2", "implementing"),
       takes_part("org:XX-B", "iati:XX-2", "funding"),
       contributes("iati:XX-2", "sdg:8.7", "reported"),
       contributes("iati:XX-2", "sdg:16.2", "reported"), works_in("iati:XX-2", "place:GH")}));
  batch.put(
      record("iati:XX-3", "Initiative",
             {text("title", "Safe roads home"), text("description", "Against trafficking.")},
             {takes_part("org:XX-D", "iati:XX-3", "implementing"),
              contributes("iati:XX-3", "sdg:8.7", "reported"),
              contributes("iati:XX-3", "sdg:16.2", "mapped"), works_in("iati:XX-3", "place:BJ")}));
  batch.put(record("iati:XX/4 ü", "Initiative", {text("title", "Alone, with an awkward id")}));
  for (const auto& [id, name] :
       {std::pair{"org:XX-A", "Fund for Children"}, std::pair{"org:XX-B", "Cocoa Families"},
        std::pair{"org:XX-C", "Lake Shelter"}, std::pair{"org:XX-D", "Benin Helpline"}}) {
    batch.put(record(id, "Actor", {text("name", name)}));
  }
  batch.put(record(
      "doc:debt", "Evidence", {text("title", "On debt"), date("published", "2021-05")},
      {{"doc:debt", "ABOUT", "det:ind-debt", "", {}}, {"doc:debt", "ABOUT", "sdg:8.7", "", {}}}));
}

/// What was judged and measured of Ghana.
void put_findings(graph::Batch& batch) {
  batch.put(record("topic:poverty", "TopicArea", {text("label", "Poverty and debt")},
                   {{"det:ind-debt", "PART_OF", "topic:poverty", "", {}}}));
  batch.put(record("stage:diagnose", "Stage",
                   {text("label", "Diagnose"),
                    {"order", std::int64_t{1}},
                    text("exit_sign", "assessment", ""),
                    text("exit_evidence", "A measurement.")}));
  batch.put(record("stage:grow", "Stage",
                   {text("label", "Grow"),
                    {"order", std::int64_t{3}},
                    text("entry_sign", "initiative", ""),
                    text("entry_evidence", "Work began.")}));
  batch.put(
      record("assess:1", "Assessment",
             {text("status", "gap", ""), date("date", "2019-03-01"),
              text("assessed_by", "Amal", ""), text("note", "Many fees are asked.")},
             {{"assess:1", "OF", "place:GH", "", {}}, {"assess:1", "ON", "det:ind-debt", "", {}}}));
  batch.put(record("assess:2", "Assessment",
                   {date("date", "2019-03-01"), text("assessed_by", "Amal", "")},
                   {{"assess:2", "OF", "place:GH", "", {}},
                    {"assess:2", "ON", "stage:diagnose", "", {}},
                    {"assess:2", "ON", "topic:poverty", "", {}}}));
  batch.put(record("measure:debt", "Measure",
                   {text("label", "Households in debt"), text("better", "down", ""),
                    text("result_level", "outcome", ""), text("unit", "percent", "")},
                   {{"measure:debt", "MEASURES", "det:ind-debt", "", {{"proxy", true}}}}));
  for (const auto& [id, day, value] :
       {std::tuple{"obs:1", "2018-12-31", 20.0}, std::tuple{"obs:2", "2020-12-31", 25.5}}) {
    batch.put(record(id, "Observation", {{"value", value}, date("to", day)},
                     {{id, "OF", "place:GH", "", {}}, {id, "ON", "measure:debt", "", {}}}));
  }
}

/// Who paid whom for the first initiative, and what a pound was worth.
void put_money(graph::Batch& batch) {
  batch.put(record("currency:GBP", "Currency",
                   {text("code", "GBP", ""), text("label", "Pound sterling"),
                    text("per_dollar", "2020 0.5", "")}));
  Record payments = record("iati:XX-1", "Initiative", {},
                           {{"org:XX-A",
                             "FUNDS",
                             "org:XX-B",
                             "2020 GBP",
                             {{"amount", 750.0},
                              {"committed", 800.0},
                              {"year", std::int64_t{2020}},
                              text("currency", "GBP", "")}}});
  payments.part = "payments";
  batch.put(std::move(payments));
}

}  // namespace

const ontology::Ontology& shipped_ontology() {
  static const ontology::Ontology loaded = ontology::Ontology::load().value();
  return loaded;
}

std::unique_ptr<graph::Graph> small_world() {
  auto graph = graph::Graph::open(storage::make_memory_storage(),
                                  {.text_properties = ontology::text_properties()})
                   .value();
  graph::Batch batch;
  put_vocabulary(batch);
  put_initiatives(batch);
  put_findings(batch);
  put_money(batch);
  static_cast<void>(graph->commit(batch).value());
  return graph;
}

}  // namespace mangrove::tests
