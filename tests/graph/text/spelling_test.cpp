#include "graph/text/spelling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "graph/text/lexicon.h"

namespace mangrove::graph {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  return SpellingPattern(code_points(a)).distance(code_points(b));
}

/// The textbook's table.
std::size_t naive_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) table[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) table[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      table[i][j] =
          std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
      }
    }
  }
  return table[a.size()][b.size()];
}

std::u32string draw(std::mt19937& random, std::size_t length_max) {
  static constexpr std::u32string_view kLetters = U"abcdéж隷";
  std::u32string word;
  for (std::size_t i = random() % (length_max + 1); i > 0; --i) {
    word += kLetters[random() % kLetters.size()];
  }
  return word;
}

TEST(Spelling, CountsLettersToChange) {
  EXPECT_EQ(distance("slavery", "slavery"), 0u);
  EXPECT_EQ(distance("slavery", "slavrey"), 1u);
  EXPECT_EQ(distance("slavery", "slvery"), 1u);
  EXPECT_EQ(distance("kitten", "sitting"), 3u);
  EXPECT_EQ(distance("", "abc"), 3u);
  EXPECT_EQ(distance("abc", ""), 3u);
}

TEST(Spelling, ALetterIsACodePointNotAByte) {
  EXPECT_EQ(distance("труд", "турд"), 1u);
  EXPECT_EQ(distance("奴隷", "奴"), 1u);
}

TEST(Spelling, AgreesWithTheTable) {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto a = draw(random, 12);
    const auto b = draw(random, 12);
    ASSERT_EQ(SpellingPattern(a).distance(b), naive_distance(a, b));
  }
}

TEST(Spelling, WordsOfUpToTheMostLettersAreCompared) {
  std::mt19937 random(2);
  for (int i = 0; i < 500; ++i) {
    auto a = draw(random, 64);
    a.resize(SpellingPattern::kLettersMax, U'a');
    auto b = a;
    for (int change = 0; change < 3; ++change) b[random() % b.size()] = U'z';
    ASSERT_EQ(SpellingPattern(a).distance(b), naive_distance(a, b));
  }
}

TEST(Lexicon, FindsAllNearSurfaces) {
  std::mt19937 random(3);
  Lexicon lexicon;
  const auto utf8 = [](const std::u32string& letters) {
    std::string text;
    for (const char32_t c : letters) {
      if (c < 0x80) {
        text += static_cast<char>(c);
      } else if (c < 0x800) {
        text += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
      } else {
        text += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                 static_cast<char>(0x80 | (c & 0x3F))};
      }
    }
    return text;
  };
  for (int i = 0; i < 3000; ++i) lexicon.add_surface(utf8(draw(random, 9)));
  for (int i = 0; i < 200; ++i) {
    const auto word = draw(random, 9);
    for (const std::size_t most : {1, 2}) {
      std::map<std::uint32_t, std::size_t> found;
      lexicon.for_each_near(utf8(word), most,
                            [&](std::uint32_t surface, std::size_t off) { found[surface] = off; });
      std::map<std::uint32_t, std::size_t> near;
      for (std::uint32_t surface = 0; surface < lexicon.surfaces.size(); ++surface) {
        const std::size_t off = naive_distance(word, code_points(lexicon.surfaces[surface]));
        if (off <= most) near[surface] = off;
      }
      ASSERT_EQ(found, near);
    }
  }
}

TEST(Lexicon, GivesEachTextOneNumber) {
  TextTable table;
  for (std::uint32_t i = 0; i < 5000; ++i) EXPECT_EQ(table.add("text" + std::to_string(i)), i);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    EXPECT_EQ(table.add("text" + std::to_string(i)), i);
    EXPECT_EQ(table.find("text" + std::to_string(i)), i);
    EXPECT_EQ(table[i], "text" + std::to_string(i));
  }
  EXPECT_EQ(table.find("none"), TextTable::kNone);
  EXPECT_EQ(table.size(), 5000u);
}

}  // namespace
}  // namespace mangrove::graph
