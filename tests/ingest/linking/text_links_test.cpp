#include "ingest/linking/text_links.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>
#include <set>
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

TEST(TextLinks, PhrasesOfAConceptThatStandsApartOnlyHideEachOther) {
  Vocabulary with = small_vocabulary();
  with.concepts.push_back({"form:trafficking", "Form", "AGAINST", -1, std::nullopt, true});
  const auto add = [&](Cue cue, std::vector<Meaning> meanings) {
    with.cues.push_back(std::move(cue));
    with.meanings.push_back(std::move(meanings));
  };
  add({"trafficking", "en"}, {{3, 2}});
  add({"trafficking in labour", "en"}, {{3, 3}});
  add({"trafficking for child labour", "en"}, {{1, 2}});
  TextLinker linker(std::make_shared<const CompiledVocabulary>(with));
  const auto read = [&](std::string_view text) {
    std::map<std::string, double> found;
    const std::vector<Passage> passages{{"description", text, "en"}};
    for (const TextLink& link : linker.read(passages, 0.6)) {
      found.emplace(with.concepts[link.concept_number].id, link.confidence);
    }
    return found;
  };
  using Found = std::map<std::string, double>;
  EXPECT_EQ(read("trafficking for child labour"),
            (Found{{"form:child", 0.731}, {"form:trafficking", 0.731}, {"sdg:8.7", 0.982}}));
  EXPECT_EQ(read("trafficking in labour").at("form:trafficking"), 0.881);
  EXPECT_EQ(read("drug trafficking"), Found());
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

/// Two goals and a target of the first, on scales with room for two phrases.
Vocabulary vocabulary_of_subjects() {
  Vocabulary vocabulary;
  vocabulary.model.fields = {{"title", 2.0}, {"description", 1.0}};
  vocabulary.concepts = {{"sdg:2", "Goal", "CONTRIBUTES_TO", -1},
                         {"sdg:3", "Goal", "CONTRIBUTES_TO", -1},
                         {"sdg:2.1", "Target", "CONTRIBUTES_TO", -1, 0},
                         {"sdg:2.2", "Target", "CONTRIBUTES_TO", -1, 0}};
  vocabulary.scales.push_back({"subject", "Goal", -2, 0.5, 4});
  vocabulary.scales.push_back({"subject", "Target", -3, 0.5, 4, 0.5, {2, 3}});
  const auto add = [&](Cue cue, std::vector<Meaning> meanings) {
    vocabulary.cues.push_back(std::move(cue));
    vocabulary.meanings.push_back(std::move(meanings));
  };
  add({"hunger", "en"}, {{0, 2, 1}, {2, 2, 2}});
  add({"food", "en"}, {{0, 2, 1}});
  add({"nutrition", "en"}, {{0, 2, 1}, {3, 2, 2}});
  add({"clinic", "en"}, {{1, 2, 1}});
  add({"malaria", "en"}, {{1, 2, 1}});
  add({"fever", "en"}, {{1, 2, 1}});
  add({"food bank", "en"}, {});
  add({"famine", "en"}, {{2, 5}});
  add({"famine", "en"}, {{2, 1, 2}});
  return vocabulary;
}

/// By id; those that no link is made to have their confidence below 0.
std::map<std::string, double> weighed(std::string_view text) {
  static const auto vocabulary =
      std::make_shared<const CompiledVocabulary>(vocabulary_of_subjects());
  TextLinker linker(vocabulary);
  std::map<std::string, double> weighed;
  const std::vector<Passage> passages{{"description", text, "en"}};
  std::set<std::uint32_t> to_link;
  for (const TextLink& link : linker.links(passages)) to_link.insert(link.concept_number);
  for (const TextLink& link : linker.read(passages, 0)) {
    EXPECT_EQ(link.is_link, to_link.contains(link.concept_number)) << text;
    weighed[vocabulary->vocabulary.concepts[link.concept_number].id] =
        link.is_link ? link.confidence : -link.confidence;
  }
  return weighed;
}

using Weighed = std::map<std::string, double>;

TEST(Scales, LiftATargetWhereWordsSpeakOfItsGoalButMakeNoLinkOfThat) {
  EXPECT_EQ(weighed("food, nutrition"), (Weighed{{"sdg:2", 0.881},       // -2 + 4
                                                 {"sdg:2.1", -0.269},    // -3 + 4 / 2
                                                 {"sdg:2.2", 0.731}}));  // -3 + 2 + 4 / 2
}

TEST(Scales, WeighEachThingTheLessTheMoreAreSpokenOf) {
  EXPECT_EQ(weighed("clinic, malaria")["sdg:3"], 0.881);              // -2 + 4
  EXPECT_EQ(weighed("clinic, malaria, food, hunger")["sdg:3"], 0.5);  // -2 + 4 / (8 / 4)
}

TEST(Scales, FalseFriendsOfNoScaleHideNoneOfTheirPhrases) {
  EXPECT_TRUE(weighed("a food bank").contains("sdg:2"));
}

TEST(Scales, AConceptIsAsSureAsItsSurest) {
  EXPECT_EQ(weighed("famine"), (Weighed{{"sdg:2.1", 0.982}}));  // -1 + 5, not -3 + 1
}

TEST(Scales, MoreWordsForOneGoalMakeNoOtherSurer) {
  const std::vector<std::string> words{"hunger", "food", "nutrition", "clinic", "malaria", "fever"};
  for (unsigned chosen = 0; chosen < 64; ++chosen) {
    std::string text;
    for (unsigned i = 0; i < 6; ++i) {
      if ((chosen >> i & 1) != 0) text += words[i] + ", ";
    }
    const Weighed before = weighed(text);
    for (unsigned i = 0; i < 6; ++i) {
      if ((chosen >> i & 1) != 0) continue;
      const Weighed after = weighed(text + words[i]);
      const std::string own = i < 3 ? "sdg:2" : "sdg:3";
      const std::string other = i < 3 ? "sdg:3" : "sdg:2";
      const auto sure = [](const Weighed& of, const std::string& id) {
        const auto at = of.find(id);
        return at == of.end() ? 0.0 : std::abs(at->second);
      };
      EXPECT_GE(sure(after, own), sure(before, own)) << text << words[i];
      EXPECT_LE(sure(after, other), sure(before, other)) << text << words[i];
    }
  }
}

}  // namespace
}  // namespace mangrove::ingest
