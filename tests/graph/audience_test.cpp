#include <gtest/gtest.h>

#include <algorithm>

#include "graph/graph.h"
#include "graph/storage/memory.h"
#include "tests/support/graph_dump.h"
#include "tests/support/random_graph.h"

namespace mangrove::graph {
namespace {

std::unique_ptr<Graph> graph_in_memory() {
  return Graph::open(storage::make_memory_storage(), {.text_properties = {{"title", 3.0}}}).value();
}

Record thing(std::string id, std::string source = "src:a") {
  Record record;
  record.source = std::move(source);
  record.subject = {std::move(id), "Thing"};
  return record;
}

Property title(std::string text, std::vector<std::string> audience = {}) {
  return {"title", Text{std::move(text), "en"}, std::move(audience)};
}

void commit(Graph& graph, std::vector<Record> records) {
  Batch batch;
  for (Record& record : records) batch.put(std::move(record));
  const auto report = graph.commit(batch);
  ASSERT_TRUE(report.ok()) << report.error().message;
}

const Viewer kPolice = Viewer::of({"police"});
const Viewer kPartner = Viewer::of({"partners"});

TEST(Audience, ARecordIsSeenByThoseItNamesAndByTheSteward) {
  const auto graph = graph_in_memory();
  Record secret = thing("x:shelter");
  secret.audience = {"police", "survivors"};
  commit(*graph, {secret});
  EXPECT_FALSE(graph->view().find("x:shelter"));
  EXPECT_FALSE(graph->view(kPartner).find("x:shelter"));
  EXPECT_TRUE(graph->view(kPolice).find("x:shelter"));
  EXPECT_TRUE(graph->view(Viewer::steward()).find("x:shelter"));
}

TEST(Audience, ANameThatTheGraphHasNeverHeardOfOpensNothing) {
  const auto graph = graph_in_memory();
  Record secret = thing("x:1");
  secret.audience = {"police"};
  commit(*graph, {secret});
  EXPECT_FALSE(graph->view(Viewer::of({"polise"})).find("x:1"));
}

TEST(Audience, AnEdgeThatOneRecordStatesToTwoIsWalkedOnceByWhoIsBoth) {
  const auto graph = graph_in_memory();
  Record record = thing("x:1");
  record.mentions = {{"x:2", "Thing"}};
  record.edges = {{"x:1", "KNOWS", "x:2", "", {{"since", std::int64_t{1}}}, {"police"}},
                  {"x:1", "KNOWS", "x:2", "", {{"since", std::int64_t{2}}}, {"partners"}}};
  commit(*graph, {record});
  const View view = graph->view(Viewer::of({"police", "partners"}));
  const NodeIndex from = view.find("x:1").value();
  std::vector<Edge> edges;
  view.walk(std::span(&from, 1), view.name("KNOWS"), Direction::out,
            [&](std::size_t, const Adjacent& to) {
              edges.push_back({from, view.name("KNOWS"), to.node, to.qualifier, to.record});
            });
  ASSERT_EQ(edges.size(), 1u);
  const auto stated = view.read_edges(edges).value();
  EXPECT_EQ(stated[0].properties,
            (std::vector<Property>{{"since", std::int64_t{1}}, {"since", std::int64_t{2}}}));
}

TEST(Audience, ARefusedRecordUsesUpNoAudience) {
  const auto graph = graph_in_memory();
  commit(*graph, {thing("x:1")});
  Batch batch;
  for (int i = 0; i < 100; ++i) {
    Record wrong = thing("x:1", "src:" + std::to_string(i));
    wrong.subject.kind = "Zebra";
    wrong.subject.properties = {title("secret", {"audience " + std::to_string(i)})};
    batch.put(std::move(wrong));
  }
  for (const ChangeReport& change : graph->commit(batch).value().changes) {
    EXPECT_EQ(change.outcome, Outcome::refused);
  }
  Record right = thing("x:2");
  right.audience = {"partners"};
  commit(*graph, {right});
  EXPECT_TRUE(graph->view(kPartner).find("x:2"));
}

TEST(Audience, WhereARecordWasReadTellsNothingOfAChangeThatFewSee) {
  const auto graph = graph_in_memory();
  const auto origin = [&](const Viewer& viewer) {
    const View view = graph->view(viewer);
    const NodeIndex node = view.find("x:1").value();
    return view.read(std::span(&node, 1)).value()[0].origins;
  };
  const auto put = [&](std::string file, std::string address, std::string name) {
    Record record = thing("x:1");
    record.origin = std::move(file);
    record.subject.properties = {title(std::move(name)),
                                 {"address", Text{std::move(address), {}}, {"police"}}};
    commit(*graph, {record});
  };
  put("one.xml", "1 Quiet Lane", "Refuge");
  put("two.xml", "2 Quiet Lane", "Refuge");
  EXPECT_EQ(origin(Viewer::everyone()), std::vector<std::string>{"one.xml"});
  EXPECT_EQ(origin(kPolice), std::vector<std::string>{"one.xml"});
  put("three.xml", "2 Quiet Lane", "House");
  EXPECT_EQ(origin(Viewer::everyone()), std::vector<std::string>{"three.xml"});
}

TEST(Audience, OfTwoKindsAGuardKeptApartTheOneThatIsLeftStands) {
  const auto graph = graph_in_memory();
  Record guard = thing("x:1", "src:guard");
  guard.subject.audience = {"police"};
  guard.audience = {"police"};
  Record other = thing("x:1", "src:b");
  other.subject.kind = "Other";
  commit(*graph, {guard});
  commit(*graph, {thing("x:1")});
  commit(*graph, {other});
  Batch batch;
  batch.remove("x:1", "src:guard");
  ASSERT_TRUE(graph->commit(batch).ok());
  const auto kind = [&] {
    const View view = graph->view();
    return view.text(view.kind(view.find("x:1").value()));
  };
  EXPECT_EQ(kind(), "Other");  // The first by name.
  batch = {};
  batch.remove("x:1", "src:b");
  ASSERT_TRUE(graph->commit(batch).ok());
  EXPECT_EQ(kind(), "Thing");
}

TEST(Audience, AGuardThatComesIsNoticedByThoseWhomItShutsOut) {
  const auto graph = graph_in_memory();
  commit(*graph, {thing("x:1")});
  const auto seen_by = [&](const Viewer& viewer) { return graph->view(viewer).version(); };
  Record guard = thing("x:1", "src:guards");
  guard.audience = {"police"};
  guard.subject.audience = {"police", "survivors"};
  commit(*graph, {guard});
  EXPECT_FALSE(graph->view().find("x:1"));
  EXPECT_EQ(seen_by(Viewer::everyone()), 2u) << "it has vanished";
  EXPECT_EQ(seen_by(kPolice), 2u) << "they see the guard itself";
  EXPECT_EQ(seen_by(Viewer::of({"survivors"})), 1u) << "for them nothing changed";
}

TEST(Audience, WhatAHiddenRecordMentionsStaysVisibleIfSomebodyElseStatesIt) {
  const auto graph = graph_in_memory();
  Record secret = thing("x:shelter");
  secret.audience = {"police"};
  secret.mentions = {{"x:town", "Thing", {title("Where the shelter is")}}};
  secret.edges = {{"x:shelter", "IN", "x:town"}};
  Record town = thing("x:town", "src:b");
  town.subject.properties = {title("The town")};
  commit(*graph, {secret, town});

  const View everyone = graph->view();
  const NodeIndex node = everyone.find("x:town").value();
  const Node read = everyone.read(std::span(&node, 1)).value()[0];
  ASSERT_EQ(read.properties.size(), 1u);
  EXPECT_EQ(read.text("title"), "The town");
  EXPECT_EQ(read.sources, std::vector<std::string>{"src:b"});
  EXPECT_EQ(everyone.degree(node, everyone.name("IN"), Direction::in), 0u);
  const View police = graph->view(kPolice);
  EXPECT_EQ(police.degree(node, police.name("IN"), Direction::in), 1u);
}

TEST(Audience, AGuardHidesANodeWhoeverElseSpeaksOfIt) {
  const auto graph = graph_in_memory();
  Record open = thing("x:shelter", "src:careless");
  open.subject.properties = {title("12 Harbour Street")};
  Record guard = thing("x:shelter", "src:careful");
  guard.subject.audience = {"police"};
  Record neighbour = thing("x:town");
  neighbour.edges = {{"x:shelter", "IN", "x:town"}};
  commit(*graph, {open, neighbour});
  EXPECT_TRUE(graph->view().find("x:shelter"));

  commit(*graph, {guard});
  EXPECT_FALSE(graph->view().find("x:shelter"));
  EXPECT_TRUE(graph->view().counts().edges.empty());
  EXPECT_TRUE(graph->view(kPolice).find("x:shelter"));
  EXPECT_FALSE(graph->view(kPartner).find("x:shelter"));

  Batch lifted;
  lifted.remove("x:shelter", "src:careful");
  ASSERT_TRUE(graph->commit(lifted).ok());
  EXPECT_TRUE(graph->view().find("x:shelter"));
}

TEST(Audience, OfSeveralGuardsAllMustLetPass) {
  const auto graph = graph_in_memory();
  Record first = thing("x:1", "src:a");
  first.subject.audience = {"police"};
  Record second = thing("x:1", "src:b");
  second.subject.audience = {"partners"};
  commit(*graph, {first, second});
  EXPECT_FALSE(graph->view(kPolice).find("x:1"));
  EXPECT_FALSE(graph->view(kPartner).find("x:1"));
  EXPECT_TRUE(graph->view(Viewer::of({"police", "partners"})).find("x:1"));
}

TEST(Audience, ASinglePropertyCanBeHidden) {
  const auto graph = graph_in_memory();
  Record record = thing("x:1");
  record.subject.properties = {title("A house"), title("12 Harbour Street", {"police"})};
  commit(*graph, {record});
  const auto titles = [&](const Viewer& viewer) {
    const View view = graph->view(viewer);
    const NodeIndex node = view.find("x:1").value();
    return view.read(std::span(&node, 1)).value()[0].properties.size();
  };
  EXPECT_EQ(titles(Viewer::everyone()), 1u);
  EXPECT_EQ(titles(kPolice), 2u);
}

TEST(Audience, AViewerMustPassTheRecordAndWhatIsInside) {
  const auto graph = graph_in_memory();
  Record record = thing("x:1");
  record.audience = {"partners"};
  record.subject.properties = {title("secret", {"police"})};
  commit(*graph, {record});
  const auto properties = [&](const Viewer& viewer) {
    const View view = graph->view(viewer);
    const NodeIndex node = view.find("x:1").value();
    return view.read(std::span(&node, 1)).value()[0].properties.size();
  };
  EXPECT_FALSE(graph->view(kPolice).find("x:1"));
  EXPECT_EQ(properties(kPartner), 0u);
  EXPECT_EQ(properties(Viewer::of({"police", "partners"})), 1u);
}

TEST(Audience, ACommitThatAViewerCannotSeeMakesNoVersionForThem) {
  const auto graph = graph_in_memory();
  commit(*graph, {thing("x:1")});
  Record secret = thing("x:2");
  secret.audience = {"police"};
  commit(*graph, {secret});
  commit(*graph, {thing("x:3")});
  EXPECT_EQ(graph->view().version(), 2u);
  EXPECT_EQ(graph->view(kPolice).version(), 3u);
  const auto changes = graph->view().changes_after(0, 10).value();
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[1].version, 2u);
  EXPECT_EQ(changes[1].records[0].subject, "x:3");
  EXPECT_EQ(graph->view().changes_after(1, 10).value().size(), 1u);
}

TEST(Audience, HidingWhatIsPublicHidesItsPastToo) {
  const auto graph = graph_in_memory();
  Record record = thing("x:1");
  record.subject.properties = {title("12 Harbour Street")};
  record.revision = "2020";
  commit(*graph, {record});
  record.audience = {"police"};
  record.revision = "2021";
  commit(*graph, {record, thing("x:2")});
  EXPECT_FALSE(graph->view().find("x:1"));
  EXPECT_FALSE(graph->view_at(1).value().find("x:1"));
  EXPECT_TRUE(graph->view_at(1, kPolice).value().find("x:1"));
}

TEST(Audience, AGraphHoldsSixtyFourAudiencesAndRefusesTheNext) {
  const auto graph = graph_in_memory();
  Batch batch;
  for (std::size_t i = 0; i <= kAudiencesMax; ++i) {
    Record record = thing("x:" + std::to_string(i));
    record.audience = {"audience " + std::to_string(i)};
    batch.put(record);
  }
  const auto report = graph->commit(batch).value();
  const auto refused =
      std::count_if(report.changes.begin(), report.changes.end(),
                    [](const ChangeReport& change) { return change.outcome == Outcome::refused; });
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(report.changes.back().outcome, Outcome::refused);
}

/// The law: what a viewer sees is the graph into which only the visible parts were ever put.
TEST(Audience, AViewIsTheGraphWithTheHiddenPartsTakenOut) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    tests::RandomRecords records(seed, {.of_records = 25, .of_parts = 25, .guards = 8});
    tests::RandomRecords::Standing standing;
    const auto graph = graph_in_memory();
    for (int i = 0; i < 12; ++i) ASSERT_TRUE(graph->commit(records.batch(standing)).ok());

    for (unsigned set = 0; set < 1u << tests::kAudiences.size(); ++set) {
      std::vector<std::string> names;
      for (std::size_t i = 0; i < tests::kAudiences.size(); ++i) {
        if ((set >> i & 1) != 0) names.push_back(tests::kAudiences[i]);
      }
      const auto admits = [&](const std::vector<std::string>& audience) {
        return audience.empty() ||
               std::any_of(audience.begin(), audience.end(), [&](const std::string& name) {
                 return std::find(names.begin(), names.end(), name) != names.end();
               });
      };
      const auto taken_out = graph_in_memory();
      Batch batch;
      for (Record& record : tests::visible_part(standing, admits)) batch.put(std::move(record));
      for (const ChangeReport& change : taken_out->commit(batch).value().changes) {
        ASSERT_EQ(change.outcome, Outcome::added) << change.message;
      }
      const Viewer viewer = Viewer::of(names);
      ASSERT_EQ(tests::dump(graph->view(viewer)), tests::dump(taken_out->view(viewer)))
          << "seed " << seed << ", set " << set;
    }
  }
}

}  // namespace
}  // namespace mangrove::graph
