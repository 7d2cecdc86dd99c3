#include "graph/storage/overlay.h"

#include <gtest/gtest.h>

#include <random>

#include "graph/storage/memory.h"

namespace mangrove::storage {
namespace {

/// Few enough that writes, prefixes and reads meet all the time.
std::string random_key(std::mt19937& random) {
  constexpr char kBytes[] = {'\x00', 'a', 'b', '\xFF'};
  std::string key;
  for (std::size_t size = 1 + random() % 4; size > 0; --size) key += kBytes[random() % 4];
  return key;
}

WriteBatch random_batch(std::mt19937& random) {
  WriteBatch batch;
  for (std::size_t left = random() % 8; left > 0; --left) {
    const auto dice = random() % 10;
    if (dice < 6) {
      batch.put(random_key(random), std::to_string(random() % 100));
    } else if (dice < 8) {
      batch.remove(random_key(random));
    } else {
      batch.remove_prefix(random_key(random));
    }
  }
  return batch;
}

std::string scanned(const Snapshot& snapshot, std::string_view prefix, std::string_view from,
                    std::size_t limit) {
  std::string seen;
  std::size_t calls = 0;
  EXPECT_TRUE(snapshot
                  .scan(prefix, from,
                        [&](std::string_view key, std::string_view value) {
                          seen += std::string(key) + "=" + std::string(value) + " ";
                          return ++calls < limit;
                        })
                  .ok());
  EXPECT_LE(calls, limit);
  return seen;
}

void expect_same(const Snapshot& one, const Snapshot& other, std::mt19937& random) {
  std::vector<std::string> keys;
  for (int i = 0; i < 20; ++i) keys.push_back(random_key(random));
  EXPECT_EQ(one.multi_get(keys).value(), other.multi_get(keys).value());
  for (const std::string& key : keys) EXPECT_EQ(one.get(key).value(), other.get(key).value());
  for (int i = 0; i < 10; ++i) {
    const std::string prefix = random() % 4 == 0 ? "" : random_key(random);
    const std::string from = random_key(random);
    const std::size_t limit = 1 + random() % 20;
    EXPECT_EQ(scanned(one, prefix, from, limit), scanned(other, prefix, from, limit));
  }
}

TEST(Overlay, AnswersAsTheStoreWillAfterTheCommit) {
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto store = make_memory_storage();
    ASSERT_TRUE(store->commit(random_batch(random)).ok());
    ASSERT_TRUE(store->commit(random_batch(random)).ok());

    const auto before = store->snapshot();
    const auto grown = std::make_shared<Overlay>(before);
    for (std::size_t batches = random() % 4; batches > 0; --batches) {
      const WriteBatch batch = random_batch(random);
      const auto predicted = overlay(store->snapshot(), batch);
      grown->add(batch);
      ASSERT_TRUE(store->commit(batch).ok());
      expect_same(*predicted, *store->snapshot(), random);
    }
    expect_same(*grown, *store->snapshot(), random);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Overlay, LeavesTheSnapshotBelowAsItIs) {
  const auto store = make_memory_storage();
  WriteBatch first;
  first.put("a", "1");
  ASSERT_TRUE(store->commit(first).ok());
  const auto below = store->snapshot();
  WriteBatch second;
  second.remove_prefix("a");
  EXPECT_EQ(overlay(below, second)->get("a").value(), std::nullopt);
  EXPECT_EQ(below->get("a").value(), "1");
}

}  // namespace
}  // namespace mangrove::storage
