#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <thread>

#include "graph/base/log.h"
#include "graph/storage/rocksdb.h"
#include "tests/graph/storage/random_content.h"
#include "tests/support/damage.h"
#include "tests/support/own_process.h"
#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/trials.h"

namespace mangrove::storage::tests {
namespace {

namespace fs = std::filesystem;
using mangrove::tests::BitPlace;
using mangrove::tests::flip;
using mangrove::tests::random_bit;
using mangrove::tests::SmallDisk;
using mangrove::tests::TemporaryFolder;
using mangrove::tests::trials;

class Backups : public testing::Test {
 protected:
  Backups() { log::set_level(log::Level::error); }

  fs::path store() const { return folder_.path() / "store"; }
  fs::path backups() const { return folder_.path() / "backups"; }
  fs::path restored() const { return folder_.path() / "restored"; }

  static std::unique_ptr<Storage> open(const fs::path& folder) {
    return open_rocksdb(folder, {.create = true, .cache_bytes = 1}).value();
  }

  void commit(Storage& store, int commits) {
    for (; commits > 0; --commits) {
      const WriteBatch batch = random_batch(random_);
      ASSERT_TRUE(store.commit(batch).ok());
      content_ = after(std::move(content_), batch);
    }
  }

  Content restored_content(std::optional<std::uint32_t> number = {}) const {
    fs::remove_all(restored());
    const Status status = restore_rocksdb(backups(), restored(), number);
    EXPECT_TRUE(status.ok()) << status.error().message;
    return status.ok() ? content_of(*open(restored())).value() : Content();
  }

  TemporaryFolder folder_;
  std::mt19937 random_{1};
  Content content_;
};

std::string refusal(const Status& status) {
  return status.ok() ? "no error" : status.error().message;
}

TEST_F(Backups, AreRestoredAsTheStoreWasThen) {
  const auto original = open(store());
  std::vector<Content> states;
  for (std::uint32_t number = 1; number <= 3; ++number) {
    commit(*original, 300);
    states.push_back(content_);
    const BackupInfo info =
        backup_rocksdb(*original, backups(), {.note = "version " + std::to_string(number)}).value();
    EXPECT_EQ(info.number, number);
    EXPECT_GT(info.bytes, 100'000u);
    EXPECT_GE(info.files, 4u);
    EXPECT_EQ(info.note, "version " + std::to_string(number));
  }
  EXPECT_EQ(list_backups(backups()).value().size(), 3u);
  EXPECT_TRUE(check_backups(backups()).value().damage.empty());
  for (std::uint32_t number = 1; number <= 3; ++number) {
    EXPECT_TRUE(restored_content(number) == states[number - 1]) << number;
  }
  EXPECT_TRUE(restored_content() == states[2]) << "the latest";
  EXPECT_FALSE(fs::exists(restored().string() + ".restoring"));
}

TEST_F(Backups, CopyOnlyWhatNoEarlierOneHolds) {
  const auto original = open(store());
  commit(*original, 300);
  const auto bytes_below = [](const fs::path& folder) {
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes;
  };
  std::uint64_t copied = 0;
  BackupOptions options;
  options.progress = [&](std::uint64_t bytes) { copied = bytes; };
  ASSERT_TRUE(backup_rocksdb(*original, backups(), options).ok());
  const std::uint64_t first = bytes_below(backups());
  commit(*original, 1);
  ASSERT_TRUE(backup_rocksdb(*original, backups(), options).ok());
  EXPECT_LT(bytes_below(backups()) - first, first / 4);
}

TEST_F(Backups, KeepTheNewest) {
  const auto original = open(store());
  for (int i = 0; i < 5; ++i) {
    commit(*original, 10);
    ASSERT_TRUE(backup_rocksdb(*original, backups(), {.keep = 2}).ok());
  }
  const auto kept = list_backups(backups()).value();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].number, 4u);
  EXPECT_EQ(kept[1].number, 5u);
  EXPECT_TRUE(restored_content() == content_);
}

TEST_F(Backups, AreMadeWhileOthersReadAndCommit) {
  const auto original = open(store());
  commit(*original, 200);
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    // Each commit writes the same number to two keys.
    for (int number = 1; !done; ++number) {
      WriteBatch batch;
      batch.put("one", std::to_string(number));
      batch.put("other", std::to_string(number));
      batch.put("bulk" + std::to_string(number % 100), std::string(20'000, 'x'));
      EXPECT_TRUE(original->commit(batch).ok());
    }
  });
  std::jthread reader([&] {
    while (!done) EXPECT_TRUE(content_of(*original).ok());
  });
  int least = 0;
  for (int i = 0; i < 5; ++i) {
    const std::string before = original->snapshot()->get("one").value().value_or("0");
    ASSERT_TRUE(backup_rocksdb(*original, backups(), {}).ok());
    const Content content = restored_content();
    EXPECT_EQ(content.at("one"), content.at("other")) << "a commit is there by half";
    EXPECT_GE(std::stoi(content.at("one")), std::stoi(before)) << "a commit before it is missing";
    EXPECT_GE(std::stoi(content.at("one")), std::exchange(least, std::stoi(content.at("one"))));
  }
  done = true;
}

TEST_F(Backups, AreWholeThoughACommitIsUnderWay) {
  const auto original = open(store());
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    // Larger than what reaches the disk in one piece.
    for (int number = 1; !done; ++number) {
      WriteBatch batch;
      batch.put("one", std::to_string(number));
      batch.put("bulk", std::string(3'000'000, static_cast<char>(number)));
      batch.put("other", std::to_string(number));
      EXPECT_TRUE(original->commit(batch).ok());
    }
  });
  for (int i = 0; i < 10; ++i) {
    const auto made = backup_rocksdb(*original, backups(), {.keep = 1});
    EXPECT_TRUE(made.ok()) << made.error().message;
    fs::remove_all(restored());
    const Status status = restore_rocksdb(backups(), restored());
    EXPECT_TRUE(status.ok()) << refusal(status);
    const auto again = open_rocksdb(restored(), {.cache_bytes = 1});
    EXPECT_TRUE(again.ok()) << again.error().message;
    if (!again.ok()) break;
    const auto snapshot = again.value()->snapshot();
    EXPECT_EQ(snapshot->get("one").value(), snapshot->get("other").value()) << "by half";
  }
  done = true;
}

TEST_F(Backups, MakeNoNoise) {
  const auto original = open(store());
  commit(*original, 10);
  log::set_level(log::Level::warning);
  testing::internal::CaptureStderr();
  EXPECT_TRUE(backup_rocksdb(*original, backups(), {}).ok());
  EXPECT_TRUE(backup_rocksdb(*original, backups(), {.keep = 1}).ok());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << "the engine's, which is about itself";
}

TEST_F(Backups, ThatAreInterruptedDoNotCountAndHarmNoOther) {
  if (!mangrove::tests::has_own_process()) return;
  {
    const auto original = open(store());
    commit(*original, 600);
    ASSERT_TRUE(backup_rocksdb(*original, backups(), {}).ok());
  }
  const Content first = content_;
  for (int round = 0; round < 8; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto original = open(store());
      std::mt19937 random(static_cast<unsigned>(round));
      for (int i = 0; i < 300; ++i) {
        if (!original->commit(random_batch(random)).ok()) ::_exit(1);
      }
      static_cast<void>(backup_rocksdb(*original, backups(), {.keep = 1}).ok());
      ::_exit(0);
    }
    // The commits take some 100 ms, the backup some 50 ms.
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + 20 * round));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(check_backups(backups()).value().damage.empty());
    EXPECT_GE(list_backups(backups()).value().size(), 1u);
    EXPECT_FALSE(restored_content().empty());
  }
  const auto original = open(store());
  const Content now = content_of(*original).value();
  ASSERT_TRUE(backup_rocksdb(*original, backups(), {.keep = 1}).ok());
  EXPECT_EQ(list_backups(backups()).value().size(), 1u);
  EXPECT_TRUE(restored_content() == now);
}

TEST_F(Backups, OfWhichOneBitIsFlippedAreNeverRestoredAsTruth) {
  {
    const auto original = open(store());
    commit(*original, 400);
    ASSERT_TRUE(backup_rocksdb(*original, backups(), {}).ok());
    commit(*original, 50);
    ASSERT_TRUE(backup_rocksdb(*original, backups(), {}).ok());
  }
  std::mt19937 random(5);
  for (unsigned round = trials("MANGROVE_BIT_FLIPS", 100) / 2; round > 0; --round) {
    const BitPlace place = random_bit(backups(), random);
    SCOPED_TRACE(to_string(place));
    flip(place);
    const CheckReport report = check_backups(backups()).value();
    fs::remove_all(restored());
    const Status status = restore_rocksdb(backups(), restored());
    flip(place);
    EXPECT_FALSE(report.damage.empty());
    if (status.ok()) {
      // Damage to what only the older backup uses.
      EXPECT_TRUE(content_of(*open(restored())).value() == content_);
      EXPECT_EQ(report.damage[0].file, "backup 1");
    } else {
      EXPECT_EQ(status.error().code, ErrorCode::corrupt) << status.error().message;
      EXPECT_FALSE(fs::exists(restored())) << "nothing is put in place";
    }
  }
  EXPECT_TRUE(check_backups(backups()).value().damage.empty());
}

TEST_F(Backups, AreNotMadeOfADamagedStoreOrOntoADamagedBackup) {
  const auto original = open(store());
  commit(*original, 400);
  ASSERT_TRUE(backup_rocksdb(*original, backups(), {}).ok());
  fs::path shared;
  for (const auto& entry : fs::directory_iterator(backups() / "shared_checksum")) shared = entry;
  const BitPlace place{shared, 1'000, 3};
  flip(place);
  const auto onto_damage = backup_rocksdb(*original, backups(), {});
  flip(place);
  ASSERT_FALSE(onto_damage.ok());
  EXPECT_EQ(onto_damage.error().code, ErrorCode::corrupt);
  EXPECT_NE(onto_damage.error().message.find(shared.filename()), std::string::npos)
      << onto_damage.error().message;
  EXPECT_EQ(list_backups(backups()).value().size(), 1u);

  for (const auto& entry : fs::directory_iterator(store())) {
    if (entry.path().extension() == ".sst") flip({entry.path(), 1'000, 3});
  }
  const auto of_damage = backup_rocksdb(*original, folder_.path() / "other", {});
  ASSERT_FALSE(of_damage.ok());
  EXPECT_EQ(of_damage.error().code, ErrorCode::corrupt) << of_damage.error().message;
  EXPECT_TRUE(restored_content() == content_);
}

TEST_F(Backups, AreRefusedWithAReason) {
  const auto original = open(store());
  commit(*original, 10);
  EXPECT_EQ(list_backups(backups()).error().code, ErrorCode::not_found);
  EXPECT_EQ(restore_rocksdb(backups(), restored()).error().code, ErrorCode::not_found);
  ASSERT_TRUE(backup_rocksdb(*original, backups(), {}).ok());
  EXPECT_EQ(restore_rocksdb(backups(), restored(), 7).error().code, ErrorCode::not_found);

  EXPECT_EQ(restore_rocksdb(backups(), store()).error().code, ErrorCode::conflict);
  EXPECT_NE(refusal(restore_rocksdb(backups(), store())).find("is not empty"), std::string::npos);
  const auto elsewhere = backup_rocksdb(*original, store(), {});
  ASSERT_FALSE(elsewhere.ok());
  EXPECT_EQ(elsewhere.error().code, ErrorCode::conflict) << elsewhere.error().message;
  EXPECT_FALSE(fs::exists(store() / "seals")) << "it is left as it is";

  fs::create_directory(restored());
  EXPECT_TRUE(restore_rocksdb(backups(), restored()).ok()) << "an empty folder will do";
}

TEST_F(Backups, SayWhenTheDiskIsFullAndHarmNothing) {
  SmallDisk disk(16);
  if (!disk.is_there()) GTEST_SKIP() << SmallDisk::kWhyNot;
  const auto original = open(store());
  commit(*original, 200);
  const fs::path backups = disk.path() / "backups";  // Beside what fills the disk.
  ASSERT_TRUE(backup_rocksdb(*original, backups, {}).ok());
  disk.fill_until(200'000);
  commit(*original, 400);
  const auto refused = backup_rocksdb(*original, backups, {});
  disk.free_again();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::no_space) << refused.error().message;
  EXPECT_EQ(list_backups(backups).value().size(), 1u);
  ASSERT_TRUE(backup_rocksdb(*original, backups, {}).ok());
  EXPECT_TRUE(check_backups(backups).value().damage.empty());
}

TEST_F(Backups, OfWhichTheFirstFoundNoSpaceAreMadeOnceThereIsSome) {
  SmallDisk disk(16);
  if (!disk.is_there()) GTEST_SKIP() << SmallDisk::kWhyNot;
  const auto original = open(store());
  commit(*original, 400);
  const fs::path backups = disk.path() / "backups";
  for (const std::uint64_t left : {0, 4'096, 8'192, 16'384, 100'000}) {
    disk.fill_until(left);
    const auto refused = backup_rocksdb(*original, backups, {});
    disk.free_again();
    ASSERT_FALSE(refused.ok()) << left;
    EXPECT_EQ(refused.error().code, ErrorCode::no_space) << left << ": " << refused.error().message;
  }
  ASSERT_TRUE(backup_rocksdb(*original, backups, {}).ok());
  EXPECT_EQ(list_backups(backups).value().size(), 1u);
  EXPECT_TRUE(check_backups(backups).value().damage.empty());
}

}  // namespace
}  // namespace mangrove::storage::tests
