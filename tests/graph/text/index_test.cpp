#include "graph/text/index.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "graph/text/search.h"
#include "graph/text/spelling.h"

namespace mangrove::graph {
namespace {

IndexedNode node(std::uint32_t index, std::string_view text) {
  IndexedNode result{NodeIndex{index}, {}};
  for (const std::string& word : query_words(text)) result.words.emplace_back(word, 1.0F);
  return result;
}

std::vector<std::uint32_t> found(const TextIndex& index, std::string_view query) {
  std::vector<std::uint32_t> nodes;
  for (const auto& hit : index.search(index.expand(query_words(query)))) {
    nodes.push_back(hit.node.value);
  }
  return nodes;
}

using Nodes = std::vector<std::uint32_t>;

TEST(TextIndex, FindsNodesThatHoldAllWords) {
  const TextIndex index = TextIndex{}.with(
      {node(1, "child labour in cocoa"), node(2, "forced labour at sea"), node(3, "cocoa prices")});
  EXPECT_EQ(found(index, "labour cocoa"), Nodes{1});
}

TEST(TextIndex, WhereNoNodeHoldsAllWordsItFindsThoseThatHoldMost) {
  const TextIndex index =
      TextIndex{}.with({node(1, "child labour"), node(2, "forced labour at sea"), node(3, "sea")});
  EXPECT_EQ(found(index, "labour sea cotton"), Nodes{2});
}

TEST(TextIndex, RanksARareWordBeforeACommonOneAndShortTextsBeforeLong) {
  const TextIndex index =
      TextIndex{}.with({node(1, "school school projects of every kind for everybody in every town"),
                        node(2, "school"), node(3, "health"), node(4, "water")});
  EXPECT_EQ(found(index, "school").front(), 2u);
}

TEST(TextIndex, TheLastWordMatchesAsABeginning) {
  const TextIndex index =
      TextIndex{}.with({node(1, "trafficking"), node(2, "traffic"), node(3, "sea")});
  EXPECT_EQ(found(index, "traffic"), (Nodes{2, 1}));
  EXPECT_EQ(found(index, "traffick"), Nodes{1});
}

TEST(TextIndex, FoldsAccentsAndCase) {
  const TextIndex index = TextIndex{}.with({node(1, "Lutte contre la TRAITE des êtres humains")});
  EXPECT_EQ(found(index, "ETRES"), Nodes{1});
}

TEST(TextIndex, AWordThatNothingHoldsMatchesItsNearestSpelling) {
  const TextIndex index = TextIndex{}.with({node(1, "slavery"), node(2, "silver")});
  EXPECT_EQ(found(index, "slavrey"), Nodes{1});
  EXPECT_EQ(found(index, "xyzzy"), Nodes{});
}

TEST(TextIndex, AgreesWithARebuildAfterAnyHistory) {
  std::mt19937 random(2);
  const std::vector<std::string> words{"child", "labour", "forced", "debt", "sea", "farm", "cocoa"};
  std::vector<std::string> texts(40);
  TextIndex index;
  for (int step = 0; step < 60; ++step) {
    std::vector<IndexedNode> changed;
    std::set<std::uint32_t> chosen;
    for (int i = 0; i < 3; ++i) chosen.insert(static_cast<std::uint32_t>(random() % texts.size()));
    for (const std::uint32_t at : chosen) {
      texts[at].clear();
      for (std::size_t word = 0; word < random() % 5; ++word)
        texts[at] += words[random() % 7] + " ";
      changed.push_back(node(at, texts[at]));
    }
    index = index.with(std::move(changed));
    std::vector<IndexedNode> all;
    for (std::uint32_t at = 0; at < texts.size(); ++at) all.push_back(node(at, texts[at]));
    const TextIndex fresh = TextIndex{}.with(std::move(all));
    for (const std::string& word : words) ASSERT_EQ(found(index, word), found(fresh, word)) << step;
  }
}

TEST(Spelling, CountsLettersToChange) {
  EXPECT_EQ(spelling_distance("slavery", "slavery", 2), 0u);
  EXPECT_EQ(spelling_distance("slavery", "slavrey", 2), 1u);
  EXPECT_EQ(spelling_distance("slavery", "slvery", 2), 1u);
  EXPECT_EQ(spelling_distance("kitten", "sitting", 3), 3u);
  EXPECT_EQ(spelling_distance("kitten", "sitting", 2), 3u);
}

}  // namespace
}  // namespace mangrove::graph
