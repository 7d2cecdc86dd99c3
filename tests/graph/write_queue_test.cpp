#include "graph/write_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "tests/support/graph_dump.h"

namespace mangrove::graph {
namespace {

Batch batch_of(int writer, int number) {
  const std::string id = "x:" + std::to_string(writer) + "-" + std::to_string(number);
  Batch batch;
  batch.put({.source = "src:a",
             .subject = {id, "Thing", {{"title", Text{"words", "en"}}}},
             .edges = {{id, "NEXT", "x:0-0"}}});
  return batch;
}

TEST(WriteQueue, GivesEachWriterItsOwnAnswer) {
  WriteQueue queue([](std::span<const Batch* const> batches) {
    std::vector<Result<CommitReport>> answers;
    for (const Batch* batch : batches) {
      answers.emplace_back(CommitReport{batch->size(), {}});
    }
    return answers;
  });
  std::vector<std::thread> writers;
  std::atomic<int> wrong = 0;
  for (std::size_t size = 1; size <= 8; ++size) {
    writers.emplace_back([&, size] {
      Batch batch;
      for (std::size_t i = 0; i < size; ++i) batch.remove("x:1", "src:a");
      for (int i = 0; i < 200; ++i) {
        if (queue.submit(batch).value().version != size) ++wrong;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(wrong, 0);
}

TEST(WriteQueue, WritersWhoWaitedGoTogether) {
  std::atomic<int> writes = 0;
  WriteQueue queue([&](std::span<const Batch* const> batches) {
    ++writes;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return std::vector<Result<CommitReport>>(batches.size(), CommitReport{1, {}});
  });
  std::vector<std::thread> writers;
  for (int i = 0; i < 16; ++i) {
    writers.emplace_back([&queue] {
      const Batch batch = batch_of(0, 0);
      for (int round = 0; round < 10; ++round) EXPECT_TRUE(queue.submit(batch).ok());
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_LT(writes, 80) << "160 batches";
}

TEST(WriteQueue, GroupsAreWrittenOneAfterTheOtherAndNoneGrowsWithoutBound) {
  constexpr std::size_t kChangesOfABatch = 1'500;
  std::atomic<int> writing = 0;
  std::atomic<int> wrong = 0;
  std::atomic<std::size_t> written = 0;
  WriteQueue queue([&](std::span<const Batch* const> batches) {
    if (++writing != 1) ++wrong;
    if (batches.empty() || batches.size() > 2) ++wrong;  // Three would be 4,500 changes.
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    written += batches.size();
    --writing;
    return std::vector<Result<CommitReport>>(batches.size(), CommitReport{1, {}});
  });
  Batch batch;
  for (std::size_t i = 0; i < kChangesOfABatch; ++i) batch.remove("x:1", "src:a");
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&] {
      for (int round = 0; round < 10; ++round) EXPECT_TRUE(queue.submit(batch).ok());
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(written, 80u);
}

TEST(WriteQueue, ManyWritersAndReadersSeeOneGraph) {
  const auto graph =
      Graph::open(storage::make_memory_storage(), {.text_properties = {{"title", 1.0}}}).value();
  constexpr int kWriters = 4;
  constexpr int kCommits = 60;
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 0; i < kCommits; ++i) {
        const auto report = graph->commit(batch_of(writer, i));
        ASSERT_TRUE(report.ok());
        const View view = graph->view();
        EXPECT_GE(view.version(), report.value().version);
        EXPECT_TRUE(view.find("x:" + std::to_string(writer) + "-" + std::to_string(i)))
            << "what is acknowledged can be read";
      }
    });
  }
  std::thread reader([&] {
    while (!done) {
      const View view = graph->view();
      const auto nodes = view.counts().nodes;
      const auto found = view.best({.words = "words"}, 1000, nullptr);
      ASSERT_TRUE(found.ok());
      EXPECT_EQ(nodes.contains("Thing") ? nodes.at("Thing") : 0, found.value().size());
    }
  });
  for (std::thread& thread : threads) thread.join();
  done = true;
  reader.join();
  EXPECT_EQ(graph->view().counts().nodes.at("Thing"), std::uint64_t{kWriters * kCommits});
}

}  // namespace
}  // namespace mangrove::graph
