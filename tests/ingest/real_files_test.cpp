// The published data beside the checkout, counted by us and by another program.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "graph/base/json.h"
#include "graph/storage/memory.h"
#include "ingest/formats.h"
#include "ingest/ingest.h"

namespace mangrove::ingest {
namespace {

const std::string kShared = MANGROVE_SHARED_DATA;

class RealFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kShared + "/iati/activities")) {
      GTEST_SKIP() << "the published data is not beside this checkout (" << kShared << ")";
    }
  }

  static const ontology::Ontology& built_in() {
    static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
    return loaded.value();
  }

  static std::unique_ptr<graph::Graph> empty_graph() {
    return graph::Graph::open(storage::make_memory_storage(), {}).value();
  }

  static Report load(graph::Graph& graph, const std::string& below) {
    Options options;
    options.inputs = {kShared + below};
    return run(options, graph, built_in()).value();
  }
};

std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string output;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    output.append(buffer.data(), got);
  }
  ::pclose(pipe);
  return output;
}

/// What publishers themselves said of goals and targets.
struct ReportedLinks {
  std::size_t links = 0;  ///< Different ones.
  std::size_t targets = 0;
  std::size_t initiatives_with_8_7 = 0;
};

ReportedLinks reported_links(const graph::View& view) {
  ReportedLinks reported;
  const auto count = [&](graph::NodeIndex node) {
    std::set<graph::NodeIndex> initiatives;
    view.walk(std::span(&node, 1), view.name("CONTRIBUTES_TO"), graph::Direction::in,
              [&](std::size_t, const graph::Adjacent& edge) {
                if (view.text(edge.qualifier) == "reported") initiatives.insert(edge.node);
              });
    return initiatives.size();
  };
  for (const char* kind : {"Goal", "Target"}) {
    for (const graph::NodeIndex node : view.nodes_of_kind(view.name(kind))) {
      const std::size_t initiatives = count(node);
      reported.links += initiatives;
      if (initiatives > 0 && kind == std::string_view("Target")) ++reported.targets;
      if (view.id(node) == "sdg:8.7") reported.initiatives_with_8_7 = initiatives;
    }
  }
  return reported;
}

TEST_F(RealFiles, OfEveryPublisherCountAsTheirReadmeSays) {
  const std::unique_ptr<graph::Graph> graph = empty_graph();
  const Report report = load(*graph, "/iati/activities/multi-publisher-2021");
  const FileCounts sum = report.totals();
  EXPECT_EQ(sum.elements.at("activity"), 8900U);
  EXPECT_EQ(sum.elements.at("participating-org"), 31623U);
  // Some are for reviewers alone.
  const graph::View view = graph->view(graph::Viewer::steward());
  EXPECT_EQ(view.counts().nodes.at("Initiative"), 8800U);
  EXPECT_EQ(sum.added, 8800U);
  EXPECT_EQ(sum.replaced, 100U);
  const ReportedLinks reported = reported_links(view);
  EXPECT_EQ(reported.targets, 147U);
  EXPECT_EQ(reported.initiatives_with_8_7, 23U);
  EXPECT_EQ(report.by_rule().at("two-versions"), 100U);
}

TEST_F(RealFiles, CountAsAnotherProgramCountsThem) {
  const std::unique_ptr<graph::Graph> graph = empty_graph();
  const Report report = load(*graph, "/iati/activities");
  const std::string output =
      output_of("python3 '" MANGROVE_SOURCE "/tests/ingest/independent_count.py' '" + kShared +
                "/iati/activities'");
  const Result<json::Value> parsed = json::parse(output);
  ASSERT_TRUE(parsed.ok()) << "python3 is needed to compare: " << output;
  const auto theirs = [&parsed](const char* name) {
    return static_cast<std::uint64_t>(parsed.value().find_integer(name).value());
  };
  const graph::Counts counts = graph->view(graph::Viewer::steward()).counts();
  EXPECT_EQ(report.totals().elements.at("activity"), theirs("activities"));
  EXPECT_EQ(report.by_rule().at("identifier-missing"), theirs("without_identifier"));
  EXPECT_EQ(report.totals().elements.at("participating-org"), theirs("participating_org"));
  EXPECT_EQ(counts.nodes.at("Initiative"), theirs("initiatives"));
  EXPECT_EQ(counts.schemes.at("org"), theirs("actors_with_reference"));
  EXPECT_EQ(counts.edges.at("TAKES_PART_IN"), theirs("roles"));
  const ReportedLinks reported = reported_links(graph->view(graph::Viewer::steward()));
  EXPECT_EQ(reported.links, theirs("sdg_links"));
  EXPECT_EQ(reported.initiatives_with_8_7, theirs("initiatives_with_8_7"));

  const graph::Version version = graph->view().version();
  load(*graph, "/iati/activities");
  EXPECT_EQ(graph->view().version(), version) << "the same files again changed something";
}

/// How many scores of a sign the matrix gives.
std::map<int, std::size_t> signs_of(const std::string& file, const ontology::Ontology& ontology) {
  const OpenedInput opened = open_reader({file, file, 0}, "auto", {}, ontology).value();
  std::map<int, std::size_t> signs;
  while (const auto step = opened.reader->next().value()) {
    if (!step->draft) continue;
    for (const graph::EdgeStatement& edge : step->draft->record.edges) {
      const auto score = std::get<std::int64_t>(*graph::find_property(edge.properties, "score"));
      ++signs[score > 0 ? 1 : score < 0 ? -1 : 0];
    }
  }
  return signs;
}

TEST_F(RealFiles, OfInfluenceGiveEveryScoreAndNoMore) {
  const std::string file = kShared + "/interlinkages/sei-sweden-34-targets.json";
  EXPECT_EQ(signs_of(file, built_in()), (std::map<int, std::size_t>{{-1, 40}, {0, 606}, {1, 476}}));
  const std::unique_ptr<graph::Graph> graph = empty_graph();
  ASSERT_TRUE(load_ontology(*graph, built_in()).ok());
  const std::size_t before = graph->view().counts().edges.at("INFLUENCES");
  Options options;
  options.inputs = {file};
  options.mapping = MANGROVE_SOURCE "/ingest/mappings/weitz-2018.mapping.json";
  const Report report = run(options, *graph, built_in()).value();
  EXPECT_FALSE(report.records_lost());
  EXPECT_EQ(report.totals().added, 34U + 1U);
  EXPECT_EQ(report.by_rule(), (std::map<std::string, std::uint64_t>{{"influence-on-itself", 34},
                                                                    {"matrix-rest", 1}}));
  EXPECT_EQ(graph->view().counts().edges.at("INFLUENCES") - before, 1122U);
  EXPECT_TRUE(graph->view().find("src:weitz-2018"));
}

TEST_F(RealFiles, OfDependenceGiveEveryPairOfGoalsInEveryGroupOfCountries) {
  const std::unique_ptr<graph::Graph> graph = empty_graph();
  ASSERT_TRUE(load_ontology(*graph, built_in()).ok());
  const std::size_t before = graph->view().counts().edges.at("INFLUENCES");
  Options options;
  options.inputs = {kShared + "/interlinkages/goal-dependence"};
  options.mapping = MANGROVE_SOURCE "/ingest/mappings/laumann-2022.mapping.json";
  const Report report = run(options, *graph, built_in()).value();
  constexpr std::uint64_t kFiles = 24;
  constexpr std::uint64_t kPairs = 17 * 16 / 2;
  EXPECT_EQ(report.files().size(), kFiles);
  EXPECT_FALSE(report.records_lost());
  // Each goal has a pair with temperature too: 3,672 rows in all.
  EXPECT_EQ(report.by_rule(),
            (std::map<std::string, std::uint64_t>{{"variable-no-goal", kFiles * 17}}));
  EXPECT_EQ(kFiles * (kPairs + 17), 3672U);
  EXPECT_EQ(report.totals().elements.at("INFLUENCES"), kFiles * kPairs);
  EXPECT_EQ(graph->view().counts().edges.at("INFLUENCES") - before, kFiles * kPairs);
  EXPECT_EQ(run(options, *graph, built_in()).value().totals().unchanged, kFiles * (16 + 1));
}

TEST_F(RealFiles, ThatAreNoDataAreNamed) {
  const std::unique_ptr<graph::Graph> graph = empty_graph();
  const Report report = load(*graph, "/iati/activities/multi-publisher-2021/dportal_001.xml");
  ASSERT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].detail, "this is JSON");
  EXPECT_TRUE(report.records_lost());
}

TEST_F(RealFiles, WithEntitiesOfTheirOwnLoad) {
  const std::unique_ptr<graph::Graph> graph = empty_graph();
  const Report report =
      load(*graph, "/iati/activities/single-publisher/unicef-albania-2022-v202-doctype.xml");
  EXPECT_EQ(report.by_rule().at("doctype"), 1U);
  EXPECT_FALSE(report.records_lost());
  EXPECT_TRUE(graph->view().find("iati:XM-DAC-41122-Albania-0090/A0/06/601/002"));
}

}  // namespace
}  // namespace mangrove::ingest
