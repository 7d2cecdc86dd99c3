#include "query/analytics/analytics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/graph/graph_concepts.hpp>
#include <cmath>
#include <map>
#include <queue>
#include <set>

#include "query/analytics/boost_graph.h"
#include "query/analytics/communities.h"
#include "query/analytics/structure.h"
#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;
using test::draw;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Projection>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Projection>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Projection>));

/// The same projection as plain sets: node -> neighbours, without ties to itself.
using Plain = std::map<std::string, std::set<std::string>>;

Plain plain_of(const test::RandomWorld& world, const std::set<std::string>& relations) {
  Plain plain;
  for (const graph::EdgeStatement& edge : world.edges()) {
    if (!relations.contains(edge.relation) || edge.from == edge.to) continue;
    plain[edge.from].insert(edge.to);
    plain[edge.to].insert(edge.from);
  }
  return plain;
}

/// Where each relation ties two nodes in one direction only, ties are as many as neighbours.
const std::set<std::string> kRelations{"TAKES_PART_IN", "WORKS_IN"};
const ProjectionQuestion kProjection{.relations = {"TAKES_PART_IN", "WORKS_IN"}};

template <typename Check>
void for_random_graphs(int graphs, Check&& check) {
  for (std::uint32_t seed = 0; seed < static_cast<std::uint32_t>(graphs); ++seed) {
    const double density = seed % 2 == 0 ? 0.4 : 1;
    const test::RandomWorld world(
        seed, {.initiatives = 14, .actors = 9, .places = 4, .targets = 1, .density = density});
    const test::Drawn graph(world.records());
    const Context context = graph.context();
    const Projection projection = Projection::make(context, kProjection).value();
    const Plain plain = plain_of(world, kRelations);
    ASSERT_EQ(projection.nodes().size(), plain.size()) << "seed " << seed;
    check(projection, plain, [&](const std::string& id) { return *graph.view().find(id); });
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(PageRank, EqualsTheFormulaOnRandomGraphs) {
  for_random_graphs(1'000, [](const Projection& projection, const Plain& plain, auto index) {
    std::map<std::string, double> rank;
    for (const auto& [node, neighbours] : plain) rank[node] = 1;
    for (int i = 0; i < 20; ++i) {
      std::map<std::string, double> next;
      for (const auto& [node, neighbours] : plain) {
        next[node] = 0.15;
        for (const std::string& other : neighbours) {
          next[node] += 0.85 * rank[other] / static_cast<double>(plain.at(other).size());
        }
      }
      rank = next;
    }
    const auto found = pagerank(projection, {.iterations = 20}).value();
    for (const auto& [node, expected] : rank) {
      ASSERT_NEAR(found[index(node).value], expected, 1e-6) << node;
    }
  });
}

/// All shortest distances and numbers of ways from one node.
struct Ways {
  std::map<std::string, int> distance;
  std::map<std::string, double> count;
};
Ways ways_from(const Plain& plain, const std::string& start) {
  Ways ways{{{start, 0}}, {{start, 1}}};
  std::queue<std::string> queue({start});
  while (!queue.empty()) {
    const std::string node = queue.front();
    queue.pop();
    for (const std::string& other : plain.at(node)) {
      if (ways.distance.try_emplace(other, ways.distance[node] + 1).second) queue.push(other);
      if (ways.distance[other] == ways.distance[node] + 1) ways.count[other] += ways.count[node];
    }
  }
  return ways;
}

TEST(Betweenness, EqualsCountingAllPairsOnRandomGraphs) {
  for_random_graphs(1'000, [](const Projection& projection, const Plain& plain, auto index) {
    std::map<std::string, Ways> ways;
    for (const auto& [node, neighbours] : plain) ways[node] = ways_from(plain, node);
    const auto found = betweenness(projection).value();
    ASSERT_TRUE(found.is_exact);
    const auto count = static_cast<double>(plain.size());
    for (const auto& [node, neighbours] : plain) {
      double expected = 0;
      for (const auto& [s, from] : ways) {
        for (const auto& [t, to] : ways) {
          if (s >= t || s == node || t == node || !from.distance.contains(t)) continue;
          if (!from.distance.contains(node)) continue;
          if (from.distance.at(node) + to.distance.at(node) != from.distance.at(t)) continue;
          expected += from.count.at(node) * to.count.at(node) / from.count.at(t);
        }
      }
      if (plain.size() > 2) expected /= (count - 1) * (count - 2) / 2;
      ASSERT_NEAR(found.scores[index(node).value], expected, 1e-6) << node;
    }
  });
}

TEST(Betweenness, EstimatedFromASampleStaysNearTheExactWithinItsError) {
  const test::RandomWorld world(7, {.initiatives = 400, .actors = 60});
  const test::Drawn graph(world.records());
  const Context context = graph.context();
  const Projection projection = Projection::make(context, kProjection).value();
  const auto exact = betweenness(projection).value();
  const auto estimated = betweenness(projection, 200'000).value();
  ASSERT_FALSE(estimated.is_exact);
  ASSERT_LT(estimated.samples, projection.nodes().size() / 2);
  std::size_t within = 0;
  std::size_t compared = 0;
  double off_in_all = 0;
  for (const NodeIndex node : projection.nodes()) {
    if (exact.scores[node.value] < 0.005) continue;
    ++compared;
    const double off = std::abs(estimated.scores[node.value] - exact.scores[node.value]);
    within += off <= 3 * estimated.errors[node.value] ? 1 : 0;
    off_in_all += off / exact.scores[node.value];
  }
  ASSERT_GT(compared, 20);
  EXPECT_GE(within * 100, compared * 80);  // A few have nearly all their ways from few starts.
  EXPECT_LT(off_in_all / static_cast<double>(compared), 0.2);
}

TEST(Betweenness, EstimatedKnowsWhatOnlyEndsGiveToTheirNeighbour) {
  // Two stars: all ways start at ends and lead through a middle, whoever is drawn.
  std::string drawing;
  for (int i = 0; i < 300; ++i) {
    drawing += "org:" + std::string(i < 100 ? "a" : "b") + " -TAKES_PART_IN-> x" +
               std::to_string(i) + "\n";
  }
  const auto graph = draw(drawing);
  const Context context = graph.context();
  const Projection projection = Projection::make(context, kProjection).value();
  const auto exact = betweenness(projection).value();
  const auto estimated = betweenness(projection, 1).value();
  ASSERT_TRUE(exact.is_exact);
  ASSERT_FALSE(estimated.is_exact);
  for (const NodeIndex node : projection.nodes()) {
    EXPECT_NEAR(estimated.scores[node.value], exact.scores[node.value], 1e-9);
    EXPECT_NEAR(estimated.errors[node.value], 0, 1e-9);
  }
}

TEST(Components, AreWhatASearchReachesOnRandomGraphs) {
  for_random_graphs(1'000, [](const Projection& projection, const Plain& plain, auto index) {
    const Components found = components(projection).value();
    for (const auto& [node, neighbours] : plain) {
      const auto reached = ways_from(plain, node).distance;
      for (const auto& [other, unused] : plain) {
        ASSERT_EQ(found.of[index(node).value] == found.of[index(other).value],
                  reached.contains(other));
      }
    }
  });
}

TEST(Cores, EqualPeelingByHandOnRandomGraphs) {
  for_random_graphs(1'000, [](const Projection& projection, const Plain& plain, auto index) {
    std::map<std::string, std::uint32_t> expected;
    Plain rest = plain;
    for (std::uint32_t k = 0; !rest.empty(); ++k) {
      for (bool peeled = true; peeled;) {
        peeled = false;
        for (auto node = rest.begin(); node != rest.end();) {
          if (node->second.size() > k) {
            ++node;
            continue;
          }
          expected[node->first] = k;
          for (auto& [other, neighbours] : rest) neighbours.erase(node->first);
          node = rest.erase(node);
          peeled = true;
        }
      }
    }
    const auto found = core_numbers(projection).value();
    for (const auto& [node, k] : expected) ASSERT_EQ(found[index(node).value], k) << node;
  });
}

/// The sizes of what hangs together, without one node or one tie.
std::multiset<std::size_t> sizes_of(Plain plain) {
  std::multiset<std::size_t> sizes;
  while (!plain.empty()) {
    const auto reached = ways_from(plain, plain.begin()->first).distance;
    sizes.insert(reached.size());
    for (const auto& [node, distance] : reached) plain.erase(node);
  }
  return sizes;
}

TEST(CutPoints, AreWhatFallsApartWhenTakenOutOnRandomGraphs) {
  for_random_graphs(1'000, [](const Projection& projection, const Plain& plain, auto index) {
    const CutPoints found = cut_points(projection).value();
    std::map<std::uint32_t, const CutVertex*> cuts;
    for (const CutVertex& each : found.vertices) cuts[each.node.value] = &each;
    for (const auto& [node, neighbours] : plain) {
      Plain part;  // What hangs together with it.
      for (const auto& [other, distance] : ways_from(plain, node).distance) {
        part[other] = plain.at(other);
      }
      part.erase(node);
      for (auto& [other, ties] : part) ties.erase(node);
      const auto sizes = sizes_of(part);
      const auto cut = cuts.find(index(node).value);
      ASSERT_EQ(cut != cuts.end(), sizes.size() > 1) << node;
      if (cut == cuts.end()) continue;
      ASSERT_EQ(cut->second->cut_off, part.size() - *sizes.rbegin());
      std::multiset<std::size_t> told;
      for (const auto& piece : cut->second->pieces) told.insert(piece.size);
      ASSERT_EQ(told, sizes);
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> bridges;
    for (const Bridge& each : found.bridges) {
      bridges.insert(std::minmax(each.a.value, each.b.value));
    }
    for (const auto& [a, neighbours] : plain) {
      for (const std::string& b : neighbours) {
        Plain without = plain;
        without[a].erase(b);
        without[b].erase(a);
        const bool holds = ways_from(without, a).distance.contains(b);
        ASSERT_EQ(bridges.contains(std::minmax(index(a).value, index(b).value)), !holds);
      }
    }
  });
}

TEST(Communities, HangTogetherAndCannotBeBetteredByMovingOneNode) {
  for_random_graphs(300, [](const Projection& projection, const Plain& plain, auto index) {
    const auto by_id = projection.by_id();
    const Communities found = communities(projection, by_id).value();
    std::map<std::uint32_t, std::uint32_t> of;
    for (std::size_t i = 0; i < by_id.size(); ++i) of[by_id[i].value] = found.of[i];
    double ties = 0;
    for (const auto& [node, neighbours] : plain) ties += static_cast<double>(neighbours.size());
    std::map<std::uint32_t, double> degrees;
    double inside = 0;
    for (const auto& [node, neighbours] : plain) {
      degrees[of[index(node).value]] += static_cast<double>(neighbours.size());
      for (const std::string& other : neighbours) {
        inside += of[index(node).value] == of[index(other).value] ? 1 : 0;
      }
    }
    double expected = ties > 0 ? inside / ties : 0;
    for (const auto& [community, degree] : degrees) expected -= degree / ties * (degree / ties);
    ASSERT_NEAR(found.modularity, expected, 1e-9);
    ASSERT_GE(found.modularity, -1e-9);  // All in one would give 0.
    // Each hangs together.
    for (const auto& [node, neighbours] : plain) {
      Plain own;
      for (const auto& [other, others] : plain) {
        if (of[index(other).value] != of[index(node).value]) continue;
        for (const std::string& each : others) {
          if (of[index(each).value] == of[index(node).value]) own[other].insert(each);
        }
        own[other];
      }
      ASSERT_EQ(sizes_of(own).size(), 1);
    }
  });
}

// --- As answers ---------------------------------------------------------------------------------

TEST(Analytics, SayWhoHoldsTwoPartsTogether) {
  const auto graph = draw(R"(
      org:hub{name=Hub}  org:a1{name=A One}  org:b1{name=B One}
      org:a1 -TAKES_PART_IN/funding-> a   org:a2 -TAKES_PART_IN/funding-> a
      org:hub -TAKES_PART_IN/funding-> a  org:hub -TAKES_PART_IN/funding-> b
      org:b1 -TAKES_PART_IN/funding-> b   org:b2 -TAKES_PART_IN/funding-> b
      org:b3 -TAKES_PART_IN/funding-> b
  )");
  const auto answer = analytics(graph.context(), {.measure = Measure::bridges, .show = {"Actor"}});
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  ASSERT_EQ(answer.value().items.size(), 1);
  const AnalyticsRow& row = answer.value().items[0];
  EXPECT_EQ(row.node.id, "org:hub");
  EXPECT_EQ(row.score, 3);
  EXPECT_EQ(row.why[0].text, "Without Hub, 3 nodes around init:a would be cut off.");
  EXPECT_EQ(answer.value().bridges[0].cut_off, 4);
}

TEST(Analytics, TellWhatACommunityHasInCommon) {
  const auto graph = draw(R"(
      place:GH{name=Ghana}
      org:a -TAKES_PART_IN/funding-> x   org:a -TAKES_PART_IN/funding-> y
      x -WORKS_IN-> place:GH   y -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> z   z -WORKS_IN-> place:NP
  )");
  const auto answer = analytics(graph.context(), {.measure = Measure::communities}).value();
  ASSERT_EQ(answer.total, 2);
  EXPECT_EQ(answer.items[0].score, 3);
  EXPECT_EQ(answer.items[0].node.id, "org:a");
  EXPECT_EQ(answer.items[0].why[0].text,
            "2 of its 2 initiatives share Ghana: 100.0 %, against 66.7 % of all.");
}

TEST(Analytics, CountOnlyWhatTheFilterAdmits) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> x   x -WORKS_IN-> place:GH
      org:b -TAKES_PART_IN/funding-> y   y -WORKS_IN-> place:NP
      org:c -TAKES_PART_IN/secondary-reporting-> x
  )");
  const auto answer = analytics(graph.context(), {.measure = Measure::components,
                                                  .projection = {.filter = {.place = "GH"}}})
                          .value();
  EXPECT_EQ(answer.nodes, 2);
  EXPECT_EQ(answer.edges, 1);
  EXPECT_EQ(answer.total, 1);
}

TEST(Analytics, OfNothingAreEmpty) {
  const auto graph = draw("place:GH{name=Ghana}");
  for (const Measure measure : {Measure::pagerank, Measure::betweenness, Measure::communities,
                                Measure::components, Measure::cores, Measure::bridges}) {
    const auto answer = analytics(graph.context(), {.measure = measure});
    ASSERT_TRUE(answer.ok()) << to_string(measure) << answer.error().message;
    EXPECT_EQ(answer.value().total, 0);
  }
}

TEST(Analytics, EndWithTheirBudget) {
  const test::RandomWorld world(1, {.initiatives = 2'000, .actors = 200});
  test::Drawn graph(world.records());
  for (const Measure measure : {Measure::pagerank, Measure::betweenness, Measure::communities,
                                Measure::components, Measure::cores, Measure::bridges}) {
    ASSERT_TRUE(analytics(graph.context(), {.measure = measure}).ok());  // Makes the lists.
    graph.limit({.edges = 3'000});
    const auto answer = analytics(graph.context(), {.measure = measure});
    ASSERT_FALSE(answer.ok()) << to_string(measure);
    EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
    graph.limit({});
  }
}

}  // namespace
}  // namespace mangrove::query
