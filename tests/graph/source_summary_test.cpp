#include "graph/source_summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "tests/support/random_graph.h"

namespace mangrove::graph {
namespace {

/// What there is, told apart by nothing but ids.
struct Content {
  std::set<std::string> nodes;
  std::set<std::string> edges;
};

Content content_of(const View& view) {
  Content content;
  std::vector<NodeIndex> all;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    const NodeIndex node{i};
    if (!view.exists(node)) continue;
    all.push_back(node);
    content.nodes.emplace(view.id(node));
  }
  for (const Relation relation : view.relations()) {
    view.walk(all, relation, Direction::out, [&](std::size_t from, const Adjacent& to) {
      content.edges.insert(std::string(view.id(all[from])) + ' ' +
                           std::string(view.text(relation)) + ' ' + std::string(view.id(to.node)) +
                           ' ' + std::string(view.text(to.qualifier)));
    });
  }
  return content;
}

std::unique_ptr<Graph> random_graph(unsigned seed) {
  auto graph = Graph::open(storage::make_memory_storage(), {}).value();
  tests::RandomRecords records(seed);
  tests::RandomRecords::Standing standing;
  for (int i = 0; i < 15; ++i) EXPECT_TRUE(graph->commit(records.batch(standing)).ok());
  return graph;
}

TEST(SourceSummary, TellsExactlyWhatGoesWhenTheSourceIsRemoved) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const auto count = summarise_sources(*random_graph(seed)->latest(), 0).value().size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto graph = random_graph(seed);
      const SourceSummary source = summarise_sources(*graph->latest(), 0).value()[i];
      const Content before = content_of(graph->view());
      EXPECT_EQ(graph->remove_source(source.id).value(), source.records);
      const Content after = content_of(graph->view());
      EXPECT_EQ(before.nodes.size() - after.nodes.size(), source.nodes_alone) << seed;
      EXPECT_EQ(before.edges.size() - after.edges.size(), source.edges_going) << seed;
      EXPECT_LE(source.edges_staying, after.edges.size());
      EXPECT_TRUE(std::includes(before.edges.begin(), before.edges.end(), after.edges.begin(),
                                after.edges.end()));
    }
  }
}

TEST(SourceSummary, CountsRecordsKindsAndChanges) {
  const auto graph = Graph::open(storage::make_memory_storage(), {}).value();
  const auto commit = [&](std::string id, std::string kind, std::string part, std::string note) {
    Batch batch;
    Record record{.source = "src:a", .part = std::move(part), .subject = {id, std::move(kind)}};
    record.subject.properties.push_back({"note", Text{std::move(note), ""}});
    batch.put(std::move(record));
    ASSERT_TRUE(graph->commit(batch).ok());
  };
  commit("x:1", "Thing", "", "one");
  commit("y:1", "Other", "second", "one");
  commit("x:1", "Thing", "", "two");
  const auto sources = summarise_sources(*graph->latest(), 0).value();
  ASSERT_EQ(sources.size(), 1u);
  const SourceSummary& source = sources.front();
  EXPECT_EQ(source.id, "src:a");
  EXPECT_EQ(source.records, 2u);
  EXPECT_EQ(source.kinds, (std::map<std::string, std::uint64_t>{{"Other", 1}, {"Thing", 1}}));
  EXPECT_EQ(source.parts, std::vector<std::string>{"second"});
  ASSERT_EQ(source.changes.size(), 3u);
  EXPECT_EQ(source.changes[0].added, 1u);
  EXPECT_EQ(source.changes[2].version, 3u);
  EXPECT_EQ(source.changes[2].replaced, 1u);
  EXPECT_EQ(summarise_sources(*graph->latest(), 2).value().front().changes.size(), 1u);
}

TEST(SourceSummary, OfASourceThatWasRemovedIsNoMore) {
  const auto graph = random_graph(1);
  const auto before = summarise_sources(*graph->latest(), 0).value();
  ASSERT_TRUE(graph->remove_source(before.front().id).ok());
  EXPECT_EQ(summarise_sources(*graph->latest(), 0).value().size(), before.size() - 1);
}

}  // namespace
}  // namespace mangrove::graph
