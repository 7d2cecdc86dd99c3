#include "graph/text/index.h"

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "graph/storage/memory.h"
#include "tests/graph/text/indexed_texts.h"

namespace mangrove::tests {
namespace {

using graph::kPublic;
using graph::NodeIndex;
using graph::Policy;
using graph::Sight;
using graph::TextHit;
using graph::TextIndex;
using Nodes = std::vector<std::uint32_t>;

IndexedTexts indexed(const std::vector<std::string>& texts) {
  Texts stated;
  for (std::uint32_t i = 0; i < texts.size(); ++i) stated[i + 1] = {plain(texts[i])};
  return IndexedTexts(stated);
}

TEST(TextIndex, FindsNodesThatHoldAllWords) {
  const auto index = indexed({"child labour in cocoa", "forced labour at sea", "cocoa prices"});
  EXPECT_EQ(index.nodes("labour cocoa"), Nodes{1});
}

TEST(TextIndex, WhereNoNodeHoldsAllWordsItFindsThoseThatHoldMost) {
  const auto index = indexed({"child labour", "forced labour at sea", "sea"});
  EXPECT_EQ(index.nodes("labour sea cotton"), Nodes{2});
  EXPECT_EQ(index.nodes("xyzzy qwert"), Nodes{});
  EXPECT_EQ(index.nodes(""), Nodes{});
}

TEST(TextIndex, RanksARareWordBeforeACommonOneAndShortTextsBeforeLong) {
  const auto index = indexed({"school school projects of every kind for everybody in every town",
                              "school", "health", "water"});
  EXPECT_EQ(index.nodes("school").front(), 2u);
}

TEST(TextIndex, AWordCountsMoreInAWeightyText) {
  const IndexedTexts index(
      Texts{{1, {{"cocoa farms", "en", 3, kPublic}, {"prices of the year", "en", 1, kPublic}}},
            {2, {{"prices farms", "en", 3, kPublic}, {"cocoa of the year", "en", 1, kPublic}}}});
  EXPECT_EQ(index.nodes("cocoa"), (Nodes{1, 2}));
  EXPECT_EQ(index.nodes("prices"), (Nodes{2, 1}));
}

TEST(TextIndex, TheLastWordMatchesAsABeginning) {
  const auto index = indexed({"trafficking of people", "traffic of people", "sea"});
  EXPECT_EQ(index.nodes("traffic"), (Nodes{2, 1}));
  EXPECT_EQ(index.nodes("traffick"), Nodes{1});
  EXPECT_EQ(index.nodes("people t"), (Nodes{2, 1}));
  EXPECT_EQ(index.nodes("traffick people"), Nodes{1});
}

TEST(TextIndex, FoldsAccentsAndCase) {
  const auto index = indexed({"Lutte contre la TRAITE des êtres humains"});
  EXPECT_EQ(index.nodes("ETRES"), Nodes{1});
}

TEST(TextIndex, OtherFormsOfAWordMatchInTheLanguageOfTheText) {
  const IndexedTexts index(Texts{{1, {plain("protecting a worker")}},
                                 {2, {plain("protéger les travailleurs", "fr")}},
                                 {3, {plain("Schutz von Kindern", "de")}}});
  EXPECT_EQ(index.nodes("workers protected"), Nodes{1});
  EXPECT_EQ(index.nodes("travailleurs"), Nodes{2});
  // A form that no text has, in the language of the question.
  EXPECT_EQ(index.found("travailleur zzz", {}, "fr").front().first, 2u);
  EXPECT_EQ(index.found("kindes zzz", {}, "de").front().first, 3u);
}

TEST(TextIndex, AWordThatNothingHoldsMatchesItsNearestSpelling) {
  const auto index = indexed({"slavery", "silver", "exploitation", "труд"});
  EXPECT_EQ(index.nodes("slavrey"), Nodes{1});
  EXPECT_EQ(index.nodes("expliotatoin"), Nodes{3});
  EXPECT_EQ(index.nodes("турд"), Nodes{4});
  EXPECT_EQ(index.nodes("xyzzy"), Nodes{});
}

TEST(TextIndex, AWordThatWentWithItsTextIsNoSuggestionAnyMore) {
  auto index = indexed({"slavery", "slaver"});
  index.set({{1, {}}});
  EXPECT_EQ(index.nodes("slavery"), Nodes{2});
  EXPECT_EQ(index.nodes("slavrey"), Nodes{});
}

TEST(TextIndex, FindsWordsInScriptsWithoutSpaces) {
  const IndexedTexts index(
      Texts{{1, {plain("การค้ามนุษย์", "th")}}, {2, {plain("現代の奴隷制度", "ja")}}});
  EXPECT_EQ(index.found("มนุษย์", {}, "th").front().first, 1u);
  EXPECT_EQ(index.found("奴隷", {}, "ja").front().first, 2u);
}

TEST(TextIndex, WhatIsHiddenIsNeitherFoundNorCounted) {
  const IndexedTexts index(
      Texts{{1, {plain("shelter"), {"address of the shelter in Leeds", "en", 1, Policy{1}}}},
            {2, {{"secret shelter", "en", 1, Policy{1}}}},
            {3, {plain("school")}}});
  const Sight sees_all({true, true}, false);
  EXPECT_EQ(index.found("leeds"), Hits());
  EXPECT_EQ(index.found("leeds", sees_all).size(), 1u);
  EXPECT_EQ(index.found("shelter"),
            IndexedTexts(Texts{{1, {plain("shelter")}}, {3, {plain("school")}}}).found("shelter"));
  EXPECT_EQ(index.found("shelter", sees_all).size(), 2u);
}

TEST(TextIndex, MarksTheWordsThatMatch) {
  const auto index = indexed({"Forced labour and the trafficking of workers"});
  EXPECT_EQ(index.marks("labours traff", "Labour, laboured; a traffic in workers, trafficked"),
            (Marks{{0, 6}, {8, 16}, {40, 50}}));
  EXPECT_EQ(index.marks("", "Labour"), Marks());
}

TEST(TextIndex, GivesTheBestInTheOrderOfScoreThenOfTheCaller) {
  auto index = indexed({"sea", "sea side", "sea", "sea", "land"});
  const auto best = [&](std::size_t limit, std::uint32_t without) {
    Nodes nodes;
    const auto hits = index.index()
                          .best(
                              {.words = "sea"}, *index.store().snapshot(), Sight(), limit,
                              [&](NodeIndex node) { return node.value != without; },
                              [](NodeIndex a, NodeIndex b) { return a.value > b.value; })
                          .value();
    for (const TextHit& hit : hits) nodes.push_back(hit.node.value);
    return nodes;
  };
  EXPECT_EQ(best(2, 0), (Nodes{4, 3}));
  EXPECT_EQ(best(2, 3), (Nodes{4, 1}));
  EXPECT_EQ(best(10, 0), (Nodes{4, 3, 1, 2}));
  EXPECT_EQ(best(0, 0), Nodes{});
}

TEST(TextIndex, OnlyTheFirstWordsOfALongQuestionCount) {
  const auto index = indexed({"alpha", "beta"});
  std::string question;
  for (std::size_t i = 0; i < graph::kQueryWordsMax; ++i) question += "alpha ";
  EXPECT_EQ(index.nodes(question + "beta"), Nodes{1});
  EXPECT_EQ(index.nodes(std::string(graph::kQueryBytesMax, ' ') + "beta"), Nodes{});
}

TEST(TextIndex, AVersionAnswersFromItsOwnSnapshot) {
  auto store = storage::make_memory_storage();
  auto index = TextIndex::empty();
  std::vector<std::pair<std::shared_ptr<const TextIndex>, std::shared_ptr<const storage::Snapshot>>>
      versions;
  for (std::uint32_t i = 0; i < 20; ++i) {
    storage::WriteBatch writes;
    index = index->with(std::vector<graph::NodeTexts>{{NodeIndex{i}, {plain("sea")}, {}}}, writes)
                .value();
    ASSERT_TRUE(store->commit(writes).ok());
    versions.emplace_back(index, store->snapshot());
  }
  for (std::size_t i = 0; i < versions.size(); ++i) {
    std::size_t count = 0;
    const auto& [version, snapshot] = versions[versions.size() - 1 - i];
    ASSERT_TRUE(version
                    ->search({.words = "sea"}, *snapshot, Sight(),
                             [&](std::span<const TextHit> hits) { count += hits.size(); })
                    .ok());
    EXPECT_EQ(count, versions.size() - i);
  }
}

TEST(TextIndex, ManySmallChangesMakeFewSegments) {
  IndexedTexts index;
  for (std::uint32_t node = 0; node < 600; ++node) {
    index.set({{node, {plain("node number " + std::to_string(node) + " of many")}}});
  }
  EXPECT_LE(index.index().size().segments, 10u);
  EXPECT_EQ(index.found("number").size(), 600u);
  EXPECT_EQ(index.faults(), std::vector<std::string>());
}

}  // namespace
}  // namespace mangrove::tests
