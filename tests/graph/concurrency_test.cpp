#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "graph/graph.h"
#include "graph/verify.h"
#include "tests/support/ledger.h"
#include "tests/support/long_run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kDocuments = 150;

Viewer some_viewer(std::mt19937& random) {
  switch (random() % 4) {
    case 0:
      return Viewer::everyone();
    case 1:
      return Viewer::of({"police"});
    case 2:
      return Viewer::of({"partners", "survivors"});
    default:
      return Viewer::steward();
  }
}

/// The number that the lane's counter shows; 0 where it has none yet.
std::int64_t counted(const View& view, const std::string& lane) {
  const auto node = view.find(lane);
  if (!node) return 0;
  const auto read = view.read(std::span(&*node, 1)).value();
  return std::get<std::int64_t>(read.front().properties.at(0).value);
}

std::vector<NodeIndex> documents_of(const View& view, const std::string& lane) {
  std::vector<NodeIndex> documents;
  const auto node = view.find(lane);
  if (!node) return documents;
  view.walk(std::span(&*node, 1), view.name("BY"), Direction::in,
            [&](std::size_t, const Adjacent& from) { documents.push_back(from.node); });
  return documents;
}

// What readers do, over and over, while others commit. Each looks for what cannot be unless a
// commit is seen by half, or a version changes under its reader.

void walks_agree_in_both_directions(const View& view) {
  std::multiset<std::tuple<NodeIndex, NodeIndex, Qualifier, RecordNumber>> out;
  std::multiset<std::tuple<NodeIndex, NodeIndex, Qualifier, RecordNumber>> in;
  for (const Relation relation : view.relations()) {
    for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
      const NodeIndex node{i};
      std::set<NodeIndex> neighbours;
      view.walk(std::span(&node, 1), relation, Direction::out,
                [&](std::size_t, const Adjacent& to) {
                  out.emplace(node, to.node, to.qualifier, to.record);
                  neighbours.insert(to.node);
                });
      view.walk(std::span(&node, 1), relation, Direction::in,
                [&](std::size_t, const Adjacent& from) {
                  in.emplace(from.node, node, from.qualifier, from.record);
                });
      EXPECT_EQ(view.degree(node, relation, Direction::out), neighbours.size());
    }
  }
  EXPECT_EQ(out, in);
}

void records_of_a_commit_come_together(const View& view) {
  for (const std::string lane : {"lane:0", "lane:4"}) {
    const auto documents = documents_of(view, lane);
    if (documents.empty()) continue;
    EXPECT_EQ(documents.size(), kDocuments);
    const std::string edition = "edition" + std::to_string(counted(view, lane));
    for (const Node& node : view.read(documents).value()) {
      EXPECT_EQ(node.text("title").substr(0, edition.size() + 1), edition + ' ');
    }
  }
}

void a_search_finds_what_the_records_say(const View& view) {
  const std::string edition = "edition" + std::to_string(counted(view, "lane:0")) + ' ';
  std::set<NodeIndex> found;
  const Status searched = view.search({.words = edition}, [&](std::span<const View::Hit> hits) {
    for (const View::Hit& hit : hits) found.insert(hit.node);
  });
  ASSERT_TRUE(searched.ok()) << searched.error().message;
  for (const NodeIndex node : documents_of(view, "lane:0")) EXPECT_TRUE(found.contains(node));
  for (const NodeIndex node : found) EXPECT_TRUE(view.exists(node));
}

void the_best_are_marked(const View& view) {
  const TextQuestion question{.words = "word7 wor"};
  const auto best = view.best(question, 20, [](NodeIndex) { return true; }).value();
  EXPECT_TRUE(std::is_sorted(best.begin(), best.end(),
                             [](const auto& a, const auto& b) { return a.score > b.score; }));
  const auto matcher = view.matcher(question);
  ASSERT_TRUE(matcher.ok());
  std::vector<NodeIndex> nodes;
  for (const View::Hit& hit : best) nodes.push_back(hit.node);
  for (const Node& node : view.read(nodes).value()) {
    if (node.kind != "Document") continue;
    EXPECT_FALSE(matcher.value().marks(node.text("title"), "en").empty());
  }
}

void counts_are_what_is_there(const View& view) {
  std::map<std::string, std::uint64_t> nodes;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    if (view.exists(NodeIndex{i})) ++nodes[std::string(view.text(view.kind(NodeIndex{i})))];
  }
  EXPECT_EQ(view.counts().nodes, nodes);
}

void reading_twice_gives_the_same(const View& view) {
  const auto first = tests::read_all(view);
  const auto second = tests::read_all(view);
  ASSERT_TRUE(first.ok()) << first.error().message;
  ASSERT_TRUE(second.ok()) << second.error().message;
  EXPECT_TRUE(first.value() == second.value())
      << tests::first_difference(second.value(), first.value());
}

/// Readers and writers over one graph.
class Crowd {
 public:
  explicit Crowd(Graph& graph) : graph_(graph) {}

  /// Takes steps of the lane until time is up.
  void write(unsigned number) {
    tests::Lane lane = tests::lane_of(number);
    while (goes_on()) {
      const auto version = tests::take(graph_, lane.next());
      ASSERT_TRUE(version.ok()) << version.error().message;
      ledger_.acknowledge(number, lane.steps(), version.value());
      const View view = graph_.view(Viewer::steward());
      EXPECT_GE(lane.steps_in(view, lane.steps()).value(), lane.steps())
          << "what is acknowledged can be read";
      if (number != 0 || lane.steps() % 10 != 0 || version.value() <= 20) continue;
      EXPECT_TRUE(graph_.forget_before(version.value() - 20).ok());
    }
  }

  void read(unsigned seed, const std::function<void(const View&)>& look) {
    std::mt19937 random(seed);
    Version last = 0;
    while (goes_on()) {
      const View now = graph_.view(Viewer::steward());
      EXPECT_GE(now.version(), last);
      last = now.version();
      look(graph_.view(some_viewer(random)));
      ++readings_;
    }
  }

  /// Follows the change log.
  void follow() {
    Version last = 0;
    while (goes_on()) {
      const View view = graph_.view(Viewer::steward());
      const auto changes = view.changes_after(last, 10);
      if (!changes.ok()) {
        EXPECT_EQ(changes.error().code, ErrorCode::not_found) << changes.error().message;
        last = graph_.oldest_version();  // It was forgotten before it was read.
        continue;
      }
      for (const Change& change : changes.value()) {
        EXPECT_EQ(change.version, ++last);
        EXPECT_FALSE(change.records.empty());
      }
      ++readings_;
    }
  }

  /// Comes back to what it read, once that is past.
  void remember() {
    while (goes_on()) {
      const View now = graph_.view(Viewer::steward());
      const auto before = tests::read_all(now);
      const auto then = graph_.view_at(now.version(), Viewer::steward());
      if (!then.ok()) {
        EXPECT_EQ(then.error().code, ErrorCode::not_found) << then.error().message;
        continue;
      }
      const auto after = tests::read_all(then.value());
      ASSERT_TRUE(before.ok() && after.ok());
      EXPECT_TRUE(after.value() == before.value())
          << tests::first_difference(after.value(), before.value());
      ++readings_;
    }
  }

  void stop() { stopped_ = true; }
  std::uint64_t readings() const { return readings_; }
  tests::Ledger& ledger() { return ledger_; }

 private:
  bool goes_on() const { return !stopped_ && !testing::Test::HasFailure(); }

  Graph& graph_;
  tests::Ledger ledger_{5};  // Of which lanes 1 to 3 do nothing.
  std::atomic<bool> stopped_ = false;
  std::atomic<std::uint64_t> readings_ = 0;
};

TEST(Concurrency, EightReadersAndTwoWritersEachSeeWholeVersions) {
  const tests::TemporaryFolder temporary;
  const auto folder = temporary.path() / "graph";
  auto graph = Graph::open(folder, {.cache_bytes = 1,
                                    .text_properties = tests::kLaneTexts,
                                    .changes_between_images = 1'000})
                   .value();
  Crowd crowd(*graph);
  {
    std::vector<std::jthread> threads;
    for (const unsigned lane : {0u, 4u}) threads.emplace_back([&, lane] { crowd.write(lane); });
    unsigned seed = 0;
    for (const auto look : {walks_agree_in_both_directions, records_of_a_commit_come_together,
                            a_search_finds_what_the_records_say, the_best_are_marked,
                            counts_are_what_is_there, reading_twice_gives_the_same}) {
      threads.emplace_back([&crowd, look, seed = ++seed] { crowd.read(seed, look); });
    }
    threads.emplace_back([&] { crowd.follow(); });
    threads.emplace_back([&] { crowd.remember(); });
    std::this_thread::sleep_for(std::chrono::seconds(tests::times(2, 60)));
    crowd.stop();
  }
  std::mt19937 random(1);
  EXPECT_GT(crowd.readings(), 8u);
  EXPECT_TRUE(crowd.ledger().agrees_with(*graph, random));
  graph->settle();
  EXPECT_TRUE(tests::is_clean(verify(*graph, {.folder = folder})));
  graph.reset();
  graph = Graph::open(folder, {.create = false}).value();
  EXPECT_TRUE(crowd.ledger().agrees_with(*graph, random));
}

}  // namespace
}  // namespace mangrove::graph
