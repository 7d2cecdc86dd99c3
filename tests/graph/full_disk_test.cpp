#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>

#include "graph/backup.h"
#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "graph/verify.h"
#include "tests/support/ledger.h"
#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

class FullDisk : public testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.is_there()) GTEST_SKIP() << "no right to mount a small disk";
    open();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(take(lane_.next()).ok());
  }

  void open() {
    auto opened = Graph::open(folder_, {.cache_bytes = 1, .text_properties = tests::kLaneTexts});
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    graph_ = std::move(opened).value();
  }

  Result<Version> take(const tests::Lane::Step& step) {
    const auto version = tests::take(*graph_, step);
    if (version.ok()) ledger_.acknowledge(0, lane_.steps(), version.value());
    return version;
  }

  void expect_refused(const Result<Version>& refused) {
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::no_space) << refused.error().message;
    EXPECT_NE(refused.error().message.find(folder_.string()), std::string::npos)
        << refused.error().message;
    EXPECT_TRUE(graph_->writable().ok()) << "it is to go on by itself once there is space";
    expect_unharmed();
  }

  void expect_unharmed() { EXPECT_TRUE(ledger_.agrees_with(*graph_, random_)); }

  tests::SmallDisk disk_{64};
  fs::path folder_ = disk_.path() / "graph";
  std::unique_ptr<Graph> graph_;
  tests::Lane lane_ = tests::lane_of(0);
  tests::Ledger ledger_{1};
  std::mt19937 random_{1};
};

TEST_F(FullDisk, CommitsAreRefusedUntilThereIsSpaceAgain) {
  disk_.fill_until(std::uint64_t{14} << 20);
  tests::Lane::Step step = lane_.next();
  auto refused = take(step);
  constexpr int kEnough = 500;
  for (int i = 0; i < kEnough && refused.ok(); ++i) refused = take(step = lane_.next());
  expect_refused(refused);
  // The same again might be taken: what was in memory may have become a table meanwhile.
  disk_.fill_until(0);
  expect_refused(take(step));
  disk_.free_again();
  EXPECT_TRUE(take(step).ok());
  EXPECT_TRUE(take(lane_.next()).ok());
  expect_unharmed();
  EXPECT_TRUE(tests::is_clean(verify(*graph_, {.folder = folder_})));
}

TEST_F(FullDisk, ABackupThatFindsNoSpaceIsMadeOnceThereIsSome) {
  const fs::path backups = disk_.path() / "backups";
  disk_.fill_until(0);
  const auto refused = back_up(graph_->store(), backups, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::no_space) << refused.error().message;
  disk_.free_again();
  const auto made = back_up(graph_->store(), backups, {});
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_TRUE(faults_of_backups(backups).value().empty());
  EXPECT_TRUE(take(lane_.next()).ok()) << "the graph itself goes on";
  expect_unharmed();
}

TEST_F(FullDisk, AGraphThatCannotBeClosedInOrderLosesNothing) {
  disk_.fill_until(0);
  graph_.reset();  // No room for tables, seal and image.
  disk_.free_again();
  open();
  expect_unharmed();
  graph_.reset();
  EXPECT_TRUE(tests::is_clean(verify_folder(folder_)));
}

TEST_F(FullDisk, AGraphThatCannotBeOpenedSaysWhyAndIsUnharmed) {
  graph_.reset();
  for (const std::uint64_t left : {0, 4'096, 16'384, 65'536}) {
    disk_.fill_until(left);
    const auto opened = Graph::open(folder_, {.cache_bytes = 1});
    if (opened.ok()) {
      EXPECT_TRUE(ledger_.agrees_with(*opened.value(), random_));
    } else {
      EXPECT_TRUE(opened.error().code == ErrorCode::no_space ||
                  opened.error().code == ErrorCode::io);
      EXPECT_NE(opened.error().message.find(folder_.string()), std::string::npos)
          << opened.error().message;
      EXPECT_NE(opened.error().message.find("pace"), std::string::npos) << opened.error().message;
    }
    disk_.free_again();
  }
  open();
  expect_unharmed();
  EXPECT_TRUE(take(lane_.next()).ok());
}

TEST_F(FullDisk, AGraphIsNotMadeByHalf) {
  const fs::path other = disk_.path() / "other";
  for (std::uint64_t left = 0; left < 200'000; left += 8'192) {
    disk_.fill_until(left);
    if (const auto opened = Graph::open(other, {}); !opened.ok()) {
      EXPECT_TRUE(opened.error().code == ErrorCode::no_space ||
                  opened.error().code == ErrorCode::io)
          << opened.error().message;
    }
    disk_.free_again();
    const auto opened = Graph::open(other, {});
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened.value()->view().version(), 0u);
    fs::remove_all(other);
  }
}

/// No file may grow beyond so many bytes, for as long as this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    signal_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, signal_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*signal_)(int) = SIG_DFL;
};

/// A store whose content outlives the graph over it.
class SharedStore final : public storage::Storage {
 public:
  explicit SharedStore(std::shared_ptr<storage::Storage> store) : store_(std::move(store)) {}
  std::shared_ptr<const storage::Snapshot> snapshot() const override { return store_->snapshot(); }
  Status commit(const storage::WriteBatch& batch) override { return store_->commit(batch); }

 private:
  std::shared_ptr<storage::Storage> store_;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ImageFaults, AnImageThatCannotBeWrittenWholeLeavesTheOneThatIsThere) {
  const tests::TemporaryFolder folder;
  const fs::path image = folder.path() / "image";
  const std::shared_ptr<storage::Storage> store = storage::make_memory_storage();
  tests::Ledger ledger(1);
  tests::Lane lane = tests::lane_of(0);
  std::mt19937 random(1);
  const auto open = [&] {
    auto opened = Graph::open(std::make_unique<SharedStore>(store),
                              {.text_properties = tests::kLaneTexts, .image = image});
    EXPECT_TRUE(opened.ok()) << opened.error().message;
    return std::move(opened).value();
  };
  const auto work = [&](Graph& graph) {
    const auto version = tests::take(graph, lane.next());
    ASSERT_TRUE(version.ok());
    ledger.acknowledge(0, lane.steps(), version.value());
  };
  work(*open());
  ASSERT_TRUE(fs::exists(image));
  const std::uintmax_t size = fs::file_size(image);
  for (std::uintmax_t limit = 0; limit < size; limit += size / 13 + 1) {
    auto graph = open();
    ASSERT_TRUE(ledger.agrees_with(*graph, random)) << limit;
    work(*graph);
    const std::string before = bytes_of(image);
    {
      const FileSizeLimit full(limit);
      graph.reset();
    }
    EXPECT_TRUE(bytes_of(image) == before) << limit;
    const auto files = fs::directory_iterator(folder.path());
    EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "a part of an image was left behind";
  }
  EXPECT_TRUE(ledger.agrees_with(*open(), random));
}

TEST(ImageFaults, AGraphGoesOnWhoseImagesCannotBeWritten) {
  const tests::TemporaryFolder folder;
  const auto graph =
      Graph::open(storage::make_memory_storage(), {.text_properties = tests::kLaneTexts,
                                                   .image = folder.path() / "none" / "image",
                                                   .changes_between_images = 1})
          .value();
  tests::Lane lane = tests::lane_of(1);
  testing::internal::CaptureStderr();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(tests::take(*graph, lane.next()).ok());
  graph->settle();
  EXPECT_NE(
      testing::internal::GetCapturedStderr().find("the image of the topology was not written"),
      std::string::npos);
  EXPECT_TRUE(graph->writable().ok());
}

}  // namespace
}  // namespace mangrove::graph
