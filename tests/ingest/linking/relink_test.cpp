// Links follow: the records from which they are made, the words and the rules that make them.

#include "ingest/linking/relink.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "ontology/ontology.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const ontology::Ontology ontology = ontology::Ontology::load().value();
  return ontology;
}

constexpr std::string_view kPrefixes = R"(
@prefix m:       <urn:mangrove:ns:> .
@prefix src:     <urn:mangrove:id:src:> .
@prefix det:     <urn:mangrove:id:det:> .
@prefix reading: <urn:mangrove:id:reading:> .
@prefix rule:    <urn:mangrove:id:rule:> .
@prefix sdg:     <urn:mangrove:id:sdg:> .
@prefix skos:    <http://www.w3.org/2004/02/skos/core#> .
src:ours a m:Source ; m:publisher "We" ; m:licence "CC0-1.0" ; skos:prefLabel "Ours"@en .
)";

/// A determinant of our own, with a keyword that no other has.
std::string determinant(std::string_view keyword) {
  return std::string(kPrefixes) +
         "det:ours a m:Determinant ; skos:prefLabel \"Quilt debts\"@en ; " + "skos:altLabel \"" +
         std::string(keyword) + "\"@en ; m:status \"proposed\" .\n";
}

/// A rule of our own, which says of sectors what another says too.
std::string rule(std::string_view confidence) {
  return std::string(kPrefixes) +
         "rule:ours a m:Rule ; skos:prefLabel \"Ours\"@en ; skos:definition \"Because.\"@en ; "
         "m:example \"None.\"@en ; m:path \"IN_SECTOR MAPS_TO\" ; m:to_kind \"Target\" ; "
         "m:derives \"CONTRIBUTES_TO\" ; m:reads \"reported\" ; m:stage 1 ; m:confidence " +
         std::string(confidence) + " ; m:least 0.1 ; m:status \"proposed\" .\n";
}

class RelinkTest : public testing::Test {
 protected:
  void SetUp() override { graph_ = new_graph(); }

  static std::unique_ptr<graph::Graph> new_graph() {
    return graph::Graph::open(storage::make_memory_storage(),
                              {.text_properties = ontology::text_properties()})
        .value();
  }

  std::string activity(const std::string& id, const std::string& title,
                       const std::string& more = {}) {
    return write(id + ".xml",
                 "<iati-activities version='2.03'><iati-activity><iati-identifier>" + id +
                     "</iati-identifier><reporting-org ref='P-1'><narrative>P</narrative>"
                     "</reporting-org><title><narrative xml:lang='en'>" +
                     title + "</narrative></title>" + more + "</iati-activity></iati-activities>");
  }

  std::string write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  static void load(graph::Graph& graph, std::vector<std::string> inputs,
                   std::vector<std::string> audiences = {}) {
    Options options;
    options.inputs = std::move(inputs);
    options.audiences = std::move(audiences);
    const Report report = run(options, graph, built_in()).value();
    EXPECT_FALSE(report.records_lost()) << report.summary();
  }
  void load(std::vector<std::string> inputs) { load(*graph_, std::move(inputs)); }

  /// What is derived about an initiative: `RELATION NODE [WORDS]` or `RELATION NODE by RULE
  /// [PATH]`.
  static std::set<std::string> derived(const graph::Graph& graph, const std::string& id,
                                       const graph::Viewer& viewer = graph::Viewer::everyone()) {
    const graph::View view = graph.view(viewer);
    const std::optional<graph::NodeIndex> node = view.find(id);
    if (!node) return {"no such node"};
    const std::vector<graph::NodeIndex> one{*node};
    const auto records = view.records_about(one).value();
    std::set<std::string> told;
    for (const graph::Record& record : records[0]) {
      for (const graph::EdgeStatement& edge : record.edges) {
        if (!edge.derived) continue;
        std::string text = edge.relation + " " + edge.to;
        const std::string_view rule = graph::text_of(edge.properties, "rule");
        if (!rule.empty()) text += " by " + std::string(rule);
        for (const graph::Property& property : edge.properties) {
          if (property.name != "matched" && property.name != "path") continue;
          text += " [" + graph::to_string(property.value) + "]";
        }
        told.insert(std::move(text));
      }
    }
    return told;
  }
  std::set<std::string> derived(const std::string& id) { return derived(*graph_, id); }

  tests::TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
};

using Told = std::set<std::string>;

TEST_F(RelinkTest, AnActivityIsLinkedWhenItComesInAndSaysWhy) {
  load({activity("A-1", "Quilts", "<sector vocabulary='1' code='15261'/>")});
  EXPECT_EQ(
      derived("iati:A-1")
          .count(
              "CONTRIBUTES_TO sdg:8.7 by rule:sector-target [rule:sector-target sector:dac:15261]"),
      1U);
  load({activity("A-2", "Freed from debt bondage")});
  EXPECT_EQ(derived("iati:A-2").count("AGAINST form:debt-bondage [debt bondage (title 11-23)]"),
            1U);
}

TEST_F(RelinkTest, ANewKeywordFindsWhatIsThereAlready) {
  load({activity("A-1", "Help for quilters"), activity("A-2", "Help for sailors")});
  EXPECT_EQ(derived("iati:A-1"), Told());
  load({write("ours.ttl", determinant("quilters"))});
  EXPECT_EQ(derived("iati:A-1"), Told({"ADDRESSES det:ours [quilters (title 9-17)]"}));
  EXPECT_EQ(derived("iati:A-2"), Told());
}

TEST_F(RelinkTest, ANewVersionOfAVocabularyTakesThePlaceOfTheOld) {
  load({activity("A-1", "Help for quilters"), activity("A-2", "Help for sailors"),
        write("ours.ttl", determinant("quilters"))});
  load({write("ours.ttl", determinant("sailors"))});
  EXPECT_EQ(derived("iati:A-1"), Told());
  EXPECT_EQ(derived("iati:A-2"), Told({"ADDRESSES det:ours [sailors (title 9-16)]"}));
}

TEST_F(RelinkTest, AVocabularyThatGoesTakesItsLinksAlong) {
  load({activity("A-1", "Help for quilters"), write("ours.ttl", determinant("quilters"))});
  ASSERT_TRUE(graph_->remove_source("src:ours").ok());
  ASSERT_TRUE(relink_after_removal(*graph_, nullptr).ok());
  EXPECT_EQ(derived("iati:A-1"), Told());
}

TEST_F(RelinkTest, AReadingRuleOfOnesOwnIsReadLikeAnyOther) {
  const std::string cue = std::string(kPrefixes) +
                          "reading:ours a m:ReadingRule ; skos:prefLabel \"Ours\"@en ; "
                          "skos:definition \"Because.\"@en ; m:cue \"quilt bondage\"@en ; "
                          "m:weight 3.0 ; m:SPEAKS_OF sdg:8.7 ; m:status \"proposed\" .\n";
  load({activity("A-1", "Quilt bondage"), write("ours.ttl", cue)});
  EXPECT_EQ(derived("iati:A-1").count("CONTRIBUTES_TO sdg:8.7 [Quilt bondage (title 0-13)]"), 1U);
}

TEST_F(RelinkTest, ARuleThatCannotBeUnderstoodIsTold) {
  Options options;
  options.inputs = {
      write("ours.ttl", std::string(kPrefixes) +
                            "reading:ours a m:ReadingRule ; skos:prefLabel \"O\"@en ; "
                            "m:cue \"quilt ; wieght 2\"@en ; m:SPEAKS_OF sdg:8.7 .\n")};
  const Report report = run(options, *graph_, built_in()).value();
  ASSERT_EQ(report.by_rule().count("linking-rule"), 1U);
  EXPECT_EQ(report.findings().back().detail,
            "reading:ours: 'quilt ; wieght 2': `wieght` is neither weight, near nor unless");
}

TEST_F(RelinkTest, ARuleThatChangesChangesWhatFollows) {
  const std::string paths = " [rule:ours sector:dac:15261] [rule:sector-target sector:dac:15261]";
  load({activity("A-1", "Quilts", "<sector vocabulary='1' code='15261'/>"),
        write("ours.ttl", rule("0.8"))});
  EXPECT_EQ(derived("iati:A-1").count("CONTRIBUTES_TO sdg:8.7 by rule:ours" + paths), 1U);
  load({write("ours.ttl", rule("0.3"))});
  EXPECT_EQ(derived("iati:A-1").count("CONTRIBUTES_TO sdg:8.7 by rule:sector-target" + paths), 1U);
}

TEST_F(RelinkTest, ARecordThatChangesIsLinkedByWhatItSaysNow) {
  load({write("ours.ttl", determinant("quilters")), activity("A-1", "Help for quilters")});
  load({activity("A-1", "Help for sailors")});
  EXPECT_EQ(derived("iati:A-1"), Told());
  load({activity("A-1", "Quilters help")});
  EXPECT_EQ(derived("iati:A-1"), Told({"ADDRESSES det:ours [Quilters (title 0-8)]"}));
}

TEST_F(RelinkTest, WhatIsReportedIsNotConcludedToo) {
  load({activity("A-1", "Quilts",
                 "<tag vocabulary='3' code='8.7'/><sector vocabulary='1' code='15261'/>")});
  for (const std::string& one : derived("iati:A-1")) {
    EXPECT_FALSE(one.starts_with("CONTRIBUTES_TO sdg:8.7 ")) << one;
  }
}

TEST_F(RelinkTest, AllIsWellTheSecondTime) {
  load({activity("A-1", "Help for quilters"), write("ours.ttl", determinant("quilters"))});
  const graph::Version version = graph_->view().version();
  EXPECT_EQ(relink(*graph_, built_in().schema(), nullptr, nullptr).value().nodes, 0U);
  EXPECT_EQ(graph_->view().version(), version);
}

TEST_F(RelinkTest, OneThatWasInterruptedIsDoneAnewAndChangesNothingThatWasDone) {
  load({activity("A-1", "Help for quilters"), write("ours.ttl", determinant("quilters"))});
  graph::Batch batch;  // As if it had been killed before it wrote that it was done.
  batch.remove("src:mangrove-linking", "src:mangrove-linking");
  ASSERT_TRUE(graph_->commit(batch).ok());
  const graph::Version version = graph_->view().version();
  std::uint64_t told = 0;
  const auto progress = [&](std::uint64_t done, std::uint64_t of) { told = done * 10 + of; };
  EXPECT_EQ(relink(*graph_, built_in().schema(), nullptr, progress).value().nodes, 2U);
  EXPECT_EQ(told, 22U);                              // The initiative and its publisher.
  EXPECT_EQ(graph_->view().version(), version + 1);  // The mark alone.
  EXPECT_EQ(derived("iati:A-1"), Told({"ADDRESSES det:ours [quilters (title 9-17)]"}));
}

TEST_F(RelinkTest, WhatOnlySomeMaySeeIsLinkedForThemAndNotForOthers) {
  load(*graph_, {write("ours.ttl", determinant("quilters"))});
  load(*graph_, {activity("A-1", "Help for quilters")}, {"partners"});
  EXPECT_EQ(derived("iati:A-1"), Told({"no such node"}));
  EXPECT_EQ(derived(*graph_, "iati:A-1", graph::Viewer::of({"partners"})),
            Told({"ADDRESSES det:ours [quilters (title 9-17)]"}));
}

TEST_F(RelinkTest, WordsThatOnlySomeMaySeeMakeNoLinks) {
  load(*graph_, {write("ours.ttl", determinant("quilters"))}, {"partners"});
  load(*graph_, {activity("A-1", "Help for quilters")});
  EXPECT_EQ(derived("iati:A-1"), Told());
}

TEST_F(RelinkTest, TheOrderOfLoadingDoesNotMatter) {
  std::vector<std::string> inputs{
      activity("A-1", "Help for quilters", "<sector vocabulary='1' code='15261'/>"),
      activity("A-2", "Bonded sailors"), write("ours.ttl", determinant("quilters")),
      write("rule.ttl", rule("0.8"))};
  load(inputs);
  const Told first = derived("iati:A-1");
  const Told second = derived("iati:A-2");
  EXPECT_GE(first.size(), 3U);
  std::sort(inputs.begin(), inputs.end());
  for (int round = 0; round < 4; ++round) {
    std::next_permutation(inputs.begin(), inputs.end());
    const auto other = new_graph();
    for (const std::string& input : inputs) load(*other, {input});
    EXPECT_EQ(derived(*other, "iati:A-1"), first);
    EXPECT_EQ(derived(*other, "iati:A-2"), second);
  }
}

}  // namespace
}  // namespace mangrove::ingest
