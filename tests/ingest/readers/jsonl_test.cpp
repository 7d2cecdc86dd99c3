#include "ingest/readers/jsonl.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "graph/record_lines.h"
#include "graph/storage/memory.h"
#include "ingest/formats.h"
#include "ingest/ingest.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

class JsonlTest : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  static std::unique_ptr<graph::Graph> new_graph() {
    return graph::Graph::open(storage::make_memory_storage(), {}).value();
  }

  static Result<Report> load(graph::Graph& graph, const std::string& file, Options options = {}) {
    options.inputs = {file};
    return run(options, graph, built_in());
  }

  static Options for_partners(const std::string& source) {
    Options options;
    options.source = source;
    options.audiences = {"partners"};
    return options;
  }

  static std::string exported(const graph::Graph& graph) {
    std::string all;
    const auto take = [&all](std::string_view lines) {
      all += lines;
      return Status();
    };
    EXPECT_TRUE(graph::write_record_lines(graph.view(graph::Viewer::steward()), take).ok());
    return all;
  }

  static std::string findings_of(const Report& report) {
    std::string all;
    for (const auto& [rule, count] : report.by_rule()) {
      all += (all.empty() ? "" : " ") + rule + "=" + std::to_string(count);
    }
    return all;
  }

  tests::TemporaryFolder folder_;
};

constexpr std::string_view kActivities = R"(<iati-activities version='2.03'>
<iati-activity last-updated-datetime='2024-01-01'><iati-identifier>P-1-A</iati-identifier>
<reporting-org ref='P-1'><narrative>Publisher</narrative></reporting-org>
<title><narrative xml:lang='fr'>Contre le travail des enfants</narrative>
<narrative xml:lang='en'>Against child labour</narrative></title>
<description><narrative xml:lang='fr'>Travail des enfants dans les mines</narrative>
<narrative xml:lang='en'>Child labour in mines</narrative></description>
<participating-org role='4' ref='P-2'><narrative>Partner</narrative></participating-org>
<recipient-country code='GH' percentage='60.5'/><sector code='16070' vocabulary='1'/>
<budget><period-start iso-date='2024-01-01'/><period-end iso-date='2024-12-31'/>
<value currency='USD' value-date='2024-01-01'>1000</value></budget>
</iati-activity></iati-activities>)";

TEST_F(JsonlTest, ExportAndIngestGiveTheSameBytes) {
  const auto first = new_graph();
  ASSERT_TRUE(load(*first, write("a.xml", std::string(kActivities))).ok());
  ASSERT_TRUE(
      load(*first, write("b.xml", std::string(kActivities)), for_partners("elsewhere")).ok());
  const std::string lines = exported(*first);
  EXPECT_NE(lines.find("child labour"), std::string::npos);
  EXPECT_NE(lines.find("\"derived\":true"), std::string::npos);
  const auto second = new_graph();
  const auto report = load(*second, write("all.jsonl", lines));
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(exported(*second), lines);
  EXPECT_EQ(report.value().totals().refused, 0U);
  EXPECT_EQ(first->view().counts().edges, second->view().counts().edges);
}

TEST_F(JsonlTest, IngestingAnExportIntoItsOwnGraphChangesNothing) {
  const auto graph = new_graph();
  ASSERT_TRUE(load(*graph, write("a.xml", std::string(kActivities))).ok());
  const graph::Version version = graph->view().version();
  ASSERT_TRUE(load(*graph, write("all.jsonl", exported(*graph))).ok());
  EXPECT_EQ(graph->view().version(), version);
}

TEST_F(JsonlTest, ALineWrittenByHandIsTheFilesOwnStatement) {
  const auto graph = new_graph();
  const auto report = load(
      *graph, write("shelters.jsonl",
                    R"({"id": "org:our-shelter", "kind": "Actor", "properties": {"name": "Ours"},)"
                    R"( "edges": [{"relation": "BASED_IN", "to": "place:GH"}]})"));
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(findings_of(report.value()), "");
  const graph::View view = graph->view();
  EXPECT_TRUE(view.find("src:shelters"));
  const std::vector<graph::NodeIndex> node{view.find("org:our-shelter").value()};
  const auto records = view.records_about(node).value();
  EXPECT_EQ(records[0][0].source, "src:shelters");
  EXPECT_EQ(records[0][0].origin, "shelters.jsonl:1");
}

TEST_F(JsonlTest, BadLinesAreToldAndTheOthersTaken) {
  const auto graph = new_graph();
  const auto report = load(*graph, write("a.jsonl", R"({"id":"org:a","kind":"Actor"}
{"id":"org:b","kind":"Actor","propertys":{}}
not json at all
{"id":"org:c","kind":"Acter"}
)"));
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report.value().by_rule().at("record-form"), 1U);
  EXPECT_EQ(report.value().by_rule().at("kind-unknown"), 1U);
  EXPECT_EQ(report.value().by_rule().at("json-record"), 1U);
  EXPECT_TRUE(graph->view().find("org:a"));
  EXPECT_FALSE(graph->view().find("org:b"));
  EXPECT_TRUE(graph->view().find("org:c"));
}

TEST_F(JsonlTest, AnExportOfANewerFormatIsRefused) {
  const auto graph = new_graph();
  const auto report =
      load(*graph, write("a.jsonl",
                         "{\"mangrove\":\"records\",\"format\":2}\n"
                         "{\"id\":\"org:a\",\"kind\":\"Actor\",\"source\":\"src:a\"}\n"));
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(findings_of(report.value()), "file-broken=1");
  EXPECT_FALSE(graph->view().find("org:a"));
}

TEST_F(JsonlTest, AnExportTakesNoOtherSourceOrAudience) {
  const auto graph = new_graph();
  const std::string file =
      write("a.jsonl", "{\"id\":\"org:a\",\"kind\":\"Actor\",\"source\":\"src:a\"}\n");
  const auto refused = load(*graph, file, for_partners(""));
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("leave out --source and --audience"), std::string::npos);
  EXPECT_FALSE(graph->view(graph::Viewer::steward()).find("org:a"));
}

TEST_F(JsonlTest, WhatTheProgramSaysItselfIsLeftOut) {
  const auto graph = new_graph();
  const auto report =
      load(*graph,
           write("a.jsonl", R"({"id":"sdg:8.7","kind":"Target","source":"src:mangrove-ontology",)"
                            R"("part":"sdg","properties":{"label":["Something else"]}})"));
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(findings_of(report.value()), "own-record=1");
}

TEST_F(JsonlTest, RealActivitiesComeBackByteForByte) {
  const std::filesystem::path activities =
      std::filesystem::path(MANGROVE_SHARED_DATA) / "iati" / "activities";
  if (!std::filesystem::exists(activities)) GTEST_SKIP() << "no real data beside the checkout";
  const auto first = new_graph();
  ASSERT_TRUE(load(*first, activities.string()).ok());
  const std::string lines = exported(*first);
  const auto second = new_graph();
  ASSERT_TRUE(load(*second, write("all.jsonl", lines)).ok());
  EXPECT_TRUE(exported(*second) == lines);  // Too much to print.
}

}  // namespace
}  // namespace mangrove::ingest
