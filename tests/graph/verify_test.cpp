#include "graph/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <memory>
#include <random>

#include "graph/change_log.h"
#include "graph/storage/keys.h"
#include "graph/storage/memory.h"
#include "graph/storage/records.h"
#include "graph/storage/rocksdb.h"
#include "tests/support/random_graph.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

constexpr tests::RandomRecords::Audiences kSomeHidden{30, 30, 20};

/// A store in memory that outlives the graphs opened over it.
class Kept final : public storage::Storage {
 public:
  explicit Kept(std::shared_ptr<storage::Storage> store) : store_(std::move(store)) {}
  std::shared_ptr<const storage::Snapshot> snapshot() const override { return store_->snapshot(); }
  Status commit(const storage::WriteBatch& batch) override { return store_->commit(batch); }

 private:
  std::shared_ptr<storage::Storage> store_;
};

class Verify : public testing::Test {
 protected:
  std::unique_ptr<Graph> open() {
    return Graph::open(std::make_unique<Kept>(store_), {.text_properties = {{"title", 3.0}}})
        .value();
  }

  /// A graph with some history, closed.
  void fill(unsigned seed, tests::RandomRecords::Audiences audiences = kSomeHidden) {
    const auto graph = open();
    tests::RandomRecords records(seed, audiences);
    tests::RandomRecords::Standing standing;
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
  }

  /// x:1 names x:2 and is tied to it, twice over; x:3 is alone, and was replaced.
  void fill_plainly() {
    const auto graph = open();
    const auto record = [](std::string subject, std::string source, std::string title) {
      Record stated{.source = std::move(source), .subject = {std::move(subject), "Thing"}};
      stated.subject.properties.push_back({"title", Text{std::move(title), "en"}});
      return stated;
    };
    Batch first;
    for (const char* source : {"src:a", "src:b"}) {
      Record stated = record("x:1", source, "cocoa farms");
      stated.mentions.push_back({"x:2", "Thing", {{"title", Text{"Ghana", ""}}}});
      stated.edges.push_back({"x:1", "IN", "x:2", "main"});
      first.put(std::move(stated));
    }
    first.put(record("x:3", "src:a", "schools"));
    ASSERT_TRUE(graph->commit(first).ok());
    Batch second;
    second.put(record("x:3", "src:a", "more schools"));
    ASSERT_TRUE(graph->commit(second).ok());
  }

  void alter(const std::function<void(storage::WriteBatch&)>& change) {
    storage::WriteBatch writes;
    change(writes);
    ASSERT_TRUE(store_->commit(writes).ok());
  }
  std::string stored(const std::string& key) {
    return store_->snapshot()->get(key).value().value_or("");
  }
  NodeIndex node(std::string_view id) { return {number_of(keys::kNodes, id)}; }
  SourceIndex source(std::string_view id) {
    return {number_of(keys::kSources, std::string(id) + '\0')};
  }
  Name name(std::string_view text) {
    return {static_cast<std::uint16_t>(number_of(keys::kNames, text))};
  }
  std::string record_key() { return keys::record(node("x:1"), source("src:a")); }
  void alter_record(const std::function<void(StoredRecord&)>& change) {
    StoredRecord record = decode_record(stored(record_key())).value();
    change(record);
    alter([&](auto& writes) {
      writes.put(record_key(), encode_record(record, encode_content(record)));
    });
  }

  /// What is found, each "where: what" on a line.
  static std::string told(const VerifyReport& report) {
    std::string text;
    for (const Finding& finding : report.findings) {
      text += finding.where + ": " + finding.what + '\n';
    }
    return text;
  }
  std::string found_when_opened() {
    const auto graph = open();
    return told(verify(*graph).value());
  }
  /// What is found by a graph that was open before `change` was made below it. It compares the
  /// version in memory with that of the store, so the change must be seen by it.
  std::string found_after(const std::function<void(storage::WriteBatch&)>& change) {
    alter(change);
    return found_when_opened();
  }

  std::shared_ptr<storage::Storage> store_ = storage::make_memory_storage();

 private:
  std::uint32_t number_of(std::string_view table, std::string_view text) {
    std::optional<std::uint32_t> number;
    EXPECT_TRUE(store_->snapshot()
                    ->scan(table, table,
                           [&](std::string_view key, std::string_view value) {
                             if (value != text) return true;
                             number =
                                 key.size() == 3 ? keys::read_u16(key, 1) : keys::read_u32(key, 1);
                             return false;
                           })
                    .ok());
    EXPECT_TRUE(number.has_value()) << text;
    return number.value_or(0);
  }
};

using testing::Test;

bool says(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

TEST_F(Verify, FindsNothingInAnEmptyGraph) {
  const auto graph = open();
  const VerifyReport report = verify(*graph).value();
  EXPECT_TRUE(report.is_clean()) << told(report);
  EXPECT_EQ(report.version, 0u);
}

TEST_F(Verify, FindsNothingInAnyGraphThatWasMadeByCommits) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    store_ = storage::make_memory_storage();
    fill(seed, seed % 2 == 0 ? kSomeHidden : tests::RandomRecords::Audiences{});
    EXPECT_EQ(found_when_opened(), "") << seed;
    {
      const auto graph = open();  // And goes on well after it was opened anew.
      tests::RandomRecords records(seed + 1000, kSomeHidden);
      tests::RandomRecords::Standing standing;
      for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
        if (i == 5) {
          ASSERT_TRUE(graph->forget_before(20).ok());
        }
        const VerifyReport report = verify(*graph).value();
        EXPECT_EQ(told(report), "") << seed;
        EXPECT_EQ(report.version, graph->view(Viewer::steward()).version());
      }
    }
    EXPECT_EQ(found_when_opened(), "") << seed;
  }
}

TEST_F(Verify, CountsWhatItChecked) {
  fill_plainly();
  const auto graph = open();
  const VerifyReport report = verify(*graph).value();
  EXPECT_EQ(told(report), "");
  EXPECT_EQ(report.version, 2u);
  EXPECT_EQ(report.checked.at("records"), 3u);
  EXPECT_EQ(report.checked.at("edges"), 2u);
  EXPECT_EQ(report.checked.at("nodes"), 3u);
  EXPECT_EQ(report.checked.at("mentions"), 2u);
  EXPECT_EQ(report.checked.at("log entries"), 2u);
  EXPECT_EQ(report.checked.at("past records"), 1u);
}

TEST_F(Verify, NamesAWrongCountOfAMention) {
  fill_plainly();
  const std::string bytes = stored(keys::mention(node("x:2")));
  auto list = decode_mentions(bytes).value();
  list.at(0).count = 7;
  const std::string found = found_after(
      [&](auto& writes) { writes.put(keys::mention(node("x:2")), encode_mentions(list)); });
  EXPECT_EQ(found,
            "what is mentioned of x:2: a value of title that src:a mentions is counted 7 times and "
            "stated 1 times\n");
}

TEST_F(Verify, NamesAListOfMentionsThatIsGone) {
  fill_plainly();
  const std::string found =
      found_after([&](auto& writes) { writes.remove(keys::mention(node("x:2"))); });
  EXPECT_TRUE(says(found, "what is mentioned of x:2: ")) << found;
  EXPECT_TRUE(says(found, "is missing")) << found;
}

TEST_F(Verify, NamesALogEntryThatIsMissing) {
  fill_plainly();
  const std::string found = found_after([&](auto& writes) { writes.remove(keys::change(1)); });
  EXPECT_TRUE(says(found, "entry 1 of the change log: missing")) << found;
}

TEST_F(Verify, NamesAPastThatIsMissing) {
  fill_plainly();
  const std::string key = keys::past(2, node("x:3"), source("src:a"));
  ASSERT_FALSE(stored(key).empty());
  const std::string found = found_after([&](auto& writes) { writes.remove(key); });
  EXPECT_EQ(found, "the record of x:3 by src:a, as it was before version 2: missing\n");
}

TEST_F(Verify, NamesAPastThatNothingTellsOf) {
  fill_plainly();
  const std::string found = found_after([&](auto& writes) {
    writes.put(keys::past(2, node("x:1"), source("src:a")), stored(record_key()));
  });
  EXPECT_TRUE(says(found, "the record of x:1 by src:a, as it was before version 2: kept")) << found;
}

TEST_F(Verify, NamesAKeyThatBelongsToNothing) {
  fill_plainly();
  const std::string found = found_after([&](auto& writes) { writes.put("zebra", "1"); });
  EXPECT_EQ(found, "key 7a65627261: a key that belongs to nothing\n");
}

TEST_F(Verify, NamesARecordThatTheLogDoesNotLeadTo) {
  fill_plainly();
  const std::string found = found_after([&](auto& writes) {
    StoredRecord record;
    record.kind = name("Thing");
    writes.put(keys::record(node("x:2"), source("src:b")),
               encode_record(record, encode_content(record)));
  });
  EXPECT_EQ(found,
            "the records of x:2: the change log does not lead to the records that are there\n");
}

TEST_F(Verify, NamesATextThatTheIndexDoesNotHold) {
  fill_plainly();
  alter_record([](StoredRecord& record) {
    std::get<Text>(record.properties.at(0).value).text = "coffee farms";
  });
  EXPECT_TRUE(says(found_when_opened(), "the text index")) << found_when_opened();
}

/// A store whose graph cannot be opened is looked at in its folder.
class VerifyFolder : public Verify {
 protected:
  void make() {
    store_ = nullptr;
    const auto graph = Graph::open(path_, {.text_properties = {{"title", 3.0}}}).value();
    tests::RandomRecords records(7, kSomeHidden);
    tests::RandomRecords::Standing standing;
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(graph->commit(records.batch(standing)).ok());
  }
  void alter_folder(const std::function<void()>& change) {
    store_ = storage::open_rocksdb(path_ / "store", {}).value();
    change();
    store_.reset();
  }
  std::string found() {
    const VerifyReport report = verify_folder(path_).value();
    EXPECT_FALSE(report.is_clean());
    return told(report);
  }

  tests::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "graph";
};

TEST_F(VerifyFolder, FindsNothingInAGoodOne) {
  make();
  const VerifyReport report = verify_folder(path_).value();
  EXPECT_EQ(told(report), "");
  EXPECT_EQ(report.version, Graph::open(path_, {}).value()->view(Viewer::steward()).version());
  EXPECT_GT(report.checked.at("files"), 0u);
}

TEST_F(VerifyFolder, IsNotThereIsAnError) {
  EXPECT_EQ(verify_folder(path_).error().code, ErrorCode::not_found);
}

TEST_F(VerifyFolder, NamesARecordWhoseBytesAreNone) {
  make();
  std::string place;
  alter_folder([&] {
    std::string key;
    ASSERT_TRUE(store_->snapshot()
                    ->scan(keys::kRecords, keys::kRecords,
                           [&](std::string_view first, std::string_view) {
                             key = first;
                             return false;
                           })
                    .ok());
    place = "the record of " + stored(keys::node({*keys::read_u32(key, 1)}));
    alter([&](auto& writes) { writes.put(key, "nonsense"); });
  });
  const std::string text = found();
  EXPECT_TRUE(says(text, place)) << text;
  EXPECT_TRUE(says(text, "no record")) << text;
}

TEST_F(VerifyFolder, NamesAnEdgeToANodeThatIsNotThere) {
  make();
  alter_folder([&] {
    StoredRecord record;
    record.kind = Name{1};
    record.edges.push_back({NodeIndex{0}, Name{1}, NodeIndex{4'000}, kNoName, {}});
    alter([&](auto& writes) {
      writes.put(keys::record(NodeIndex{0}, SourceIndex{0}),
                 encode_record(record, encode_content(record)));
    });
  });
  EXPECT_TRUE(says(found(), "it names a node at an end of an edge that is not there"));
}

TEST_F(VerifyFolder, NamesAnIdThatIsMissing) {
  make();
  alter_folder([&] { alter([&](auto& writes) { writes.remove(keys::node(NodeIndex{2})); }); });
  EXPECT_TRUE(says(found(), "the table of ids of nodes, number 2: missing"));
}

TEST_F(VerifyFolder, NamesTheImageThatIsDamagedAndIsGoodAfterTheNextOpening) {
  make();
  const auto image = path_ / "topology.image";
  ASSERT_TRUE(std::filesystem::exists(image));
  std::fstream file(image, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(image) / 2));
  file.put('\x5A');
  file.put('\xA5');
  file.close();
  EXPECT_TRUE(says(found(), "file " + image.string()));
  EXPECT_TRUE(verify_folder(path_).value().is_clean());
}

TEST_F(VerifyFolder, ThatLostItsStoreIsToldAsDamage) {
  make();
  std::filesystem::remove_all(path_ / "store");
  EXPECT_TRUE(says(found(), "its store is gone"));
}

TEST_F(VerifyFolder, IsMendedWhereTheTextIndexWasDamaged) {
  make();
  alter_folder([&] {
    std::vector<std::string> keys;
    ASSERT_TRUE(store_->snapshot()
                    ->scan(keys::kText, keys::kText,
                           [&](std::string_view key, std::string_view) {
                             keys.emplace_back(key);
                             return true;
                           })
                    .ok());
    alter([&](auto& writes) { writes.remove(keys.at(keys.size() / 2)); });
  });
  const VerifyReport report = verify_folder(path_).value();
  ASSERT_FALSE(report.is_clean());
  EXPECT_TRUE(std::all_of(report.findings.begin(), report.findings.end(),
                          [](const Finding& finding) { return finding.repairable; }))
      << told(report);
  ASSERT_TRUE(repair_folder(path_).ok());
  EXPECT_EQ(told(verify_folder(path_).value()), "");
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs_in(const storage::Storage& store) {
  Pairs pairs;
  EXPECT_TRUE(store.snapshot()
                  ->scan({}, {},
                         [&](std::string_view key, std::string_view value) {
                           pairs.emplace_back(key, value);
                           return true;
                         })
                  .ok());
  return pairs;
}

/// Opens a graph over a store that holds this; gives what is found, or why it cannot be opened.
std::string found_in(const Pairs& pairs) {
  auto store = storage::make_memory_storage();
  storage::WriteBatch writes;
  for (const auto& [key, value] : pairs) writes.put(key, value);
  EXPECT_TRUE(store->commit(writes).ok());
  const auto graph = Graph::open(std::move(store), {});
  if (!graph.ok()) return graph.error().message;
  const auto report = verify(*graph.value());
  if (!report.ok()) return report.error().message;
  return report.value().is_clean() ? "" : report.value().findings.front().what;
}

TEST_F(Verify, FindsThatAnyOneKeyIsGone) {
  fill(3);
  const Pairs all = pairs_in(*store_);
  const auto last_policy = std::find_if(all.rbegin(), all.rend(), [](const auto& pair) {
    return pair.first.starts_with(keys::kPolicies);
  });
  ASSERT_EQ(found_in(all), "");
  for (const auto& gone : all) {
    // Without these the graph takes itself for one of which the index was never made, and makes it.
    if (gone.first == keys::kSearched || gone.first == "tf") continue;
    if (gone.first == last_policy->first) continue;  // Perhaps nothing is under it any more.
    Pairs rest = all;
    std::erase(rest, gone);
    EXPECT_NE(found_in(rest), "") << testing::PrintToString(gone.first);
  }
}

/// A flipped bit may read as something else that a source could have stated. It is never more than
/// that: what is read is read to the end, whatever it is.
TEST_F(Verify, ReadsOnWhateverTheBytesAre) {
  fill(4);
  const Pairs all = pairs_in(*store_);
  std::mt19937 random(11);
  int found = 0;
  constexpr int kRounds = 500;
  for (int round = 0; round < kRounds; ++round) {
    Pairs altered = all;
    auto& [key, value] = altered[random() % altered.size()];
    if (value.empty()) continue;
    value[random() % value.size()] ^= static_cast<char>(1 << random() % 8);
    if (!found_in(altered).empty()) ++found;
  }
  EXPECT_GT(found, kRounds / 2);
}

TEST_F(Verify, TellsTheFirstFindingsAndCountsAll) {
  fill_plainly();
  for (int i = 0; i < 20; ++i) {
    alter([&](auto& writes) { writes.put("z" + std::to_string(i), ""); });
  }
  const auto graph = open();
  const VerifyReport report = verify(*graph, {.findings_max = 3}).value();
  EXPECT_EQ(report.findings.size(), 3u);
  EXPECT_EQ(report.found, 20u);
}

TEST_F(Verify, EndsWhenItIsToldTo) {
  fill_plainly();
  const auto graph = open();
  const auto report = verify(*graph, {.on_progress = [](const Progress&) { return false; }});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace mangrove::graph
