#include "graph/topology/image.h"

#include <gtest/gtest.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "tests/graph/topology/random_history.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;
using topology_tests::RandomHistory;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

void fill(Catalogue& catalogue, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t at = catalogue.records.size();
    catalogue.names.add("name " + std::to_string(at));
    catalogue.nodes.add("scheme:node-" + std::to_string(at));
    catalogue.sources.add(Catalogue::source_key("src:" + std::to_string(at), "part"));
    catalogue.records.number_of({NodeIndex{at}, SourceIndex{at / 2}});
  }
  const auto audience = catalogue.policies.add_audience("partners " + std::to_string(count));
  catalogue.policies.of(AudienceSet{1} << audience.value());
}

void expect_same(const Catalogue& loaded, const Catalogue& original, const CatalogueSizes& sizes) {
  ASSERT_EQ(loaded.sizes(), sizes);
  const auto expect_same_texts = [](const Numbering& a, const Numbering& b, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      ASSERT_EQ(a.text(i), b.text(i));
      ASSERT_EQ(a.find(b.text(i)), i);
    }
  };
  expect_same_texts(loaded.names, original.names, sizes.names);
  expect_same_texts(loaded.nodes, original.nodes, sizes.nodes);
  expect_same_texts(loaded.sources, original.sources, sizes.sources);
  for (std::uint32_t i = 0; i < sizes.records; ++i) {
    ASSERT_EQ(loaded.records[RecordNumber{i}].subject, original.records[RecordNumber{i}].subject);
    ASSERT_EQ(loaded.records[RecordNumber{i}].source, original.records[RecordNumber{i}].source);
  }
  for (std::uint32_t i = 0; i < sizes.policies; ++i) {
    const Policy policy{static_cast<std::uint16_t>(i)};
    ASSERT_EQ(loaded.policies.sets(policy), original.policies.sets(policy));
  }
  const auto audiences = original.policies.audiences();
  ASSERT_EQ(loaded.policies.audiences(),
            std::vector(audiences.begin(), audiences.begin() + sizes.audiences));
}

class Image : public testing::Test {
 protected:
  /// A small one, with some of everything.
  void write_small() {
    fill(catalogue_, 5);
    TopologyChanges changes = history_.next(10, 0);
    changes.edges.resize(std::min<std::size_t>(changes.edges.size(), 10));
    changes.nodes.resize(3);
    for (std::uint16_t i = 0; i < 300; ++i) {  // A long row.
      changes.edges.push_back({NodeIndex{0}, Relation{3}, NodeIndex{i % 200u}, Qualifier{i},
                               kPublic, RecordNumber{i}, true});
    }
    const Topology topology = Topology{}.with(changes);
    ASSERT_TRUE(write_image(file_, {7, 99, catalogue_, catalogue_.sizes(), topology}).ok());
  }

  tests::TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "topology.image";
  Catalogue catalogue_;
  RandomHistory history_{1, {.nodes = 200, .hubs = 2, .relations = 1, .records = 200}};
};

TEST_F(Image, GivesBackWhatWasWritten) {
  RandomHistory history(3, {.nodes = 4000, .hubs = 3});
  Topology topology;
  for (int i = 0; i < 12; ++i) topology = topology.with(history.next(3000, 500));
  fill(catalogue_, 3000);
  const CatalogueSizes sizes = catalogue_.sizes();
  fill(catalogue_, 10);  // Of a later version.
  ASSERT_TRUE(write_image(file_, {12, 0xABCDEF, catalogue_, sizes, topology}).ok());

  auto loaded = read_image(file_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded.value().version, 12u);
  EXPECT_EQ(loaded.value().fingerprint, 0xABCDEFu);
  expect_same(*loaded.value().catalogue, catalogue_, sizes);
  history.check(loaded.value().topology);
  EXPECT_EQ(loaded.value().topology.node_limit(), topology.node_limit());

  // What was loaded grows like any other, and can be written again.
  Topology grown = loaded.value().topology;
  for (int i = 0; i < 5; ++i) grown = grown.with(history.next(1000, 1500));
  history.check(grown);
  fill(*loaded.value().catalogue, 100);
  const CatalogueSizes grown_sizes = loaded.value().catalogue->sizes();
  ASSERT_TRUE(write_image(file_, {13, 1, *loaded.value().catalogue, grown_sizes, grown}).ok());
  const auto again = read_image(file_);
  ASSERT_TRUE(again.ok()) << again.error().message;
  expect_same(*again.value().catalogue, *loaded.value().catalogue, grown_sizes);
  history.check(again.value().topology);
}

TEST_F(Image, OfAnEmptyGraphIsReadToo) {
  ASSERT_TRUE(write_image(file_, {0, 0, catalogue_, catalogue_.sizes(), Topology{}}).ok());
  const auto loaded = read_image(file_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded.value().topology.relations().size(), 0u);
  EXPECT_EQ(loaded.value().catalogue->names.find(""), 0u);
}

TEST_F(Image, ThatIsNotThereIsNotFound) {
  EXPECT_EQ(read_image(file_).error().code, ErrorCode::not_found);
}

TEST_F(Image, WithAnyBitFlippedIsCorrupt) {
  ASSERT_NO_FATAL_FAILURE(write_small());
  ASSERT_TRUE(read_image(file_).ok());
  const std::string whole = bytes_of(file_);
  std::fstream file(file_, std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&](std::size_t at, char byte) {
    file.seekp(static_cast<std::streamoff>(at)).put(byte).flush();
  };
  for (std::size_t at = 0; at < whole.size(); ++at) {
    put(at, static_cast<char>(whole[at] ^ (1 << at % 8)));
    const auto loaded = read_image(file_);
    ASSERT_FALSE(loaded.ok()) << at;
    ASSERT_EQ(loaded.error().code, ErrorCode::corrupt) << at;
    put(at, whole[at]);
  }
  EXPECT_TRUE(read_image(file_).ok());
}

TEST_F(Image, CutShortOrDrawnOutIsCorrupt) {
  ASSERT_NO_FATAL_FAILURE(write_small());
  std::string bytes = bytes_of(file_) + std::string(8, '\0');
  put_bytes(file_, bytes);
  EXPECT_EQ(read_image(file_).error().code, ErrorCode::corrupt);
  bytes.resize(bytes.size() - 8);
  while (!bytes.empty()) {
    bytes.pop_back();
    ASSERT_EQ(::truncate(file_.c_str(), static_cast<off_t>(bytes.size())), 0);
    ASSERT_EQ(read_image(file_).error().code, ErrorCode::corrupt) << bytes.size();
  }
}

TEST_F(Image, OfAnotherFormatIsUnsupported) {
  ASSERT_NO_FATAL_FAILURE(write_small());
  const std::string whole = bytes_of(file_);
  for (const std::uint32_t format : {0u, 1u, 1000u}) {
    // The format stands behind the magic number, and behind it the low half of their XXH3-64.
    std::string other = whole;
    std::memcpy(other.data() + 8, &format, 4);
    const std::uint64_t sum = XXH3_64bits(other.data(), 12);
    std::memcpy(other.data() + 12, &sum, 4);
    put_bytes(file_, other);
    EXPECT_EQ(read_image(file_).error().code, ErrorCode::unsupported);
  }
}

TEST_F(Image, ThatCannotBeWrittenLeavesTheOldOne) {
  ASSERT_NO_FATAL_FAILURE(write_small());
  fs::create_directory(folder_.path() / "topology.image.new");
  const Status written = write_image(file_, {8, 1, catalogue_, catalogue_.sizes(), Topology{}});
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, ErrorCode::io);
  EXPECT_EQ(read_image(file_).value().version, 7u);
}

TEST_F(Image, IsWrittenWhileOthersCommit) {
  RandomHistory history(9, {.nodes = 2000, .hubs = 2});
  const Topology topology = Topology{}.with(history.next(20'000, 0));
  fill(catalogue_, 1000);
  const CatalogueSizes sizes = catalogue_.sizes();
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 5; ++i) {
      EXPECT_TRUE(write_image(file_, {1, 1, catalogue_, sizes, topology}).ok());
    }
    done = true;
  });
  RandomHistory later = history;
  Topology grown = topology;
  for (std::uint32_t i = 0; !done || i < 3; ++i) {
    if (i < 300) fill(catalogue_, 20 + i % 2);
    grown = grown.with(later.next(50, 50));
  }
  writer.join();
  const auto loaded = read_image(file_);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  expect_same(*loaded.value().catalogue, catalogue_, sizes);
  history.check(loaded.value().topology);
}

}  // namespace
}  // namespace mangrove::graph
