#include "graph/base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace mangrove::json {
namespace {

std::string written(const Value& value) {
  Writer writer;
  writer.value(value);
  return writer.take();
}

/// What a text says when it is written again; or why it was refused.
std::string reread(std::string_view text, const Limits& limits = {}) {
  const Result<Value> value = parse(text, limits);
  return value.ok() ? written(value.value()) : "refused: " + value.error().message;
}

TEST(JsonParse, KeepsEveryKindOfValueAndTheOrderOfKeys) {
  EXPECT_EQ(reread(R"( {"z":null,"a":[true,false,-1,2.5,"x"],"m":{}} )"),
            R"({"z":null,"a":[true,false,-1,2.5,"x"],"m":{}})");
}

TEST(JsonParse, GivesAccessWithoutSurprises) {
  const Value value = parse(R"({"n":7,"d":0.5,"s":"t","b":true,"l":[1]})").value();
  EXPECT_EQ(value.find_integer("n"), 7);
  EXPECT_EQ(value.find_number("n"), 7.0);
  EXPECT_EQ(value.find_number("d"), 0.5);
  EXPECT_EQ(value.find_integer("d"), std::nullopt);
  EXPECT_EQ(*value.find_string("s"), "t");
  EXPECT_EQ(value.find_boolean("b"), true);
  EXPECT_EQ(value.find("l")->as_array()->size(), 1U);
  EXPECT_EQ(value.find("absent"), nullptr);
  EXPECT_EQ(value.find("s")->find("inside a string"), nullptr);
  EXPECT_EQ(value.find_string("n"), nullptr);
  EXPECT_EQ(value.find("d")->type_name(), "number");
}

TEST(JsonParse, SaysWhereATextBreaks) {
  EXPECT_EQ(reread("{\"a\": 1,\n \"b\" 2}"),
            "refused: JSON line 2, column 6: Missing a colon after a name of object member.");
  EXPECT_EQ(reread(""), "refused: JSON line 1, column 1: The document is empty.");
  EXPECT_EQ(reread("[\"\u00e9\u00e9\" x]"),
            "refused: JSON line 1, column 7: Missing a comma or ']' after an array element.");
}

TEST(JsonParse, RefusesWhatIsNotJson) {
  for (const char* text :
       {"nul", "[1,]", "{\"a\":1,}", "01",        "+1",      "1.",       ".5",
        "-",   "1e",   "NaN",        "Infinity",  "'a'",     "{a:1}",    "[1] 2",
        "[1",  "\"a",  "\"\\x\"",    "\"\\u12\"", "// c\n1", "\"a\tb\"", "[1 2]"}) {
    EXPECT_FALSE(parse(text).ok()) << text;
  }
}

TEST(JsonParse, RefusesANulByteInsteadOfStoppingThere) {
  using namespace std::string_view_literals;
  EXPECT_EQ(reread("[1]\0[2]"sv), "refused: JSON line 1, column 4: a NUL byte");
}

TEST(JsonParse, SkipsAByteOrderMark) {
  EXPECT_EQ(reread("\xEF\xBB\xBF[1]"), "[1]");
}

TEST(JsonParse, IsSafeFromTheExponentOfCve202438517) {
  EXPECT_EQ(reread("0.0000000000000001e-2147483639"),
            "refused: JSON line 1, column 1: the number is beyond what can be held");
  EXPECT_FALSE(parse("1e-2147483648").ok());
  EXPECT_FALSE(parse("1e2147483648").ok());
  EXPECT_FALSE(parse("0.1e99999999999999999999").ok());
}

TEST(JsonParse, RefusesDeepNestingWithoutUsingTheStack) {
  const Result<Value> arrays = parse(std::string(200'000, '['));
  ASSERT_FALSE(arrays.ok());
  EXPECT_EQ(arrays.error().code, ErrorCode::too_large);
  EXPECT_EQ(arrays.error().message, "JSON line 1, column 65: nested deeper than 64");

  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(parse(objects).error().code, ErrorCode::too_large);
}

TEST(JsonParse, AllowsNestingUpToTheLimit) {
  EXPECT_TRUE(parse(std::string(64, '[') + std::string(64, ']')).ok());
  EXPECT_FALSE(parse(std::string(65, '[') + std::string(65, ']')).ok());
  EXPECT_TRUE(parse("[]", {.depth = 1}).ok());
  EXPECT_FALSE(parse("[]", {.depth = 0}).ok());
}

TEST(JsonParse, BoundsBytesAndValues) {
  EXPECT_EQ(parse("[1,2,3]", {.bytes = 6}).error().code, ErrorCode::too_large);
  EXPECT_TRUE(parse("[1,2,3]", {.values = 4}).ok());
  EXPECT_EQ(parse("[1,2,3]", {.values = 3}).error().code, ErrorCode::too_large);
}

TEST(JsonParse, RefusesAKeyTwice) {
  EXPECT_EQ(reread(R"({"a":1,"b":2,"a":3})"),
            "refused: JSON line 1, column 17: the key \"a\" appears twice");
  EXPECT_FALSE(parse(R"({"a":1,"\u0061":2})").ok()) << "the same key, spelt with an escape";
  EXPECT_TRUE(parse(R"({"a":{"a":1}})").ok()) << "one inside the other is fine";
}

TEST(JsonParse, RefusesAKeyTwiceAmongMany) {
  std::string text = "{";
  for (int i = 0; i < 2'000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(parse(text + "\"last\":0}").ok());
  EXPECT_FALSE(parse(text + "\"k1999\":0}").ok());
  EXPECT_FALSE(parse(text + "\"k3\":0}").ok());
}

TEST(JsonParse, RefusesBytesThatAreNotUtf8) {
  for (const char* text : {"\"\xFF\"", "\"\xC0\x80\"", "\"\xE2\x82\"", "\"\xED\xA0\x80\"",
                           "\"\xF4\x90\x80\x80\"", "\"\x80\"", "\"\xF0\x9F\x98", "{\"\xFF\":1}"}) {
    EXPECT_FALSE(parse(text).ok()) << testing::PrintToString(text);
  }
}

TEST(JsonParse, RefusesHalfASurrogatePair) {
  EXPECT_FALSE(parse(R"("\ud83d")").ok());
  EXPECT_FALSE(parse(R"("\ud83dx")").ok());
  EXPECT_FALSE(parse(R"("\ude00")").ok());
  EXPECT_FALSE(parse(R"({"\ude00":1})").ok());
  EXPECT_EQ(reread(R"("\ud83d\ude00")"), "\"\xF0\x9F\x98\x80\"");
}

TEST(JsonParse, KeepsIntegersThatFitAndMakesTheOthersReal) {
  EXPECT_EQ(parse("9223372036854775807").value().as_integer(),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse("-9223372036854775808").value().as_integer(),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse("9223372036854775808").value().as_integer(), std::nullopt);
  EXPECT_EQ(parse("9223372036854775808").value().as_number(), 9223372036854775808.0);
  EXPECT_EQ(parse("1.0").value().as_integer(), std::nullopt);
  EXPECT_EQ(parse("1e2").value().as_number(), 100.0);
  EXPECT_EQ(parse("-0").value().as_integer(), 0);
  EXPECT_EQ(parse(std::string(300, '9')).value().as_number(), 1e300);
  EXPECT_FALSE(parse(std::string(400, '9')).ok());
  EXPECT_FALSE(parse("1e309").ok());
  EXPECT_TRUE(parse("0." + std::string(1'000, '1')).ok());
}

TEST(JsonWriter, WritesPieceByPiece) {
  Writer writer;
  writer.begin_object();
  writer.member("name", "Ghana \"GH\"\n");
  writer.member("count", std::size_t{3});
  writer.member("less", -1);
  writer.member("share", 0.5);
  writer.member("open", true);
  writer.member("none", nullptr);
  writer.member("maybe", std::optional<std::string>());
  writer.member("surely", std::optional<std::string>("yes"));
  writer.member("big", std::numeric_limits<std::uint64_t>::max());
  writer.member("", std::string_view());
  writer.key("list");
  writer.begin_array();
  writer.integer(1);
  writer.end_array();
  writer.end_object();
  EXPECT_EQ(writer.take(),
            R"({"name":"Ghana \"GH\"\n","count":3,"less":-1,"share":0.5,"open":true,"none":null,)"
            R"("maybe":null,"surely":"yes","big":18446744073709551615,"":"","list":[1]})");
}

TEST(JsonWriter, StartsAfreshAfterTake) {
  Writer writer;
  writer.integer(1);
  EXPECT_EQ(writer.take(), "1");
  writer.string("two");
  EXPECT_EQ(writer.take(), "\"two\"");
}

TEST(JsonWriter, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(written(Value("a\xFFz")), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(written(Value("\xE2\x82")), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(written(Value("\xED\xA0\x80")), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_EQ(written(Value(Value::Object{{"\xC0k", 1}})), "{\"\xEF\xBF\xBDk\":1}");
}

TEST(JsonWriter, WritesNumbersThatJsonLacksAsNull) {
  EXPECT_EQ(written(Value(Value::Array{std::nan(""), HUGE_VAL, -HUGE_VAL})), "[null,null,null]");
}

/// A value with everything in it, drawn from a seed.
Value random_value(std::mt19937& random, int depth) {
  const auto roll = [&](unsigned sides) { return static_cast<unsigned>(random()) % sides; };
  const auto text = [&] {
    std::string result;
    constexpr std::string_view kPieces[] = {"a",      "\"",     "\\",        "\n",
                                            "\u00e9", "\u20ac", "\U0001F600"};
    for (unsigned i = roll(6); i > 0; --i) result += kPieces[roll(7)];
    return result;
  };
  switch (roll(depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return roll(2) == 0;
    case 2:
      return static_cast<std::int64_t>((std::uint64_t{random()} << 32) | random());
    case 3:
      return std::ldexp(static_cast<double>(random()) + 0.5, static_cast<int>(roll(1'800)) - 900);
    case 4:
      return text();
    case 5: {
      Value::Array elements;
      for (unsigned i = roll(5); i > 0; --i) elements.push_back(random_value(random, depth - 1));
      return elements;
    }
    default: {
      Value::Object members;
      for (unsigned i = roll(25); i > 0; --i) {
        members.push_back({text() + std::to_string(i), random_value(random, depth - 1)});
      }
      return members;
    }
  }
}

TEST(JsonRoundTrip, WhatIsWrittenReadsAsTheSameValue) {
  std::mt19937 random(20261122);
  for (int i = 0; i < 2'000; ++i) {
    const Value value = random_value(random, 4);
    const std::string text = written(value);
    const Result<Value> again = parse(text, {.bytes = std::size_t{64} << 20});
    ASSERT_TRUE(again.ok()) << again.error().message << "\n" << text;
    ASSERT_EQ(again.value(), value) << text;
  }
}

TEST(JsonRoundTrip, DamagedTextIsRefusedOrReadButNeverCrashes) {
  std::mt19937 random(7);
  for (int i = 0; i < 5'000; ++i) {
    std::string text = written(random_value(random, 3));
    for (int n = 0; n < 3; ++n) text[random() % text.size()] = static_cast<char>(random());
    const Result<Value> value = parse(text);
    EXPECT_TRUE(value.ok() || value.error().message.starts_with("JSON ")) << text;
  }
}

}  // namespace
}  // namespace mangrove::json
