#include "ingest/linking/text_links.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace mangrove::ingest {
namespace {

/// Two forms and a target, with phrases as people would write them.
Vocabulary small_vocabulary() {
  Vocabulary vocabulary;
  vocabulary.model.fields = {{"title", 2.0}, {"description", 1.0}};
  vocabulary.concepts = {{"form:labour", "Form", "AGAINST", -1},
                         {"form:child", "Form", "AGAINST", -1},
                         {"sdg:8.7", "Target", "CONTRIBUTES_TO", -1}};
  const auto add = [&](Cue cue, std::vector<Meaning> meanings) {
    vocabulary.cues.push_back(std::move(cue));
    vocabulary.meanings.push_back(std::move(meanings));
  };
  add({"forced labour", "en"}, {{0, 2}, {2, 3}});
  add({"child labour", "en"}, {{1, 2}, {2, 3}});
  add({"labour", "en"}, {{0, 0.5}});
  add({"trafficking", "en"}, {{2, 2}});
  add({"drug trafficking", "en"}, {});
  vocabulary.exclusions = {{"does not address", "en"}};
  return vocabulary;
}

struct Told {
  std::string id;
  double confidence;
  std::vector<std::string> words;
};

std::vector<Told> read(const std::vector<Passage>& passages, double least = 0.5) {
  static const auto vocabulary = std::make_shared<const CompiledVocabulary>(small_vocabulary());
  TextLinker linker(vocabulary);
  std::vector<Told> told;
  for (const TextLink& link : linker.read(passages, least)) {
    Told one{vocabulary->vocabulary.concepts[link.concept_number].id, link.confidence, {}};
    for (const Match& match : link.matches) {
      const std::string_view text = passages[match.passage].text;
      one.words.emplace_back(text.substr(match.begin, match.end - match.begin));
    }
    told.push_back(std::move(one));
  }
  return told;
}

std::vector<Told> read_description(std::string_view text) {
  return read({{"description", text, "en"}});
}

TEST(TextLinks, SayHowSureTheyAreAndWhichWordsSaySo) {
  const auto told = read_description("Ending Forced Labour in fishing");
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].id, "sdg:8.7");
  EXPECT_DOUBLE_EQ(told[0].confidence, 0.881);  // 1 / (1 + exp(-(-1 + 3)))
  EXPECT_EQ(told[0].words, std::vector<std::string>{"Forced Labour"});
  EXPECT_EQ(told[1].id, "form:labour");
  EXPECT_DOUBLE_EQ(told[1].confidence, 0.731);
}

TEST(TextLinks, APhraseCountsOnceInTheFieldWhereItCountsMost) {
  const auto told = read({{"description", "child labour and child labour", "en"},
                          {"title", "Child labour", "en"},
                          {"homepage", "forced labour", "en"}});
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].id, "sdg:8.7");
  EXPECT_DOUBLE_EQ(told[0].confidence, 0.99);  // Words are never certain.
  EXPECT_EQ(told[1].id, "form:child");
  EXPECT_DOUBLE_EQ(told[1].confidence, 0.953);
  EXPECT_EQ(told[1].words, std::vector<std::string>{"Child labour"});
}

TEST(TextLinks, TheLongestOfOverlappingPhrasesCounts) {
  for (const Told& told : read({{"description", "child labour", "en"}}, 0)) {
    EXPECT_NE(told.id, "form:labour") << "labour stands in child labour";
  }
}

TEST(TextLinks, FalseFriendsHideWhatTheyOverlap) {
  EXPECT_TRUE(read_description("Against drug trafficking").empty());
  EXPECT_EQ(read_description("Against drug trafficking, and trafficking of women").size(), 1u);
}

TEST(TextLinks, WhatIsExcludedDoesNotCount) {
  EXPECT_TRUE(read_description("It does not address child labour.").empty());
  EXPECT_FALSE(read_description("It does not address fishing. It is about child labour.").empty());
  EXPECT_FALSE(read_description("No child labour!").empty());
}

TEST(TextLinks, OfNothingAreNone) {
  EXPECT_TRUE(read({}).empty());
  EXPECT_TRUE(read_description("").empty());
  EXPECT_TRUE(read_description("Roads and bridges").empty());
}

TEST(Cues, AreWrittenWithWeightsAndWordsNearThem) {
  const auto cue = parse_cue("traffickers; weight 1.5; near women | girls; unless drug", "en", 1);
  ASSERT_TRUE(cue.ok());
  EXPECT_EQ(cue.value().cue.phrase, "traffickers");
  EXPECT_EQ(cue.value().cue.near, (std::vector<std::string>{"women", "girls"}));
  EXPECT_EQ(cue.value().cue.unless, std::vector<std::string>{"drug"});
  EXPECT_DOUBLE_EQ(cue.value().weight, 1.5);
  EXPECT_DOUBLE_EQ(parse_cue("slave", "en", 0.7).value().weight, 0.7);
  for (const char* wrong : {"", "; weight 2", "a; weight x", "a; near", "a; far b"}) {
    EXPECT_FALSE(parse_cue(wrong, "en", 1).ok()) << wrong;
  }
}

}  // namespace
}  // namespace mangrove::ingest
