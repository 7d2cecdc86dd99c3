#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "graph/graph.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

constexpr int kRecordsOfABatch = 5;

std::string id_of(std::uint32_t batch, int record) {
  return "x:" + std::to_string(batch) + "-" + std::to_string(record);
}

/// Commits batch after batch from `first` on, and writes the number of each to the pipe once it
/// is acknowledged. Ends only by being killed.
[[noreturn]] void commit_until_killed(const std::filesystem::path& folder, std::uint32_t first,
                                      int pipe) {
  auto graph = Graph::open(folder, {});
  if (!graph.ok()) _exit(1);
  for (std::uint32_t number = first;; ++number) {
    Batch batch;
    for (int i = 0; i < kRecordsOfABatch; ++i) {
      Record record;
      record.source = "src:a";
      record.subject = {id_of(number, i), "Thing", {{"number", std::int64_t{number}}}};
      record.edges.push_back({id_of(number, i), "NEXT", id_of(number, (i + 1) % kRecordsOfABatch)});
      batch.put(std::move(record));
    }
    if (!graph.value()->commit(batch).ok()) _exit(1);
    if (::write(pipe, &number, sizeof number) != sizeof number) _exit(1);
  }
}

/// Runs that process for a while, kills it, and returns the last acknowledged batch.
std::uint32_t run_and_kill(const std::filesystem::path& folder, std::uint32_t first,
                           std::chrono::microseconds after) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    commit_until_killed(folder, first, ends[1]);
  }
  ::close(ends[1]);
  std::uint32_t last = first - 1;
  std::uint32_t number = 0;
  EXPECT_EQ(::read(ends[0], &number, sizeof number), static_cast<ssize_t>(sizeof number));
  last = number;
  std::this_thread::sleep_for(after);
  ::kill(child, SIGKILL);
  while (::read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number)) {
    last = number;
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  return last;
}

TEST(Crash, WhatWasAcknowledgedIsThereAfterAKillAndNothingIsThereByHalf) {
  const tests::TemporaryFolder temporary;
  const auto folder = temporary.path() / "graph";
  std::mt19937 random(static_cast<unsigned>(::getpid()));
  std::uint32_t next = 1;
  for (int round = 0; round < 20; ++round) {
    const auto pause = std::chrono::microseconds(random() % 40'000);
    const std::uint32_t acknowledged = run_and_kill(folder, next, pause);

    auto graph = Graph::open(folder, {.create = false}).value();
    const View view = graph->view();
    const std::uint64_t nodes = view.counts().nodes.at("Thing");
    const std::uint64_t batches = nodes / kRecordsOfABatch;
    EXPECT_EQ(nodes % kRecordsOfABatch, 0u) << "a batch is there by half";
    EXPECT_GE(batches, acknowledged);
    EXPECT_LE(batches, acknowledged + 1) << "at most the one whose acknowledgement was on its way";
    EXPECT_EQ(view.version(), batches);
    EXPECT_EQ(view.counts().edges.at("NEXT"), nodes);
    for (std::uint32_t number = 1; number <= acknowledged; ++number) {
      ASSERT_TRUE(view.find(id_of(number, 0)).has_value()) << number;
    }
    next = static_cast<std::uint32_t>(batches) + 1;
  }
}

TEST(Crash, AFolderThatHeldAGraphIsNeverTakenForAnEmptyOne) {
  const tests::TemporaryFolder temporary;
  const auto folder = temporary.path() / "graph";
  Graph::open(folder, {}).value();
  std::filesystem::remove_all(folder / "store");
  const auto opened = Graph::open(folder, {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_NE(opened.error().message.find("its store is gone"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::graph
