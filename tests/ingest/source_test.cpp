#include "ingest/source.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <fstream>
#include <string>

#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

std::string packed(const std::string& text) {
  std::string out(text.size() + 1000, '\0');
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  deflate(&state, Z_FINISH);
  out.resize(state.total_out);
  deflateEnd(&state);
  return out;
}

/// Everything that a stream gives, and the error that ended it.
std::string read_all(ByteStream& stream) {
  std::string text;
  std::string buffer(1000, '\0');
  while (true) {
    const Result<std::size_t> got = stream.read(buffer.data(), buffer.size());
    if (!got.ok()) return text + "|" + got.error().message;
    if (got.value() == 0) return text;
    text.append(buffer, 0, got.value());
  }
}

std::string unpacked(const std::string& bytes) {
  return read_all(*gunzip(from_memory(bytes)));
}

TEST(Gzip, OfSeveralMembersIsOneText) {
  EXPECT_EQ(unpacked(packed("one ") + packed("two") + std::string(3, '\0')), "one two");
}

TEST(Gzip, CutShortGivesWhatIsSoundAndThenTheError) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919) + " ";
  const std::string all = packed(text);
  const std::string shown = unpacked(all.substr(0, all.size() / 2));
  EXPECT_EQ(text.find(shown.substr(0, 1000)), 0U);
  EXPECT_NE(shown.find("|the compressed file is cut short"), std::string::npos);
}

TEST(Gzip, DamagedIsAnError) {
  std::string all = packed(std::string(2000, 'x') + "tail");
  all[all.size() - 6] = static_cast<char>(all[all.size() - 6] ^ 1);
  EXPECT_NE(unpacked(all).find("|the compressed file is damaged"), std::string::npos);
}

TEST(Gzip, ThatUnpacksBeyondAllReasonIsStopped) {
  const std::string bomb = packed(std::string(std::size_t{300} << 20, '\0'));
  std::unique_ptr<ByteStream> stream = gunzip(from_memory(bomb));
  std::string buffer(1 << 20, '\0');
  std::uint64_t sum = 0;
  while (true) {
    const Result<std::size_t> got = stream->read(buffer.data(), buffer.size());
    if (!got.ok()) {
      EXPECT_EQ(got.error().code, ErrorCode::too_large);
      break;
    }
    ASSERT_NE(got.value(), 0U);
    sum += got.value();
  }
  EXPECT_LT(sum, kUnpackedFreeBytes * 2);
}

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
  EXPECT_EQ(find_inputs({"https://example.org/x.xml"}).error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace mangrove::ingest
