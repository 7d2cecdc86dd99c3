#include "graph/neighbour_lists.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "tests/support/random_graph.h"

namespace mangrove::graph {
namespace {

const QualifierChoice kAll{"all", [](Qualifier) { return true; }};

/// Neighbours by walking edge by edge.
std::vector<NodeIndex> walked(const View& view, NodeIndex node, Relation relation,
                              Direction direction, const QualifierChoice& choice) {
  std::vector<NodeIndex> nodes;
  view.walk(std::span(&node, 1), relation, direction, [&](std::size_t, const Adjacent& edge) {
    if (choice.counts(edge.qualifier)) nodes.push_back(edge.node);
  });
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

void expect_lists_as_walked(const View& view, const QualifierChoice& choice) {
  for (const Relation relation : view.relations()) {
    for (const Direction direction : {Direction::out, Direction::in}) {
      view.note_walked(relation, direction, choice, UINT32_MAX);
      const NeighbourLists* const lists = view.neighbour_lists(relation, direction, choice);
      ASSERT_NE(lists, nullptr);
      for (std::uint32_t i = 0; i <= view.node_limit() + 300; ++i) {
        const auto listed = lists->of(NodeIndex{i});
        ASSERT_EQ(std::vector<NodeIndex>(listed.begin(), listed.end()),
                  walked(view, NodeIndex{i}, relation, direction, choice));
      }
    }
  }
}

TEST(NeighbourLists, HoldWhatEachViewerWouldWalkToAtEachVersion) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    tests::RandomRecords records(seed, {.of_records = 25, .of_parts = 25, .guards = 8});
    tests::RandomRecords::Standing standing;
    const auto graph = Graph::open(storage::make_memory_storage(), {}).value();
    for (int version = 0; version < 6; ++version) {
      ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
      for (const Viewer& viewer :
           {Viewer::everyone(), Viewer::steward(), Viewer::of({tests::kAudiences[0]})}) {
        expect_lists_as_walked(graph->view(viewer), kAll);
      }
    }
  }
}

TEST(NeighbourLists, HoldOnlyEdgesThatCount) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    tests::RandomRecords records(seed);
    tests::RandomRecords::Standing standing;
    const auto graph = Graph::open(storage::make_memory_storage(), {}).value();
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
    const View view = graph->view();
    expect_lists_as_walked(view, {"even", [](Qualifier one) { return one.value % 2 == 0; }});
    expect_lists_as_walked(view, {"odd", [](Qualifier one) { return one.value % 2 == 1; }});
  }
}

class Listed : public testing::Test {
 protected:
  Listed() {
    Batch batch;
    for (int i = 0; i < 10; ++i) {
      const std::string id = "x:" + std::to_string(i);
      batch.put({.source = "src:a",
                 .subject = {id, "Thing"},
                 .mentions = {{"x:hub", "Thing"}},
                 .edges = {{id, "KNOWS", "x:hub"}}});
    }
    EXPECT_TRUE(graph_->commit(batch).ok());
  }
  bool is_listed(const View& view) const {
    return view.neighbour_lists(view.name("KNOWS"), Direction::in, kAll) != nullptr;
  }
  void note(const View& view, std::uint64_t edges) const {
    view.note_walked(view.name("KNOWS"), Direction::in, kAll, edges);
  }

  std::unique_ptr<Graph> graph_ = Graph::open(storage::make_memory_storage(), {}).value();
};

TEST_F(Listed, OnceAsManyEdgesWereWalkedAsThereAre) {
  const View view = graph_->view();
  note(view, 10);
  EXPECT_FALSE(is_listed(view));
  note(view, 1);
  EXPECT_TRUE(is_listed(view));
}

TEST_F(Listed, ForViewsOfTheSameVersionAndSightOnly) {
  note(graph_->view(), 100);
  EXPECT_TRUE(is_listed(graph_->view()));
  EXPECT_FALSE(is_listed(graph_->view(Viewer::steward())));
  Batch batch;
  batch.put({.source = "src:a", .subject = {"x:more", "Thing"}});
  ASSERT_TRUE(graph_->commit(batch).ok());
  EXPECT_FALSE(is_listed(graph_->view()));
}

TEST_F(Listed, ForOneDirectionAndOneChoice) {
  const View view = graph_->view();
  note(view, 100);
  const Relation knows = view.name("KNOWS");
  EXPECT_EQ(view.neighbour_lists(knows, Direction::out, kAll), nullptr);
  EXPECT_EQ(view.neighbour_lists(knows, Direction::in, {"none", [](Qualifier) { return false; }}),
            nullptr);
}

}  // namespace
}  // namespace mangrove::graph
