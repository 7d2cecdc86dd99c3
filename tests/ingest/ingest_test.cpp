#include "ingest/ingest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "graph/record_lines.h"
#include "graph/storage/memory.h"
#include "ingest/committer.h"
#include "ingest/formats.h"
#include "ingest/pipeline.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::string activity(const std::string& id, const std::string& title, const std::string& updated) {
  return "<iati-activity" + (updated.empty() ? "" : " last-updated-datetime='" + updated + "'") +
         "><iati-identifier>" + id + "</iati-identifier><reporting-org ref='P-1'>" +
         "<narrative>Publisher</narrative></reporting-org><title><narrative xml:lang='en'>" +
         title + "</narrative></title></iati-activity>\n";
}

std::string file_of(const std::string& activities) {
  return "<iati-activities version='2.03'>\n" + activities + "</iati-activities>\n";
}

class IngestTest : public testing::Test {
 protected:
  void SetUp() override { graph_ = graph::Graph::open(storage::make_memory_storage(), {}).value(); }

  std::string write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  Report load(std::vector<std::string> inputs, Options options = {}) {
    options.inputs = std::move(inputs);
    return run(options, *graph_, built_in()).value();
  }

  std::string property(const std::string& id, const std::string& name) {
    const graph::View view = graph_->view();
    const std::optional<graph::NodeIndex> node = view.find(id);
    if (!node) return "no such node";
    const std::vector<graph::NodeIndex> one{*node};
    const std::vector<graph::Node> nodes = view.read(one).value();
    const graph::Value* value = nodes[0].find(name);
    return value == nullptr ? "nothing" : graph::to_string(*value);
  }

  /// `added replaced unchanged outdated skipped refused`
  static std::string outcome(const Report& report) {
    const FileCounts sum = report.totals();
    return std::to_string(sum.added) + " " + std::to_string(sum.replaced) + " " +
           std::to_string(sum.unchanged) + " " + std::to_string(sum.outdated) + " " +
           std::to_string(sum.skipped) + " " + std::to_string(sum.refused);
  }

  /// What was found beyond notes on what a publisher could mend.
  static std::vector<Finding> losses(const Report& report) {
    std::vector<Finding> found = report.findings();
    std::erase_if(found, [](const Finding& each) { return each.action == Action::noted; });
    return found;
  }

  tests::TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
};

TEST_F(IngestTest, LoadsTheBuiltInVocabulariesFirstAndOnce) {
  load({write("a.xml", file_of(activity("A-1", "One", "")))});
  EXPECT_EQ(property("sdg:8.7", "code"), "8.7");
  const graph::Version version = graph_->view().version();
  ASSERT_TRUE(load_ontology(*graph_, built_in()).ok());
  EXPECT_EQ(graph_->view().version(), version);
}

TEST_F(IngestTest, NoVocabularyFileTakesTheStatementsOfAnother) {
  ASSERT_TRUE(load_ontology(*graph_, built_in()).ok());
  const graph::Counts before = graph_->view().counts();
  graph::Batch batch;  // Marks the version as another, so that all is read again.
  batch.remove("src:mangrove-ontology", "src:mangrove-ontology");
  ASSERT_TRUE(graph_->commit(batch).ok());
  const graph::Version version = graph_->view().version();
  ASSERT_TRUE(load_ontology(*graph_, built_in()).ok());
  EXPECT_EQ(graph_->view().counts().edges, before.edges);
  EXPECT_LE(graph_->view().version(), version + 1);  // The mark alone.
}

TEST_F(IngestTest, TheSameFileTwiceChangesNothing) {
  const std::string file =
      write("a.xml", file_of(activity("A-1", "One", "") + activity("A-2", "Two", "2020-01-01")));
  EXPECT_EQ(outcome(load({file})), "2 0 0 0 0 0");
  const graph::Version version = graph_->view().version();
  EXPECT_EQ(outcome(load({file})), "0 0 2 0 0 0");
  EXPECT_EQ(graph_->view().version(), version);
}

TEST_F(IngestTest, ANewerVersionTakesTheOldOnesPlaceAndNotTheOtherWayRound) {
  const std::string older = write("1.xml", file_of(activity("A-1", "Older", "2020-01-01")));
  const std::string newer = write("2.xml", file_of(activity("A-1", "Newer", "2021-01-01")));
  load({older});
  EXPECT_EQ(outcome(load({newer})), "0 1 0 0 0 0");
  EXPECT_EQ(property("iati:A-1", "title"), "Newer");
  const Report again = load({older});
  EXPECT_EQ(outcome(again), "0 0 0 1 0 0");
  EXPECT_EQ(property("iati:A-1", "title"), "Newer");
  EXPECT_EQ(again.by_rule().at("older-version"), 1U);
}

TEST_F(IngestTest, OfTwoVersionsWithoutDateTheLaterReadIsTakenAndStays) {
  const std::string file =
      write("a.xml", file_of(activity("A-1", "First", "") + activity("A-1", "Second", "")));
  const Report report = load({file});
  EXPECT_EQ(outcome(report), "1 1 0 0 0 0");
  EXPECT_EQ(report.by_rule().at("two-versions"), 1U);
  const graph::Version version = graph_->view().version();
  load({file});
  EXPECT_EQ(property("iati:A-1", "title"), "Second");
  EXPECT_EQ(graph_->view().version(), version);
}

TEST_F(IngestTest, ThePublisherIsTheSourceUnlessOneIsNamed) {
  const std::string file = write("a.xml", file_of(activity("A-1", "One", "")));
  load({file});
  EXPECT_EQ(property("src:P-1", "publisher"), "Publisher");
  EXPECT_EQ(property("src:P-1", "records"), "1");
  Options options;
  options.source = "mine";
  load({file}, options);
  EXPECT_EQ(property("src:mine", "records"), "1");
  EXPECT_EQ(property("src:P-1", "records"), "1");
}

TEST_F(IngestTest, WhatIsNoDataIsNamedAndTheOthersGoOn) {
  write("1-page.xml", R"({"result":[],"duration":3.2})");
  write("2-page.xml", "<!DOCTYPE html><html><body>502</body></html>");
  write("3-empty.xml", "");
  write("4-binary.xml", std::string("\x01\x00\x02\xFF", 4));
  write("5-other.xml", "<rss><channel/></rss>");
  write("6-table.csv", "a,b\n1,2\n");
  write("7-good.xml", file_of(activity("A-1", "One", "")));
  const Report report = load({folder_.path().string()});
  std::string found;
  for (const Finding& finding : losses(report)) {
    found += finding.file + " " + finding.rule + " " + finding.detail + "\n";
  }
  EXPECT_EQ(
      found,
      "1-page.xml not-this-format this is JSON\n"
      "2-page.xml not-this-format this is an HTML page\n"
      "3-empty.xml not-this-format this is an empty file\n"
      "4-binary.xml not-this-format this is a binary file\n"
      "5-other.xml not-this-format this is XML of another kind, with <rss>\n"
      "6-table.csv not-this-format a table, and there is no mapping that says what its columns "
      "mean. `mangrove ingest --suggest-mapping FILE` drafts one; give it with --mapping, or "
      "put it beside the table as NAME.mapping.json\n");
  EXPECT_TRUE(report.records_lost());
  EXPECT_EQ(property("iati:A-1", "title"), "One");
}

TEST_F(IngestTest, ABrokenFileKeepsWhatCameBefore) {
  const Report report = load({write("a.xml", "<iati-activities>\n" + activity("A-1", "One", "") +
                                                 "<iati-activity></iati-activities>")});
  const std::vector<Finding> lost = losses(report);
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(lost[0].rule, "file-broken");
  EXPECT_EQ(lost[0].line, 3U);
  EXPECT_EQ(property("iati:A-1", "title"), "One");
}

TEST_F(IngestTest, AnXmlDeclarationMayStandLateOrNameTheWrongEncoding) {
  const std::string declaration = "<?xml version='1.0' encoding='UTF-16'?>";
  const std::string plain = "<iati-activities>\n" + activity("A-1", "One", "");
  std::string wide;
  for (const char c : declaration + file_of(activity("A-2", "Two", ""))) wide += {c, '\0'};
  const Report report =
      load({write("late.xml", "\n \n" + declaration + plain + "<broken></iati-activities>"),
            write("wide.xml", wide)});
  std::string found;
  for (const Finding& finding : losses(report)) {
    found += finding.file + ":" + std::to_string(finding.line) + " " + finding.rule + "\n";
  }
  EXPECT_EQ(found,
            "late.xml:1 xml-declaration\nlate.xml:1 xml-declaration\nlate.xml:5 file-broken\n");
  EXPECT_EQ(property("iati:A-1", "title"), "One");
  EXPECT_EQ(property("iati:A-2", "title"), "Two");
}

TEST_F(IngestTest, ARunThatWasKilledLeavesNoWrongCountBehind) {
  load({});
  Report report;
  FileCounts counts;
  Committer killed(graph_.get(), report, {});
  const std::string path =
      write("a.xml", file_of(activity("A-1", "One", "") + activity("A-2", "Two", "")));
  const OpenedInput opened = open_reader({path, "a.xml", 0}, "auto", {}, built_in()).value();
  ASSERT_TRUE(killed.add(*opened.reader->next().value()->draft, counts).ok());
  ASSERT_TRUE(killed.flush().ok());
  EXPECT_EQ(outcome(load({path})), "1 0 1 0 0 0");
  EXPECT_EQ(property("src:P-1", "records"), "2");
}

TEST_F(IngestTest, WhatIsFoundCountsAsMemoryBetweenTheThreads) {
  std::string bad;
  for (int i = 0; i < 3000; ++i) bad += "<transaction><value>none</value></transaction>";
  std::string activities;
  for (int i = 0; i < 20; ++i) {
    activities += "<iati-activity><iati-identifier>A-" + std::to_string(i) + "</iati-identifier>" +
                  bad + "</iati-activity>";
  }
  const std::vector<Input> inputs{{write("a.xml", file_of(activities)), "a.xml", 0}};
  const std::string format = "auto";
  const std::string mapping;
  ReadAhead pieces(inputs, format, mapping, built_in(), nullptr, 1);
  std::size_t findings_max = 0;
  while (const std::optional<Piece> piece = pieces.next()) {
    std::size_t findings = 0;
    for (const Step& step : piece->steps) findings += step.findings.size();
    findings_max = std::max(findings_max, findings);
  }
  EXPECT_GT(findings_max, 6000U);
  EXPECT_LT(findings_max * sizeof(Finding), 2 * kPieceBytes);
}

TEST_F(IngestTest, ATableFindsItsMappingBesideIt) {
  write("t.csv", "id,title\nx,A title\n");
  write("t.mapping.json",
        R"({"kind":"Evidence","id":"doc:{id}","columns":{"title":{"property":"title"}}})");
  load({folder_.path().string()});
  EXPECT_EQ(property("doc:x", "title"), "A title");
  EXPECT_EQ(property("src:t", "records"), "1");
}

TEST_F(IngestTest, ADryRunReadsEverythingAndNeedsNoGraph) {
  Options options;
  options.inputs = {write("a.xml", file_of(activity("A-1", "One", "")))};
  const Report report = check(options, built_in()).value();
  EXPECT_EQ(report.totals().records, 1U);
  EXPECT_NE(report.summary().find("dry run"), std::string::npos);
  EXPECT_EQ(graph_->view().version(), 0U);
}

TEST_F(IngestTest, ManyFilesGiveTheSameGraphEveryTime) {
  for (int i = 0; i < 300; ++i) {
    std::string activities;
    for (int j = 0; j < 9; ++j) {
      activities += activity("A-" + std::to_string(i * 9 + j), "Title", "");
    }
    write("d/" + std::to_string(1000 + i) + ".xml", file_of(activities));
  }
  EXPECT_EQ(outcome(load({folder_.path().string()})), "2700 0 0 0 0 0");
  const graph::Version version = graph_->view().version();
  EXPECT_EQ(outcome(load({folder_.path().string()})), "0 0 2700 0 0 0");
  EXPECT_EQ(graph_->view().version(), version);
}

TEST_F(IngestTest, TheNumberOfThreadsDoesNotShowInTheGraph) {
  std::string activities;
  for (int i = 0; i < 700; ++i) {
    activities += activity("A-" + std::to_string(i), "Child labour " + std::to_string(i % 50), "");
  }
  const std::string large = write("large.xml", file_of(activities));
  std::vector<std::string> inputs{large};
  for (int i = 0; i < 20; ++i) {
    const std::string other = activity("B-" + std::to_string(i), "Forced labour", "");
    inputs.push_back(write("small-" + std::to_string(i) + ".xml", file_of(other)));
  }
  inputs.push_back(
      write("broken.xml", "<iati-activities version='2.03'>" + activity("C", "x", "")));
  std::optional<std::string> first;
  for (const std::size_t threads : {1, 2, 3, 8}) {
    const std::unique_ptr<graph::Graph> graph =
        graph::Graph::open(storage::make_memory_storage(), {}).value();
    Options options;
    options.inputs = inputs;
    options.threads = threads;
    ASSERT_TRUE(run(options, *graph, built_in()).ok());
    std::string exported;
    const auto take = [&exported](std::string_view lines) {
      exported += lines;
      return Status();
    };
    ASSERT_TRUE(graph::write_record_lines(graph->view(graph::Viewer::steward()), take).ok());
    if (!first) first = exported;
    EXPECT_TRUE(exported == *first) << threads << " threads";
  }
}

TEST_F(IngestTest, ProgressEndsWithEverythingDone) {
  Options options;
  Progress last;
  options.on_progress = [&last](const Progress& progress) { last = progress; };
  load({write("a.xml", file_of(activity("A-1", "One", ""))), write("b.xml", file_of(""))}, options);
  EXPECT_EQ(last.files_done, 2U);
  EXPECT_EQ(last.files, 2U);
  EXPECT_EQ(last.records, 1U);
  EXPECT_EQ(last.bytes_done, last.bytes);
}

}  // namespace
}  // namespace mangrove::ingest
