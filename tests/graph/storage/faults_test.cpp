#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <vector>

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
using Call = FaultyDisk::Call;
using Fault = FaultyDisk::Fault;

/// Always the same: makes a store, commits until a table is written, closes it, and once more.
/// Looks meanwhile that nothing wrong is said of it.
class Workload {
 public:
  explicit Workload(FaultyDisk& disk) : disk_(disk) {}

  void run() {
    for (int life = 0; life < 2; ++life) {
      const auto store = open();
      if (!store.ok()) {
        EXPECT_NE(store.error().code, ErrorCode::not_found) << store.error().message;
        continue;
      }
      const Status before = read_all(*store.value(), /*settles=*/true);
      for (int i = 0; i < 6; ++i) commit(*store.value(), next_batch());
      const Status later = read_all(*store.value(), /*settles=*/false);
      for (const Status& read : {before, later}) {
        EXPECT_TRUE(read.ok() || read.error().code == ErrorCode::io) << read.error().message;
      }
    }
  }

  /// Once the disk is in order again.
  void expect_nothing_lost() {
    const auto store = open();
    ASSERT_TRUE(store.ok()) << store.error().message;
    ASSERT_TRUE(read_all(*store.value(), /*settles=*/true).ok());
    WriteBatch batch;
    batch.put("writable", "again");
    EXPECT_TRUE(store.value()->commit(batch).ok());
    EXPECT_TRUE(check_rocksdb(*store.value()).value().damage.empty());
  }

 private:
  Result<std::unique_ptr<Storage>> open() {
    has_failed_ = false;
    return open_rocksdb(folder_.path() / "store",
                        {.create = true, .cache_bytes = 1, .file_system = disk_.file_system()});
  }

  WriteBatch next_batch() {
    ++number_;
    WriteBatch batch;
    batch.put("latest", std::to_string(number_));
    batch.put("k" + std::to_string(number_), std::string(400'000, static_cast<char>(number_)));
    return batch;
  }

  void commit(Storage& store, const WriteBatch& batch) {
    const Status status = store.commit(batch);
    if (status.ok()) {
      EXPECT_FALSE(has_failed_) << "a commit was taken after one that failed";
      for (Content& content : possible_) content = after(std::move(content), batch);
    } else if (status.error().code != ErrorCode::no_space && !has_failed_) {
      // It may be there after reopening, as a whole. What is refused may not.
      has_failed_ = true;
      for (std::size_t i = possible_.size(); i > 0; --i) {
        possible_.push_back(after(possible_[i - 1], batch));
      }
    }
  }

  /// Reads everything. After opening it is settled whether the commit that failed is there.
  Status read_all(const Storage& store, bool settles) {
    const Content found = TRY(content_of(store));
    EXPECT_TRUE(std::count(possible_.begin(), possible_.end(), found) > 0)
        << "what is read was never committed";
    if (settles) possible_ = {found};
    return {};
  }

  FaultyDisk& disk_;
  TemporaryFolder folder_;
  int number_ = 0;
  bool has_failed_ = false;
  std::vector<Content> possible_{{}};  ///< What the store may hold, after all that was said.
};

/// Every call of one kind, one after the other, fails in one way.
class EveryCall : public testing::TestWithParam<std::tuple<Call, Fault, bool>> {};

TEST_P(EveryCall, MayFailAndNothingWrongIsAcknowledgedOrServedAndReopeningMendsIt) {
  log::set_level(log::Level::error);
  const auto [call, fault, for_ever] = GetParam();
  FaultyDisk sound(1);
  Workload(sound).run();
  const auto calls = static_cast<unsigned>(sound.calls(call));
  ASSERT_GT(calls, 0u);
  in_parallel(calls, [&, call = call, fault = fault, for_ever = for_ever](unsigned number) {
    SCOPED_TRACE("call " + std::to_string(number + 1));
    FaultyDisk disk(number);
    Workload workload(disk);
    disk.fail(call, number + 1, fault, for_ever);
    workload.run();
    disk.heal();
    workload.expect_nothing_lost();
  });
}

std::string name_of(const testing::TestParamInfo<EveryCall::ParamType>& info) {
  const auto [call, fault, for_ever] = info.param;
  constexpr std::array kCalls{"Create", "Append", "Sync", "SyncFolder", "Rename", "Remove", "Read"};
  constexpr std::array kFaults{"InputOutput", "NoSpace", "ShortWrite"};
  return std::string(kFaults[static_cast<std::size_t>(fault)]) + "In" +
         kCalls[static_cast<std::size_t>(call)] + (for_ever ? "ForEver" : "Once");
}

INSTANTIATE_TEST_SUITE_P(Faults, EveryCall,
                         testing::Combine(testing::Values(Call::create, Call::append, Call::sync,
                                                          Call::sync_folder, Call::rename,
                                                          Call::remove),
                                          testing::Values(Fault::input_output, Fault::no_space),
                                          testing::Bool()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(ShortWrites, EveryCall,
                         testing::Combine(testing::Values(Call::append),
                                          testing::Values(Fault::short_write), testing::Bool()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Reads, EveryCall,
                         testing::Combine(testing::Values(Call::read),
                                          testing::Values(Fault::input_output), testing::Bool()),
                         name_of);

}  // namespace
}  // namespace mangrove::storage::tests
