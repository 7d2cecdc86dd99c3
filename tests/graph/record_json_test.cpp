#include "graph/record_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/random_values.h"

namespace mangrove::graph {
namespace {

std::string written(const Record& record) {
  json::Writer writer;
  write_record(writer, record);
  return writer.take();
}

Result<Record> read(std::string_view text) {
  return read_record(json::parse(text).value());
}

std::string fault_of(std::string_view text) {
  const auto record = read(text);
  return record.ok() ? "none" : record.error().message;
}

Record about(std::string id) {
  Record record;
  record.subject = {std::move(id), "Thing"};
  return record;
}

TEST(RecordJson, SaysOnlyWhatIsThere) {
  EXPECT_EQ(written(about("x:1")), R"({"id":"x:1","kind":"Thing"})");
}

TEST(RecordJson, GroupsValuesByTheirName) {
  Record record = about("x:1");
  record.subject.properties = {{"title", Text{"Forced labour", "en"}},
                               {"size", std::int64_t{3}},
                               {"title", Text{"Travail forcé", "fr"}}};
  EXPECT_EQ(
      written(record),
      R"({"id":"x:1","kind":"Thing","properties":{"size":[3],"title":)"
      R"([{"text":"Forced labour","language":"en"},{"text":"Travail forcé","language":"fr"}]}})");
}

TEST(RecordJson, TellsAWholeNumberFromOneWithAFraction) {
  Record record = about("x:1");
  record.subject.properties = {{"a", std::int64_t{3}}, {"b", 3.0}, {"c", 1e300}};
  const std::string text = written(record);
  EXPECT_EQ(text, R"({"id":"x:1","kind":"Thing","properties":{"a":[3],"b":[3.0],"c":[1e300]}})");
  EXPECT_EQ(read(text).value().subject.properties, record.subject.properties);
}

TEST(RecordJson, LeavesOutTheFromOfAnEdgeThatIsTheSubject) {
  Record record = about("x:1");
  record.edges = {{"x:1", "KNOWS", "x:2"}, {"x:3", "KNOWS", "x:1", "well"}};
  EXPECT_EQ(written(record),
            R"({"id":"x:1","kind":"Thing","edges":[{"relation":"KNOWS","to":"x:2"},)"
            R"({"from":"x:3","relation":"KNOWS","to":"x:1","qualifier":"well"}]})");
}

TEST(RecordJson, LeavesOutNumbersThatJsonDoesNotHave) {
  Record record = about("x:1");
  record.subject.properties = {
      {"a", std::nan("")}, {"b", std::numeric_limits<double>::infinity()}, {"c", 1.5}};
  EXPECT_EQ(read(written(record)).value().subject.properties, (std::vector<Property>{{"c", 1.5}}));
}

TEST(RecordJson, TakesASingleValueWithoutItsList) {
  const Record record =
      read(R"({"id":"x:1","kind":"Thing","properties":{"name":"A","born":{"date":"1999-05"}}})")
          .value();
  EXPECT_EQ(record.subject.properties,
            (std::vector<Property>{{"name", Text{"A", ""}}, {"born", Date{1999, 5, 0}}}));
}

TEST(RecordJson, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(fault_of(R"([])"), "an object was expected, not array");
  EXPECT_EQ(fault_of(R"({"kind":"Thing"})"), "there is no 'id'");
  EXPECT_EQ(fault_of(R"({"id":"x:1","kind":7})"), "kind: a text was expected, not integer");
  EXPECT_EQ(
      fault_of(R"({"id":"x:1","kind":"T","edges":[{"relation":"R","to":"x:2"},{"to":"x:2"}]})"),
      "edges[1]: there is no 'relation'");
  EXPECT_EQ(fault_of(R"({"id":"x:1","kind":"T","properties":{"p":["a",{"date":"1999-13"}]}})"),
            "properties.p[1].date: a date was expected, as YYYY, YYYY-MM or YYYY-MM-DD");
  EXPECT_EQ(fault_of(R"({"id":"x:1","kind":"T","properties":{"p":null}})"),
            "properties.p: an object was expected, not null");
  EXPECT_EQ(
      fault_of(R"({"id":"x:1","kind":"T","mentions":[{"id":"x:2","kind":"T","audience":[]}]})"),
      "mentions[0]: 'audience' has no meaning here; there are: id, kind, guard, properties");
  EXPECT_EQ(fault_of(R"({"id":"x:1","kind":"T","audience":[3]})"),
            "audience: a name is a text that is not empty");
}

TEST(RecordJson, WhatIsWrittenReadsAsItWas) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    tests::RandomValues random(seed);
    const std::string text = written(random.record());
    const auto again = read(text);
    ASSERT_TRUE(again.ok()) << again.error().message << " in " << text;
    EXPECT_EQ(written(again.value()), text) << "seed " << seed;
  }
}

}  // namespace
}  // namespace mangrove::graph
