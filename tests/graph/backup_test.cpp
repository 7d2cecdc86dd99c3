#include "graph/backup.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <thread>

#include "graph/graph.h"
#include "graph/requests.h"
#include "graph/storage/keys.h"
#include "graph/storage/rocksdb.h"
#include "graph/verify.h"
#include "tests/support/graph_dump.h"
#include "tests/support/own_process.h"
#include "tests/support/random_graph.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

/// Runs `work` in a process of its own, which ends only by being killed.
class Child {
 public:
  explicit Child(const std::function<void(int pipe)>& work) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    process_ = ::fork();
    if (process_ == 0) {
      ::close(ends[0]);
      work(ends[1]);
      ::_exit(1);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~Child() {
    kill();
    ::close(pipe_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// The next number that the child tells; nothing once it is gone.
  std::optional<std::uint32_t> hear() const {
    std::uint32_t number = 0;
    if (::read(pipe_, &number, sizeof number) != sizeof number) return std::nullopt;
    return number;
  }
  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  pid_t process_ = 0;
  int pipe_ = -1;
};

void tell(int pipe, std::uint32_t number) {
  if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(1);
}

/// Words that do not shrink.
std::string noise(std::mt19937& random, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += static_cast<char>('a' + random() % 26);
  return text;
}

Record thing(const std::string& id, std::string title, const std::string& next) {
  Record record{.source = "src:a", .subject = {id, "Thing"}};
  record.subject.properties.push_back({"title", Text{std::move(title), "en"}});
  record.edges.push_back({id, "NEXT", next});
  return record;
}

std::uint64_t bytes_in(const fs::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

std::string findings_in(const fs::path& graph) {
  std::string text;
  const auto report = verify_folder(graph);
  if (!report.ok()) return report.error().message;
  for (const Finding& finding : report.value().findings) {
    text += finding.where + ": " + finding.what + '\n';
  }
  return text;
}

class BackupTest : public testing::Test {
 protected:
  void make(unsigned seed) {
    const auto graph = Graph::open(graph_, {.text_properties = {{"title", 3.0}}}).value();
    tests::RandomRecords records(seed, {20, 20, 20});
    tests::RandomRecords::Standing standing;
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
    dump_ = tests::dump(graph->view(Viewer::steward()));
    version_ = graph->view(Viewer::steward()).version();
  }
  std::string dump_of(const fs::path& folder) {
    return tests::dump(Graph::open(folder, {.create = false}).value()->view(Viewer::steward()));
  }

  tests::TemporaryFolder folder_;
  fs::path graph_ = folder_.path() / "graph";
  fs::path backups_ = folder_.path() / "backups";
  fs::path restored_ = folder_.path() / "restored";
  std::string dump_;
  Version version_ = 0;
};

TEST_F(BackupTest, GivesTheWholeGraphBack) {
  make(1);
  const Backup made = back_up_folder(graph_, backups_).value();
  EXPECT_EQ(made.number, 1u);
  EXPECT_EQ(made.version, version_);
  EXPECT_EQ(made.format, keys::kFormatVersion);
  const Restored restored = restore(backups_, restored_).value();
  EXPECT_EQ(restored.version, version_);
  EXPECT_EQ(dump_of(restored_), dump_);
  EXPECT_EQ(findings_in(restored_), "");
  EXPECT_EQ(dump_of(graph_), dump_);
}

TEST_F(BackupTest, CopiesOnlyWhatIsNew) {
  std::mt19937 random(1);
  const auto graph = Graph::open(graph_, {}).value();
  for (int i = 0; i < 200; ++i) {
    Batch batch;
    for (int j = 0; j < 5; ++j) {
      batch.put(thing("x:" + std::to_string(i * 5 + j), noise(random, 2'000), "x:0"));
    }
    ASSERT_TRUE(graph->commit(batch).ok());
  }
  ASSERT_TRUE(back_up(graph->store(), backups_).ok());
  const std::uint64_t first = bytes_in(backups_);
  EXPECT_GT(first, 1'000'000u);
  Batch little;
  little.put(thing("x:new", "one more", "x:0"));
  ASSERT_TRUE(graph->commit(little).ok());
  ASSERT_TRUE(back_up(graph->store(), backups_).ok());
  EXPECT_LT(bytes_in(backups_) - first, first / 10);
}

TEST_F(BackupTest, KeepsTheNewest) {
  const auto graph = Graph::open(graph_, {}).value();
  for (int i = 0; i < 4; ++i) {
    Batch batch;
    batch.put(thing("x:" + std::to_string(i), "a", "x:0"));
    ASSERT_TRUE(graph->commit(batch).ok());
    ASSERT_TRUE(back_up(graph->store(), backups_, {.keep = 2}).ok());
  }
  const auto left = backups_in(backups_).value();
  ASSERT_EQ(left.size(), 2u);
  EXPECT_EQ(left[0].version, 3u);
  EXPECT_EQ(left[1].version, 4u);
  EXPECT_EQ(restore(backups_, restored_, left[0].number).value().version, 3u);
}

TEST_F(BackupTest, IsNotMadeInAFolderOfSomethingElse) {
  make(1);
  fs::create_directories(backups_);
  std::ofstream(backups_ / "letter.txt") << "dear all";
  EXPECT_EQ(back_up_folder(graph_, backups_).error().code, ErrorCode::conflict);
  EXPECT_EQ(back_up_folder(graph_, graph_).error().code, ErrorCode::conflict);
  EXPECT_EQ(std::distance(fs::directory_iterator(backups_), {}), 1);
  EXPECT_EQ(backups_in(backups_).error().code, ErrorCode::conflict);
  EXPECT_EQ(backups_in(folder_.path() / "none").error().code, ErrorCode::not_found);
}

TEST_F(BackupTest, IsNotMadeOfAGraphThatIsNotThere) {
  EXPECT_EQ(back_up_folder(graph_, backups_).error().code, ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(backups_));
}

TEST_F(BackupTest, IsRestoredOnlyWhereNothingIs) {
  make(1);
  ASSERT_TRUE(back_up_folder(graph_, backups_).ok());
  EXPECT_EQ(restore(backups_, graph_).error().code, ErrorCode::conflict);
  EXPECT_EQ(dump_of(graph_), dump_);
  EXPECT_EQ(restore(backups_, restored_, 9).error().code, ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(restored_));
  EXPECT_EQ(restore(graph_, restored_).error().code, ErrorCode::conflict);
  fs::create_directories(restored_);
  EXPECT_TRUE(restore(backups_, restored_).ok()) << "an empty folder may be there";
  EXPECT_EQ(dump_of(restored_), dump_);
  // Nothing is left beside it.
  EXPECT_FALSE(fs::exists(restored_.string() + ".restoring"));
}

TEST_F(BackupTest, OfANewerFormatIsRefused) {
  make(1);
  {
    const auto store = storage::open_rocksdb(graph_ / "store", {}).value();
    storage::WriteBatch writes;
    writes.put(std::string(keys::kFormat), keys::u32(keys::kFormatVersion + 1));
    ASSERT_TRUE(store->commit(writes).ok());
  }
  ASSERT_TRUE(back_up_folder(graph_, backups_).ok());
  const auto refused = restore(backups_, restored_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_NE(refused.error().message.find("use a newer mangrove"), std::string::npos);
  EXPECT_FALSE(fs::exists(restored_));
}

TEST_F(BackupTest, ThatIsDamagedIsFoundAndNotRestored) {
  make(1);
  ASSERT_TRUE(back_up_folder(graph_, backups_).ok());
  EXPECT_TRUE(faults_of_backups(backups_).value().empty());
  int damaged = 0;
  for (const auto& entry : fs::recursive_directory_iterator(backups_ / "store")) {
    if (!entry.is_regular_file() || entry.file_size() == 0) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(entry.file_size() / 2);
    file.seekg(middle);
    const int byte = file.get();
    const auto put = [&](int other) {
      file.seekp(middle);
      file.put(static_cast<char>(other));
      file.flush();
    };
    put(byte ^ 0x40);
    const auto faults = faults_of_backups(backups_);
    EXPECT_TRUE(!faults.ok() || !faults.value().empty()) << entry.path();
    EXPECT_FALSE(restore(backups_, restored_).ok()) << entry.path();
    EXPECT_FALSE(fs::exists(restored_)) << entry.path();
    put(byte);
    ++damaged;
  }
  EXPECT_GT(damaged, 3);
  EXPECT_TRUE(restore(backups_, restored_).ok());
}

/// A process that commits one batch after the other with its door open, and tells each version.
void commit_for_ever(const fs::path& folder, int pipe) {
  std::mt19937 random(5);
  auto graph = Graph::open(folder, {}).value();
  const GraphDoor door(folder, *graph);
  for (std::uint32_t number = 1;; ++number) {
    Batch batch;
    const std::string id = "x:" + std::to_string(number);
    batch.put(thing(id, noise(random, 300), "x:1"));
    if (!graph->commit(batch).ok()) ::_exit(1);
    tell(pipe, number);
  }
}

TEST_F(BackupTest, IsMadeByTheProcessThatHasTheGraphOpenWhileItCommits) {
  if (!mangrove::tests::has_own_process()) return;
  Child writer([&](int pipe) { commit_for_ever(graph_, pipe); });
  std::uint32_t acknowledged = 0;
  for (int round = 0; round < 3; ++round) {
    while (acknowledged < 50u * static_cast<unsigned>(round + 1)) {
      acknowledged = writer.hear().value();
    }
    // The child waits when the pipe is full: somebody must go on listening.
    const std::uint32_t before = acknowledged;
    std::atomic<bool> done = false;
    std::thread listener([&] {
      while (!done) acknowledged = writer.hear().value_or(acknowledged);
    });
    const auto made = carry_out(
        graph_, json::Value::Object{{"do", "backup"}, {"folder", backups_.string()}}, nullptr);
    done = true;
    listener.join();
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_GE(made.value().find_integer("version").value(), before);

    const auto into = folder_.path() / ("restored-" + std::to_string(round));
    const Restored restored = restore(backups_, into).value();
    EXPECT_GE(restored.version, before);
    EXPECT_EQ(findings_in(into), "");
    const auto graph = Graph::open(into, {.create = false}).value();
    const View view = graph->view();
    EXPECT_EQ(view.counts().nodes.at("Thing"), view.version());
    for (std::uint32_t i = 1; i <= before; ++i) {
      ASSERT_TRUE(view.find("x:" + std::to_string(i)).has_value()) << i;
    }
  }
}

TEST_F(BackupTest, IsVerifiedByTheProcessThatHasTheGraphOpen) {
  if (!mangrove::tests::has_own_process()) return;
  Child writer([&](int pipe) { commit_for_ever(graph_, pipe); });
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(writer.hear().has_value());
  const auto report = carry_out(graph_, json::Value::Object{{"do", "verify"}}, nullptr);
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report.value().find_boolean("clean"), true);
  EXPECT_GE(report.value().find_integer("version").value(), 30);
}

TEST_F(BackupTest, ThatWasKilledLeavesTheEarlierOnesGood) {
  if (!mangrove::tests::has_own_process()) return;
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer bears no threads in a process that was forked beside others";
#endif
  make(2);
  ASSERT_TRUE(back_up_folder(graph_, backups_).ok());
  std::mt19937 random(static_cast<unsigned>(::getpid()));
  for (int round = 0; round < 8; ++round) {
    {
      Child killed([&](int pipe) {
        const auto graph = Graph::open(graph_, {}).value();
        Batch batch;
        for (int i = 0; i < 300; ++i) {
          batch.put(thing("y:" + std::to_string(i), noise(random, 500), "y:0"));
        }
        if (!graph->commit(batch).ok()) ::_exit(1);
        tell(pipe, 1);
        for (;;) static_cast<void>(back_up(graph->store(), backups_));
      });
      ASSERT_TRUE(killed.hear().has_value());
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
    }
    EXPECT_TRUE(faults_of_backups(backups_).value().empty()) << round;
    fs::remove_all(restored_);
    ASSERT_TRUE(restore(backups_, restored_, 1).ok()) << round;
    EXPECT_EQ(dump_of(restored_), dump_) << round;
  }
  ASSERT_TRUE(back_up_folder(graph_, backups_, {.keep = 1}).ok());
  EXPECT_EQ(backups_in(backups_).value().size(), 1u);
}

TEST_F(BackupTest, ThatWasBeingRestoredWhenKilledLeavesNoHalfGraph) {
  if (!mangrove::tests::has_own_process()) return;
  make(3);
  ASSERT_TRUE(back_up_folder(graph_, backups_).ok());
  std::mt19937 random(static_cast<unsigned>(::getpid()));
  for (int round = 0; round < 8; ++round) {
    {
      Child killed([&](int pipe) {
        tell(pipe, 1);
        static_cast<void>(restore(backups_, restored_));
        tell(pipe, 2);
        ::pause();
      });
      ASSERT_TRUE(killed.hear().has_value());
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
    }
    if (!fs::exists(restored_)) continue;
    EXPECT_EQ(dump_of(restored_), dump_) << round;
    fs::remove_all(restored_);
  }
  ASSERT_TRUE(restore(backups_, restored_).ok());
  EXPECT_EQ(dump_of(restored_), dump_);
}

}  // namespace
}  // namespace mangrove::graph
