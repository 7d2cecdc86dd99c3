#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

#include "graph/base/log.h"
#include "graph/storage/rocksdb.h"
#include "graph/storage/rocksdb_journal.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::storage::tests {
namespace {

namespace fs = std::filesystem;
using mangrove::tests::FaultyDisk;
using mangrove::tests::TemporaryFolder;

/// The log of a store after three commits: a small one, one of several blocks, and a small one.
class Journal : public testing::Test {
 protected:
  Journal() {
    const FaultyDisk disk(1);
    const auto store =
        open_rocksdb(folder_.path() / "store", {.create = true, .file_system = disk.file_system()})
            .value();
    for (const std::size_t bytes : {1'000u, 70'000u, 3'000u}) {
      WriteBatch batch;
      batch.put("key", std::string(bytes, 'v'));
      EXPECT_TRUE(store->commit(batch).ok());
      ends_.push_back(fs::file_size(log()));
    }
    bytes_ = contents(log());
  }

  fs::path log() const {
    for (const auto& entry : fs::directory_iterator(folder_.path() / "store")) {
      if (entry.path().extension() == ".log") return entry.path();
    }
    return {};
  }

  static std::string contents(const fs::path& path) {
    std::ostringstream stream;
    stream << std::ifstream(path, std::ios::binary).rdbuf();
    return stream.str();
  }

  JournalScan scan(const std::string& bytes) const {
    const std::string path = (folder_.path() / "scanned").string();
    std::ofstream(path, std::ios::binary) << bytes;
    JournalScan result;
    EXPECT_TRUE(scan_journal(*rocksdb::FileSystem::Default(), path, result).ok());
    return result;
  }

  TemporaryFolder folder_;
  std::vector<std::uint64_t> ends_;  ///< Of the log after each commit.
  std::string bytes_;
};

TEST_F(Journal, IsWholeAsItWasWritten) {
  const JournalScan whole = scan(bytes_);
  EXPECT_FALSE(whole.is_damaged);
  EXPECT_FALSE(whole.is_cut_off());
  EXPECT_EQ(whole.bytes_whole, bytes_.size());
  EXPECT_EQ(whole.last_sequence, 3u);
}

TEST_F(Journal, IsTakenForCutOffWhereverItEnds) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    // Half of them near the end of a commit or of a block.
    std::uint64_t size = random() % bytes_.size();
    if (round % 2 == 0) {
      const std::uint64_t near = round % 4 == 0 ? ends_[random() % 3] : 32'768 * (1 + random() % 2);
      size = std::min<std::uint64_t>(near + random() % 20 - std::min<std::uint64_t>(near, 10),
                                     bytes_.size());
    }
    const JournalScan part = scan(bytes_.substr(0, size));
    EXPECT_FALSE(part.is_damaged) << size;
    std::uint64_t whole = 0;
    for (const std::uint64_t end : ends_) {
      if (end <= size) whole = end;
    }
    EXPECT_EQ(part.bytes_whole, whole) << size;
    EXPECT_EQ(part.is_cut_off(), size != whole) << size;
  }
}

TEST_F(Journal, IsTakenForDamagedWhenWholeCommitsFollow) {
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    const std::size_t at = round < 50 ? static_cast<std::size_t>(round) : random() % ends_[1];
    std::string flipped = bytes_;
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << random() % 8);
    EXPECT_TRUE(scan(flipped).is_damaged) << at;
  }
}

TEST_F(Journal, CannotTellDamageToTheLastCommitFromACut) {
  std::string flipped = bytes_;
  flipped[ends_[1] + 100] ^= 1;
  EXPECT_TRUE(scan(flipped).is_cut_off());
  EXPECT_EQ(scan(flipped).bytes_whole, ends_[1]);
}

TEST_F(Journal, OfZerosIsCutOff) {
  const JournalScan padded = scan(bytes_ + std::string(100'000, '\0'));
  EXPECT_TRUE(padded.is_cut_off());
  EXPECT_EQ(padded.bytes_whole, bytes_.size());
}

}  // namespace
}  // namespace mangrove::storage::tests
