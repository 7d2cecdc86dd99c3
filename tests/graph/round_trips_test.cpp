#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "tests/support/counting_storage.h"

// What an engine across a network makes slow is the number of times it is asked. So a question
// costs as many round trips for a thousand nodes as for ten.

namespace mangrove::graph {
namespace {

class RoundTrips : public testing::Test {
 protected:
  RoundTrips() {
    auto counting = std::make_unique<tests::CountingStorage>(storage::make_memory_storage());
    counter_ = counting.get();
    graph_ = Graph::open(std::move(counting), {.text_properties = {{"title", 1.0}}}).value();
    Batch batch;
    for (int i = 0; i < kNodes; ++i) {
      const std::string id = "x:" + std::to_string(i);
      const std::string next = "x:" + std::to_string((i + 1) % kNodes);
      Record record{.source = "src:a", .subject = {id, "Thing"}};
      record.subject.properties.push_back({"title", Text{"cocoa farm " + std::to_string(i), "en"}});
      record.mentions.push_back({next, "Thing", {{"note", Text{"mentioned", "en"}}}});
      record.edges.push_back({id, "NEXT", next, "", {{"share", 0.5}}});
      batch.put(std::move(record));
    }
    EXPECT_TRUE(graph_->commit(batch).ok());
  }

  std::vector<NodeIndex> some_nodes(const View& view, std::size_t count) {
    auto nodes = view.nodes_of_kind(view.name("Thing"));
    nodes.resize(count);
    return nodes;
  }

  /// How often the store is asked meanwhile.
  template <typename Reading>
  std::size_t reads_of(Reading&& reading) {
    const std::size_t before = counter_->round_trips().reads();
    reading();
    return counter_->round_trips().reads() - before;
  }

  static constexpr int kNodes = 1'000;
  const tests::CountingStorage* counter_;
  std::unique_ptr<Graph> graph_;
};

TEST_F(RoundTrips, WalkingTakesNone) {
  const View view = graph_->view();
  const auto nodes = some_nodes(view, kNodes);
  const Name relation = view.name("NEXT");
  std::size_t edges = 0;
  EXPECT_EQ(
      reads_of([&] {
        view.walk(nodes, relation, Direction::out, [&](std::size_t, const Adjacent&) { ++edges; });
        view.walk(nodes, relation, Direction::in, [&](std::size_t, const Adjacent&) { ++edges; });
        EXPECT_EQ(view.degree(nodes.front(), relation, Direction::out), 1u);
        EXPECT_EQ(view.counts().nodes.at("Thing"), std::uint64_t{kNodes});
      }),
      0u);
  EXPECT_EQ(edges, std::size_t{2 * kNodes});
}

TEST_F(RoundTrips, ReadingNodesTakesOneHoweverMany) {
  const View view = graph_->view();
  for (const std::size_t count : {std::size_t{1}, std::size_t{10}, std::size_t{kNodes}}) {
    const auto nodes = some_nodes(view, count);
    EXPECT_EQ(reads_of([&] { EXPECT_EQ(view.read(nodes).value().size(), count); }), 1u) << count;
  }
}

TEST_F(RoundTrips, ReadingEdgesTakesOneHoweverMany) {
  const View view = graph_->view();
  const Name relation = view.name("NEXT");
  for (const std::size_t count : {std::size_t{1}, std::size_t{10}, std::size_t{kNodes}}) {
    std::vector<Edge> edges;
    const auto nodes = some_nodes(view, count);
    view.walk(nodes, relation, Direction::out, [&](std::size_t from, const Adjacent& to) {
      edges.push_back({nodes[from], relation, to.node, to.qualifier, to.record});
    });
    ASSERT_EQ(edges.size(), count);
    EXPECT_EQ(reads_of([&] { EXPECT_EQ(view.read_edges(edges).value().size(), count); }), 1u)
        << count;
  }
}

TEST_F(RoundTrips, ASearchTakesOneHoweverManyWordsAndHits) {
  const View view = graph_->view();
  const auto hits = [&](std::string_view words, std::size_t limit) {
    return view.best({.words = words}, limit, [](NodeIndex) { return true; }).value().size();
  };
  hits("cocoa", 10);  // The first after an opening reads the words.
  EXPECT_LE(reads_of([&] { EXPECT_EQ(hits("cocoa farm", 10), 10u); }), 1u);
  EXPECT_LE(reads_of([&] { EXPECT_EQ(hits("cocoa farm", kNodes), std::size_t{kNodes}); }), 1u);
  EXPECT_LE(reads_of([&] { EXPECT_GT(hits("coc fram 7", kNodes), 0u); }), 1u);
}

TEST_F(RoundTrips, ACommitTakesOneOfEachHoweverManyRecords) {
  const auto commit = [&](int records) {
    Batch batch;
    for (int i = 0; i < records; ++i) {
      batch.put({.source = "src:a",
                 .subject = {"x:" + std::to_string(i),
                             "Thing",
                             {{"title", Text{"more of " + std::to_string(records), "en"}}}}});
    }
    const auto before = counter_->round_trips();
    EXPECT_TRUE(graph_->commit(batch).ok());
    const auto after = counter_->round_trips();
    EXPECT_EQ(after.commits - before.commits, 1u);
    return after.reads() - before.reads();
  };
  const std::size_t of_ten = commit(10);
  EXPECT_EQ(commit(kNodes), of_ten);
}

}  // namespace
}  // namespace mangrove::graph
