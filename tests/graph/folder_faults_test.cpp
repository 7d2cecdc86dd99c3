#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "graph/folder.h"
#include "graph/graph.h"
#include "tests/support/lanes.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/victim.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{30};

class FolderFaults : public testing::Test {
 protected:
  FolderFaults() {
    // Others than we must be able to come here.
    fs::permissions(temporary_.path(), fs::perms(0755));
    auto graph = Graph::open(folder_, {.text_properties = tests::kLaneTexts}).value();
    tests::Lane lane = tests::lane_of(1);
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(tests::take(*graph, lane.next()).ok());
    content_ = tests::read_by_all(*graph).value();
  }

  /// Opening is refused, whether a graph may be made or not, and the reason holds these words.
  void expect_refused(ErrorCode code, const std::string& words) {
    for (const bool create : {true, false}) {
      const auto opened = Graph::open(folder_, {.create = create});
      ASSERT_FALSE(opened.ok());
      EXPECT_EQ(opened.error().code, code) << opened.error().message;
      EXPECT_NE(opened.error().message.find(words), std::string::npos) << opened.error().message;
      EXPECT_NE(opened.error().message.find(folder_.string()), std::string::npos)
          << opened.error().message;
    }
  }

  void expect_unharmed() {
    auto opened = Graph::open(folder_, {.create = false});
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    Graph& graph = *opened.value();
    const auto found = tests::read_by_all(graph).value();
    EXPECT_TRUE(found == content_) << tests::first_difference(found, content_);
    EXPECT_TRUE(graph.writable().ok());
    Batch batch;
    batch.put({.source = "src:new", .subject = {"new:1", "Thing"}});
    EXPECT_TRUE(graph.commit(batch).ok());
  }

  /// What somebody without rights gets to hear who opens the graph.
  std::string refused_to_nobody() {
    tests::Victim nobody({"open-as-nobody", folder_.string()});
    std::string line;
    EXPECT_TRUE(nobody.read_line(line, kPatience));
    EXPECT_EQ(nobody.wait(), 3) << line;
    return line;
  }

  tests::TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path() / "graph";
  std::string content_;
};

TEST_F(FolderFaults, TheStoreDeleted) {
  fs::remove_all(folder_ / "store");
  expect_refused(ErrorCode::corrupt, "its store is gone: restore a backup");
}

TEST_F(FolderFaults, TheStoreEmptied) {
  fs::remove_all(folder_ / "store");
  fs::create_directory(folder_ / "store");
  expect_refused(ErrorCode::corrupt, "its store is gone: restore a backup");
}

TEST_F(FolderFaults, AFileInPlaceOfTheStore) {
  fs::remove_all(folder_ / "store");
  std::ofstream(folder_ / "store") << "not a folder";
  expect_refused(ErrorCode::corrupt, "its store is gone: restore a backup");
}

TEST_F(FolderFaults, CurrentDeleted) {
  fs::remove(folder_ / "store" / "CURRENT");
  expect_refused(ErrorCode::corrupt, "restore a backup");
}

TEST_F(FolderFaults, CurrentAndTheMarkerDeleted) {
  fs::remove(folder_ / "store" / "CURRENT");
  fs::remove(folder_ / "mangrove-graph");
  expect_refused(ErrorCode::corrupt, "restore a backup");
}

TEST_F(FolderFaults, OnlyTheImageLeft) {
  fs::remove_all(folder_ / "store");
  fs::remove(folder_ / "mangrove-graph");
  ASSERT_TRUE(fs::exists(folder_ / "topology.image"));
  expect_refused(ErrorCode::corrupt, "restore a backup");
}

TEST_F(FolderFaults, AnyFileOfTheStoreDeleted) {
  const fs::path copy = temporary_.path() / "copy";
  fs::copy(folder_, copy, fs::copy_options::recursive);
  std::size_t deleted = 0;
  for (const auto& entry : fs::directory_iterator(copy / "store")) {
    const std::string name = entry.path().filename();
    if (name == "LOCK" || name == "SEAL") continue;  // Not needed.
    SCOPED_TRACE(name);
    fs::remove(folder_ / "store" / name);
    ++deleted;
    const auto opened = Graph::open(folder_, {});
    if (opened.ok()) {
      // Found at the latest by reading.
      const auto found = tests::read_by_all(*opened.value());
      EXPECT_FALSE(found.ok()) << "nobody missed it";
    } else {
      EXPECT_EQ(opened.error().code, ErrorCode::corrupt) << opened.error().message;
    }
    fs::remove_all(folder_);
    fs::copy(copy, folder_, fs::copy_options::recursive);
  }
  EXPECT_GE(deleted, 4u);
  expect_unharmed();
}

TEST_F(FolderFaults, TheMarkerDeletedIsWrittenAgain) {
  fs::remove(folder_ / "mangrove-graph");
  expect_unharmed();
  EXPECT_TRUE(fs::exists(folder_ / "mangrove-graph"));
}

TEST_F(FolderFaults, TheImageAndTheLockDeletedAreMadeAgain) {
  fs::remove(folder_ / "topology.image");
  fs::remove(folder_ / "lock");
  expect_unharmed();
  EXPECT_TRUE(fs::exists(folder_ / "topology.image"));
}

TEST_F(FolderFaults, AFolderInPlaceOfTheImage) {
  fs::remove(folder_ / "topology.image");
  fs::create_directory(folder_ / "topology.image");
  expect_unharmed();
}

TEST_F(FolderFaults, AFileInPlaceOfTheFolder) {
  fs::remove_all(folder_);
  std::ofstream(folder_) << "not a folder";
  expect_refused(ErrorCode::conflict, "is not a folder");
}

TEST_F(FolderFaults, AFileWhereTheFolderWouldBeMade) {
  std::ofstream(temporary_.path() / "file") << "not a folder";
  const auto opened = Graph::open(temporary_.path() / "file" / "graph", {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::io) << opened.error().message;
  EXPECT_NE(opened.error().message.find("file/graph"), std::string::npos) << opened.error().message;
}

TEST_F(FolderFaults, ServerJsonThatMakesNoSense) {
  for (const char* const text : {"", "{", "[]", R"({"url": 7, "process": "x"})", "\xFF\xFE"}) {
    std::ofstream(folder_ / kServerFile) << text;
    const auto held = Graph::open(folder_, {.create = false});
    ASSERT_TRUE(held.ok()) << held.error().message;
    const auto second = Graph::open(folder_, {.create = false});
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
  }
}

TEST_F(FolderFaults, ASecondProcess) {
  {
    tests::Victim holder({"hold", folder_.string()});
    std::string line;
    ASSERT_TRUE(holder.read_line(line, kPatience));
    ASSERT_EQ(line, "open");
    expect_refused(ErrorCode::conflict, "another process has the graph");
  }
  expect_unharmed();
}

TEST_F(FolderFaults, AFolderThatMayNotBeWritten) {
  fs::permissions(folder_, fs::perms(0555));
  const std::string line = refused_to_nobody();
  EXPECT_TRUE(line.starts_with("error " + std::to_string(static_cast<int>(ErrorCode::io)))) << line;
  EXPECT_NE(line.find(folder_.string()), std::string::npos) << line;
  EXPECT_NE(line.find("ermission denied"), std::string::npos) << line;
  fs::permissions(folder_, fs::perms(0755));
  expect_unharmed();
}

TEST_F(FolderFaults, AStoreThatMayNotBeWritten) {
  fs::permissions(folder_, fs::perms(0777));
  fs::permissions(folder_ / "lock", fs::perms(0666));
  fs::permissions(folder_ / "store", fs::perms(0555));
  const std::string line = refused_to_nobody();
  EXPECT_NE(line.find(folder_.string()), std::string::npos) << line;
  EXPECT_NE(line.find("ermission denied"), std::string::npos) << line;
  fs::permissions(folder_ / "store", fs::perms(0755));
  expect_unharmed();
}

TEST_F(FolderFaults, AFolderThatMayNotBeLookedInto) {
  // Where we are the owner, the owner's rights count.
  const bool is_root = ::geteuid() == 0;
  for (const unsigned rights : {is_root ? 0700u : 0000u, is_root ? 0711u : 0311u}) {
    fs::permissions(folder_, fs::perms(rights));
    EXPECT_NE(refused_to_nobody().find("ermission denied"), std::string::npos);
  }
  fs::permissions(folder_, fs::perms(0755));
  expect_unharmed();
}

}  // namespace
}  // namespace mangrove::graph
