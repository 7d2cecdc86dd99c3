#include "graph/text/words.h"

#include <gtest/gtest.h>

#include <string>

#include "graph/text/letters.h"

namespace mangrove::graph {
namespace {

/// `surface[begin,end)` of each word.
std::string surfaces(std::string_view text, std::string_view language = "en") {
  WordReader reader;
  std::string result;
  for (const WordToken& token : reader.read(text, language)) {
    result += token.form->surface + "[" + std::to_string(token.begin) + "," +
              std::to_string(token.end) + ") ";
  }
  return result;
}

std::string stems(std::string_view text, std::string_view language) {
  WordReader reader;
  std::string result;
  for (const WordToken& token : reader.read(text, language)) result += token.form->stem->text + " ";
  return result;
}

TEST(WordReader, CutsAtWhatIsNoLetterAndCountsCodePoints) {
  EXPECT_EQ(surfaces("Forced labour, SDG 8.7!"),
            "forced[0,6) labour[7,13) sdg[15,18) 8[19,20) 7[21,22) ");
  EXPECT_EQ(surfaces("Größe – naïve"), "grosse[0,5) naive[8,13) ");
  EXPECT_EQ(surfaces(""), "");
  EXPECT_EQ(surfaces(" \t…—"), "");
}

TEST(WordReader, TellsWhatStandsBetweenWords) {
  WordReader reader;
  std::string gaps;
  for (const WordToken& token :
       reader.read("One-two three, l’un (six) seven – eight.\nNine\nten\n\neleven؟ twelve", "en")) {
    gaps += " ,."[static_cast<std::size_t>(token.gap)];
    gaps += token.form->surface;
  }
  EXPECT_EQ(gaps, ".one two three,un,six,seven,eight.nine ten.eleven.twelve");
}

TEST(WordReader, FoldsCaseAccentsAndCompatibilityForms) {
  EXPECT_EQ(surfaces("ÉCOLE e\u0301cole ﬁsh ＡＢ Łódź Ærø İzmir"),
            "ecole[0,5) ecole[6,12) fish[13,16) ab[17,19) lodz[20,24) aero[25,28) izmir[29,34) ");
}

TEST(WordReader, KeepsMarksThatAreLetters) {
  // Vowel signs of Hindi; the breath mark of Greek goes.
  EXPECT_EQ(surfaces("हिन्दी", "hi"), "हिन्दी[0,6) ");
  EXPECT_EQ(surfaces("ἀρχή", "el"), "αρχη[0,4) ");
  EXPECT_EQ(surfaces("йод ёлка", "ru"), "иод[0,3) елка[4,8) ");
  EXPECT_EQ(surfaces("한국어", "ko"), "한국어[0,3) ");
}

TEST(WordReader, ASingleLetterBesideAnApostropheIsNoWord) {
  EXPECT_EQ(surfaces("l'esclavage d’enfants", "fr"), "esclavage[2,11) enfants[14,21) ");
  EXPECT_EQ(surfaces("women's don’t 'a' O'Brien"), "women[0,5) don[8,11) a[15,16) brien[20,25) ");
}

TEST(WordReader, AsksTheDictionaryWhereNoSpacesAreWritten) {
  EXPECT_EQ(surfaces("การค้ามนุษย์", "th"), "การ[0,3) ค้า[3,6) มนุษย์[6,12) ");
  EXPECT_EQ(surfaces("現代の奴隷", "ja"), "現代[0,2) の[2,3) 奴隷[3,5) ");
  EXPECT_EQ(surfaces("ILO强迫劳动 2020", "zh").substr(0, 9), "ilo[0,3) ");
}

TEST(WordReader, PassesOverBytesThatAreNotUtf8) {
  EXPECT_EQ(surfaces("a\xFFz b\xC3"), "a[0,1) z[2,3) b[4,5) ");
}

TEST(WordReader, AJoinerInsideAWordIsPartOfItAndDisappears) {
  EXPECT_EQ(surfaces("co\u00ADoperate"), "cooperate[0,10) ");
}

TEST(WordReader, KnowsAVeryLongWordByItsBeginning) {
  const std::string letters(1000, 'x');
  EXPECT_EQ(surfaces(letters), letters.substr(0, WordReader::kWordBytesMax) + "[0,1000) ");
  std::string accents;
  for (int i = 0; i < 500; ++i) accents += "é";
  EXPECT_EQ(surfaces(accents), std::string(WordReader::kWordBytesMax / 2, 'e') + "[0,500) ");
}

TEST(WordReader, TakesEndingsOffInTheLanguageOfTheText) {
  EXPECT_EQ(stems("Trafficking of victims", "en"), "traffick of victim ");
  EXPECT_EQ(stems("les écoles nationales", "fr"), "le ecol national ");
  EXPECT_EQ(stems("los trabajadores", "es"), "los trabaj ");
  EXPECT_EQ(stems("Mädchen arbeiten", "de"), "madch arbeit ");
  EXPECT_EQ(stems("трудящихся", "ru"), "трудя ");
  EXPECT_EQ(stems("trabalhadores", "pt-BR"), "trabalh ");
  EXPECT_EQ(stems("barnevernets", "nb"), stems("barnevernets", "no"));
}

TEST(WordReader, WhatNobodySaidTheLanguageOfIsEnglishAndAnUnknownOneKeepsItsEndings) {
  EXPECT_EQ(stems("victims", ""), "victim ");
  EXPECT_EQ(stems("victims", "xx"), "victims ");
  EXPECT_EQ(stems("victims", "not a language"), "victims ");
}

TEST(WordReader, RemembersAWordPerLanguage) {
  WordReader reader;
  EXPECT_EQ(reader.read("nationales", "fr").front().form->stem->text, "national");
  EXPECT_EQ(reader.read("nationales", "xx").front().form->stem->text, "nationales");
  EXPECT_EQ(reader.read("nationales", "fr").front().form->stem->text, "national");
}

TEST(WordReader, EqualWordsAreOneForm) {
  WordReader reader;
  const auto words = reader.read("Labour labour LABOUR lab\u200Dour", "en");
  ASSERT_EQ(words.size(), 4u);
  EXPECT_EQ(words[0].form, words[1].form);
  EXPECT_EQ(words[0].form, words[2].form);
  EXPECT_EQ(words[0].form->surface, words[3].form->surface);
}

TEST(Letters, FoldingTwiceChangesNothingMore) {
  for (const std::string_view word :
       {"école", "straße", "ǆ", "ﬃ", "Ⅷ", "가", "が", "ﷺ", "ი", "ѐ", "ộ", "œuvre"}) {
    const std::string once = folded_letters(lowered(word));
    EXPECT_EQ(folded_letters(lowered(once)), once) << word;
  }
}

}  // namespace
}  // namespace mangrove::graph
