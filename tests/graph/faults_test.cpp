#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
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

using tests::FaultyDisk;

struct Fault {
  FaultyDisk::Call call;
  FaultyDisk::Fault what;
  std::uint64_t nth;
  bool for_ever;
};

std::string to_string(const Fault& fault) {
  return "call " + std::to_string(static_cast<int>(fault.call)) + ", fault " +
         std::to_string(static_cast<int>(fault.what)) + ", number " + std::to_string(fault.nth) +
         (fault.for_ever ? " and all later" : "");
}

/// A fixed piece of work on a disk: a graph is made, written, read, closed, opened and written
/// again.
class Work {
 public:
  Work() : disk_(1) {}

  FaultyDisk& disk() { return disk_; }

  void meet(const Fault& fault) {
    disk_.fail(fault.call, fault.nth, fault.what, fault.for_ever);
    only_reading_fails_ = fault.call == FaultyDisk::Call::read;
  }

  /// Does it all, or as much as the disk allows.
  void run() {
    for (int opening = 0; opening < 2; ++opening) {
      const auto graph = open();
      if (!graph.ok()) return expect_clear(graph.error());
      for (int i = 0; i < kSteps; ++i) {
        if (!take_steps(*graph.value())) return expect_stopped(*graph.value());
      }
      const Version version = graph.value()->view(Viewer::steward()).version();
      const Status forgotten = graph.value()->forget_before(version - 3);
      if (!forgotten.ok() && forgotten.error().code != ErrorCode::no_space) {
        failure_ = forgotten.error();
        return expect_stopped(*graph.value());
      }
      if (const auto read = tests::read_by_all(*graph.value()); !read.ok()) {
        expect_clear(read.error());
      }
    }
  }

  /// With the disk mended, everything is there that was acknowledged, and work goes on.
  void expect_recovered() {
    disk_.heal();
    auto opened = open();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    Graph& graph = *opened.value();
    ASSERT_TRUE(ledger_.agrees_with(graph, random_));
    EXPECT_TRUE(tests::is_clean(verify(graph)));
    EXPECT_TRUE(graph.writable().ok());
    EXPECT_TRUE(take_steps(graph));
    EXPECT_TRUE(ledger_.agrees_with(graph, random_));
  }

 private:
  Result<std::unique_ptr<Graph>> open() {
    auto store = TRY(storage::open_rocksdb(
        folder_.path() / "store",
        {.create = true, .cache_bytes = 1, .file_system = disk_.file_system()}));
    return Graph::open(std::move(store), {.text_properties = tests::kLaneTexts});
  }

  static void expect_clear(const Error& error) {
    EXPECT_TRUE(error.code == ErrorCode::io || error.code == ErrorCode::no_space ||
                error.code == ErrorCode::corrupt)
        << error.message;
    EXPECT_NE(error.message.find("store"), std::string::npos) << error.message;
  }

  /// One step of each lane; a disk that is full for a moment is asked again. Whether all went well.
  bool take_steps(Graph& graph) {
    for (unsigned number = 0; number < kLanes; ++number) {
      tests::Lane lane = tests::lane_of(number);
      lane.skip_to(ledger_.steps()[number]);
      const tests::Lane::Step step = lane.next();
      auto version = tests::take(graph, step);
      for (int again = 0; again < 2 && is_full(version); ++again) {
        EXPECT_TRUE(graph.writable().ok()) << "nothing was written, so nothing is doubtful";
        version = tests::take(graph, step);
      }
      if (!version.ok()) {
        failure_ = version.error();
        return false;
      }
      ledger_.acknowledge(number, lane.steps(), version.value());
    }
    return true;
  }
  static bool is_full(const Result<Version>& version) {
    return !version.ok() && version.error().code == ErrorCode::no_space;
  }

  /// After a commit that failed.
  void expect_stopped(Graph& graph) {
    expect_clear(failure_);
    if (failure_.code == ErrorCode::no_space) return;
    if (!only_reading_fails_ || !graph.writable().ok()) return expect_read_only(graph);
    // What is there could not be read, and nothing was written: the graph goes on once it can be.
    disk_.heal();
    if (take_steps(graph)) {
      EXPECT_TRUE(ledger_.agrees_with(graph, random_));
    } else {
      expect_clear(failure_);  // The engine had met the fault too, behind the scenes.
      expect_read_only(graph);
    }
  }

  /// After a write that failed in the middle: no more writes, and reading goes on as before.
  void expect_read_only(Graph& graph) {
    const Status writable = graph.writable();
    ASSERT_FALSE(writable.ok()) << failure_.message;
    EXPECT_NE(writable.error().message.find("read-only since a write failed"), std::string::npos);
    Batch batch;
    batch.put({.source = "src:late", .subject = {"late:1", "Late"}});
    EXPECT_FALSE(graph.commit(batch).ok());
    EXPECT_FALSE(graph.view().find("late:1"));
    EXPECT_FALSE(graph.forget_before(graph.view().version()).ok());
  }

  static constexpr int kSteps = 5;
  static constexpr unsigned kLanes = 2;
  FaultyDisk disk_;
  tests::TemporaryFolder folder_;
  tests::Ledger ledger_{kLanes};
  std::mt19937 random_{1};
  bool only_reading_fails_ = false;
  Error failure_{ErrorCode::invalid_input, {}};
};

constexpr std::array kCalls{FaultyDisk::Call::create, FaultyDisk::Call::append,
                            FaultyDisk::Call::sync,   FaultyDisk::Call::sync_folder,
                            FaultyDisk::Call::rename, FaultyDisk::Call::remove,
                            FaultyDisk::Call::read};

/// Every fault that can meet the work, each alone.
std::vector<Fault> all_faults() {
  Work work;
  work.run();
  std::vector<Fault> faults;
  for (const auto call : kCalls) {
    for (std::uint64_t nth = 1; nth <= work.disk().calls(call); ++nth) {
      for (const bool for_ever : {false, true}) {
        faults.push_back({call, FaultyDisk::Fault::input_output, nth, for_ever});
        if (call == FaultyDisk::Call::create || call == FaultyDisk::Call::append) {
          faults.push_back({call, FaultyDisk::Fault::no_space, nth, for_ever});
        }
        if (call == FaultyDisk::Call::append) {
          faults.push_back({call, FaultyDisk::Fault::short_write, nth, for_ever});
        }
      }
    }
  }
  return faults;
}

TEST(FaultsOfAGraph, AtAnyCallLoseNothingAndAcknowledgeNothingWrong) {
  log::set_level(static_cast<log::Level>(100));
  std::vector<Fault> faults = all_faults();
  const auto seed = std::random_device()();
  std::mt19937 random(seed);
  std::shuffle(faults.begin(), faults.end(), random);
  if (!tests::is_long_run()) faults.resize(std::min<std::size_t>(faults.size(), 60));

  std::atomic<std::size_t> next = 0;
  // Mostly the engine waits, a second after each failure in the background.
  const auto meet_faults = [&] {
    for (std::size_t i; (i = next++) < faults.size() && !testing::Test::HasFailure();) {
      SCOPED_TRACE(to_string(faults[i]));
      Work work;
      work.meet(faults[i]);
      work.run();
      work.expect_recovered();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back(meet_faults);
  }
  log::set_level(log::Level::info);
}

TEST(FaultsOfAGraph, AreToldInTheLogOnce) {
  Work work;
  work.disk().fail(FaultyDisk::Call::sync, 20, FaultyDisk::Fault::input_output, true);
  testing::internal::CaptureStderr();
  work.run();
  const std::string log = testing::internal::GetCapturedStderr();
  const std::string words = "error the graph is read-only now cause=";
  const std::size_t first = log.find(words);
  ASSERT_NE(first, std::string::npos) << log;
  EXPECT_EQ(log.find(words, first + 1), std::string::npos) << log;
  work.expect_recovered();
}

}  // namespace
}  // namespace mangrove::graph
