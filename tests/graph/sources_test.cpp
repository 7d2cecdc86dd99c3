#include <gtest/gtest.h>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "tests/support/graph_dump.h"
#include "tests/support/random_graph.h"

namespace mangrove::graph {
namespace {

std::unique_ptr<Graph> graph_in_memory() {
  return Graph::open(storage::make_memory_storage(), {.text_properties = {{"title", 3.0}}}).value();
}

Record thing(std::string id, std::string title, std::string source, std::string revision = {}) {
  return {.source = std::move(source),
          .revision = std::move(revision),
          .subject = {std::move(id), "Thing", {{"title", Text{std::move(title), "en"}}}}};
}

Node read(const View& view, std::string_view id) {
  const NodeIndex node = view.find(id).value();
  return view.read(std::span(&node, 1)).value().front();
}

TEST(Sources, RemovingOneRemovesExactlyWhatOnlyItStated) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    tests::RandomRecords records(seed, {.of_records = 20, .of_parts = 20, .guards = 8});
    tests::RandomRecords::Standing standing;
    const auto graph = graph_in_memory();
    for (int i = 0; i < 12; ++i) ASSERT_TRUE(graph->commit(records.batch(standing)).ok());

    ASSERT_TRUE(graph->remove_source("src:b").ok());
    const auto rest = graph_in_memory();
    Batch batch;
    for (const auto& [key, record] : standing) {
      if (record.source != "src:b") batch.put(record);
    }
    ASSERT_TRUE(rest->commit(batch).ok());
    ASSERT_EQ(tests::dump(graph->view(Viewer::steward())),
              tests::dump(rest->view(Viewer::steward())))
        << "seed " << seed;
  }
}

TEST(Sources, RemovingTellsHowFarItIsAndHowMuchWent) {
  const auto graph = graph_in_memory();
  Batch batch;
  for (int i = 0; i < 5000; ++i) batch.put(thing("x:" + std::to_string(i), "t", "src:a"));
  ASSERT_TRUE(graph->commit(batch).ok());
  std::vector<std::uint64_t> steps;
  const auto removed = graph->remove_source("src:a", [&](std::uint64_t done, std::uint64_t all) {
    steps.push_back(done);
    EXPECT_EQ(all, 5000u);
  });
  EXPECT_EQ(removed.value(), 5000u);
  EXPECT_GT(steps.size(), 1u);
  EXPECT_EQ(steps.back(), 5000u);
  EXPECT_TRUE(graph->view().counts().nodes.empty());
  EXPECT_EQ(graph->remove_source("src:a").value(), 0u);
}

TEST(Sources, TwoThatDisagreeAreBothKeptAndTheNewerIsShownFirst) {
  const auto graph = graph_in_memory();
  Batch batch;
  batch.put(thing("x:1", "Older", "src:a", "2020-01-01"));
  batch.put(thing("x:1", "Newer", "src:b", "2021-01-01"));
  ASSERT_TRUE(graph->commit(batch).ok());
  const Node node = read(graph->view(), "x:1");
  ASSERT_EQ(node.properties.size(), 2u);
  EXPECT_EQ(node.text("title"), "Newer");
  EXPECT_EQ(node.properties[0].sources, std::vector<std::string>{"src:b"});
  EXPECT_EQ(to_string(node.properties[1].value), "Older");
  EXPECT_EQ(node.properties[1].sources, std::vector<std::string>{"src:a"});
}

TEST(Sources, WhichValueIsShownFirstDoesNotDependOnTheOrderOfLoading) {
  const std::vector<Record> records{thing("x:1", "One", "src:a"), thing("x:1", "Two", "src:b"),
                                    thing("x:1", "Two", "src:c")};
  std::vector<std::size_t> order{0, 1, 2};
  std::set<std::string> shown;
  do {
    const auto graph = graph_in_memory();
    for (const std::size_t i : order) {
      Batch batch;
      batch.put(records[i]);
      ASSERT_TRUE(graph->commit(batch).ok());
    }
    shown.insert(tests::dump(graph->view()));
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(shown.size(), 1u);
  EXPECT_NE(shown.begin()->find("Two by src:b,src:c"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::graph
