#include "ingest/linking/phrases.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace mangrove::ingest {
namespace {

const std::vector<SmallWord> kSmallWords{{"of", "en"}, {"in", "en"},  {"the", "en"},
                                         {"de", "fr"}, {"des", "fr"}, {"de", "es"}};

/// The phrases found in the text, each with the words as they stand there.
std::vector<std::string> found(std::vector<Cue> cues, const std::string& text) {
  const auto book = std::make_shared<const PhraseBook>(std::move(cues), kSmallWords);
  PhraseReader reader(book);
  const PhraseReader::Reading reading = reader.read(text);
  std::vector<std::string> found;
  for (const CueFound& cue : reading.found) {
    std::string words = book->cues()[cue.cue].phrase + ":";
    for (std::uint32_t i = cue.first; i <= cue.last; ++i) {
      words += " " + reading.words[i].form->surface;
    }
    found.push_back(std::move(words));
  }
  return found;
}

using Found = std::vector<std::string>;

TEST(Phrases, AreFoundWhateverTheirEndingsCaseAndAccents) {
  EXPECT_EQ(found({{"child labour", "en"}}, "CHILD LABOURERS, and child-labour."),
            (Found{"child labour: child labourers", "child labour: child labour"}));
  EXPECT_EQ(found({{"esclave moderne", "fr"}}, "Des esclaves modernes"),
            Found{"esclave moderne: esclaves modernes"});
  EXPECT_EQ(found({{"niña", "es"}}, "las NINAS"), Found{"niña: ninas"});
}

TEST(Phrases, AreFoundInAnyLanguageAtOnceAndWholeWordsOnly) {
  const std::vector<Cue> cues{{"traite", "fr"}, {"trata", "es"}, {"art", "en"}};
  EXPECT_EQ(found(cues, "traite, trata, partly"), (Found{"traite: traite", "trata: trata"}));
}

TEST(Phrases, EndAtMarksAndSentencesAndReachOverSmallWords) {
  const std::vector<Cue> cues{{"trafficking in persons", "en"}};
  EXPECT_EQ(found(cues, "trafficking of the persons"),
            Found{"trafficking in persons: trafficking of the persons"});
  EXPECT_EQ(found(cues, "trafficking persons").size(), 1u);
  EXPECT_TRUE(found(cues, "trafficking. Persons").empty());
  EXPECT_TRUE(found(cues, "trafficking, persons").empty());
  EXPECT_TRUE(found(cues, "trafficking of drugs in persons").empty());
  EXPECT_TRUE(found(cues, "trafficking of the in of the persons").empty());
}

TEST(Phrases, OverlappingOnesAreAllFound) {
  const std::vector<Cue> cues{
      {"worst forms of child labour", "en"}, {"child labour", "en"}, {"labour market", "en"}};
  EXPECT_EQ(found(cues, "the worst forms of child labour market"),
            (Found{"worst forms of child labour: worst forms of child labour",
                   "child labour: child labour", "labour market: labour market"}));
}

TEST(Phrases, AWordInCapitalsKeepsItsEnding) {
  EXPECT_EQ(found({{"AIDS", "en"}}, "aids"), Found{"AIDS: aids"});
  EXPECT_TRUE(found({{"AIDS", "en"}}, "aid, aiding").empty());
}

TEST(Phrases, MayNeedOrShunWordsNearThem) {
  const std::vector<Cue> cues{{"traffickers", "en", {"women", "children"}, {"drug"}}};
  EXPECT_EQ(found(cues, "Traffickers look for young women").size(), 1u);
  EXPECT_TRUE(found(cues, "Traffickers look for young dogs").empty());
  EXPECT_TRUE(found(cues, "Traffickers of drugs use women").empty());
  EXPECT_TRUE(found(cues, "Traffickers sell. Women buy").empty()) << "another sentence";
  EXPECT_TRUE(found(cues, "traffickers a b c d e f g h women").empty()) << "nine words on";
  EXPECT_EQ(found(cues, "women a b c d e f g traffickers").size(), 1u);
}

TEST(Phrases, MayBeExact) {
  Cue cue{"contra la trata", "es"};
  cue.exact = true;
  EXPECT_EQ(found({cue}, "lucha CONTRA LA TRATA").size(), 1u);
  EXPECT_TRUE(found({cue}, "contra tratas").empty());
  EXPECT_TRUE(found({cue}, "contra el trato").empty());
  Cue first_is_small{"de trata", "es"};
  first_is_small.exact = true;
  EXPECT_EQ(found({first_is_small}, "redes de trata").size(), 1u);
  EXPECT_TRUE(found({first_is_small}, "no trata").empty());
  EXPECT_TRUE(found({first_is_small}, "trata").empty());
  EXPECT_TRUE(found({first_is_small}, "redes de, trata").empty());
  Cue in_capitals{"lucha TIP", "es"};
  in_capitals.exact = true;
  EXPECT_EQ(found({in_capitals}, "à la Lucha TIP").size(), 1u);
  EXPECT_TRUE(found({in_capitals}, "lucha tip").empty());
}

TEST(Phrases, ReachOverSmallWordsThatHaveTheStemOfAnother) {
  const std::vector<SmallWord> small_words{{"para", "es"}, {"la", "es"}};
  const auto book = std::make_shared<const PhraseBook>(
      std::vector<Cue>{{"paro juvenil", "es"}, {"escuela trabajar", "es"}}, small_words);
  PhraseReader reader(book);
  EXPECT_EQ(reader.read("deja la escuela para trabajar").found.size(), 1u);
  EXPECT_EQ(reader.read("el paro juvenil").found.size(), 1u);
}

TEST(Phrases, OfNothingButSmallWordsAreNeverFound) {
  EXPECT_TRUE(found({{"of the", "en"}, {"", "en"}, {" - ", "en"}}, "of the of the").empty());
}

TEST(Phrases, NoTextBringsTheReaderDown) {
  const auto book = std::make_shared<const PhraseBook>(
      std::vector<Cue>{{"a b c", "en"}, {"b c", "en"}, {"c", "en"}, {"a a b", "en"}}, kSmallWords);
  PhraseReader reader(book);
  std::uint64_t state = 1;
  std::size_t found = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      text += "abc of\xC3\xA9.\xFF,\n abc"[state >> 60];
    }
    found += reader.read(text).found.size();
  }
  EXPECT_GT(found, 0u);
}

}  // namespace
}  // namespace mangrove::ingest
