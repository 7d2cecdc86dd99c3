#include "graph/storage/rocksdb.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <set>

#include "graph/base/log.h"
#include "tests/graph/storage/random_content.h"
#include "tests/support/own_process.h"
#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::storage::tests {
namespace {

namespace fs = std::filesystem;
using mangrove::tests::SmallDisk;
using mangrove::tests::TemporaryFolder;

constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20;

WriteBatch one(std::string key, std::string value) {
  WriteBatch batch;
  batch.put(std::move(key), std::move(value));
  return batch;
}

/// Bytes that no compression makes smaller.
std::string noise(std::size_t bytes, unsigned seed) {
  std::mt19937 random(seed);
  std::string text(bytes, '\0');
  for (char& byte : text) byte = static_cast<char>(random());
  return text;
}

std::set<std::string> files_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

class Rocksdb : public testing::Test {
 protected:
  Rocksdb() { log::set_level(log::Level::error); }

  Result<std::unique_ptr<Storage>> open(bool create = false) const {
    return open_rocksdb(store(), {.create = create, .cache_bytes = 8 * kMegabyte});
  }
  fs::path store() const { return folder_.path() / "store"; }

  void expect_refused(const Result<std::unique_ptr<Storage>>& opened, ErrorCode code,
                      std::string_view words) const {
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, code) << opened.error().message;
    EXPECT_NE(opened.error().message.find(words), std::string::npos) << opened.error().message;
    EXPECT_NE(opened.error().message.find(store().string()), std::string::npos);
  }

  /// Makes a store, of which nothing is closed in the end.
  void commit_and_be_killed(int commits) const {
    const pid_t child = ::fork();
    if (child == 0) {
      auto opened = open(true).value();
      for (int i = 0; i < commits; ++i) {
        if (!opened->commit(one(std::to_string(i), "value")).ok()) ::_exit(1);
      }
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_EQ(status, 0);
  }

  TemporaryFolder folder_;
};

// ---- Opening and closing

TEST_F(Rocksdb, MakesAStoreOnlyWhenAskedTo) {
  expect_refused(open(), ErrorCode::not_found, "there is no store");
  fs::create_directory(store());
  expect_refused(open(), ErrorCode::not_found, "there is no store");
  ASSERT_TRUE(open(true).ok());
  ASSERT_TRUE(open().ok());
  ASSERT_TRUE(open(true).ok()) << "one that is there is opened";
}

TEST_F(Rocksdb, MakesAStoreWhereMakingOneWasInterrupted) {
  ASSERT_TRUE(open(true).ok());
  for (const std::string& name : files_in(store())) {
    if (!name.starts_with("MANIFEST") && name != "IDENTITY") fs::remove(store() / name);
  }
  EXPECT_TRUE(open(true).ok());
}

TEST_F(Rocksdb, NeverMakesAnEmptyStoreWhereOneWas) {
  ASSERT_TRUE(open(true).value()->commit(one("a", "1")).ok());
  fs::remove(store() / "CURRENT");
  const auto before = files_in(store());
  expect_refused(open(true), ErrorCode::corrupt, "CURRENT is gone");
  EXPECT_EQ(files_in(store()), before) << "it is left as it is";
}

TEST_F(Rocksdb, IsOpenOnceOnly) {
  if (!mangrove::tests::has_own_process()) return;
  const auto first = open(true).value();
  expect_refused(open(), ErrorCode::conflict, "another process");
  const pid_t child = ::fork();
  if (child == 0) {
    const auto second = open();
    ::_exit(!second.ok() && second.error().code == ErrorCode::conflict ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(first->commit(one("a", "1")).ok()) << "the first goes on";
}

TEST_F(Rocksdb, IsClosedWithAllInTablesAndSealed) {
  auto opened = open(true).value();
  ASSERT_TRUE(opened->commit(one("a", "1")).ok());
  EXPECT_FALSE(fs::exists(store() / "SEAL"));
  opened.reset();
  EXPECT_TRUE(fs::exists(store() / "SEAL"));
  for (const std::string& name : files_in(store())) {
    EXPECT_FALSE(name.starts_with("LOG")) << "it keeps no log of its own";
    if (name.ends_with(".log")) {
      EXPECT_EQ(fs::file_size(store() / name), 0u);
    }
  }
  EXPECT_EQ(open().value()->snapshot()->get("a").value(), "1");
}

TEST_F(Rocksdb, RecoversWhatWasCommittedBeforeAKill) {
  if (!mangrove::tests::has_own_process()) return;
  commit_and_be_killed(100);
  EXPECT_FALSE(fs::exists(store() / "SEAL"));
  EXPECT_EQ(content_of(*open().value()).value().size(), 100u);
}

TEST_F(Rocksdb, DropsAWriteThatAKillCutOff) {
  if (!mangrove::tests::has_own_process()) return;
  commit_and_be_killed(100);
  for (const std::string& name : files_in(store())) {
    const fs::path file = store() / name;
    if (!name.ends_with(".log")) continue;
    ASSERT_GT(fs::file_size(file), 3u);
    fs::resize_file(file, fs::file_size(file) - 3);
  }
  EXPECT_EQ(content_of(*open().value()).value().size(), 99u);
  EXPECT_EQ(content_of(*open().value()).value().size(), 99u) << "closed and opened again";
}

TEST_F(Rocksdb, DropsAChangeOfItsListOfTablesThatAKillCutOff) {
  if (!mangrove::tests::has_own_process()) return;
  commit_and_be_killed(100);
  for (const std::string& name : files_in(store())) {
    if (!name.starts_with("MANIFEST")) continue;
    // The header of a piece of 80 bytes, and three of them.
    std::ofstream(store() / name, std::ios::binary | std::ios::app)
        << std::string("\1\2\3\4\x50\0\1abc", 10);
  }
  EXPECT_EQ(content_of(*open().value()).value().size(), 100u);
}

// ---- Memory

TEST_F(Rocksdb, KeepsToItsMemoryWhileReadingAndWritingFarMore) {
  const auto opened = open(true).value();
  std::uint64_t most = 0;
  for (unsigned i = 0; i < 100; ++i) {
    WriteBatch batch;
    for (unsigned k = 0; k < 100; ++k) {
      batch.put("k" + std::to_string(100 * (i * 37 % 100) + k), noise(5'000, i * 100 + k));
    }
    ASSERT_TRUE(opened->commit(batch).ok());
    most = std::max(most, usage_of(*opened).memory);
  }
  std::mt19937 random(1);
  for (int round = 0; round < 100; ++round) {
    std::vector<std::string> keys;
    for (int i = 0; i < 100; ++i) keys.push_back("k" + std::to_string(random() % 10'000));
    ASSERT_TRUE(opened->snapshot()->multi_get(keys).ok());
    most = std::max(most, usage_of(*opened).memory);
  }
  EXPECT_GT(usage_of(*opened).disk_tables, 40 * kMegabyte);
  EXPECT_GT(most, 4 * kMegabyte);
  EXPECT_LE(most, 9 * kMegabyte);
}

// ---- Disks

class SmallDiskStore : public Rocksdb {
 protected:
  void SetUp() override {
    if (!disk_.is_there()) GTEST_SKIP() << SmallDisk::kWhyNot;
  }

  Result<std::unique_ptr<Storage>> open(bool create = false) const {
    return open_rocksdb(disk_.path() / "store", {.create = create, .cache_bytes = 8 * kMegabyte});
  }

  SmallDisk disk_{64};
};

TEST_F(SmallDiskStore, RefusesACommitBeforehandAndTakesItOnceThereIsRoom) {
  auto opened = open(true).value();
  ASSERT_TRUE(opened->commit(one("before", noise(kMegabyte, 1))).ok());
  disk_.fill_until(kMegabyte);
  const WriteBatch batch = one("refused", noise(100'000, 2));
  for (int i = 0; i < 3; ++i) {
    const Status refused = opened->commit(batch);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::no_space);
    EXPECT_NE(refused.error().message.find("is full: 1 MiB are free"), std::string::npos)
        << refused.error().message;
  }
  EXPECT_EQ(opened->snapshot()->get("refused").value(), std::nullopt);
  EXPECT_TRUE(opened->snapshot()->get("before").value().has_value()) << "reading goes on";
  disk_.free_again();
  EXPECT_TRUE(opened->commit(batch).ok());
  const Content content = content_of(*opened).value();
  opened.reset();
  EXPECT_TRUE(content_of(*open().value()).value() == content);
}

TEST_F(SmallDiskStore, IsNotBrokenByBeingFilledUpToTheLastCommitThatFits) {
  auto opened = open(true).value();
  Content content;
  unsigned commits = 0;
  for (;; ++commits) {
    // Always the same keys, so that there is much to merge.
    const WriteBatch batch = one("k" + std::to_string(commits % 100), noise(300'000, commits));
    const Status status = opened->commit(batch);
    if (!status.ok()) {
      EXPECT_EQ(status.error().code, ErrorCode::no_space) << status.error().message;
      break;
    }
    content = after(std::move(content), batch);
    ASSERT_LT(commits, 5'000u);
  }
  EXPECT_GT(commits, 50u);
  EXPECT_TRUE(content_of(*opened).value() == content);
  opened.reset();
  opened = open().value();
  EXPECT_TRUE(content_of(*opened).value() == content);
  EXPECT_TRUE(check_rocksdb(*opened).value().damage.empty());
}

TEST_F(SmallDiskStore, IsLeftUnharmedWhenItCannotBeOpenedForLackOfSpace) {
  ASSERT_TRUE(open(true).value()->commit(one("a", "1")).ok());
  disk_.fill_until(0);
  const auto refused = open();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::no_space) << refused.error().message;
  disk_.free_again();
  EXPECT_EQ(open().value()->snapshot()->get("a").value(), "1");
}

TEST_F(SmallDiskStore, SaysThatAFolderMayNotBeWritten) {
  ASSERT_TRUE(open(true).value()->commit(one("a", "1")).ok());
  disk_.make_read_only(true);
  const auto refused = open();
  disk_.make_read_only(false);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::io);
  EXPECT_NE(refused.error().message.find("may not be written"), std::string::npos)
      << refused.error().message;
  EXPECT_EQ(open().value()->snapshot()->get("a").value(), "1");
}

}  // namespace
}  // namespace mangrove::storage::tests
