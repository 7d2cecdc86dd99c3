#include "graph/base/text.h"

#include <gtest/gtest.h>

#include "graph/base/date.h"

namespace mangrove {
namespace {

std::string words(std::string_view text) {
  std::string result;
  for (const Word& word : words_of(text)) {
    result += word.folded + "@" + std::to_string(word.begin) + "-" + std::to_string(word.end) + " ";
  }
  return result;
}

TEST(Text, WordsCarryTheirPlaceInCodePoints) {
  EXPECT_EQ(words("Été à Łódź, 8.7!"), "ete@0-3 a@4-5 łodz@6-10 8@12-13 7@14-15 ");
}

TEST(Text, EachIdeographIsAWord) {
  EXPECT_EQ(words("强迫劳动 abc"), "强@0-1 迫@1-2 劳@2-3 动@3-4 abc@5-8 ");
}

TEST(Text, BytesThatAreNotUtf8EndAWord) {
  EXPECT_EQ(words("a\xFF"
                  "b"),
            "a@0-1 b@2-3 ");
  EXPECT_FALSE(is_utf8("a\xFF"));
  EXPECT_FALSE(is_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_TRUE(is_utf8("aé强😀"));
}

TEST(Text, SlugsAreReadableAndBounded) {
  EXPECT_EQ(slug("Ministère de l’Éducation (MINEDUC)"), "ministere-de-l-education-mineduc");
  EXPECT_EQ(slug("one two three", 7), "one-two");
  EXPECT_EQ(slug("---"), "");
  EXPECT_LE(slug(std::string(500, 'x')).size(), 80u);
}

TEST(Text, TrimsNoBreakSpacesToo) {
  EXPECT_EQ(trimmed("\xC2\xA0 a b\n\xC2\xA0"), "a b");
}

TEST(Dates, AreReadAsExactlyAsTheyAreGiven) {
  EXPECT_EQ(parse_date("2021"), (Date{2021, 0, 0}));
  EXPECT_EQ(parse_date("2021-02"), (Date{2021, 2, 0}));
  EXPECT_EQ(parse_date(" 2020-02-29\n"), (Date{2020, 2, 29}));
  EXPECT_EQ(parse_date("2021-05-10T13:13:07Z"), (Date{2021, 5, 10}));
  EXPECT_EQ(to_string(Date{2021, 2, 0}), "2021-02");
}

TEST(Dates, WhatIsNoDateIsNothing) {
  for (const char* text :
       {"", "202", "2021-13", "2021-02-30", "2021-2-3", "10/05/2021", "2021-05-101", "0000"}) {
    EXPECT_FALSE(parse_date(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace mangrove
