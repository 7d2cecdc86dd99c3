#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <set>
#include <system_error>

#include "graph/base/log.h"
#include "graph/storage/rocksdb.h"
#include "tests/graph/storage/random_content.h"
#include "tests/support/damage.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/trials.h"

namespace mangrove::storage::tests {
namespace {

namespace fs = std::filesystem;
using mangrove::tests::BitPlace;
using mangrove::tests::FaultyDisk;
using mangrove::tests::in_parallel;
using mangrove::tests::random_bit;
using mangrove::tests::TemporaryFolder;
using mangrove::tests::trials;

/// A store of several tables on several levels, and copies of it that are damaged.
class Damage : public testing::Test {
 protected:
  Damage() {
    log::set_level(log::Level::error);
    std::mt19937 random(7);
    auto store = open(original()).value();
    for (int i = 0; i < 1'300; ++i) {
      const WriteBatch batch = random_batch(random);
      EXPECT_TRUE(store->commit(batch).ok());
      before_last_ = content_;
      content_ = after(std::move(content_), batch);
    }
    copy_while_open();
    store.reset();
  }

  fs::path original() const { return folder_.path() / "original"; }
  /// As it would be found after a kill.
  fs::path unclosed() const { return folder_.path() / "unclosed"; }

  /// A copy of a store, with one bit flipped.
  class Copy {
   public:
    Copy(const fs::path& store, unsigned trial)
        : folder_(store.parent_path() / std::to_string(trial)) {
      fs::copy(store, folder_);
      std::mt19937 random(trial);
      bit_ = random_bit(folder_, random);
      flip(bit_);
    }
    ~Copy() { fs::remove_all(folder_); }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    const fs::path& folder() const { return folder_; }
    const BitPlace& bit() const { return bit_; }

   private:
    fs::path folder_;
    BitPlace bit_;
  };

  /// On a disk that is in order, but does not really sync.
  static Result<std::unique_ptr<Storage>> open(const fs::path& folder) {
    const FaultyDisk disk(1);
    return open_rocksdb(folder,
                        {.create = true, .cache_bytes = 1, .file_system = disk.file_system()});
  }

  /// While the engine merges in its background, files come and go: then once more.
  void copy_while_open() const {
    std::error_code error;
    std::set<fs::path> names;
    do {
      fs::remove_all(unclosed());
      names = files_of(original());
      fs::copy(original(), unclosed(), error);
    } while (error || names != files_of(original()));
  }
  static std::set<fs::path> files_of(const fs::path& folder) {
    return {fs::directory_iterator(folder), fs::directory_iterator()};
  }

  TemporaryFolder folder_;
  Content content_;
  Content before_last_;
};

TEST_F(Damage, OfOneBitAnywhereIsFoundAndNeverServedAsTruth) {
  in_parallel(trials("MANGROVE_BIT_FLIPS", 100), [&](unsigned trial) {
    const Copy copy(original(), trial);
    SCOPED_TRACE(to_string(copy.bit()));
    const auto store = open(copy.folder());
    if (!store.ok()) {
      EXPECT_EQ(store.error().code, ErrorCode::corrupt) << store.error().message;
      EXPECT_NE(store.error().message.find(copy.bit().file.filename()), std::string::npos)
          << store.error().message;
      return;
    }
    const auto content = content_of(*store.value());
    if (content.ok()) {
      EXPECT_TRUE(content.value() == content_);
    } else {
      EXPECT_EQ(content.error().code, ErrorCode::corrupt) << content.error().message;
    }
    const CheckReport report = check_rocksdb(*store.value()).value();
    EXPECT_EQ(report.damage.size(), 1u);
    if (report.damage.size() == 1) {
      EXPECT_EQ(report.damage[0].file, copy.bit().file);
    }
  });
}

TEST_F(Damage, OfOneBitInAStoreThatWasNotClosedIsNeverServedAsTruth) {
  std::atomic<unsigned> cut_off = 0;
  in_parallel(trials("MANGROVE_BIT_FLIPS", 100), [&](unsigned trial) {
    const Copy copy(unclosed(), trial);
    SCOPED_TRACE(to_string(copy.bit()));
    const auto store = open(copy.folder());
    if (!store.ok()) {
      EXPECT_EQ(store.error().code, ErrorCode::corrupt) << store.error().message;
      return;
    }
    const auto content = content_of(*store.value());
    if (!content.ok()) {
      EXPECT_EQ(content.error().code, ErrorCode::corrupt) << content.error().message;
    } else if (content.value() != content_) {
      // Damage to the very last write cannot be told from a write that the power cut off. It is
      // dropped as a whole, and the log says so.
      ++cut_off;
      EXPECT_TRUE(content.value() == before_last_);
    }
  });
  EXPECT_LE(cut_off, 5u);
}

TEST_F(Damage, OfAFileOfAnOpenStoreIsFoundByTheCheckAndNamed) {
  const fs::path folder = folder_.path() / "open";
  WriteBatch batch;
  for (int i = 0; i < 1'000; ++i) batch.put(std::to_string(i), std::string(100, 'x'));
  ASSERT_TRUE(open(folder).value()->commit(batch).ok());
  const auto store = open(folder).value();
  ASSERT_TRUE(store->commit(batch).ok());
  const CheckReport whole = check_rocksdb(*store).value();
  EXPECT_TRUE(whole.damage.empty());
  EXPECT_GE(whole.files, 6u);

  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const BitPlace place = random_bit(folder, random);
    SCOPED_TRACE(to_string(place));
    flip(place);
    const CheckReport report = check_rocksdb(*store).value();
    flip(place);
    // The engine keeps its previous options, which nobody reads.
    const std::string name = place.file.filename();
    if (name.starts_with("OPTIONS") && report.damage.empty()) continue;
    ASSERT_EQ(report.damage.size(), 1u);
    EXPECT_EQ(report.damage[0].file, place.file);
  }
  EXPECT_TRUE(check_rocksdb(*store).value().damage.empty());
}

TEST_F(Damage, AFileThatIsGoneIsFound) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(original())) {
    if (entry.path().filename() != "LOCK") names.push_back(entry.path().filename());
  }
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const fs::path folder = folder_.path() / ("without " + name);
    fs::copy(original(), folder);
    fs::remove(folder / name);
    const auto store = open(folder);
    if (name == "SEAL") {
      EXPECT_TRUE(store.ok());  // As after a kill.
    } else {
      ASSERT_FALSE(store.ok());
      EXPECT_EQ(store.error().code, ErrorCode::corrupt) << store.error().message;
    }
  }
}

}  // namespace
}  // namespace mangrove::storage::tests
