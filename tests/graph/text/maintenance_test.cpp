// The index in its store: round trips, merges beside commits, crashes, damage, building anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "graph/storage/keys.h"
#include "graph/storage/memory.h"
#include "graph/text/index.h"
#include "graph/text/rebuild.h"
#include "graph/text/segment.h"
#include "tests/graph/text/indexed_texts.h"
#include "tests/support/counting_storage.h"

namespace mangrove::tests {
namespace {

using graph::check_text_index;
using graph::NodeIndex;
using graph::NodeTexts;
using graph::Policy;
using graph::rebuild_text_index;
using graph::Sight;
using graph::TextHit;
using graph::TextIndex;
using graph::TextMerge;

/// Texts of many different words, so that some dozens make a segment that is not small.
Texts large_texts(std::mt19937& random, std::uint32_t first, std::uint32_t count,
                  std::uint16_t policies = 0) {
  Texts texts;
  for (std::uint32_t node = first; node < first + count; ++node) {
    std::string text = "common ";
    for (int i = 0; i < 120; ++i) text += "w" + std::to_string(random() % 20'000) + " ";
    const Policy policy{static_cast<std::uint16_t>(random() % (policies + 1U))};
    texts[node] = {{text, "en", 1, policy}};
  }
  return texts;
}

std::vector<std::pair<std::string, std::string>> stored(storage::Storage& store) {
  std::vector<std::pair<std::string, std::string>> all;
  EXPECT_TRUE(store.snapshot()
                  ->scan(graph::kTextKeys, {},
                         [&](std::string_view key, std::string_view value) {
                           all.emplace_back(key, value);
                           return true;
                         })
                  .ok());
  return all;
}

std::set<std::string> segments_with_pages(storage::Storage& store) {
  std::set<std::string> segments;
  for (const auto& [key, value] : stored(store)) {
    if (key.starts_with(graph::kTextPages)) segments.insert(key.substr(0, key.size() - 4));
  }
  return segments;
}

/// Makes commits until a merge is due.
TextMerge due_merge(IndexedTexts& indexed, std::mt19937& random) {
  for (std::uint32_t first = 0;; first += 60) {
    indexed.set(large_texts(random, first, 60));
    if (auto merge = indexed.index().merge_due()) return std::move(*merge);
  }
}

auto committing(IndexedTexts& indexed) {
  return [&indexed](const storage::WriteBatch& writes) { return indexed.store().commit(writes); };
}

TEST(TextStore, AskingTakesOneRoundTrip) {
  auto counting = std::make_unique<CountingStorage>(storage::make_memory_storage());
  const CountingStorage& counter = *counting;
  IndexedTexts indexed(std::move(counting));
  std::mt19937 random(1);
  for (std::uint32_t first = 0; first < 240; first += 60) {
    indexed.set(large_texts(random, first, 60, 2));
  }
  auto before = counter.round_trips();
  indexed.reopen();
  EXPECT_LE(counter.round_trips().reads() - before.reads(), 4u);

  const Sight sees_all({true, true, true}, false);
  before = counter.round_trips();
  EXPECT_EQ(indexed.found("common w12 w1", sees_all).size(), 1u);
  EXPECT_EQ(counter.round_trips().reads() - before.reads(), 2u);  // The first brings in the words.
  for (const std::string question : {"common", "w1", "w12 w13 w77 w", "wx99"}) {
    before = counter.round_trips();
    indexed.found(question, sees_all);
    EXPECT_LE(counter.round_trips().reads() - before.reads(), 1u) << question;
  }
  before = counter.round_trips();
  indexed.set(large_texts(random, 7, 1));
  EXPECT_EQ(counter.round_trips().reads() - before.reads(), 0u);
  EXPECT_EQ(counter.round_trips().commits - before.commits, 1u);
}

TEST(TextStore, AMergeGoesOnBesideCommits) {
  std::mt19937 random(2);
  IndexedTexts indexed;
  TextMerge merge = due_merge(indexed, random);
  ASSERT_TRUE(merge.run(*indexed.store().snapshot(), committing(indexed)).ok());
  const auto segments_before = indexed.index().size().segments;
  // Meanwhile: small changes, a large one, and a text is taken away.
  indexed.set({{3, {plain("meanwhile")}}, {5, {}}});
  indexed.set(large_texts(random, 10, 50));
  storage::WriteBatch writes;
  const auto merged = indexed.index().with_merged(merge, writes);
  ASSERT_NE(merged, nullptr);
  ASSERT_TRUE(indexed.store().commit(writes).ok());
  EXPECT_LT(merged->size().segments, segments_before);
  EXPECT_EQ(indexed.faults(), std::vector<std::string>());
  indexed.reopen();
  for (const std::string question : {"common", "meanwhile", "common w12"}) {
    EXPECT_EQ(indexed.found(question), naive_search(indexed.texts(), question));
  }
}

TEST(TextStore, WhatAnInterruptedMergeLeftGoesWithTheNextCommit) {
  std::mt19937 random(3);
  IndexedTexts indexed;
  TextMerge merge = due_merge(indexed, random);
  int batches = 0;
  const Status interrupted =
      merge.run(*indexed.store().snapshot(), [&](const storage::WriteBatch& writes) -> Status {
        if (++batches > 1) return Error{ErrorCode::io, "the end"};
        return indexed.store().commit(writes);
      });
  EXPECT_FALSE(interrupted.ok());
  TextMerge another = *indexed.index().merge_due();
  ASSERT_TRUE(another.run(*indexed.store().snapshot(), committing(indexed)).ok());
  const auto all = segments_with_pages(indexed.store()).size();

  indexed.reopen();
  EXPECT_EQ(indexed.faults(), std::vector<std::string>());
  indexed.set({{3, {plain("meanwhile")}}});
  EXPECT_EQ(segments_with_pages(indexed.store()).size(), all);  // One went, one came.
  EXPECT_EQ(indexed.faults(), std::vector<std::string>());
  EXPECT_EQ(indexed.found("meanwhile").size(), 1u);
}

TEST(TextStore, AMergeOfWhatIsGoneIsTakenBack) {
  std::mt19937 random(4);
  IndexedTexts indexed;
  TextMerge merge = due_merge(indexed, random);
  ASSERT_TRUE(merge.run(*indexed.store().snapshot(), committing(indexed)).ok());
  while (indexed.merge()) {
  }
  storage::WriteBatch writes;
  EXPECT_EQ(indexed.index().with_merged(merge, writes), nullptr);
  ASSERT_TRUE(indexed.store().commit(writes).ok());
  EXPECT_EQ(indexed.faults(), std::vector<std::string>());
}

TEST(TextStore, BuiltByOtherSettingsItIsNotComplete) {
  IndexedTexts indexed(Texts{{1, {plain("sea")}}});
  const auto snapshot = indexed.store().snapshot();
  EXPECT_TRUE(TextIndex::open(*snapshot, "tests").value()->is_complete());
  EXPECT_FALSE(TextIndex::open(*snapshot, "title=4").value()->is_complete());
  EXPECT_FALSE(
      TextIndex::open(*storage::make_memory_storage()->snapshot(), "tests").value()->is_complete());
}

TEST(TextStore, BuildingAnewGivesTheSameAnswersAndLeavesNothingOld) {
  std::mt19937 random(5);
  IndexedTexts indexed;
  for (std::uint32_t i = 0; i < 8; ++i) indexed.set(large_texts(random, i * 20, 60, 1));
  const Hits before = indexed.found("common w12");
  ASSERT_TRUE(rebuild_text_index(indexed.store(), "tests", indexed.each()).ok());
  indexed.reopen();
  EXPECT_TRUE(indexed.index().is_complete());
  EXPECT_EQ(indexed.found("common w12"), before);
  EXPECT_EQ(indexed.faults(), std::vector<std::string>());
}

TEST(TextStore, BuildingThatIsInterruptedLeavesItIncomplete) {
  IndexedTexts indexed(Texts{{1, {plain("sea")}}, {2, {plain("land")}}});
  const auto broken = [&](const auto& visit) -> Status {
    TRY(visit(std::vector<NodeTexts>{{NodeIndex{1}, {plain("sea")}, {}}}));
    return Error{ErrorCode::io, "the end"};
  };
  EXPECT_FALSE(rebuild_text_index(indexed.store(), "tests", broken).ok());
  indexed.reopen();
  EXPECT_FALSE(indexed.index().is_complete());
}

/// A store with an index in it, and one thing changed.
class DamagedIndex : public testing::Test {
 protected:
  DamagedIndex() {
    std::mt19937 random(6);
    indexed_.set(large_texts(random, 0, 80, 1));
    indexed_.set({{1000, {plain("lonely words")}}});
  }

  void change(std::string_view prefix, const std::function<void(std::string&)>& change) {
    storage::WriteBatch writes;
    for (auto& [key, value] : stored(indexed_.store())) {
      if (!key.starts_with(prefix)) continue;
      change(value);
      writes.put(key, value);
      break;
    }
    ASSERT_TRUE(indexed_.store().commit(writes).ok());
  }

  IndexedTexts indexed_;
};

TEST_F(DamagedIndex, APageThatIsMissingIsFound) {
  storage::WriteBatch writes;
  for (const auto& [key, value] : stored(indexed_.store())) {
    if (key.starts_with(graph::kTextPages)) writes.remove(key);
  }
  ASSERT_TRUE(indexed_.store().commit(writes).ok());
  EXPECT_FALSE(indexed_.faults().empty());
  EXPECT_EQ(TextIndex::open(*indexed_.store().snapshot(), "tests").error().code,
            ErrorCode::corrupt);
}

TEST_F(DamagedIndex, APageOfNothingIsFound) {
  storage::WriteBatch writes;
  writes.put(graph::page_key(77, 3), "page");
  ASSERT_TRUE(indexed_.store().commit(writes).ok());
  EXPECT_EQ(indexed_.faults(),
            std::vector<std::string>{"text index: page 3 of segment 77 belongs to nothing"});
}

TEST_F(DamagedIndex, AnOutlineThatCountsWrongIsFound) {
  change(graph::kTextLayers, [](std::string& value) { ++value[0]; });
  ASSERT_EQ(indexed_.faults().size(), 1u);
  EXPECT_TRUE(indexed_.faults()[0].starts_with("text index, policy 0: its outline counts"));
}

TEST_F(DamagedIndex, TextsThatTheIndexWasNotToldOfAreFound) {
  const auto each = [&](const auto& visit) -> Status {
    TRY(indexed_.each()(visit));
    return visit(std::vector<NodeTexts>{{NodeIndex{2000}, {plain("newcomer")}, {}}});
  };
  const auto faults = check_text_index(*indexed_.store().snapshot(), "tests", each).value();
  EXPECT_EQ(faults, (std::vector<std::string>{
                        faults[0], "text index, policy 0: the length of node 2000: missing",
                        "text index, policy 0: the postings of 'newcom': missing",
                        "text index, policy 0: the count of 'newcomer (newcom)': missing"}));
  EXPECT_EQ(check_text_index(*indexed_.store().snapshot(), "tests", each, 2).value().size(), 2u);
}

TEST_F(DamagedIndex, AnyBitThatIsFlippedIsFoundOrChangesNothingAndNeverCrashes) {
  const auto before = stored(indexed_.store());
  const Hits truth = indexed_.found("common w12");
  std::mt19937 random(7);
  int found = 0;
  constexpr int kFlips = 150;
  for (int i = 0; i < kFlips; ++i) {
    auto [key, value] = before[random() % before.size()];
    const std::string good = value;
    char& byte = value[random() % value.size()];
    byte = static_cast<char>(byte ^ 1 << random() % 8);
    storage::WriteBatch damage;
    damage.put(key, value);
    ASSERT_TRUE(indexed_.store().commit(damage).ok());
    const bool is_found = !indexed_.faults().empty();
    found += is_found ? 1 : 0;
    const auto opened = TextIndex::open(*indexed_.store().snapshot(), "tests");
    if (opened.ok() && opened.value()->is_complete()) {
      Hits hits;
      const Status asked =
          opened.value()->search({.words = "common w12"}, *indexed_.store().snapshot(), Sight(),
                                 [&](std::span<const TextHit> some) {
                                   for (const TextHit& hit : some)
                                     hits.emplace_back(hit.node.value, hit.score);
                                 });
      std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
        return std::pair(-a.second, a.first) < std::pair(-b.second, b.first);
      });
      ASSERT_TRUE(is_found || (asked.ok() && hits == truth)) << i;
    }
    storage::WriteBatch repair;
    repair.put(key, good);
    ASSERT_TRUE(indexed_.store().commit(repair).ok());
  }
  EXPECT_GT(found, kFlips * 95 / 100);
}

TEST(TextIndexThreads, SearchWhileTheIndexGrows) {
  auto store = storage::make_memory_storage();
  std::mutex mutex;
  struct Version {
    std::shared_ptr<const TextIndex> index;
    std::shared_ptr<const storage::Snapshot> snapshot;
    std::size_t documents;
  };
  Version latest{rebuild_text_index(*store, "tests", [](const auto&) { return Status(); }).value(),
                 store->snapshot(), 0};
  std::atomic<bool> done{false};
  const auto search = [&](std::uint32_t seed) {
    std::mt19937 random(seed);
    while (!done) {
      const Version version = [&] {
        const std::lock_guard lock(mutex);
        return latest;
      }();
      std::size_t count = 0;
      const std::string words = random() % 2 == 0 ? "common" : "w1" + std::to_string(random() % 9);
      ASSERT_TRUE(version.index
                      ->search({.words = words}, *version.snapshot, Sight(),
                               [&](std::span<const TextHit> hits) { count += hits.size(); })
                      .ok());
      if (words == "common") {
        ASSERT_EQ(count, version.documents);
      }
      ASSERT_TRUE(version.index->matcher({.words = words}, *version.snapshot, Sight()).ok());
    }
  };
  std::vector<std::thread> readers;
  for (std::uint32_t seed = 0; seed < 3; ++seed) readers.emplace_back(search, seed);
  std::mt19937 random(9);
  const auto publish = [&](std::shared_ptr<const TextIndex> index, std::size_t documents) {
    const std::lock_guard lock(mutex);
    latest = {std::move(index), store->snapshot(), documents};
  };
  for (std::uint32_t first = 0; first < 900; first += first % 3 == 0 ? 61 : 1) {
    std::vector<NodeTexts> nodes;
    for (auto& [node, texts] : large_texts(random, first, first % 3 == 0 ? 61 : 1)) {
      nodes.push_back({NodeIndex{node}, texts, {}});
    }
    storage::WriteBatch writes;
    auto index = latest.index->with(nodes, writes).value();
    ASSERT_TRUE(store->commit(writes).ok());
    publish(index, latest.documents + nodes.size());
    while (auto merge = latest.index->merge_due()) {
      ASSERT_TRUE(merge
                      ->run(*store->snapshot(),
                            [&](const storage::WriteBatch& batch) { return store->commit(batch); })
                      .ok());
      storage::WriteBatch swap;
      index = latest.index->with_merged(*merge, swap);
      ASSERT_TRUE(store->commit(swap).ok());
      publish(index, latest.documents);
    }
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace mangrove::tests
