#include "ontology/grammar/word_classes.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace mangrove::ontology {
namespace {

using Cues = std::vector<std::string>;

TEST(WordClasses, StandForEachOfTheirWords) {
  WordClasses classes;
  ASSERT_TRUE(classes.add("en", "children: child | kids").ok());
  ASSERT_TRUE(classes.add("fr", "children: enfant").ok());
  EXPECT_EQ(classes.written_out("en", "[children] at work").value(),
            (Cues{"child at work", "kids at work"}));
  EXPECT_EQ(classes.written_out("fr", "[children]").value(), Cues{"enfant"});
  EXPECT_EQ(classes.written_out("en", "no cue [of | in|] it").value(),
            (Cues{"no cue of it", "no cue in it", "no cue  it"}));
  EXPECT_EQ(classes.written_out("en", "[a|b] [c|d]").value(), (Cues{"a c", "a d", "b c", "b d"}));
  EXPECT_EQ(classes.in_lists("en", "; near [children] | boys").value(),
            "; near child | kids | boys");
  EXPECT_EQ(classes.words("en", "[children]").value(), (Cues{"child", "kids"}));
  EXPECT_EQ(classes.words("en", "boys").value(), Cues{"boys"});
}

TEST(WordClasses, WrittenTwiceHaveTheWordsOfBoth) {
  WordClasses classes;
  ASSERT_TRUE(classes.add("en", "children: child").ok());
  ASSERT_TRUE(classes.add("en", "children: kids").ok());
  EXPECT_EQ(classes.words("en", "[children]").value(), (Cues{"child", "kids"}));
}

TEST(WordClasses, SayWhatIsWrong) {
  WordClasses classes;
  ASSERT_TRUE(classes.add("en", "children: child").ok());
  EXPECT_EQ(classes.add("en", "no name").error().message,
            "'no name': a class of words is NAME: WORD | WORD");
  EXPECT_EQ(classes.add("en", ": child").error().message,
            "': child': a class of words is NAME: WORD | WORD");
  EXPECT_EQ(classes.written_out("en", "[childen] at work").error().message,
            "no class of words in `en` is called `[childen]`; did you mean children?");
  EXPECT_EQ(classes.words("fr", "[children]").error().message,
            "no class of words in `fr` is called `[children]`");
  EXPECT_EQ(classes.written_out("en", "a [open").error().message,
            "the bracket of `[open` is not closed");
  std::string many;
  for (int i = 0; i < 12; ++i) many += "[a|b] ";
  EXPECT_EQ(classes.written_out("en", many).error().message,
            "with `[a|b]` it stands for more than 2000 phrases; write several texts");
}

TEST(WordClasses, AreNamedInBracketsWithoutAlternatives) {
  EXPECT_EQ(classes_named_in("[boys] [at|in] [a mine] [open"),
            (std::set<std::string>{"boys", "a mine"}));
}

}  // namespace
}  // namespace mangrove::ontology
