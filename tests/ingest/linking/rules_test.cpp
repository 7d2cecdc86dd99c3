#include "ingest/linking/rules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ontology/ontology.h"

namespace mangrove::ingest {
namespace {

const ontology::Schema& schema() {
  static const ontology::Ontology ontology = ontology::Ontology::load().value();
  return ontology.schema();
}

/// sector:1 maps to sdg:8.7 (weight 1) and sdg:4.1 (weight 0.5); both are parts of their goals.
Vocabulary vocabulary_of(std::vector<DerivationRule> rules) {
  Vocabulary vocabulary;
  vocabulary.rules = std::move(rules);
  vocabulary.edges["MAPS_TO sector:1"] = {{"sdg:4.1", {{"weight", 0.5}}},
                                          {"sdg:8.7", {{"weight", 1}}}};
  vocabulary.edges["MAPS_TO sector:2"] = {{"sdg:8.7", {{"weight", 0.5}}}};
  vocabulary.edges["PART_OF sdg:8.7"] = {{"sdg:8", {}}};
  vocabulary.edges["PART_OF sdg:4.1"] = {{"sdg:4", {}}};
  vocabulary.edges["MEASURES measure:1"] = {{"sdg:8.7", {}}};
  vocabulary.kinds = {
      {"sdg:4.1", "Target"}, {"sdg:8.7", "Target"}, {"sdg:8", "Goal"}, {"sdg:4", "Goal"}};
  return vocabulary;
}

DerivationRule sector_rule() {
  return {"rule:sector",
          {{"IN_SECTOR"}, {"MAPS_TO"}},
          "Target",
          "CONTRIBUTES_TO",
          {},
          {"reported"},
          0.6,
          {"weight"},
          0.2,
          1};
}

graph::Record initiative(std::vector<graph::EdgeStatement> edges) {
  graph::Record record;
  record.subject = {"init:1", "Initiative"};
  record.edges = std::move(edges);
  return record;
}

graph::EdgeStatement edge(std::string relation, std::string to,
                          std::vector<graph::Property> properties = {}) {
  return {"init:1", std::move(relation), std::move(to), {}, std::move(properties)};
}

/// `TO CONFIDENCE: PATH, PATH`
std::vector<std::string> told(const graph::Record& record, std::vector<DerivationRule> rules) {
  std::vector<std::string> told;
  for (const Conclusion& one : conclude(record, vocabulary_of(std::move(rules)), schema())) {
    std::string text = one.relation + " " + one.to + " " +
                       std::to_string(static_cast<int>(one.confidence * 1000 + 0.5)) + ":";
    for (const std::string& path : one.paths) text += " (" + path + ")";
    for (const std::string& name : one.audience) text += " for " + name;
    told.push_back(std::move(text));
  }
  return told;
}

using Told = std::vector<std::string>;

TEST(Rules, FollowTheirPathAndMultiplyAsTheySay) {
  EXPECT_EQ(told(initiative({edge("IN_SECTOR", "sector:1")}), {sector_rule()}),
            (Told{"CONTRIBUTES_TO sdg:4.1 300: (rule:sector sector:1)",
                  "CONTRIBUTES_TO sdg:8.7 600: (rule:sector sector:1)"}));
}

TEST(Rules, TheSurestWayCountsAndAllAreTold) {
  EXPECT_EQ(told(initiative({edge("IN_SECTOR", "sector:1"), edge("IN_SECTOR", "sector:2")}),
                 {sector_rule()})[1],
            "CONTRIBUTES_TO sdg:8.7 600: (rule:sector sector:1) (rule:sector sector:2)");
}

TEST(Rules, ConcludeNothingThatSomebodyHasSaid) {
  EXPECT_EQ(told(initiative({edge("IN_SECTOR", "sector:2"), edge("CONTRIBUTES_TO", "sdg:8.7")}),
                 {sector_rule()}),
            Told{});
}

TEST(Rules, StayAboveTheirLeastAndWithinTheirConditions) {
  DerivationRule rule = sector_rule();
  rule.least = 0.4;
  EXPECT_EQ(told(initiative({edge("IN_SECTOR", "sector:1")}), {rule}).size(), 1u);
  rule.conditions = {{"percentage", RuleCondition::Comparison::at_least, 50}};
  EXPECT_TRUE(told(initiative({edge("IN_SECTOR", "sector:1")}), {rule}).empty());
  EXPECT_EQ(
      told(initiative({edge("IN_SECTOR", "sector:1", {{"percentage", 60.0}})}), {rule}).size(), 1u);
  EXPECT_TRUE(
      told(initiative({edge("IN_SECTOR", "sector:1", {{"percentage", 40.0}})}), {rule}).empty());
}

TEST(Rules, ReadOnlyTheBasesThatTheySayAndWeighHowSureTheseAre) {
  const graph::EdgeStatement words =
      edge("IN_SECTOR", "sector:2", {{"basis", graph::Text{"text", {}}}, {"confidence", 0.9}});
  DerivationRule rule = sector_rule();
  EXPECT_TRUE(told(initiative({words}), {rule}).empty());
  rule.reads = {"reported", "text"};
  EXPECT_EQ(told(initiative({words}), {rule}),
            Told{"CONTRIBUTES_TO sdg:8.7 270: (rule:sector sector:2)"});
}

TEST(Rules, FollowEdgesOfTheRecordInEitherDirection) {
  graph::Record record = initiative({{"obs:1", "OF", "init:1"}, {"obs:1", "ON", "measure:1"}});
  const DerivationRule rule{"rule:indicator",
                            {{"OF", true}, {"ON"}, {"MEASURES"}},
                            "Target",
                            "CONTRIBUTES_TO",
                            {},
                            {"reported"},
                            0.7,
                            {},
                            0,
                            1};
  EXPECT_EQ(told(record, {rule}),
            Told{"CONTRIBUTES_TO sdg:8.7 700: (rule:indicator obs:1 measure:1)"});
}

TEST(Rules, OfALaterStageReadWhatEarlierOnesConcluded) {
  const DerivationRule to_goal{"rule:goal", {{"CONTRIBUTES_TO"}, {"PART_OF"}},
                               "Goal",      "CONTRIBUTES_TO",
                               {},          {"mapped"},
                               0.5,         {},
                               0,           2};
  const Told all = told(initiative({edge("IN_SECTOR", "sector:2")}), {sector_rule(), to_goal});
  EXPECT_EQ(all, (Told{"CONTRIBUTES_TO sdg:8 150: (rule:goal sdg:8.7)",
                       "CONTRIBUTES_TO sdg:8.7 300: (rule:sector sector:2)"}));
}

TEST(Rules, WhatRestsOnSomethingHiddenIsForThoseWhoSeeIt) {
  graph::EdgeStatement hidden = edge("IN_SECTOR", "sector:2");
  hidden.audience = {"police"};
  EXPECT_EQ(told(initiative({hidden}), {sector_rule()}),
            Told{"CONTRIBUTES_TO sdg:8.7 300: (rule:sector sector:2) for police"});
}

}  // namespace
}  // namespace mangrove::ingest
