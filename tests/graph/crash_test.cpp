#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/storage/rocksdb.h"
#include "graph/verify.h"
#include "tests/support/graph_dump.h"
#include "tests/support/ledger.h"
#include "tests/support/long_run.h"
#include "tests/support/old_graph.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"
#include "tests/support/victim.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

constexpr unsigned kWriters = 8;
constexpr std::chrono::seconds kPatience{30};
const Options kExisting{.create = false, .text_properties = tests::kLaneTexts};

/// A graph whose writers are killed, again and again.
class Killing {
 public:
  explicit Killing(unsigned seed) : random_(seed) {}

  void run_and_kill() {
    std::vector<std::string> arguments{"commit", folder_.string()};
    for (const std::uint32_t steps : ledger_.steps()) arguments.push_back(std::to_string(steps));
    tests::Victim writers(std::move(arguments));
    std::string line;
    // One time in four while it opens, which begins with what the last kill left.
    const bool is_open = random_() % 4 == 0 || writers.read_line(line, kPatience);
    ASSERT_TRUE(is_open);
    writers.leave_alone(microseconds(random_() % 100'000));
    writers.kill();
    EXPECT_EQ(writers.wait(), -1) << "it ended by itself";
    while (writers.read_line(line, kPatience)) take_note(line);
  }

  /// Whether all that was acknowledged is there, and all that is there is sound.
  void check() {
    EXPECT_TRUE(tests::is_clean(verify_folder(folder_)));
    auto graph = Graph::open(folder_, kExisting);
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    EXPECT_TRUE(ledger_.agrees_with(*graph.value(), random_));
    EXPECT_TRUE(graph.value()->writable().ok());
  }

  /// Whether there is something to check.
  bool has_begun() const { return fs::exists(folder_ / "store" / "CURRENT"); }

 private:
  void take_note(const std::string& line) {
    std::istringstream words(line);
    std::string what;
    unsigned lane = 0;
    std::uint32_t step = 0;
    Version version = 0;
    words >> what;
    EXPECT_NE(what, "error") << line;
    if (words >> lane >> step >> version) ledger_.acknowledge(lane, step, version);
  }

  std::mt19937 random_;
  tests::TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path() / "graph";
  tests::Ledger ledger_{kWriters};
};

TEST(Crash, WhatWasAcknowledgedIsThereAfterAKillAndNothingIsThereByHalf) {
  constexpr int kKillsOfAGraph = 20;
  for (int kills = 0; kills < tests::times(20, 200); kills += kKillsOfAGraph) {
    const auto seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Killing killing(seed);
    for (int i = 0; i < kKillsOfAGraph; ++i) {
      SCOPED_TRACE("kill " + std::to_string(i));
      killing.run_and_kill();
      if (killing.has_begun()) killing.check();
      if (HasFailure()) return;
    }
  }
}

/// How long another process takes to open the graph in a folder.
microseconds time_to_open(const fs::path& folder) {
  const auto start = std::chrono::steady_clock::now();
  tests::Victim victim({"open", folder.string()});
  EXPECT_EQ(victim.wait(), 0);
  return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start);
}

void open_and_kill(const fs::path& folder, microseconds after) {
  tests::Victim victim({"open", folder.string()});
  victim.leave_alone(after);
  victim.kill();
}

TEST(Crash, AGraphWhoseMakerWasKilledIsMadeByTheNextAndRemembered) {
  const tests::TemporaryFolder temporary;
  std::mt19937 random(std::random_device{}());
  const auto time = time_to_open(temporary.path() / "measured");
  for (int kill = 0; kill < tests::times(10, 100); ++kill) {
    const fs::path folder = temporary.path() / std::to_string(kill);
    open_and_kill(folder, time * (random() % 100) / 100);

    auto graph = Graph::open(folder, {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    EXPECT_EQ(graph.value()->view().version(), 0u);
    graph.value().reset();
    fs::remove_all(folder / "store");
    const auto again = Graph::open(folder, {});
    ASSERT_FALSE(again.ok()) << "a folder that held a graph was taken for an empty one";
    EXPECT_EQ(again.error().code, ErrorCode::corrupt);
  }
}

TEST(Crash, AnUpgradeThatWasKilledIsFinishedByTheNextOpening) {
  constexpr std::size_t kMoreNodes = 8'000;
  const tests::TemporaryFolder temporary;
  std::mt19937 random(std::random_device{}());
  const auto make = [&](const std::string& name) {
    const fs::path folder = temporary.path() / name;
    fs::create_directories(folder);
    auto store = storage::open_rocksdb(folder / "store", {.create = true}).value();
    EXPECT_TRUE(store->commit(tests::stored_graph("format-1.txt", kMoreNodes)).ok());
    return folder;
  };
  const fs::path whole = make("whole");
  const auto time = time_to_open(whole);
  const auto expected = tests::read_by_all(*Graph::open(whole, kExisting).value()).value();

  for (int upgrade = 0; upgrade < tests::times(5, 50); ++upgrade) {
    const fs::path folder = make(std::to_string(upgrade));
    for (auto kills = 1 + random() % 3; kills > 0; --kills) {
      open_and_kill(folder, time * (random() % 100) / 100);
    }
    EXPECT_TRUE(tests::is_clean(verify_folder(folder)));
    auto graph = Graph::open(folder, kExisting);
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    const auto found = tests::read_by_all(*graph.value()).value();
    EXPECT_TRUE(found == expected) << tests::first_difference(found, expected);
  }
}

}  // namespace
}  // namespace mangrove::graph
