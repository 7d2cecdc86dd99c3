#include "graph/folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "graph/graph.h"
#include "graph/storage/keys.h"
#include "graph/storage/rocksdb.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

TEST(Folder, OfSomethingElseIsLeftAlone) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "letter.txt") << "dear all";
  const auto opened = Graph::open(folder.path(), {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::conflict);
  EXPECT_NE(opened.error().message.find("something other than a graph"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "store"));
}

TEST(Folder, ThatIsNotThereIsMadeOnlyWhenAskedFor) {
  const tests::TemporaryFolder folder;
  const auto opened = Graph::open(folder.path() / "none", {.create = false});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "none"));
}

TEST(Folder, IsHeldByOneAtATimeAndTheErrorNamesTheServer) {
  const tests::TemporaryFolder folder;
  const auto path = folder.path() / "graph";
  const auto held = Graph::open(path, {}).value();
  EXPECT_EQ(Graph::open(path, {}).error().code, ErrorCode::conflict);
  std::ofstream(path / kServerFile)
      << R"({"url": "http://127.0.0.1:8087", "process": )" << ::getpid() << '}';
  const auto refused = Graph::open(path, {});
  EXPECT_NE(refused.error().message.find("--server http://127.0.0.1:8087"), std::string::npos)
      << refused.error().message;
}

TEST(Folder, IsNotSaidToBeServedByAServerThatWasKilled) {
  const tests::TemporaryFolder folder;
  const auto path = folder.path() / "graph";
  const auto held = Graph::open(path, {}).value();
  std::ofstream(path / kServerFile) << R"({"url": "http://127.0.0.1:8087", "process": 99999999})";
  EXPECT_EQ(Graph::open(path, {}).error().message.find("--server"), std::string::npos);
}

TEST(Folder, OfANewerFormatIsRefusedWithAReason) {
  const tests::TemporaryFolder folder;
  const auto path = folder.path() / "graph";
  Graph::open(path, {}).value();
  {
    auto store = storage::open_rocksdb(path / "store", {}).value();
    storage::WriteBatch batch;
    batch.put(std::string(keys::kFormat), keys::u32(keys::kFormatVersion + 1));
    ASSERT_TRUE(store->commit(batch).ok());
  }
  const auto opened = Graph::open(path, {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::unsupported);
  EXPECT_NE(opened.error().message.find("use a newer mangrove"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::graph
