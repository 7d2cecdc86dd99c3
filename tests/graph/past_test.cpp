#include <gtest/gtest.h>

#include "graph/graph.h"
#include "graph/snapshot.h"
#include "graph/storage/memory.h"
#include "tests/support/graph_dump.h"
#include "tests/support/random_graph.h"

namespace mangrove::graph {
namespace {

std::unique_ptr<Graph> graph_in_memory() {
  return Graph::open(storage::make_memory_storage(), {.text_properties = {{"title", 3.0}}}).value();
}

std::unique_ptr<Graph> graph_of_versions(int count) {
  auto graph = graph_in_memory();
  for (int i = 1; i <= count; ++i) {
    Batch batch;
    batch.put(
        {.source = "src:a",
         .revision = std::to_string(1000 + i),
         .subject = {"x:1", "Thing", {{"title", Text{"version " + std::to_string(i), "en"}}}}});
    EXPECT_TRUE(graph->commit(batch).ok());
  }
  return graph;
}

std::string title_of(const View& view) {
  const NodeIndex node = view.find("x:1").value();
  return std::string(view.read(std::span(&node, 1)).value()[0].text("title"));
}

TEST(Past, ReadsAnOlderVersionAsItWas) {
  const auto graph = graph_of_versions(3);
  EXPECT_EQ(title_of(graph->view_at(1).value()), "version 1");
  EXPECT_EQ(title_of(graph->view_at(2).value()), "version 2");
  EXPECT_EQ(graph->view_at(2).value().version(), 2u);
  EXPECT_EQ(title_of(graph->view_at(3).value()), "version 3");
  EXPECT_FALSE(graph->view_at(0).value().find("x:1"));
}

TEST(Past, TellsWhichVersionsCanBeRead) {
  const auto graph = graph_of_versions(4);
  const auto future = graph->view_at(5);
  ASSERT_FALSE(future.ok());
  EXPECT_EQ(future.error().code, ErrorCode::not_found);
  EXPECT_EQ(future.error().message, "there is no version 5 yet: the latest is 4");

  ASSERT_TRUE(graph->forget_before(3).ok());
  EXPECT_EQ(graph->oldest_version(), 3u);
  EXPECT_EQ(title_of(graph->view_at(3).value()), "version 3");
  const auto forgotten = graph->view_at(2);
  ASSERT_FALSE(forgotten.ok());
  EXPECT_EQ(forgotten.error().message, "version 2 can no longer be read: the oldest is 3");
}

TEST(Past, TellsWhereTheLogBegins) {
  const auto graph = graph_of_versions(4);
  ASSERT_TRUE(graph->forget_before(4).ok());
  const auto gone = graph->view(Viewer::steward()).changes_after(2, 10);
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);
  EXPECT_TRUE(graph->view(Viewer::steward()).changes_after(4, 10).value().empty());
}

TEST(Past, ReadingItOverAndOverNumbersNothingAnew) {
  const auto graph = graph_of_versions(1);
  Batch batch;
  batch.remove("x:1", "src:a");
  ASSERT_TRUE(graph->commit(batch).ok());
  const auto numbered = [&] { return graph->latest()->catalogue->sizes().records; };
  const auto before = numbered();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(graph->view_at(1).ok());
    batch = {};
    batch.put({.source = "src:b", .subject = {"x:2", "Thing", {{"n", std::int64_t{i}}}}});
    ASSERT_TRUE(graph->commit(batch).ok());
  }
  EXPECT_EQ(numbered(), before + 1);
}

TEST(Past, HidesWhatWasHiddenLastBeforeItWent) {
  const auto graph = graph_in_memory();
  Record record{.source = "src:a", .revision = "1", .subject = {"x:1", "Thing"}};
  const auto put = [&] {
    Batch batch;
    batch.put(record);
    ASSERT_TRUE(graph->commit(batch).ok());
  };
  put();
  record.revision = "2";
  record.audience = {"police"};
  put();
  Batch removal;
  removal.remove("x:1", "src:a");
  ASSERT_TRUE(graph->commit(removal).ok());
  EXPECT_FALSE(graph->view_at(1).value().find("x:1"));
  EXPECT_TRUE(graph->view_at(1, Viewer::of({"police"})).value().find("x:1"));
}

TEST(Past, SearchReadsThePastToo) {
  const auto graph = graph_of_versions(3);
  const auto found = [](const View& view, std::string_view words) {
    return view.best({.words = words}, 10, [](NodeIndex) { return true; }).value().size();
  };
  EXPECT_EQ(found(graph->view_at(1).value(), "version 1 "), 1u);
  EXPECT_EQ(found(graph->view(), "version"), 1u);
  EXPECT_EQ(found(graph->view_at(0).value(), "version"), 0u);
}

TEST(Past, EveryVersionOfAnyHistoryCanBeReadAgain) {
  for (unsigned seed = 0; seed < 25; ++seed) {
    tests::RandomRecords records(seed);
    tests::RandomRecords::Standing standing;
    const auto graph = graph_in_memory();
    std::vector<std::string> dumps{tests::dump(graph->view())};
    for (int i = 0; i < 15; ++i) {
      const Version before = graph->view().version();
      ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
      if (graph->view().version() != before) dumps.push_back(tests::dump(graph->view()));
    }
    for (std::size_t version = 0; version < dumps.size(); ++version) {
      ASSERT_EQ(tests::dump(graph->view_at(version).value()), dumps[version])
          << "seed " << seed << ", version " << version;
    }
  }
}

TEST(Past, TheLogTellsAFollowerAllThatItNeeds) {
  const auto graph = graph_in_memory();
  tests::RandomRecords records(11);
  tests::RandomRecords::Standing standing;
  Version read_to = 0;
  std::set<std::pair<std::string, std::string>> followed;
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
    if (i % 3 != 0) continue;
    const View view = graph->view();
    for (const Change& change : view.changes_after(read_to, 1000).value()) {
      EXPECT_EQ(change.version, ++read_to);
      for (const RecordChange& record : change.records) {
        if (record.outcome == Outcome::removed) {
          followed.erase({record.subject, record.source});
        } else {
          followed.emplace(record.subject, record.source);
        }
      }
    }
    EXPECT_EQ(read_to, view.version());
  }
  for (const Change& change : graph->view().changes_after(read_to, 1000).value()) {
    for (const RecordChange& record : change.records) {
      if (record.outcome == Outcome::removed) {
        followed.erase({record.subject, record.source});
      } else {
        followed.emplace(record.subject, record.source);
      }
    }
  }
  std::set<std::pair<std::string, std::string>> stands;
  for (const auto& [key, record] : standing) stands.insert(key);
  EXPECT_EQ(followed, stands);
}

}  // namespace
}  // namespace mangrove::graph
