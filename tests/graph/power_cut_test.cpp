#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "graph/base/log.h"
#include "graph/graph.h"
#include "graph/storage/rocksdb.h"
#include "graph/verify.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/ledger.h"
#include "tests/support/long_run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kWriters = 3;

/// A graph that is written by several until the power goes, again and again.
class PowerCuts {
 public:
  explicit PowerCuts(unsigned seed) : random_(seed), disk_(seed) {}

  /// Opens, writes until the power goes, and opens again.
  testing::AssertionResult survives_one() {
    disk_.cut_power_after(1 + random_() % (16u << random_() % 8));  // Often while opening.
    while (disk_.has_power()) {
      if (const auto graph = open(); graph.ok()) write_for_a_while(*graph.value());
    }
    disk_.restore_power();
    damage_image();
    const auto graph = open();
    if (!graph.ok()) return testing::AssertionFailure() << graph.error().message;
    const auto agrees = ledger_.agrees_with(*graph.value(), random_);
    return agrees ? tests::is_clean(verify(*graph.value())) : agrees;
  }

 private:
  Result<std::unique_ptr<Graph>> open() {
    auto store = TRY(storage::open_rocksdb(
        folder_.path() / "store",
        {.create = true, .cache_bytes = 1, .file_system = disk_.file_system()}));
    return Graph::open(
        std::move(store),
        {.text_properties = tests::kLaneTexts, .image = image_, .changes_between_images = 500});
  }

  void write_for_a_while(Graph& graph) {
    const auto steps = ledger_.steps();
    const auto more = static_cast<std::uint32_t>(random_() % 60);
    std::vector<std::jthread> writers;
    for (unsigned number = 0; number < kWriters; ++number) {
      writers.emplace_back([&, number] {
        tests::Lane lane = tests::lane_of(number);
        lane.skip_to(steps[number]);
        for (std::uint32_t i = 0; i < more; ++i) {
          const auto version = tests::take(graph, lane.next());
          if (!version.ok()) return;
          ledger_.acknowledge(number, lane.steps(), version.value());
        }
      });
    }
  }

  /// The image lies past the simulated disk: what may become of it there is done to it here.
  void damage_image() {
    if (!fs::exists(image_)) return;
    switch (random_() % 4) {
      case 0:
        fs::remove(image_);
        break;
      case 1:
        fs::resize_file(image_, random_() % (fs::file_size(image_) + 1));
        break;
      case 2:
        fs::copy_file(image_, folder_.path() / "older", fs::copy_options::overwrite_existing);
        break;
      case 3:
        if (fs::exists(folder_.path() / "older")) fs::rename(folder_.path() / "older", image_);
    }
  }

  std::mt19937 random_;
  tests::FaultyDisk disk_;
  tests::TemporaryFolder folder_;
  fs::path image_ = folder_.path() / "image";
  tests::Ledger ledger_{kWriters};
};

TEST(PowerCutOfAGraph, LosesNoAcknowledgedStepAndLeavesNoneByHalf) {
  log::set_level(log::Level::error);
  constexpr int kCutsOfAGraph = 10;
  const int cuts = tests::times(50, 1'000);
  std::atomic<unsigned> next = 0;
  // Mostly the engine waits, a second after each failure in the background.
  const auto cut_graphs = [&] {
    for (unsigned seed; (seed = next++) * kCutsOfAGraph < static_cast<unsigned>(cuts);) {
      PowerCuts graph(seed);
      for (int cut = 0; cut < kCutsOfAGraph; ++cut) {
        const auto survived = graph.survives_one();
        EXPECT_TRUE(survived) << "graph " << seed << ", cut " << cut;
        if (!survived) break;
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 5; ++i) threads.emplace_back(cut_graphs);
  }
  log::set_level(log::Level::info);
}

}  // namespace
}  // namespace mangrove::graph
