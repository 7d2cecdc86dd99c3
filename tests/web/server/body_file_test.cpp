#include "web/server/body_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::web {
namespace {

using tests::SmallDisk;
using tests::TemporaryFolder;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

TEST(BodyFile, HoldsWhatIsAppendedForItsOwnerAlone) {
  const TemporaryFolder folder;
  const auto body = BodyFile::create(folder.path(), 0).value();
  ASSERT_TRUE(body->append("one ").ok());
  ASSERT_TRUE(body->append("two").ok());
  EXPECT_EQ(body->size(), 7U);
  EXPECT_EQ(text_of(body->path()), "one two");
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(body->path()).permissions() & perms::all,
            perms::owner_read | perms::owner_write);
}

TEST(BodyFile, GoesUnlessItWasReleased) {
  const TemporaryFolder folder;
  std::filesystem::path kept;
  {
    const auto gone = BodyFile::create(folder.path(), 0).value();
    const auto released = BodyFile::create(folder.path(), 0).value();
    kept = released->path();
    released->release();
  }
  std::vector<std::filesystem::path> left;
  for (const auto& each : std::filesystem::directory_iterator(folder.path())) {
    left.push_back(each.path());
  }
  EXPECT_EQ(left, std::vector{kept});
}

TEST(BodyFile, LeavesTheRoomThatIsKeptFree) {
  const TemporaryFolder folder;
  const auto none = BodyFile::create(folder.path(), std::numeric_limits<std::uint64_t>::max());
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, ErrorCode::no_space);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  const auto expected =
      BodyFile::create(folder.path(), 0, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(expected.error().code, ErrorCode::no_space);
}

TEST(BodyFile, TellsADiskThatIsFull) {
  SmallDisk disk(1);
  if (!disk.is_there()) GTEST_SKIP() << SmallDisk::kWhyNot;
  const auto body = BodyFile::create(disk.path(), 0).value();
  Status status;
  for (int i = 0; i < 4 && status.ok(); ++i) status = body->append(std::string(400'000, 'x'));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::no_space);
}

TEST(BodyFile, WantsAFolderThatIsThere) {
  const TemporaryFolder folder;
  EXPECT_EQ(BodyFile::create(folder.path() / "none", 0).error().code, ErrorCode::io);
}

}  // namespace
}  // namespace mangrove::web
