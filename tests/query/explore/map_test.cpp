#include "query/explore/map.h"

#include <gtest/gtest.h>

#include <map>

#include "query/explore/timeline.h"
#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

std::string show(const Result<MapAnswer>& answer) {
  std::string text;
  for (const PlaceCount& place : answer.value().items) {
    text += place.node.id + " " + std::to_string(place.initiatives);
    for (const EndCount& each : place.ends) {
      text += " " + answer.value().ends[each.end].id + ":" + std::to_string(each.initiatives);
    }
    text += "\n";
  }
  return text;
}

TEST(Map, CountsWhatLiesWithinACountryForTheCountryOnceForEachInitiative) {
  const auto graph = draw(R"(
      place:accra -WITHIN-> place:ashanti -WITHIN-> place:GH -WITHIN-> place:m49:11
      a -WORKS_IN-> place:accra   a -WORKS_IN-> place:GH   a -WORKS_IN-> place:BJ
      b -WORKS_IN-> place:ashanti
      c -WORKS_IN-> place:m49:11
      d -CONTRIBUTES_TO-> sdg:8.7
  )");
  const auto answer = map(graph.context(), {});
  EXPECT_EQ(show(answer), "place:GH 2\nplace:BJ 1\nplace:m49:11 1\n");
  EXPECT_EQ(answer.value().initiatives, 4);
  EXPECT_EQ(answer.value().without_place, 1);
}

TEST(Map, TellsWhatIsContributedToInEachPlace) {
  const auto graph = draw(R"(
      sdg:8.7 -PART_OF-> sdg:8   sdg:8.8 -PART_OF-> sdg:8
      a -WORKS_IN-> place:GH   a -CONTRIBUTES_TO-> sdg:8.7   a -CONTRIBUTES_TO-> sdg:8.8
      b -WORKS_IN-> place:GH   b -CONTRIBUTES_TO-> sdg:8.8
      c -WORKS_IN-> place:BJ
  )");
  EXPECT_EQ(show(map(graph.context(), {.by = Contributions::Level::targets})),
            "place:GH 2 sdg:8.7:1 sdg:8.8:2\nplace:BJ 1\n");
  EXPECT_EQ(show(map(graph.context(), {.by = Contributions::Level::goals})),
            "place:GH 2 sdg:8:2\nplace:BJ 1\n");
}

TEST(Map, DoesNotTurnInCirclesOfPlaces) {
  const auto graph = draw(R"(
      place:x -WITHIN-> place:y -WITHIN-> place:x   a -WORKS_IN-> place:x
  )");
  EXPECT_EQ(show(map(graph.context(), {})), "place:x 1\n");
}

TEST(Map, EqualsCountingByHandOnRandomGraphs) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 25});
    const test::Drawn graph(world.records());
    std::map<std::string, std::map<std::string, std::uint64_t>> expected;
    for (const std::string& initiative : world.initiatives()) {
      for (const std::string& place : world.ends(initiative, "WORKS_IN")) {
        ++expected[place][""];
        for (const std::string& target : world.ends(initiative, "CONTRIBUTES_TO")) {
          ++expected[place][target];
        }
      }
    }
    const auto answer = map(graph.context(), {.by = Contributions::Level::targets}).value();
    std::map<std::string, std::map<std::string, std::uint64_t>> counted;
    for (const PlaceCount& place : answer.items) {
      counted[place.node.id][""] = place.initiatives;
      for (const EndCount& each : place.ends) {
        counted[place.node.id][answer.ends[each.end].id] = each.initiatives;
      }
    }
    ASSERT_EQ(counted, expected) << "seed " << seed;
  }
}

TEST(Timeline, CountsYearsFromTheFirstToTheLast) {
  const auto graph = draw(R"(
      a{start=2018, end=2020}  b{start=2020, end=2020}  c{start=2021}  d{title=No dates}
      e{start=1100, end=2020}  f{start=2020, end=2019}
      a -WORKS_IN-> place:GH
  )");
  const auto answer = timeline(graph.context(), {}).value();
  std::string text;
  for (const TimelineYear& each : answer.items) {
    text += std::to_string(each.year) + ": " + std::to_string(each.started) + " started, " +
            std::to_string(each.active) + " ran, " + std::to_string(each.ended) + " ended\n";
  }
  EXPECT_EQ(text,
            "2018: 1 started, 1 ran, 0 ended\n"
            "2019: 0 started, 1 ran, 0 ended\n"
            "2020: 1 started, 2 ran, 2 ended\n"
            "2021: 1 started, 0 ran, 0 ended\n");
  EXPECT_EQ(answer.initiatives, 6);
  EXPECT_EQ(answer.undated, 1);
  EXPECT_EQ(answer.half_dated, 1);
  EXPECT_EQ(answer.out_of_range, 2);
  EXPECT_EQ(timeline(graph.context(), {.filter = {.place = "GH"}}).value().items.size(), 3);
  EXPECT_TRUE(timeline(draw("a -WORKS_IN-> place:GH").context(), {}).value().items.empty());
}

}  // namespace
}  // namespace mangrove::query
