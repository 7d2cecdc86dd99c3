#include "query/explore/overlap_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using Ends = std::pair<std::string, std::string>;

/// Every two initiatives that share anything, with their score, straight from the definition.
std::map<Ends, double> naive(const test::RandomWorld& world,
                             const std::vector<std::string>& initiatives) {
  std::map<Ends, double> scores;
  for (const ontology::RelationInfo& relation : test::shipped_ontology().schema().relations()) {
    if (!relation.connection) continue;
    const bool out = relation.name != "TAKES_PART_IN";
    for (const std::string& a : initiatives) {
      for (const std::string& b : initiatives) {
        if (a >= b) continue;
        const auto theirs = world.ends(b, relation.name, out);
        for (const std::string& end : world.ends(a, relation.name, out)) {
          if (!theirs.contains(end)) continue;
          const auto sharers = static_cast<double>(world.ends(end, relation.name, !out).size());
          scores[{a, b}] += relation.weight / std::log(2.0 + sharers);
        }
      }
    }
  }
  return scores;
}

double score_of(const std::map<Ends, double>& scores, const std::string& a, const std::string& b) {
  const auto found = scores.find(std::minmax(a, b));
  return found == scores.end() ? 0 : found->second;
}

/// The three that share most with each, and what hangs together through who is near both ways.
std::set<std::set<std::string>> naive_clusters(const std::map<Ends, double>& scores,
                                               const std::vector<std::string>& initiatives) {
  std::map<std::string, std::set<std::string>> near;
  for (const std::string& a : initiatives) {
    std::vector<std::pair<double, std::string>> others;
    for (const std::string& b : initiatives) {
      // Rounded: sums in another order differ in the last digits, and ties are broken by id.
      const double score = std::round(score_of(scores, a, b) * 1e7);
      if (a != b && score > 0) others.emplace_back(-score, b);
    }
    std::sort(others.begin(), others.end());
    if (others.size() > kNearest) others.resize(kNearest);
    for (const auto& [score, b] : others) near[a].insert(b);
  }
  std::set<std::set<std::string>> clusters;
  for (const std::string& seed : initiatives) {
    std::set<std::string> cluster{seed};
    for (std::size_t before = 0; before != cluster.size();) {
      before = cluster.size();
      for (const std::string& a : std::set<std::string>(cluster)) {
        for (const std::string& b : near[a]) {
          if (near[b].contains(a)) cluster.insert(b);
        }
      }
    }
    if (cluster.size() > 1) clusters.insert(cluster);
  }
  return clusters;
}

TEST(OverlapPairs, EqualANaiveDoubleLoopOnRandomGraphs) {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 8 + static_cast<int>(seed % 20)});
    const test::Drawn graph(world.records());
    const auto answer = overlap_pairs(graph.context(), {.page = {200, 0}});
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    const auto expected = naive(world, world.initiatives());
    EXPECT_EQ(answer.value().initiatives, world.initiatives().size());
    EXPECT_EQ(answer.value().compared, answer.value().initiatives);
    EXPECT_EQ(answer.value().note, "");
    ASSERT_EQ(answer.value().total, expected.size());
    ASSERT_EQ(answer.value().items.size(), std::min<std::size_t>(200, expected.size()));
    double before = INFINITY;
    for (const OverlapPairRow& row : answer.value().items) {
      ASSERT_LT(row.a.id, row.b.id);
      ASSERT_NEAR(row.score, score_of(expected, row.a.id, row.b.id), 1e-8);
      ASSERT_LE(row.score, before);
      before = row.score;
      double sum = 0;
      for (const Reason& reason : row.why) sum += reason.weight;
      ASSERT_NEAR(sum, row.score, 1e-8);
      ASSERT_FALSE(row.advice.reading.empty());
    }
    std::set<std::set<std::string>> clusters;
    for (const OverlapCluster& cluster : answer.value().clusters) {
      ASSERT_LE(cluster.size, OverlapCluster::kShownMax + world.initiatives().size());
      std::set<std::string> ids;
      for (const Brief& each : cluster.initiatives) ids.insert(each.id);
      if (cluster.size <= OverlapCluster::kShownMax) {
        ASSERT_EQ(ids.size(), cluster.size);
        clusters.insert(ids);
      }
    }
    for (const auto& cluster : naive_clusters(expected, world.initiatives())) {
      if (cluster.size() > OverlapCluster::kShownMax) continue;
      EXPECT_TRUE(clusters.contains(cluster)) << "seed " << seed << " " << *cluster.begin();
    }
    const OverlapMatrix& matrix = answer.value().matrix;
    for (std::size_t i = 0; i < matrix.initiatives.size(); ++i) {
      for (std::size_t j = 0; j < matrix.initiatives.size(); ++j) {
        const double score = score_of(expected, matrix.initiatives[i].id, matrix.initiatives[j].id);
        ASSERT_NEAR(matrix.scores[i][j], score, 1e-8);
      }
    }
  }
}

TEST(OverlapPairs, AreThoseUnderTheFilter) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const test::RandomWorld world(seed, {});
    const test::Drawn graph(world.records());
    const auto within = world.ends("place:1", "WORKS_IN", false);
    if (within.empty()) continue;
    const auto answer =
        overlap_pairs(graph.context(), {.filter = {.place = "place:1"}, .page = {200, 0}});
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(answer.value().initiatives, within.size());
    EXPECT_EQ(answer.value().total, within.size() * (within.size() - 1) / 2);
    for (const OverlapPairRow& row : answer.value().items) {
      EXPECT_TRUE(within.contains(row.a.id) && within.contains(row.b.id));
    }
  }
}

TEST(OverlapPairs, KeepDuplicatesApartAndCountAnInitiativeOnce) {
  const auto graph = draw(R"(
      a -WORKS_IN-> place:GH  b -WORKS_IN-> place:GH  c -WORKS_IN-> place:GH
      a -SAME_AS/accepted-> b   a -SAME_AS/suggested-> c   d -WORKS_IN-> place:GH
  )");
  const auto answer = overlap_pairs(graph.context(), {}).value();
  EXPECT_EQ(answer.initiatives, 3);
  ASSERT_EQ(answer.items.size(), 2);
  EXPECT_EQ(answer.items[0].a.id + " " + answer.items[0].b.id, "init:a init:d");
  EXPECT_EQ(answer.items[1].a.id + " " + answer.items[1].b.id, "init:c init:d");
  ASSERT_EQ(answer.duplicates.size(), 2);
  EXPECT_EQ(answer.duplicates[0].b.id + " " + answer.duplicates[0].state, "init:b accepted");
  EXPECT_EQ(answer.duplicates[1].b.id + " " + answer.duplicates[1].state, "init:c suggested");
}

TEST(OverlapPairs, HangTogetherInClustersWithWhatAllOfThemShare) {
  const auto graph = draw(R"(
      a -WORKS_IN-> place:GH -WITHIN-> place:africa  a -ADDRESSES/reported-> det:debt
      b -WORKS_IN-> place:GH   b -ADDRESSES/reported-> det:debt
      c -WORKS_IN-> place:GH   c -ADDRESSES/reported-> det:debt
      x -WORKS_IN-> place:NP   x -SERVES/reported-> group:women
      y -WORKS_IN-> place:NP   y -SERVES/reported-> group:women
  )");
  const auto answer = overlap_pairs(graph.context(), {}).value();
  ASSERT_EQ(answer.clusters.size(), 2);
  EXPECT_EQ(answer.clusters[0].size, 3);
  EXPECT_EQ(answer.clusters[0].initiatives.front().id, "init:a");
  std::set<std::string> shared;
  for (const Brief& each : answer.clusters[0].shared) shared.insert(each.id);
  EXPECT_EQ(shared, (std::set<std::string>{"det:debt", "place:GH"}));
  EXPECT_EQ(answer.clusters[1].initiatives.back().id, "init:y");
}

TEST(OverlapPairs, SayWhenNotAllWereCompared) {
  std::string drawing = "place:GH{name=Ghana}\n";
  for (std::size_t i = 0; i < kComparedMax; ++i) {
    drawing += "a" + std::to_string(i) + " -WORKS_IN-> place:GH\n";
  }
  drawing +=
      "rich -WORKS_IN-> place:GH  rich -IN_SECTOR-> sector:1  "
      "zz -WORKS_IN-> place:GH  zz -IN_SECTOR-> sector:1";
  const auto answer = overlap_pairs(draw(drawing).context(), {}).value();
  EXPECT_EQ(answer.initiatives, kComparedMax + 2);
  EXPECT_EQ(answer.compared, kComparedMax);
  EXPECT_NE(answer.note, "");
  EXPECT_EQ(answer.total, kComparedMax * (kComparedMax - 1) / 2);
  EXPECT_EQ(answer.items.front().a.id, "init:rich") << "those with most to share are kept";
  EXPECT_EQ(answer.items.front().b.id, "init:zz");
}

TEST(OverlapPairs, PagesTogetherAreTheWholeList) {
  const test::RandomWorld world(5, {.initiatives = 15});
  const test::Drawn graph(world.records());
  const auto ids = [&](Page page) {
    std::vector<std::string> result;
    const auto answer = overlap_pairs(graph.context(), {.page = page}).value();
    for (const OverlapPairRow& row : answer.items) result.push_back(row.a.id + " " + row.b.id);
    return result;
  };
  const std::vector<std::string> whole = ids({200, 0});
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    for (const std::string& id : ids({7, at})) pieces.push_back(id);
  }
  EXPECT_EQ(pieces, whole);
}

}  // namespace
}  // namespace mangrove::query
