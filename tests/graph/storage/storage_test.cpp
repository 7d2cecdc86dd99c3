#include "graph/storage/storage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "graph/storage/memory.h"
#include "graph/storage/overlay.h"
#include "graph/storage/rocksdb.h"
#include "tests/support/counting_storage.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::storage {
namespace {

/// Commits to an overlay alone, so that the contract of snapshots is tested on overlays too.
class OverlaidStorage final : public Storage {
 public:
  std::shared_ptr<const Snapshot> snapshot() const override {
    const std::lock_guard lock(mutex_);
    return std::make_shared<Overlay>(*latest_);
  }
  Status commit(const WriteBatch& batch) override {
    TRY(check_keys(batch));
    const std::lock_guard lock(mutex_);
    latest_->add(batch);
    return {};
  }

 private:
  mutable std::mutex mutex_;
  std::unique_ptr<Overlay> latest_ = std::make_unique<Overlay>(make_memory_storage()->snapshot());
};

std::unique_ptr<Storage> open_engine(const std::string& name,
                                     const tests::TemporaryFolder& folder) {
  if (name == "memory") return make_memory_storage();
  if (name == "overlay") return std::make_unique<OverlaidStorage>();
  return open_rocksdb(folder.path() / "store", {.create = true}).value();
}

/// The contract, held by every engine.
class StorageContract : public testing::TestWithParam<std::string> {
 protected:
  StorageContract() : store_(open_engine(GetParam(), folder_)) {}

  void put(const std::vector<std::pair<std::string, std::string>>& pairs) {
    WriteBatch batch;
    for (const auto& [key, value] : pairs) batch.put(key, value);
    ASSERT_TRUE(store_->commit(batch).ok());
  }

  void remove_prefix(const std::string& prefix) {
    WriteBatch batch;
    batch.remove_prefix(prefix);
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

// ---- Keys and values

TEST_P(StorageContract, GivesBackWhatWasPutAndNothingElse) {
  put({{"a", "1"}, {std::string("b\0c", 3), std::string("\0\xFF", 2)}, {"empty", ""}});
  const auto snapshot = store_->snapshot();
  EXPECT_EQ(snapshot->get("a").value(), "1");
  EXPECT_EQ(snapshot->get(std::string("b\0c", 3)).value(), std::string("\0\xFF", 2));
  EXPECT_EQ(snapshot->get("empty").value(), "");
  EXPECT_EQ(snapshot->get("b").value(), std::nullopt);
  EXPECT_EQ(snapshot->get(std::string(kKeyBytesMax + 1, 'k')).value(), std::nullopt);
}

TEST_P(StorageContract, OrdersKeysAsUnsignedBytes) {
  std::mt19937 random(5);
  std::set<std::string> keys;
  for (int i = 0; i < 2'000; ++i) {
    std::string key;
    for (std::size_t size = 1 + random() % 6; size > 0; --size) {
      key += random() % 3 == 0 ? (random() % 2 == 0 ? '\0' : '\xFF') : static_cast<char>(random());
    }
    keys.insert(key);
  }
  WriteBatch batch;
  for (const std::string& key : keys) batch.put(key, "");
  std::shuffle(batch.writes.begin(), batch.writes.end(), random);
  ASSERT_TRUE(store_->commit(batch).ok());

  std::vector<std::string> seen;
  ASSERT_TRUE(store_->snapshot()
                  ->scan("", "",
                         [&](std::string_view key, std::string_view) {
                           seen.emplace_back(key);
                           return true;
                         })
                  .ok());
  EXPECT_EQ(seen, std::vector<std::string>(keys.begin(), keys.end()));
}

TEST_P(StorageContract, TakesValuesOfMegabytes) {
  std::string large(5 << 20, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * i >> 3);
  put({{"small", "1"}, {"large", large}});
  const auto snapshot = store_->snapshot();
  EXPECT_TRUE(snapshot->get("large").value() == large);
  const std::vector<std::string> keys{"large", "small"};
  EXPECT_TRUE(snapshot->multi_get(keys).value()[0] == large);
  EXPECT_TRUE(scanned("l", "l") == "large=" + large + " ");
}

TEST_P(StorageContract, RefusesAKeyThatIsTooLongAndTheWholeBatchWithIt) {
  WriteBatch batch;
  batch.put("a", "1");
  batch.put(std::string(kKeyBytesMax + 1, 'k'), "");
  const Status refused = store_->commit(batch);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::too_large);
  EXPECT_EQ(store_->snapshot()->get("a").value(), std::nullopt);
  put({{std::string(kKeyBytesMax, 'k'), "fits"}});
}

// ---- Reading many

TEST_P(StorageContract, ReadsManyKeysInTheOrderAsked) {
  put({{"a", "1"}, {"b", "2"}, {"c", ""}});
  const std::vector<std::string> keys{"b", "none", "a", "c", "b", "none"};
  const auto values = store_->snapshot()->multi_get(keys).value();
  EXPECT_EQ(values, (std::vector<std::optional<std::string>>{"2", std::nullopt, "1", "", "2",
                                                             std::nullopt}));
  EXPECT_TRUE(store_->snapshot()->multi_get({}).value().empty());
}

TEST_P(StorageContract, ReadsManyKeysAsItReadsEach) {
  std::mt19937 random(7);
  WriteBatch batch;
  for (int i = 0; i < 1'000; ++i) batch.put("k" + std::to_string(2 * i), std::to_string(random()));
  ASSERT_TRUE(store_->commit(batch).ok());
  std::vector<std::string> keys;
  for (int i = 0; i < 1'000; ++i) keys.push_back("k" + std::to_string(random() % 2'000));
  const auto snapshot = store_->snapshot();
  const auto values = snapshot->multi_get(keys).value();
  for (std::size_t i = 0; i < keys.size(); ++i)
    EXPECT_EQ(values[i], snapshot->get(keys[i]).value());
}

TEST_P(StorageContract, AsksOnceHoweverManyKeys) {
  tests::CountingStorage counting(std::move(store_));
  WriteBatch batch;
  std::vector<std::string> keys;
  for (int i = 0; i < 1'000; ++i) {
    keys.push_back(std::to_string(i));
    batch.put(keys.back(), "");
  }
  ASSERT_TRUE(counting.commit(batch).ok());
  EXPECT_EQ(counting.round_trips().commits, 1u);

  WriteBatch half;
  for (int i = 0; i < 500; ++i) half.remove(std::to_string(i));
  const auto snapshot = overlay(counting.snapshot(), half);
  ASSERT_TRUE(snapshot->multi_get(keys).ok());
  EXPECT_EQ(counting.round_trips().reads(), 1u);
  ASSERT_TRUE(snapshot->scan("", "", [](auto, auto) { return true; }).ok());
  EXPECT_EQ(counting.round_trips().reads(), 2u);
}

// ---- Scanning

TEST_P(StorageContract, ScansAPrefixFromAKeyOn) {
  put({{"p\x01", "1"}, {"p\xFF", "3"}, {"p\x7F", "2"}, {"p", "0"}, {"q", "4"}, {"o", "-"}});
  EXPECT_EQ(scanned("p", "p"), "p=0 p\x01=1 p\x7F=2 p\xFF=3 ");
  EXPECT_EQ(scanned("p", ""), "p=0 p\x01=1 p\x7F=2 p\xFF=3 ") << "from before the prefix";
  EXPECT_EQ(scanned("p", "p\x7F"), "p\x7F=2 p\xFF=3 ") << "from a key that is there";
  EXPECT_EQ(scanned("p", "p\x02"), "p\x7F=2 p\xFF=3 ") << "from between two keys";
  EXPECT_EQ(scanned("p", "p\xFF\xFF"), "") << "from after the last key of the prefix";
  EXPECT_EQ(scanned("p", "q"), "") << "from after the prefix";
  EXPECT_EQ(scanned("p\x7F", ""), "p\x7F=2 ") << "a prefix that is a whole key";
  EXPECT_EQ(scanned("pp", ""), "");
  EXPECT_EQ(scanned("r", "r"), "");
  EXPECT_EQ(scanned("", "p\xFF"), "p\xFF=3 q=4 ") << "every key has the empty prefix";
}

TEST_P(StorageContract, ScansAPrefixThatHasNoSuccessor) {
  put({{"\xFE", "1"}, {"\xFF", "2"}, {"\xFF\xFF", "3"}, {"\xFF\xFF\xFF", "4"}});
  EXPECT_EQ(scanned("\xFF\xFF", ""), "\xFF\xFF=3 \xFF\xFF\xFF=4 ");
}

TEST_P(StorageContract, StopsAScanWhenTheVisitorHasEnough) {
  put({{"p1", ""}, {"p2", ""}, {"p3", ""}});
  int seen = 0;
  ASSERT_TRUE(store_->snapshot()->scan("p", "p", [&](auto, auto) { return ++seen < 2; }).ok());
  EXPECT_EQ(seen, 2);
}

TEST_P(StorageContract, AVisitorMayReadAndCommit) {
  put({{"p1", "a"}, {"p2", "b"}});
  const auto snapshot = store_->snapshot();
  std::string seen;
  ASSERT_TRUE(snapshot
                  ->scan("p", "p",
                         [&](std::string_view key, std::string_view) {
                           seen += snapshot->get(key).value().value();
                           put({{std::string(key) + "+", "new"}});
                           return true;
                         })
                  .ok());
  EXPECT_EQ(seen, "ab");
  EXPECT_EQ(scanned("p", "p"), "p1=a p1+=new p2=b p2+=new ");
}

// ---- Batches

TEST_P(StorageContract, EachWriteOfABatchUndoesThoseBeforeIt) {
  WriteBatch batch;
  batch.put("a", "1");
  batch.remove("a");
  batch.put("b", "1");
  batch.put("b", "2");
  batch.remove("c");
  batch.put("c", "3");
  ASSERT_TRUE(store_->commit(batch).ok());
  EXPECT_EQ(scanned("", ""), "b=2 c=3 ");
  ASSERT_TRUE(store_->commit({}).ok());
  EXPECT_EQ(scanned("", ""), "b=2 c=3 ");
}

TEST_P(StorageContract, RemovesAllThatBeginsWithAPrefixAndNothingElse) {
  put({{"o\xFF", ""}, {"p", ""}, {"p\x01", ""}, {"p\xFF\xFF", ""}, {"q", ""}});
  WriteBatch batch;
  batch.put("p-of-this-batch", "before");
  batch.remove_prefix("p");
  batch.put("p-of-this-batch", "after");
  ASSERT_TRUE(store_->commit(batch).ok());
  EXPECT_EQ(scanned("", ""), "o\xFF= p-of-this-batch=after q= ");
}

TEST_P(StorageContract, RemovesAPrefixThatHasNoSuccessor) {
  const std::string longest(kKeyBytesMax, '\xFF');
  put({{"a", ""}, {"\xFE", ""}, {"\xFF", ""}, {"\xFF\xFF", ""}, {longest, ""}});
  remove_prefix("\xFF\xFF");
  EXPECT_EQ(scanned("", ""), "a= \xFE= \xFF= ");
  EXPECT_EQ(store_->snapshot()->get(longest).value(), std::nullopt);
}

TEST_P(StorageContract, TakesAHundredThousandWritesAtOnce) {
  WriteBatch batch;
  for (int i = 0; i < 100'000; ++i) batch.put(std::to_string(i), "v" + std::to_string(i));
  ASSERT_TRUE(store_->commit(batch).ok());
  const auto snapshot = store_->snapshot();
  int seen = 0;
  ASSERT_TRUE(snapshot
                  ->scan("", "",
                         [&](std::string_view key, std::string_view value) {
                           ++seen;
                           return value == "v" + std::string(key);
                         })
                  .ok());
  EXPECT_EQ(seen, 100'000);
  EXPECT_EQ(snapshot->get("99999").value(), "v99999");
}

TEST_P(StorageContract, AgreesWithAMapOverRandomHistories) {
  std::mt19937 random(11);
  std::map<std::string, std::string> model;
  for (int step = 0; step < 300; ++step) {
    WriteBatch batch;
    for (int i = 0; i < 5; ++i) {
      const std::string key = "k" + std::to_string(random() % 40);
      const auto dice = random() % 10;
      if (dice == 0) {
        batch.remove_prefix(key);
        std::erase_if(model, [&](const auto& entry) { return entry.first.starts_with(key); });
      } else if (dice < 4) {
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

// ---- Snapshots

TEST_P(StorageContract, ASnapshotSeesNothingThatComesAfterIt) {
  put({{"a", "1"}, {"p1", "1"}, {"p2", "2"}});
  const auto before = store_->snapshot();
  put({{"a", "2"}, {"b", "2"}});
  remove_prefix("p");
  put({{"p3", "3"}});
  EXPECT_EQ(before->get("a").value(), "1");
  EXPECT_EQ(before->get("b").value(), std::nullopt);
  EXPECT_EQ(before->get("p1").value(), "1");
  EXPECT_EQ(before->get("p3").value(), std::nullopt);
  EXPECT_EQ(store_->snapshot()->get("a").value(), "2");
  EXPECT_EQ(scanned("p", "p"), "p3=3 ");
}

TEST_P(StorageContract, ASnapshotOutlivesTheStorage) {
  put({{"a", "1"}});
  const auto snapshot = store_->snapshot();
  store_.reset();
  EXPECT_EQ(snapshot->get("a").value(), "1");
}

/// Writer `writer` sets all its keys to one number in each commit, and counts up.
constexpr int kWriters = 2;
constexpr int kKeysOfAWriter = 10;
constexpr int kCommitsOfAWriter = 100;

std::string key_of(int writer, int i) {
  return "writer " + std::to_string(writer) + " key " + std::to_string(i);
}

/// The number in the keys of that writer, which must be one and the same in all.
int number_of(const Snapshot& snapshot, int writer) {
  std::vector<std::string> keys;
  for (int i = 0; i < kKeysOfAWriter; ++i) keys.push_back(key_of(writer, i));
  std::set<std::string> numbers;
  for (const auto& value : snapshot.multi_get(keys).value()) numbers.insert(value.value_or("0"));
  const std::string prefix = "writer " + std::to_string(writer);
  EXPECT_TRUE(snapshot
                  .scan(prefix, prefix,
                        [&](std::string_view, std::string_view value) {
                          numbers.emplace(value);
                          return true;
                        })
                  .ok());
  EXPECT_EQ(numbers.size(), 1u) << "a commit is there by half";
  return std::stoi(*numbers.begin());
}

TEST_P(StorageContract, ReadersSeeWholeCommitsWhileWritersCommit) {
  std::atomic<int> writing = kWriters;
  const auto write = [&](int writer) {
    for (int number = 1; number <= kCommitsOfAWriter; ++number) {
      WriteBatch batch;
      batch.remove_prefix("writer " + std::to_string(writer));
      for (int i = 0; i < kKeysOfAWriter; ++i) batch.put(key_of(writer, i), std::to_string(number));
      EXPECT_TRUE(store_->commit(batch).ok());
      EXPECT_EQ(number_of(*store_->snapshot(), writer), number) << "not seen once committed";
    }
    --writing;
  };
  const auto read = [&] {
    std::array<int, kWriters> last{};
    while (writing > 0) {
      const auto snapshot = store_->snapshot();
      for (int writer = 0; writer < kWriters; ++writer) {
        const int number = number_of(*snapshot, writer);
        EXPECT_GE(number, std::exchange(last[static_cast<std::size_t>(writer)], number));
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int writer = 0; writer < kWriters; ++writer) threads.emplace_back(write, writer);
  for (int reader = 0; reader < 3; ++reader) threads.emplace_back(read);
}

INSTANTIATE_TEST_SUITE_P(Engines, StorageContract, testing::Values("memory", "overlay", "rocksdb"),
                         [](const auto& engine) { return engine.param; });

}  // namespace
}  // namespace mangrove::storage
