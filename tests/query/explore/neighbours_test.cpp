#include "query/explore/neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "query/explore/counts.h"
#include "query/explore/nodes.h"
#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;
using test::show;

TEST(Neighbours, ComeByRelationThenTheBestConnectedFirst) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic     org:b -TAKES_PART_IN/funding-> clinic
      org:b -TAKES_PART_IN/funding-> school     clinic -WORKS_IN-> place:GH
      clinic -CONTRIBUTES_TO/reported-> sdg:8.7
  )");
  EXPECT_EQ(show(neighbours(graph.context(), {.id = "clinic"})),
            "<-TAKES_PART_IN- org:b role=funding (reported src:test)\n"
            "<-TAKES_PART_IN- org:a role=funding (reported src:test)\n"
            "-WORKS_IN-> place:GH (reported src:test)\n"
            "-CONTRIBUTES_TO-> sdg:8.7 (reported src:test)\n");
}

TEST(Neighbours, TwoRolesAreTwoRowsAndTwoSourcesAreOne) {
  const auto graph = draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic   org:a -TAKES_PART_IN/reporting-> clinic
      source src:other
      org:a -TAKES_PART_IN/funding-> clinic
  )");
  const auto answer = neighbours(graph.context(), {.id = "org:a"});
  EXPECT_EQ(show(answer),
            "-TAKES_PART_IN-> clinic role=funding (reported src:other src:test)\n"
            "-TAKES_PART_IN-> clinic role=reporting (reported src:test)\n");
  EXPECT_EQ(answer.value().total, 2);
}

TEST(Neighbours, TellTheSameOfManyStatementsHoweverTheyWereLoaded) {
  // More records state the connection than are read.
  const auto world = [](bool backwards) {
    std::vector<graph::Record> records;
    for (int i = 0; i < 30; ++i) {
      const std::string id = "init:" + std::to_string(i);
      records.push_back({.source = "src:test", .subject = {id, "Initiative", {}}});
      records.back().mentions = {{"org:a", "Actor", {}}, {"org:b", "Actor", {}}};
      records.back().edges = {{"org:a", "FUNDS", "org:b", "2020", {{"amount", 1.0 * i}}}};
    }
    if (backwards) std::reverse(records.begin(), records.end());
    return test::Drawn(records);
  };
  const auto one = world(false);
  const auto other = world(true);
  EXPECT_EQ(show(neighbours(one.context(), {.id = "org:a"})),
            show(neighbours(other.context(), {.id = "org:a"})));
}

TEST(Neighbours, ShowPropertiesBasisAndStatusOfTheStatement) {
  const auto graph = draw(R"(
      clinic -ADDRESSES/text{confidence=0.7, pole=risk}-> det:debt
      det:debt -BEARS_ON{weight=0.5, status=proposed}-> sdg:8.10
      doc:x -ABOUT{basis=mapped}-> det:debt
  )");
  const auto answer = neighbours(graph.context(), {.id = "det:debt"});
  EXPECT_EQ(show(answer),
            "<-ADDRESSES- clinic confidence=0.7 pole=risk (text src:test)\n"
            "-BEARS_ON-> sdg:8.10 status=proposed weight=0.5 (reported src:test)\n"
            "<-ABOUT- doc:x (mapped src:test)\n");
  EXPECT_EQ(answer.value().items[1].status, "proposed");
}

TEST(Neighbours, CanBeNarrowedByRelationDirectionKindAndBasis) {
  const auto graph = draw(R"(
      org:a -FUNDS/2020-> org:b -FUNDS/2021-> org:c
      org:b -TAKES_PART_IN/funding-> clinic -ADDRESSES/text-> det:debt
  )");
  const Context context = graph.context();
  EXPECT_EQ(show(neighbours(context, {.id = "org:b", .in = false, .filter = {.kinds = {"Actor"}}})),
            "-FUNDS-> org:c (reported src:test)\n");
  EXPECT_EQ(show(neighbours(context, {.id = "org:b", .relations = {"FUNDS"}, .out = false})),
            "<-FUNDS- org:a (reported src:test)\n");
  EXPECT_EQ(show(neighbours(context, {.id = "det:debt", .filter = {.bases = {"reported"}}})), "");
  EXPECT_EQ(show(neighbours(context, {.id = "org:b", .relations = {"EATS"}})),
            "error invalid_input: relation: there is no relation `EATS`\n");
}

TEST(Neighbours, FacetsTellWhatElseThereIs) {
  const auto graph = draw(R"(
      org:a -FUNDS/2020-> org:b   org:b -FUNDS/2020-> org:c   org:b -TAKES_PART_IN/funding-> x
  )");
  const auto answer = neighbours(graph.context(), {.id = "org:b", .relations = {"FUNDS"}});
  EXPECT_EQ(answer.value().total, 2);
  EXPECT_EQ(answer.value().relations.at("FUNDS").in, 1);
  EXPECT_EQ(answer.value().relations.at("FUNDS").out, 1);
  EXPECT_EQ(answer.value().relations.at("TAKES_PART_IN").out, 1);
  EXPECT_EQ(answer.value().kinds.at("Actor"), 2);
}

TEST(Neighbours, LabelsAreReadFromTheNodeAskedAndInItsLanguage) {
  const auto graph = draw("org:a -FUNDS/2020-> org:b");
  EXPECT_EQ(neighbours(graph.context(), {.id = "org:a"}).value().items[0].label, "funds");
  EXPECT_EQ(neighbours(graph.context(), {.id = "org:b"}).value().items[0].label, "funded by");
  EXPECT_EQ(neighbours(graph.context("fr"), {.id = "org:a"}).value().items[0].label, "finance");
}

TEST(Neighbours, PagesTogetherAreTheWholeList) {
  const test::RandomWorld world(11, {.initiatives = 120, .actors = 20});
  const test::Drawn graph(world.records());
  for (const char* id : {"place:1", "org:3", "init:5", "sdg:8.1"}) {
    const std::string whole = show(neighbours(graph.context(), {.id = id, .page = {200, 0}}));
    std::string pieces;
    for (std::size_t at = 0; at < 200; at += 9) {
      pieces += show(neighbours(graph.context(), {.id = id, .page = {9, at}}));
    }
    EXPECT_EQ(pieces, whole) << id;
  }
}

TEST(Node, TellsItsPropertiesSourcesAndDegree) {
  const auto graph = draw(R"(
      src:test{label=Test data, publisher=Us, licence=CC0}
      clinic{title=A clinic, start=2019-04-01}   clinic -WORKS_IN-> place:GH
      org:a -TAKES_PART_IN/funding-> clinic   org:a -TAKES_PART_IN/reporting-> clinic
  )");
  const auto found = node(graph.context(), "init:clinic");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found.value().node.name, "A clinic");
  EXPECT_EQ(found.value().degree.at("TAKES_PART_IN").in, 2) << "as many as its neighbours() lists";
  EXPECT_EQ(found.value().degree.at("WORKS_IN").out, 1);
  ASSERT_EQ(found.value().sources.size(), 1);
  EXPECT_EQ(found.value().sources[0].publisher, "Us");
  EXPECT_EQ(found.value().sources[0].licence, "CC0");
}

TEST(Counts, TellHowMuchThereIs) {
  const auto graph = draw("org:a -TAKES_PART_IN/funding-> clinic -WORKS_IN-> place:GH");
  const auto answer = counts(graph.context());
  EXPECT_EQ(answer.value().counts.nodes.at("Actor"), 1);
  EXPECT_EQ(answer.value().counts.edges.at("WORKS_IN"), 1);
  EXPECT_EQ(answer.value().sources, 1);
}

TEST(Neighbours, CanBeThoseWithOneNodeAlone) {
  const auto graph = draw(R"(
      clinic -ADDRESSES/text-> det:debt   clinic -ADDRESSES/reported-> det:debt
      clinic -ADDRESSES/text-> det:school   school -ADDRESSES/text-> det:debt
  )");
  const NeighboursQuestion question{.id = "clinic", .neighbour = "det:debt"};
  const auto answer = neighbours(graph.context(), question);
  EXPECT_EQ(show(answer),
            "-ADDRESSES-> det:debt (reported src:test)\n"
            "-ADDRESSES-> det:debt (text src:test)\n");
  EXPECT_EQ(answer.value().total, 2);
  const auto none = neighbours(graph.context(), {.id = "clinic", .neighbour = "det:nothing"});
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
}

TEST(Neighbours, NameTheRulesOfDerivedConnectionsAndWhatStandsBetween) {
  const auto graph = draw(R"(
      rule:a{label=A rule, status=proposed}   marker:b{label=An aim}
      clinic -ADDRESSES/mapped{path=rule:a marker:b rule:gone}-> det:debt
      clinic -WORKS_IN{path=rule:a}-> place:GH
  )");
  const auto answer = neighbours(graph.context(), {.id = "clinic"});
  ASSERT_TRUE(answer.ok());
  const std::vector<Brief>& named = answer.value().named;
  ASSERT_EQ(named.size(), 2);
  EXPECT_EQ(named[0].name, "An aim");
  EXPECT_EQ(named[1].name, "A rule");
  EXPECT_EQ(named[1].status, "proposed");
  const auto place = neighbours(graph.context(), {.id = "clinic", .relations = {"WORKS_IN"}});
  EXPECT_TRUE(place.value().named.empty());
}

TEST(Counts, OfOneBasisAreThoseOfItsConnections) {
  const auto graph = draw(R"(
      clinic -ADDRESSES/text-> det:debt   clinic -ADDRESSES/reported-> det:debt
      clinic -ADDRESSES/mapped-> det:school   clinic -WORKS_IN-> place:GH
  )");
  const Context context = graph.context();
  EXPECT_EQ(counts(context).value().counts.edges.at("ADDRESSES"), 3);
  EXPECT_EQ(counts(context, {"reported"}).value().counts.edges,
            (std::map<std::string, std::uint64_t>{{"ADDRESSES", 1}, {"WORKS_IN", 1}}));
  EXPECT_EQ(counts(context, {"text", "mapped"}).value().counts.edges,
            (std::map<std::string, std::uint64_t>{{"ADDRESSES", 2}}));
  EXPECT_EQ(counts(context, {"reported", "text", "mapped", "reviewed"}).value().counts.edges,
            counts(context).value().counts.edges);
  EXPECT_EQ(node(context, "clinic", {"reported"}).value().degree.at("ADDRESSES").out, 1);
  EXPECT_EQ(node(context, "clinic").value().degree.at("ADDRESSES").out, 3);
}

}  // namespace
}  // namespace mangrove::query
