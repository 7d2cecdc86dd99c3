#include "ingest/readers/key_lines.h"

#include <gtest/gtest.h>

namespace mangrove::ingest {
namespace {

TEST(KeyLines, FindKeysByTheWayToThem) {
  const KeyLines lines("{\"a\":\n{\"b\": \"c\",\n\"c\" :\n1}, \"d\": [\n{\"e\": 1}]}", 3);
  EXPECT_EQ(lines.of("a"), 1U);
  EXPECT_EQ(lines.of("a/b"), 2U);
  EXPECT_EQ(lines.of("a/c"), 3U);
  EXPECT_EQ(lines.of("d"), 4U);
  EXPECT_EQ(lines.of("c"), 0U);
}

TEST(KeyLines, TakeBracketsAndQuotesInTextsForText) {
  const KeyLines lines("{\"a\": \"}\\\"{\",\n\"b\": {\"c\\\\\": 1}}", 2);
  EXPECT_EQ(lines.of("b"), 2U);
  EXPECT_EQ(lines.of("b/c\\\\"), 2U);
}

TEST(KeyLines, EndWhereTheTextBreaksOff) {
  for (const char* broken : {"", "{\"", "{\"a\\", "}}}", "{\"a\"", "[[[["}) {
    EXPECT_EQ(KeyLines(broken, 3).of("a"), 0U) << broken;
  }
}

}  // namespace
}  // namespace mangrove::ingest
