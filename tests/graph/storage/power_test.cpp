#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "graph/base/log.h"
#include "graph/storage/rocksdb.h"
#include "tests/graph/storage/random_content.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/trials.h"

namespace mangrove::storage::tests {
namespace {

using mangrove::tests::FaultyDisk;
using mangrove::tests::in_parallel;
using mangrove::tests::TemporaryFolder;
using mangrove::tests::trials;

/// A store that is written until the power goes, again and again.
class PowerCuts {
 public:
  explicit PowerCuts(unsigned seed) : random_(seed), disk_(seed) {}

  FaultyDisk& disk() { return disk_; }

  /// Opens, writes until the power goes, and opens again. Whether nothing was lost and nothing is
  /// there by half.
  bool survives_one() {
    disk_.cut_power_after(1 + random_() % (16u << random_() % 8));  // Often while opening.
    WriteBatch unacknowledged;
    while (disk_.has_power()) {
      auto store = open_rocksdb(folder_.path() / "store", options());
      if (store.ok()) unacknowledged = write_for_a_while(*store.value());
    }
    disk_.restore_power();
    auto store = open_rocksdb(folder_.path() / "store", options());
    if (!store.ok()) {
      ADD_FAILURE() << store.error().message;
      return false;
    }
    Content found = content_of(*store.value()).value();
    const bool is_good = found == acknowledged_ || found == after(acknowledged_, unacknowledged);
    acknowledged_ = std::move(found);
    return is_good;
  }

 private:
  RocksdbOptions options() const {
    return {.create = true, .cache_bytes = 1, .file_system = disk_.file_system()};
  }

  /// Gives back the batch whose commit failed, if one did; closes the store in order otherwise.
  WriteBatch write_for_a_while(Storage& store) {
    for (auto commits = random_() % 800; commits > 0; --commits) {
      WriteBatch batch = random_batch(random_);
      if (!store.commit(batch).ok()) return batch;
      acknowledged_ = after(std::move(acknowledged_), batch);
    }
    return {};
  }

  std::mt19937 random_;
  FaultyDisk disk_;
  TemporaryFolder folder_;
  Content acknowledged_;
};

TEST(PowerCut, LosesNoAcknowledgedCommitAndLeavesNoneByHalf) {
  log::set_level(log::Level::error);
  constexpr unsigned kCutsOfAStore = 10;
  const unsigned stores = trials("MANGROVE_POWER_CUTS", 50) / kCutsOfAStore;
  in_parallel(stores, [](unsigned store) {
    PowerCuts cuts(store);
    for (unsigned cut = 0; cut < kCutsOfAStore; ++cut) {
      const bool survived = cuts.survives_one();
      EXPECT_TRUE(survived) << "store " << store << ", cut " << cut;
      if (!survived) break;
    }
  });
}

TEST(PowerCut, LosesCommitsOnADiskThatOnlySaysThatItSyncs) {
  log::set_level(log::Level::error);
  std::atomic<int> losses = 0;
  in_parallel(20, [&losses](unsigned store) {
    testing::TestPartResultArray failures;
    const testing::ScopedFakeTestPartResultReporter quiet(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
    PowerCuts cuts(store);
    cuts.disk().ignore_syncs();
    for (int cut = 0; cut < 3; ++cut) {
      if (cuts.survives_one()) continue;
      ++losses;
      break;
    }
  });
  EXPECT_GE(losses, 10);
}

}  // namespace
}  // namespace mangrove::storage::tests
