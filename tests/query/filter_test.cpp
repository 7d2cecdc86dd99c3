#include "query/filter.h"

#include <gtest/gtest.h>

#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

/// Ids of all nodes that pass, or the error.
std::string passing(const test::Drawn& graph, const Filter& filter) {
  const Context context = graph.context();
  const auto prepared = PreparedFilter::prepare(context, filter);
  if (!prepared.ok()) return prepared.error().message;
  std::string ids;
  for (std::uint32_t i = 0; i < graph.view().node_limit(); ++i) {
    const graph::NodeIndex node{i};
    if (!prepared.value().admits(context, node)) continue;
    const auto read = graph.view().read(std::span(&node, 1));
    if (!prepared.value().admits(read.value().front())) continue;
    ids += std::string(ids.empty() ? "" : " ") + std::string(graph.view().id(node));
  }
  return ids;
}

TEST(Filter, APlaceTakesInThePlacesWithinIt) {
  const auto graph = test::draw(R"(
      place:accra -WITHIN-> place:GH -WITHIN-> place:m49:202
      clinic -WORKS_IN-> place:accra   school -WORKS_IN-> place:GH
      farm -WORKS_IN-> place:m49:202   port -WORKS_IN-> place:NP
  )");
  EXPECT_EQ(passing(graph, {.place = "place:GH"}), "init:clinic init:school");
  EXPECT_EQ(passing(graph, {.place = "accra"}), "init:clinic");
  EXPECT_EQ(passing(graph, {.place = "place:m49:202"}), "init:clinic init:farm init:school");
}

TEST(Filter, PlacesThatContainEachOtherInACircleDoNoHarm) {
  const auto graph =
      test::draw("place:a -WITHIN-> place:b -WITHIN-> place:a  x -WORKS_IN-> place:b");
  EXPECT_EQ(passing(graph, {.place = "place:a"}), "init:x");
}

TEST(Filter, AGoalTakesInItsTargets) {
  const auto graph = test::draw(R"(
      sdg:8.7 -PART_OF-> sdg:8
      clinic -CONTRIBUTES_TO-> sdg:8.7   school -CONTRIBUTES_TO-> sdg:8
  )");
  EXPECT_EQ(passing(graph, {.target = "8"}), "init:clinic init:school");
  EXPECT_EQ(passing(graph, {.target = "8.7"}), "init:clinic");
}

TEST(Filter, OnlyConnectionsOfTheBasisAskedForCount) {
  const auto graph = test::draw(R"(
      said -CONTRIBUTES_TO/reported-> sdg:8.7   read -CONTRIBUTES_TO/text-> sdg:8.7
      ruled -CONTRIBUTES_TO/mapped-> sdg:8.7    bare -CONTRIBUTES_TO-> sdg:8.7
  )");
  EXPECT_EQ(passing(graph, {.bases = {"reported"}, .target = "8.7"}), "init:bare init:said");
  EXPECT_EQ(passing(graph, {.bases = {"text", "mapped"}, .target = "8.7"}), "init:read init:ruled");
}

TEST(Filter, YearsLetPassWhatMayHaveRunThen) {
  const auto graph = test::draw(R"(
      early{start=2001, end=2005}  late{start=2020}  long{start=2001, end=2030}  unknown{title=x}
  )");
  EXPECT_EQ(passing(graph, {.from = 2010}), "init:late init:long init:unknown");
  EXPECT_EQ(passing(graph, {.to = 2010}), "init:early init:long init:unknown");
  EXPECT_EQ(passing(graph, {.from = 2006, .to = 2010}), "init:long init:unknown");
}

TEST(Filter, SeveralFieldsAllHold) {
  const auto graph = test::draw(R"(
      a{status=Implementation}  a -ADDRESSES-> det:debt  a -IN_SECTOR-> sector:dac:1
      b{status=closed}          b -ADDRESSES-> det:debt  b -IN_SECTOR-> sector:dac:1
      c{status=Implementation}  c -ADDRESSES-> det:debt  org:x -TAKES_PART_IN/funding-> c
  )");
  EXPECT_EQ(passing(graph, {.determinant = "det:debt", .sector = "dac:1"}), "init:a init:b");
  EXPECT_EQ(passing(graph, {.determinant = "debt", .status = "implementation"}), "init:a init:c");
  EXPECT_EQ(passing(graph, {.determinant = "debt", .actor = "org:x"}), "init:c");
}

TEST(Filter, SaysWhatItHasNeverHeardOf) {
  const auto graph = test::draw("a -WORKS_IN-> place:GH");
  EXPECT_EQ(passing(graph, {.kinds = {"Dragon"}}), "kind: there is no kind `Dragon`");
  EXPECT_EQ(passing(graph, {.bases = {"guessed"}}),
            "basis: `guessed` is none of reported, mapped, text and reviewed");
  EXPECT_EQ(passing(graph, {.place = "place:XX"}), "place: there is no Place `place:XX`");
  EXPECT_EQ(passing(graph, {.from = 2020, .to = 2010}),
            "from: the first year is after the last one");
}

}  // namespace
}  // namespace mangrove::query
