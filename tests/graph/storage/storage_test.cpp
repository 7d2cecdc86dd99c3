#include "graph/storage/storage.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "graph/storage/memory.h"
#include "graph/storage/rocksdb.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::storage {
namespace {

/// The contract, held by every engine.
class StorageContract : public testing::TestWithParam<std::string> {
 protected:
  StorageContract() {
    store_ = GetParam() == "memory"
                 ? make_memory_storage()
                 : open_rocksdb(folder_.path() / "store", {.create = true}).value();
  }

  void put(std::vector<std::pair<std::string, std::string>> pairs) {
    WriteBatch batch;
    for (auto& [key, value] : pairs) batch.put(key, value);
    ASSERT_TRUE(store_->commit(batch).ok());
  }

  std::string scanned(std::string_view prefix, std::string_view from) {
    std::string seen;
    EXPECT_TRUE(store_->snapshot()
                    ->scan(prefix, from,
                           [&](std::string_view key, std::string_view value) {
                             seen += std::string(key) + "=" + std::string(value) + " ";
                             return true;
                           })
                    .ok());
    return seen;
  }

  tests::TemporaryFolder folder_;
  std::unique_ptr<Storage> store_;
};

TEST_P(StorageContract, GivesBackWhatWasPutAndNothingElse) {
  put({{"a", "1"}, {std::string("b\0c", 3), std::string("\0\xFF", 2)}, {"empty", ""}});
  const auto snapshot = store_->snapshot();
  EXPECT_EQ(snapshot->get("a").value(), "1");
  EXPECT_EQ(snapshot->get(std::string("b\0c", 3)).value(), std::string("\0\xFF", 2));
  EXPECT_EQ(snapshot->get("empty").value(), "");
  EXPECT_EQ(snapshot->get("b").value(), std::nullopt);
}

TEST_P(StorageContract, ReadsManyKeysInTheOrderAsked) {
  put({{"a", "1"}, {"b", "2"}});
  const std::vector<std::string> keys{"b", "none", "a", "b"};
  const auto values = store_->snapshot()->multi_get(keys).value();
  EXPECT_EQ(values, (std::vector<std::optional<std::string>>{"2", std::nullopt, "1", "2"}));
}

TEST_P(StorageContract, ScansAPrefixInOrderOfUnsignedBytes) {
  put({{"p\x01", "1"}, {"p\xFF", "3"}, {"p\x7F", "2"}, {"q", "4"}, {"o", "0"}});
  EXPECT_EQ(scanned("p", "p"), "p\x01=1 p\x7F=2 p\xFF=3 ");
  EXPECT_EQ(scanned("p", "p\x02"), "p\x7F=2 p\xFF=3 ");
  EXPECT_EQ(scanned("p", "a"), "p\x01=1 p\x7F=2 p\xFF=3 ");
  EXPECT_EQ(scanned("r", "r"), "");
}

TEST_P(StorageContract, StopsAScanWhenTheVisitorHasEnough) {
  put({{"p1", ""}, {"p2", ""}, {"p3", ""}});
  int seen = 0;
  ASSERT_TRUE(store_->snapshot()->scan("p", "p", [&](auto, auto) { return ++seen < 2; }).ok());
  EXPECT_EQ(seen, 2);
}

TEST_P(StorageContract, TheLastWriteToAKeyOfABatchWins) {
  WriteBatch batch;
  batch.put("a", "1");
  batch.remove("a");
  batch.put("b", "1");
  batch.put("b", "2");
  ASSERT_TRUE(store_->commit(batch).ok());
  EXPECT_EQ(store_->snapshot()->get("a").value(), std::nullopt);
  EXPECT_EQ(store_->snapshot()->get("b").value(), "2");
}

TEST_P(StorageContract, ASnapshotSeesNothingThatComesAfterIt) {
  put({{"a", "1"}});
  const auto before = store_->snapshot();
  put({{"a", "2"}, {"b", "2"}});
  EXPECT_EQ(before->get("a").value(), "1");
  EXPECT_EQ(before->get("b").value(), std::nullopt);
  EXPECT_EQ(store_->snapshot()->get("a").value(), "2");
}

TEST_P(StorageContract, AgreesWithAMapOverRandomHistories) {
  std::mt19937 random(11);
  std::map<std::string, std::string> model;
  for (int step = 0; step < 300; ++step) {
    WriteBatch batch;
    for (int i = 0; i < 5; ++i) {
      const std::string key = "k" + std::to_string(random() % 40);
      if (random() % 3 == 0) {
        batch.remove(key);
        model.erase(key);
      } else {
        const std::string value = std::to_string(random());
        batch.put(key, value);
        model[key] = value;
      }
    }
    ASSERT_TRUE(store_->commit(batch).ok());
  }
  std::string expected;
  for (const auto& [key, value] : model) expected += key + "=" + value + " ";
  EXPECT_EQ(scanned("k", "k"), expected);
}

INSTANTIATE_TEST_SUITE_P(Engines, StorageContract, testing::Values("memory", "rocksdb"),
                         [](const auto& engine) { return engine.param; });

}  // namespace
}  // namespace mangrove::storage
