#include "ingest/identity/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace mangrove::ingest {
namespace {

TEST(Names, OfOneBodyHaveOneKey) {
  const std::vector<std::pair<std::string, std::string>> same{
      {"Médecins Sans Frontières", "MEDECINS SANS FRONTIERES"},
      {"Oxfam GB Ltd", "Oxfam GB Limited"},
      {"Brot für die Welt e.V.", "Brot fur die Welt"},
      {"Ministry of Health, Ghana", "Ghana Min. of Health"},
      {"Save the Children Foundation", "The Save the Children Fdn"},
      {"Bright Rights & Partners", "Bright Rights and Partners"},
      {"Women’s Rights Assoc.", "Women's Rights Association"},
      {"Красный Крест", "Krasnyj Krest"},
      {"Straße der Freiheit", "Strasse der Freiheit"},
      {"U.N. Women", "UN Women"},
      {"Labor Rights Center", "Labour Rights Centre"},
      {"Hope Trust (HQ)", "Hope Trust"},
      {"Côte d’Ivoire Verte", "Cote d'Ivoire Verte"},
      {"Organisation for Hope", "Hope Organization"},
  };
  for (const auto& [a, b] : same) EXPECT_EQ(name_form(a).key, name_form(b).key) << a << " | " << b;
}

TEST(Names, OfDifferentBodiesHaveDifferentKeys) {
  const std::vector<std::pair<std::string, std::string>> different{
      {"Bright Children Trust", "Bright Children Foundation"},
      {"Hope North", "Hope South"},
      {"Ministry of Health, Iran", "Ministry of Health, Iraq"},
      {"Unit II", "Unit III"},
      {"Hope", "Hope Office"},
  };
  for (const auto& [a, b] : different) {
    EXPECT_NE(name_form(a).key, name_form(b).key) << a << " | " << b;
  }
}

TEST(Names, GiveTheShortFormThatStandsBesideThem) {
  using Forms = std::vector<std::string>;
  EXPECT_EQ(name_form("United Nations Children's Fund (UNICEF)").short_forms, Forms{"unicef"});
  EXPECT_EQ(name_form("UNICEF/United Nations Children's Fund").short_forms, Forms{"unicef"});
  EXPECT_EQ(name_form("UNICEF - Fonds pour l'enfance").short_forms, Forms{"unicef"});
  EXPECT_EQ(name_form("UNICEF").short_forms, Forms{"unicef"});
  EXPECT_EQ(name_form("World Food Programme").initials, "wfp");
  EXPECT_TRUE(name_form("Care International (Uganda)").short_forms.empty());
}

TEST(Names, OfLegalFormsAndPassingWordsAloneKeepThem) {
  EXPECT_FALSE(name_form("The Company").empty());
  EXPECT_FALSE(name_form("Ltd").empty());
  EXPECT_TRUE(name_form("").empty());
  EXPECT_TRUE(name_form(" -&- ").key.empty() || !name_form(" -&- ").empty());
}

TEST(Slips, AreOneLetterOrTwoChangedAbout) {
  EXPECT_TRUE(is_slip("foundation", "fuondation"));
  EXPECT_TRUE(is_slip("foundation", "fundation"));
  EXPECT_TRUE(is_slip("foundation", "foundatiom"));
  EXPECT_TRUE(is_slip("a", "ab"));
  EXPECT_FALSE(is_slip("foundation", "foundation"));
  EXPECT_FALSE(is_slip("foundation", "fondatoin"));
  EXPECT_FALSE(is_slip("unit1", "unit2"));
  EXPECT_FALSE(is_slip("unit", "unit2"));
}

// The definition, letter by letter.
bool naive_slip(const std::string& a, const std::string& b) {
  if (a == b) return false;
  const auto edits_of = [](const std::string& from) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i <= from.size(); ++i) {
      for (char c = 'a'; c <= 'c'; ++c) all.push_back(from.substr(0, i) + c + from.substr(i));
      if (i == from.size()) break;
      all.push_back(from.substr(0, i) + from.substr(i + 1));
      for (char c = 'a'; c <= 'c'; ++c) all.push_back(from.substr(0, i) + c + from.substr(i + 1));
      if (i + 1 == from.size()) continue;
      std::string swapped = from;
      std::swap(swapped[i], swapped[i + 1]);
      all.push_back(std::move(swapped));
    }
    return all;
  };
  const std::vector<std::string> edits = edits_of(a);
  return std::find(edits.begin(), edits.end(), b) != edits.end();
}

TEST(Slips, AreThoseOfTheDefinition) {
  std::mt19937 random(3);
  const auto word = [&] {
    std::string text;
    for (std::size_t i = random() % 6; i > 0; --i) text += static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int i = 0; i < 50'000; ++i) {
    const std::string a = word();
    const std::string b = word();
    ASSERT_EQ(is_slip(a, b), naive_slip(a, b)) << a << " " << b;
    ASSERT_EQ(is_slip(a, b), is_slip(b, a)) << a << " " << b;
  }
}

std::string random_name(std::mt19937& random) {
  static const std::vector<std::string> kPieces{
      "Bright", "bright", "Children's", "d’Ivoire", "Fdn",  "Ltd",      "e.V.",       "U.N.",
      "of",     "the",    "The",        "&",        "and",  "(UNICEF)", "IOM/",       "- ",
      "Москва", "مركز",   "上海",       "Ελλάς",    "नेपाल", "é",        "ø",          "ß",
      "\xFF",   "'",      "II",         "12",       "HQ",   ".",        ",",          "/",
      "(",      ")",      "ÅÉÎ",        "İ",        "ﬁn",   "co op",    "head office"};
  std::string text;
  for (std::size_t i = random() % 8; i > 0; --i) {
    text += kPieces[random() % kPieces.size()];
    if (random() % 4 != 0) text += ' ';
  }
  return text;
}

TEST(Names, InPlainLatinStayAsTheyAre) {
  std::mt19937 random(11);
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = random_name(random);
    const std::string once = in_plain_latin(name);
    ASSERT_EQ(in_plain_latin(once), once) << name;
    for (const char c : once) {
      ASSERT_TRUE(c == ' ' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) << name;
    }
  }
}

// Words that mean something only beside others may come to stand beside them when a key is sorted;
// short forms are known by their capitals, which a key has not. Of all other words it holds.
TEST(Names, HaveKeysThatAreTheirOwnKeys) {
  static const std::vector<std::string> kWords{"Bright", "Children's", "Fdn",    "Univ.", "of",
                                               "The",    "&",          "Москва", "Ελλάς", "नेपाल",
                                               "Ø",      "Straße",     "12",     "Intl"};
  std::mt19937 random(12);
  for (int i = 0; i < 20'000; ++i) {
    std::string name;
    for (std::size_t n = 2 + random() % 5; n > 0; --n)
      name += kWords[random() % kWords.size()] + " ";
    const std::string key = name_form(name).key;
    ASSERT_EQ(name_form(key).key, key) << name;
  }
}

TEST(Names, DoNotHangOnCaseAndOrderOfPlainWords) {
  std::mt19937 random(13);
  std::vector<std::string> words{"bright", "river", "children", "kenya", "rescue", "fishers"};
  const std::string key = name_form("bright river children kenya rescue fishers").key;
  for (int i = 0; i < 500; ++i) {
    std::shuffle(words.begin(), words.end(), random);
    std::string name;
    for (std::string word : words) {
      if (random() % 2 == 0) word[0] = static_cast<char>(word[0] - 32);
      name += word + (random() % 3 == 0 ? ", " : " ");
    }
    EXPECT_EQ(name_form(name).key, key) << name;
  }
}

}  // namespace
}  // namespace mangrove::ingest
