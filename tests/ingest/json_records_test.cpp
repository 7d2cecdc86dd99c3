#include "ingest/json_records.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

/// Each record as `line: value`, and the error that ended it.
std::string read(const std::string& text, const std::string& list = "grants") {
  JsonRecords records(tests::stream_of(text), "g.json", list);
  std::string shown;
  while (true) {
    const Result<std::optional<JsonRecord>> record = records.next();
    if (!record.ok()) return shown + "error: " + record.error().message;
    if (!record.value()) return shown;
    json::Writer writer;
    writer.value(record.value()->value);
    shown += std::to_string(record.value()->line) + ": " +
             (record.value()->problem.empty() ? writer.take() : "! " + record.value()->problem) +
             "\n";
  }
}

TEST(JsonRecords, OfANamedListComeOneByOneWithTheirLines) {
  EXPECT_EQ(read("{\"about\": {\"grants\": [0]},\n \"grants\": [{\"a\": \"]}\\\"\"},\n\n {}],\n"
                 " \"more\": [1, 2]}"),
            "2: {\"a\":\"]}\\\"\"}\n4: {}\n");
}

TEST(JsonRecords, OfSeveralListsOfTheNameComeInOrder) {
  EXPECT_EQ(read(R"({"grants": [1], "x": "grants", "grants": [], "grants": [2, 3]})"),
            "1: 1\n1: 2\n1: 3\n");
}

TEST(JsonRecords, OfAFileThatIsAListNeedNoName) {
  EXPECT_EQ(read("\xEF\xBB\xBF[1,\n[2], \"three\", null]"),
            "1: 1\n2: [2]\n2: \"three\"\n2: null\n");
}

TEST(JsonRecords, MayHaveALineEach) {
  EXPECT_EQ(read("{\"a\": 1}\r\n\n  {\"a\": 2}\n4", ""), "1: {\"a\":1}\n3: {\"a\":2}\n4: 4\n");
  EXPECT_EQ(read("", ""), "");
}

TEST(JsonRecords, WithALineEachCostNoOtherLine) {
  const std::string shown = read("{\"a\": [}\n{\"b\n" + std::string(9 << 20, 'x') + "\n3\n", "");
  EXPECT_EQ(shown.find("1: ! "), 0U) << shown;
  EXPECT_NE(shown.find("\n2: ! "), std::string::npos) << shown;
  EXPECT_TRUE(shown.ends_with("\n3: ! longer than 8 MiB\n4: 3\n")) << shown;
}

TEST(JsonRecords, ThatAreNoJsonCostThemselvesOnly) {
  const std::string shown = read("[{\"a\": nothing},\n{\"a\": 1, \"a\": 2}, 3]");
  EXPECT_EQ(shown.find("1: ! "), 0U) << shown;
  EXPECT_NE(shown.find("\n2: ! "), std::string::npos) << shown;
  EXPECT_TRUE(shown.ends_with("\n2: 3\n")) << shown;
}

TEST(JsonRecords, BeyondTheBoundArePassedOver) {
  const std::string giant = "\"" + std::string(kJsonRecordBytesMax, 'x') + "\"";
  EXPECT_EQ(read("[" + giant + ",\n1]"), "1: ! longer than 8 MiB\n2: 1\n");
}

TEST(JsonRecords, EndWithALineWhereNoEndCanBeTold) {
  EXPECT_EQ(read("[1,\n{\"a\": \"b"), "1: 1\nerror: g.json:2: the file ends in the middle");
  EXPECT_EQ(read("[1"), "1: 1\nerror: g.json:1: a comma or a closing bracket was expected");
  EXPECT_EQ(read("[1 2]"), "1: 1\nerror: g.json:1: a comma or a closing bracket was expected");
  EXPECT_EQ(read("[{\"a\": [1}]"), "error: g.json:1: brackets do not match");
  EXPECT_EQ(read("[1]\n2"), "1: 1\nerror: g.json:2: there is more behind the end of the list");
  EXPECT_EQ(read("{\"grants\" [1]}"), "error: g.json:1: a colon was expected");
  EXPECT_EQ(read("{grants: [1]}"), "error: g.json:1: the name of a member was expected");
  EXPECT_EQ(read("12"), "error: g.json:1: a JSON object or list was expected");
  EXPECT_EQ(read("[,]"), "error: g.json:1: a value was expected");
}

TEST(JsonRecords, DoNotGoDeeperThanTheyMust) {
  const std::string deep(100'000, '[');
  EXPECT_NE(read("[" + deep).find("too deep"), std::string::npos);
  EXPECT_NE(read(std::string(100, '[') + std::string(100, ']')).find("1: ! "), std::string::npos);
}

}  // namespace
}  // namespace mangrove::ingest
