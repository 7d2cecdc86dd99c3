#include "ingest/linking/rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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
  const Vocabulary vocabulary = vocabulary_of(std::move(rules));
  for (const Conclusion& one : RuleReader(vocabulary, schema()).conclude(record)) {
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

TEST(Rules, OfWordsConcludeNothingThatTheWordsSayAtLeastAsSurely) {
  const auto of_words = [](std::string relation, std::string to, double confidence) {
    return edge(std::move(relation), std::move(to),
                {{"basis", graph::Text{"text", {}}}, {"confidence", confidence}});
  };
  DerivationRule rule = sector_rule();
  rule.reads = {"text"};
  rule.least = 0;
  const graph::EdgeStatement sector = of_words("IN_SECTOR", "sector:2", 0.5);
  EXPECT_TRUE(
      told(initiative({sector, of_words("CONTRIBUTES_TO", "sdg:8.7", 0.15)}), {rule}).empty());
  EXPECT_EQ(told(initiative({sector, of_words("CONTRIBUTES_TO", "sdg:8.7", 0.14)}), {rule}),
            Told{"CONTRIBUTES_TO sdg:8.7 150: (rule:sector sector:2)"});
}

/// All ways of a rule from the subject, one edge after the other, and nothing remembered.
class NaiveWalk {
 public:
  NaiveWalk(const graph::Record& record, const Vocabulary& vocabulary)
      : record_(record), vocabulary_(vocabulary) {}

  std::vector<std::string> ways(const DerivationRule& rule) {
    rule_ = &rule;
    ways_.clear();
    go_on(0, record_.subject.id, rule.confidence, rule.id);
    std::sort(ways_.begin(), ways_.end());
    ways_.erase(std::unique(ways_.begin(), ways_.end()), ways_.end());
    return ways_;
  }

 private:
  void go_on(std::size_t step, const std::string& at, double confidence, const std::string& path) {
    if (step == rule_->path.size()) {
      const auto kind = vocabulary_.kinds.find(at);
      if (kind == vocabulary_.kinds.end() || kind->second != rule_->to_kind) return;
      ways_.push_back(at + " (" + path + ")");
      return;
    }
    const std::string further = step == 0 ? path : path + " " + at;
    for (const graph::EdgeStatement& edge : record_.edges) {
      if (edge.relation == rule_->path[step].relation && edge.from == at) {
        go_on(step + 1, edge.to, confidence, further);
      }
    }
    const auto edges = vocabulary_.edges.find(rule_->path[step].relation + " " + at);
    if (edges == vocabulary_.edges.end()) return;
    for (const ConceptEdge& edge : edges->second) go_on(step + 1, edge.to, confidence, further);
  }

  const graph::Record& record_;
  const Vocabulary& vocabulary_;
  const DerivationRule* rule_ = nullptr;
  std::vector<std::string> ways_;
};

TEST(Rules, FindTheWaysThatANaiveWalkFinds) {
  std::mt19937 random(7);
  const auto any = [&](std::string_view prefix, int count) {
    return std::string(prefix) + std::to_string(random() % static_cast<unsigned>(count));
  };
  for (int world = 0; world < 300; ++world) {
    Vocabulary vocabulary;
    for (int i = 0; i < 12; ++i) {
      const std::string from = any("concept:", 6);
      const std::string to = any("concept:", 6);
      vocabulary.edges[any("R", 3) + " " + from].push_back({to, {}});
      vocabulary.kinds.emplace(to, std::hash<std::string>()(to) % 2 == 0 ? "Even" : "Odd");
    }
    for (int i = 0; i < 3; ++i) {
      DerivationRule rule{any("rule:", 100),
                          {},
                          world % 2 == 0 ? "Even" : "Odd",
                          "REACHES",
                          {},
                          {"reported"},
                          1,
                          {},
                          0,
                          1};
      for (int step = 0; step <= i; ++step) rule.path.push_back({any("R", 3)});
      vocabulary.rules.push_back(std::move(rule));
    }
    // Edges of the record may go on from each other, but not from concepts.
    graph::Record record = initiative({});
    for (int i = 0; i < 5; ++i) {
      const std::string from = i < 3 ? "init:1" : any("own:", 3);
      record.edges.push_back({from, any("R", 3), any(i % 2 == 0 ? "own:" : "concept:", 3)});
    }
    RuleReader reader(vocabulary, schema());
    for (const bool again : {false, true}) {
      std::set<std::string> found;
      for (const Conclusion& one : reader.conclude(record)) {
        for (const std::string& path : one.paths) found.insert(one.to + " (" + path + ")");
        EXPECT_LT(one.paths.size(), kWaysMax) << "the world is too rich for this test";
      }
      std::set<std::string> expected;
      for (const DerivationRule& rule : vocabulary.rules) {
        for (std::string& way : NaiveWalk(record, vocabulary).ways(rule)) {
          expected.insert(std::move(way));
        }
      }
      EXPECT_EQ(found, expected) << "world " << world << (again ? ", asked again" : "");
    }
  }
}

}  // namespace
}  // namespace mangrove::ingest
