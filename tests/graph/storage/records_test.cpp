#include "graph/storage/records.h"

#include <gtest/gtest.h>

#include <random>

namespace mangrove::graph {
namespace {

StoredRecord example() {
  StoredRecord record;
  record.revision = "2021-05-10T13:13:07Z";
  record.origin = "activities.xml:12";
  record.superseded = {1, UINT64_MAX};
  record.kind = Kind{3};
  record.properties = {
      {Name{1}, Text{"Titre", "fr"}},
      {Name{1}, Text{"Title", ""}},
      {Name{2}, std::int64_t{-5}},
      {Name{3}, 0.1},
      {Name{4}, true},
      {Name{5}, Date{2021, 2, 0}},
      {Name{6}, Structure{{{"currency", std::string("EUR")}, {"year", std::int64_t{2021}}}}}};
  record.mentions = {{NodeIndex{7}, Kind{4}, {{Name{1}, Text{"Ghana", "en"}}}}};
  record.edges = {{NodeIndex{1}, Relation{9}, NodeIndex{7}, Qualifier{2}, {{Name{8}, 60.0}}}};
  return record;
}

std::string encoded(const StoredRecord& record) {
  return encode_record(record, encode_content(record));
}

TEST(Records, ComeBackAsTheyWere) {
  const std::string bytes = encoded(example());
  const StoredRecord back = decode_record(bytes).value();
  EXPECT_EQ(back.revision, example().revision);
  EXPECT_EQ(back.superseded, example().superseded);
  ASSERT_EQ(back.properties.size(), 7u);
  for (std::size_t i = 0; i < 7; ++i)
    EXPECT_EQ(back.properties[i].value, example().properties[i].value);
  EXPECT_EQ(encoded(back), bytes);
  EXPECT_EQ(parts_of(bytes).value().content, encode_content(example()));
}

TEST(Records, TheContentDoesNotDependOnWhenOrWhereItWasRead) {
  StoredRecord elsewhere = example();
  elsewhere.origin = "other.xml:1";
  elsewhere.revision = "2030";
  EXPECT_EQ(encode_content(elsewhere), encode_content(example()));
}

StoredRecord with_derived_edges() {
  StoredRecord record = example();
  record.edges.push_back({NodeIndex{1},
                          Relation{9},
                          NodeIndex{8},
                          Qualifier{5},
                          {{Name{8}, 0.5, Policy{2}}},
                          Policy{1},
                          true});
  return record;
}

TEST(Records, WhatWasConcludedIsNoPartOfTheContent) {
  const std::string bytes = encoded(with_derived_edges());
  EXPECT_EQ(parts_of(bytes).value().content, encode_content(example()));
  EXPECT_EQ(parts_of(bytes).value().derived, encode_derived(with_derived_edges()));
  const StoredRecord back = decode_record(bytes).value();
  ASSERT_EQ(back.edges.size(), 2u);
  EXPECT_FALSE(back.edges[0].derived);
  EXPECT_TRUE(back.edges[1].derived);
  EXPECT_EQ(back.edges[1].policy, Policy{1});
  EXPECT_EQ(back.edges[1].properties[0].policy, Policy{2});
  EXPECT_EQ(encoded(back), bytes);
}

TEST(Records, EveryTruncationIsFoundOut) {
  const std::string bytes = encoded(with_derived_edges());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_record(std::string_view(bytes).substr(0, size)).ok()) << size;
  }
}

TEST(Records, NoDamageBringsTheReaderDown) {
  std::mt19937 random(3);
  const std::string good = encoded(with_derived_edges());
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = good;
    for (int flips = 0; flips < 3; ++flips) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    static_cast<void>(decode_record(bytes).ok());
  }
}

TEST(Records, MentionsComeBackAsTheyWere) {
  const std::string text = encode_value(Text{"a", "en"});
  const std::string number = encode_value(std::int64_t{4});
  const std::string bytes =
      encode_mentions({{SourceIndex{1}, Name{2}, text, 3}, {SourceIndex{5}, Name{2}, number, 1}});
  const auto back = decode_mentions(bytes).value();
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0].count, 3u);
  EXPECT_EQ(decode_value(back[0].value).value(), Value(Text{"a", "en"}));
  EXPECT_FALSE(decode_mentions("\x05").ok());
}

}  // namespace
}  // namespace mangrove::graph
