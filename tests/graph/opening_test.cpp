#include <gtest/gtest.h>

#include <fstream>

#include "graph/graph.h"
#include "graph/storage/keys.h"
#include "graph/storage/memory.h"
#include "tests/support/graph_dump.h"
#include "tests/support/random_graph.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

const Options kOptions{.text_properties = {{"title", 3.0}}};

/// A store whose content outlives the graph over it.
class SharedStore final : public storage::Storage {
 public:
  explicit SharedStore(std::shared_ptr<storage::Storage> store) : store_(std::move(store)) {}
  std::shared_ptr<const storage::Snapshot> snapshot() const override { return store_->snapshot(); }
  Status commit(const storage::WriteBatch& batch) override { return store_->commit(batch); }

 private:
  std::shared_ptr<storage::Storage> store_;
};

Result<std::unique_ptr<Graph>> open(std::shared_ptr<storage::Storage> store,
                                    std::optional<std::filesystem::path> image = std::nullopt) {
  Options options = kOptions;
  options.image = std::move(image);
  return Graph::open(std::make_unique<SharedStore>(std::move(store)), options);
}

/// The store of a graph written by an older version of this program.
std::shared_ptr<storage::Storage> stored_graph(const std::string& file) {
  std::shared_ptr<storage::Storage> store = storage::make_memory_storage();
  std::ifstream lines(std::string(MANGROVE_SOURCE) + "/tests/data/graph/" + file);
  const auto bytes = [](const std::string& digits) {
    std::string result;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
      result.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    return result;
  };
  storage::WriteBatch writes;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t space = line.find(' ');
    writes.put(bytes(line.substr(0, space)), bytes(line.substr(space + 1)));
  }
  EXPECT_TRUE(store->commit(writes).ok());
  return store;
}

Record thing(const std::string& id, const std::string& title, int revision) {
  return {.source = "src:a",
          .revision = std::to_string(1000 + revision),
          .subject = {id, "Thing", {{"title", Text{title, "en"}}}},
          .edges = {{id, "NEXT", "x:1"}}};
}

void commit(Graph& graph, Record record) {
  Batch batch;
  batch.put(std::move(record));
  ASSERT_TRUE(graph.commit(batch).ok());
}

TEST(Opening, AGraphOfFormatOneIsUpgraded) {
  const auto store = stored_graph("format-1.txt");
  auto graph = open(store).value();
  const View view = graph->view();
  EXPECT_EQ(view.version(), 3u);
  const std::string all = tests::dump(view);
  EXPECT_NE(all.find("title@en = Schools against child labour by src:a"), std::string::npos) << all;
  EXPECT_NE(all.find("name@en = The Harbour Trust by src:b"), std::string::npos) << all;
  EXPECT_NE(all.find("x:1 : Initiative sources=src:a origins=old.xml:3"), std::string::npos) << all;
  EXPECT_NE(all.find("-TAKES_PART_IN-> x:1 [funding] by src:a share=0.5"), std::string::npos)
      << all;
  EXPECT_EQ(view.best({.words = "travail"}, 5, nullptr).value().size(), 1u);
  EXPECT_EQ(view.changes_after(0, 10).value().size(), 3u);
  EXPECT_EQ(graph->oldest_version(), 3u);
  EXPECT_FALSE(graph->view_at(2).ok()) << "format 1 kept no past";

  commit(*graph, thing("x:1", "Today", 5000));
  EXPECT_EQ(tests::dump(graph->view_at(3).value()), all);
  graph.reset();
  EXPECT_EQ(tests::dump(open(store).value()->view_at(3).value()), all);
}

TEST(Opening, AnUpgradeThatWasInterruptedBeginsAgain) {
  // The upgrade of a store that takes only so many commits, and then no more.
  class Interrupted final : public storage::Storage {
   public:
    Interrupted(std::shared_ptr<storage::Storage> store, int commits)
        : store_(std::move(store)), left_(commits) {}
    std::shared_ptr<const storage::Snapshot> snapshot() const override {
      return store_->snapshot();
    }
    Status commit(const storage::WriteBatch& batch) override {
      if (left_-- <= 0) return Error{ErrorCode::io, "killed"};
      return store_->commit(batch);
    }

   private:
    std::shared_ptr<storage::Storage> store_;
    int left_;
  };
  const std::string upgraded = tests::dump(open(stored_graph("format-1.txt")).value()->view());
  bool finished = false;
  for (int commits = 0; !finished; ++commits) {
    ASSERT_LT(commits, 100);
    const auto store = stored_graph("format-1.txt");
    finished = Graph::open(std::make_unique<Interrupted>(store, commits), kOptions).ok();
    auto again = open(store);
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(tests::dump(again.value()->view()), upgraded);
    EXPECT_EQ(again.value()->view().best({.words = "schools"}, 5, nullptr).value().size(), 1u);
  }
}

TEST(Opening, RefusesAFormatThatIsNewerThanTheProgram) {
  std::shared_ptr<storage::Storage> store = storage::make_memory_storage();
  open(store).value();
  storage::WriteBatch writes;
  writes.put(std::string(keys::kFormat), keys::u32(keys::kFormatVersion + 1));
  ASSERT_TRUE(store->commit(writes).ok());
  const auto opened = open(store);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::unsupported);
  EXPECT_NE(opened.error().message.find("use a newer mangrove"), std::string::npos);
}

TEST(Opening, ReadsTheImageBringsItUpToDateOrDoesWithout) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    const tests::TemporaryFolder folder;
    const auto image = folder.path() / "image";
    const auto older_image = folder.path() / "older";
    std::shared_ptr<storage::Storage> store = storage::make_memory_storage();
    tests::RandomRecords records(seed, {.of_records = 20, .of_parts = 20, .guards = 8});
    tests::RandomRecords::Standing standing;
    std::string expected;
    for (int opening = 0; opening < 6; ++opening) {
      auto graph = open(store, image).value();
      const Viewer steward = Viewer::steward();
      if (opening > 0) {
        ASSERT_EQ(tests::dump(graph->view(steward)), expected);
      }
      for (int i = 0; i < 4; ++i) ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
      expected = tests::dump(graph->view(steward));
      graph.reset();

      ASSERT_TRUE(std::filesystem::exists(image)) << "seed " << seed << ", opening " << opening;
      if (opening == 1) std::filesystem::copy_file(image, older_image);
      if (opening == 3) {  // As after a kill: the image is older than the store.
        std::filesystem::copy_file(older_image, image,
                                   std::filesystem::copy_options::overwrite_existing);
      }
      if (opening == 4) std::filesystem::remove(image);
    }
    ASSERT_EQ(tests::dump(open(store, image).value()->view(Viewer::steward())), expected);
    ASSERT_EQ(tests::dump(open(store).value()->view(Viewer::steward())), expected);
  }
}

TEST(Opening, AnImageOfAnotherGraphIsNotTaken) {
  const tests::TemporaryFolder folder;
  const auto image = folder.path() / "image";
  std::shared_ptr<storage::Storage> other = storage::make_memory_storage();
  commit(*open(other, image).value(), thing("x:other", "Other", 1));
  std::shared_ptr<storage::Storage> store = storage::make_memory_storage();
  commit(*open(store).value(), thing("x:own", "Own", 1));
  auto graph = open(store, image).value();
  EXPECT_TRUE(graph->view().find("x:own"));
  EXPECT_FALSE(graph->view().find("x:other"));
}

TEST(Opening, ADamagedImageIsNotTaken) {
  const tests::TemporaryFolder folder;
  const auto image = folder.path() / "image";
  std::shared_ptr<storage::Storage> store = storage::make_memory_storage();
  {
    auto graph = open(store, image).value();
    for (int i = 0; i < 50; ++i) commit(*graph, thing("x:" + std::to_string(i), "Thing", i));
  }
  const std::string expected = tests::dump(open(store).value()->view());
  const auto size = std::filesystem::file_size(image);
  for (std::uintmax_t at = 0; at < size; at += 97) {
    {
      std::fstream file(image, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(static_cast<std::streamoff>(at));
      const char flipped = static_cast<char>(file.get() ^ 0x10);
      file.seekp(static_cast<std::streamoff>(at));
      file.put(flipped);
    }
    // Another process would write a whole one again; here it is only read.
    const auto copy = folder.path() / "copy";
    std::filesystem::copy_file(image, copy, std::filesystem::copy_options::overwrite_existing);
    ASSERT_EQ(tests::dump(open(store, copy).value()->view()), expected) << at;
    std::fstream file(image, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const char restored = static_cast<char>(file.get() ^ 0x10);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(restored);
  }
}

TEST(Opening, OtherSearchedPropertiesMakeTheTextIndexAnew) {
  std::shared_ptr<storage::Storage> store = storage::make_memory_storage();
  commit(*open(store).value(), thing("x:1", "Cocoa", 1));
  const auto found = [&](SearchedProperties searched) {
    auto graph =
        Graph::open(std::make_unique<SharedStore>(store), {.text_properties = std::move(searched)})
            .value();
    return graph->view().best({.words = "cocoa"}, 5, nullptr).value().size();
  };
  EXPECT_EQ(found({}), 1u) << "none stand for those that it was made for";
  EXPECT_EQ(found({{"summary", 1.0}}), 0u);
  EXPECT_EQ(found({{"summary", 1.0}, {"title", 1.0}}), 1u);
}

}  // namespace
}  // namespace mangrove::graph
