#include "ingest/source.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

TEST(Inputs, OfAFolderComeInOrderWithoutHiddenFilesMappingsAndNotes) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "b" / ".git");
  for (const char* name :
       {"z.xml", "b/a.xml", ".hidden", "t.mapping.json", "b/.git/x.xml", "README.md"}) {
    std::ofstream(folder.path() / name) << "x";
  }
  std::string names;
  for (const Input& input : find_inputs({folder.path().string()}).value()) {
    names += input.name + " " + std::to_string(input.bytes) + "\n";
  }
  EXPECT_EQ(names, "b/a.xml 1\nz.xml 1\n");
}

TEST(Inputs, OfAFolderDoNotTakeInTheGraphThatLiesBesideThem) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "mangrove-data" / "store");
  for (const char* name :
       {"a.xml", "mangrove-data/mangrove-graph", "mangrove-data/lock", "mangrove-data/store/LOG"}) {
    std::ofstream(folder.path() / name) << "x";
  }
  EXPECT_EQ(find_inputs({folder.path().string()}).value().size(), 1U);
}

TEST(Inputs, HaveNamesThatAreTextWhateverTheDiskCallsThem) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "caf\xE9.xml") << "x";
  EXPECT_EQ(find_inputs({folder.path().string()}).value().at(0).name, "caf?.xml");
}

TEST(Inputs, OfAFolderThatCannotBeOpenedCostNoOthers) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may open every folder";
  const tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "closed");
  std::ofstream(folder.path() / "z.xml") << "x";
  std::filesystem::permissions(folder.path() / "closed", std::filesystem::perms::none);
  const std::vector<Input> inputs = find_inputs({folder.path().string()}).value();
  ASSERT_EQ(inputs.size(), 2U);
  EXPECT_EQ(open_input(inputs[0]).error().message, "closed: Permission denied");
  EXPECT_TRUE(open_input(inputs[1]).ok());
  std::filesystem::permissions(folder.path() / "closed", std::filesystem::perms::owner_all);
}

TEST(Inputs, ThatAreNotThereAreNamed) {
  EXPECT_EQ(find_inputs({"/no/such/file"}).error().message,
            "/no/such/file: there is no such file or folder");
  EXPECT_EQ(find_inputs({"ftp://example.org/x.xml"}).error().code, ErrorCode::invalid_input);
}

TEST(Inputs, OnTheWebAreNotAskedBeforeTheyAreOpened) {
  const std::vector<Input> inputs =
      find_inputs({"https://ada:pw@no-such-host.invalid/x.xml"}).value();
  EXPECT_EQ(inputs[0].name, "no-such-host.invalid/x.xml");
  EXPECT_EQ(open_input(inputs[0]).error().message,
            "no-such-host.invalid/x.xml: no-such-host.invalid is a name that leads nowhere");
}

}  // namespace
}  // namespace mangrove::ingest
