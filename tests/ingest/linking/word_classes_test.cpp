#include "ingest/linking/word_classes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mangrove::ingest {
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

TEST(WordClasses, SayWhatIsWrong) {
  WordClasses classes;
  EXPECT_FALSE(classes.add("en", "no name").ok());
  EXPECT_FALSE(classes.written_out("en", "[nobody] knows").ok());
  EXPECT_FALSE(classes.written_out("en", "[open").ok());
  EXPECT_FALSE(classes.words("en", "[nobody]").ok());
  std::string many;
  for (int i = 0; i < 12; ++i) many += "[a|b] ";
  EXPECT_FALSE(classes.written_out("en", many).ok()) << "4096 alternatives";
}

}  // namespace
}  // namespace mangrove::ingest
