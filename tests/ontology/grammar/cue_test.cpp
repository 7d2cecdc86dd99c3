#include "ontology/grammar/cue.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "ontology/grammar/notation.h"

namespace mangrove::ontology {
namespace {

using Words = std::vector<std::string>;

TEST(Cues, AreWrittenWithWeightsAndWordsNearThem) {
  const auto cue = parse_cue("traffickers; weight 1.5; near women | girls; unless drug", "en", 1);
  ASSERT_TRUE(cue.ok());
  EXPECT_EQ(cue.value().cue.phrase, "traffickers");
  EXPECT_EQ(cue.value().cue.language, "en");
  EXPECT_FALSE(cue.value().cue.exact);
  EXPECT_EQ(cue.value().cue.near, (Words{"women", "girls"}));
  EXPECT_EQ(cue.value().cue.unless, Words{"drug"});
  EXPECT_DOUBLE_EQ(cue.value().weight, 1.5);
  EXPECT_DOUBLE_EQ(parse_cue("slave", "en", 0.7).value().weight, 0.7);
}

TEST(Cues, AreExactBehindAnEqualsSign) {
  const auto cue = parse_cue("= la trata", "es", 1);
  ASSERT_TRUE(cue.ok());
  EXPECT_TRUE(cue.value().cue.exact);
  EXPECT_EQ(cue.value().cue.phrase, "la trata");
}

TEST(Cues, SayWhatIsWrongAndHowToWriteIt) {
  const std::string form =
      "there is no phrase; a cue is PHRASE ; weight NUMBER ; near WORD | WORD ; unless WORD | WORD";
  const std::vector<std::pair<const char*, std::string>> wrong{
      {"", form},
      {"=", form},
      {"; weight 2", form},
      {"a; weight x", "the weight is no number: `x`"},
      {"a; weight inf", "the weight is no number: `inf`"},
      {"a; near", "`near` has no value"},
      {"a; far b", "`far` is neither weight, near nor unless"},
      {"a ;; near b", "there is nothing behind a `;`"},
  };
  for (const auto& [text, message] : wrong) {
    const auto cue = parse_cue(text, "en", 1);
    ASSERT_FALSE(cue.ok()) << text;
    EXPECT_EQ(cue.error().message, "'" + std::string(text) + "': " + message);
  }
}

TEST(Cues, WithAlternativesStandForSeveralThatShareTheirConditions) {
  WordClasses classes;
  ASSERT_TRUE(classes.add("en", "children: child | boys").ok());
  const auto cues = parse_cues("=[children] at work; weight 2; near [children]", "en", 1, classes);
  ASSERT_TRUE(cues.ok());
  ASSERT_EQ(cues.value().size(), 2U);
  EXPECT_EQ(cues.value()[0].cue.phrase, "child at work");
  EXPECT_EQ(cues.value()[1].cue.phrase, "boys at work");
  for (const WrittenCue& each : cues.value()) {
    EXPECT_DOUBLE_EQ(each.weight, 2);
    EXPECT_EQ(each.cue.near, (Words{"child", "boys"}));
  }
  EXPECT_TRUE(cues.value()[0].cue.exact);
}

TEST(Cues, ShowTheWholeTextWhereOneAlternativeIsWrong) {
  const auto cues = parse_cues("[boys|]; near a", "en", 1, WordClasses());
  ASSERT_FALSE(cues.ok());
  EXPECT_TRUE(cues.error().message.starts_with("'[boys|]; near a': there is no phrase;"));
}

TEST(WordsAndNumbers, StandOneBehindTheOther) {
  EXPECT_EQ(parse_word_and_number("title 1.5", "PROPERTY NUMBER").value().word, "title");
  EXPECT_DOUBLE_EQ(parse_word_and_number("title 1.5", "PROPERTY NUMBER").value().number, 1.5);
  for (const char* wrong : {"", "title", "title x", "title 1 2", "1.5"}) {
    const auto parsed = parse_word_and_number(wrong, "PROPERTY NUMBER");
    ASSERT_FALSE(parsed.ok()) << wrong;
    EXPECT_EQ(parsed.error().message,
              "'" + std::string(wrong) + "' is not of the form PROPERTY NUMBER");
  }
}

}  // namespace
}  // namespace mangrove::ontology
