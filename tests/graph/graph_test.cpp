#include "graph/graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "graph/storage/memory.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

std::unique_ptr<Graph> graph_in_memory() {
  return Graph::open(storage::make_memory_storage(),
                     {.text_properties = {{"title", 3.0}, {"description", 1.0}}})
      .value();
}

Property text(std::string name, std::string value, std::string language = "") {
  return {std::move(name), Text{std::move(value), std::move(language)}};
}

/// A record of source `src:a` unless another is given, with edges written as {relation, to}.
Record record(std::string subject, std::vector<Property> properties,
              std::vector<std::pair<std::string, std::string>> edges = {},
              std::string source = "src:a") {
  Record result;
  result.source = std::move(source);
  result.subject = {subject, "Thing", std::move(properties)};
  for (auto& [relation, to] : edges) result.edges.push_back({subject, relation, to});
  return result;
}

std::vector<Outcome> commit(Graph& graph, std::vector<Record> records) {
  Batch batch;
  for (Record& one : records) batch.put(std::move(one));
  std::vector<Outcome> outcomes;
  for (const ChangeReport& change : graph.commit(batch).value().changes) {
    outcomes.push_back(change.outcome);
  }
  return outcomes;
}

Node read(const View& view, std::string_view id) {
  const NodeIndex node = view.find(id).value();
  return view.read(std::span(&node, 1)).value().front();
}

std::set<std::string> neighbours(const View& view, std::string_view id, std::string_view relation,
                                 Direction direction = Direction::out) {
  std::set<std::string> ids;
  const NodeIndex node = view.find(id).value();
  view.walk(std::span(&node, 1), view.name(relation), direction,
            [&](std::size_t, const Adjacent& adjacent) { ids.emplace(view.id(adjacent.node)); });
  return ids;
}

/// Ids of what a search finds, best first.
std::vector<std::string> found(const View& view, std::string_view words) {
  std::vector<std::string> ids;
  for (const View::Hit& hit : view.best({.words = words}, 10, nullptr).value()) {
    ids.emplace_back(view.id(hit.node));
  }
  return ids;
}

using Outcomes = std::vector<Outcome>;

TEST(Graph, GivesBackWhatARecordStates) {
  const auto graph = graph_in_memory();
  Record stated =
      record("x:1", {text("title", "Bonded labour", "en"), {"year", std::int64_t{2021}}});
  stated.mentions.push_back({"x:2", "Thing", {text("title", "Ghana")}});
  stated.edges.push_back({"x:1", "IN", "x:2", "main", {{"percentage", 60.0}}});
  EXPECT_EQ(commit(*graph, {stated}), Outcomes{Outcome::added});

  const View view = graph->view();
  EXPECT_EQ(view.version(), 1u);
  const Node node = read(view, "x:1");
  EXPECT_EQ(node.kind, "Thing");
  EXPECT_EQ(node.text("title"), "Bonded labour");
  EXPECT_EQ(std::get<std::int64_t>(*node.find("year")), 2021);
  EXPECT_EQ(node.sources, std::vector<std::string>{"src:a"});
  EXPECT_EQ(read(view, "x:2").text("title"), "Ghana");
  EXPECT_EQ(neighbours(view, "x:2", "IN", Direction::in), std::set<std::string>{"x:1"});
}

TEST(Graph, TellsWhatIsStatedOnAnEdgeAndByWhom) {
  const auto graph = graph_in_memory();
  Record stated = record("x:1", {}, {});
  stated.origin = "file.xml:7";
  stated.mentions.push_back({"x:2", "Thing", {}});
  stated.edges.push_back({"x:1", "IN", "x:2", "main", {{"percentage", 60.0}}});
  commit(*graph, {stated});

  const View view = graph->view();
  std::vector<Edge> edges;
  const NodeIndex from = view.find("x:1").value();
  view.walk(std::span(&from, 1), view.name("IN"), Direction::out,
            [&](std::size_t, const Adjacent& to) {
              edges.push_back({from, view.name("IN"), to.node, to.qualifier, to.record});
            });
  const auto stated_on = view.read_edges(edges).value();
  ASSERT_EQ(stated_on.size(), 1u);
  EXPECT_EQ(std::get<double>(*find_property(stated_on[0].properties, "percentage")), 60.0);
  EXPECT_EQ(stated_on[0].source, "src:a");
}

TEST(Graph, SayingTheSameTwiceChangesNothing) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:1", {text("title", "a")}, {{"R", "x:1"}})});
  EXPECT_EQ(commit(*graph, {record("x:1", {text("title", "a")}, {{"R", "x:1"}})}),
            Outcomes{Outcome::unchanged});
  EXPECT_EQ(graph->view().version(), 1u);
}

TEST(Graph, ANewerRecordTakesThePlaceOfAllThatTheOlderStated) {
  const auto graph = graph_in_memory();
  Record older = record("x:1", {text("title", "old")}, {{"R", "x:2"}});
  older.revision = "2021-01-01T00:00:00Z";
  older.mentions.push_back({"x:2", "Thing", {}});
  Record newer = record("x:1", {text("title", "new")}, {{"R", "x:3"}});
  newer.revision = "2022-01-01T00:00:00Z";
  newer.mentions.push_back({"x:3", "Thing", {}});

  commit(*graph, {older});
  EXPECT_EQ(commit(*graph, {newer}), Outcomes{Outcome::replaced});
  EXPECT_EQ(read(graph->view(), "x:1").text("title"), "new");
  EXPECT_EQ(neighbours(graph->view(), "x:1", "R"), std::set<std::string>{"x:3"});
  EXPECT_FALSE(graph->view().find("x:2").has_value());

  EXPECT_EQ(commit(*graph, {older}), Outcomes{Outcome::outdated});
  EXPECT_EQ(read(graph->view(), "x:1").text("title"), "new");
}

TEST(Graph, AmongUndatedRecordsTheLaterWinsAndLoadingBothAgainChangesNothing) {
  const auto graph = graph_in_memory();
  const Record first = record("x:1", {text("title", "first")});
  const Record second = record("x:1", {text("title", "second")});
  EXPECT_EQ(commit(*graph, {first, second}), (Outcomes{Outcome::added, Outcome::replaced}));
  const Version version = graph->view().version();
  EXPECT_EQ(commit(*graph, {first}), Outcomes{Outcome::outdated});
  EXPECT_EQ(commit(*graph, {second}), Outcomes{Outcome::unchanged});
  EXPECT_EQ(graph->view().version(), version);
}

TEST(Graph, WhatIsConcludedFromARecordTellsNothingOfItsAge) {
  const auto graph = graph_in_memory();
  const auto with_conclusion = [](std::string title, std::string to) {
    Record result = record("x:1", {text("title", std::move(title))}, {{"R", "x:1"}});
    result.edges.push_back({"x:1", "ABOUT", std::move(to), "text"});
    result.edges.back().derived = true;
    return result;
  };
  const auto about = [&] { return neighbours(graph->view(), "x:1", "ABOUT"); };
  commit(*graph, {record("x:2", {}), record("x:3", {})});
  commit(*graph, {with_conclusion("first", "x:2"), with_conclusion("second", "x:2")});
  EXPECT_EQ(commit(*graph, {with_conclusion("second", "x:2")}), Outcomes{Outcome::unchanged});

  // Another conclusion from the same words, and back again.
  EXPECT_EQ(commit(*graph, {with_conclusion("second", "x:3")}), Outcomes{Outcome::replaced});
  EXPECT_EQ(about(), std::set<std::string>{"x:3"});
  EXPECT_EQ(commit(*graph, {with_conclusion("second", "x:2")}), Outcomes{Outcome::replaced});
  EXPECT_EQ(about(), std::set<std::string>{"x:2"});

  // Words that were replaced before are so whatever is concluded from them now.
  EXPECT_EQ(commit(*graph, {with_conclusion("first", "x:3")}), Outcomes{Outcome::outdated});
}

TEST(Graph, TellsEachSourcesRecordAsItWasPut) {
  const auto graph = graph_in_memory();
  Record first = record("x:1", {text("title", "a")}, {{"R", "x:2"}});
  first.revision = "2021-01-01T00:00:00Z";
  first.origin = "file.xml:3";
  first.edges.push_back({"x:1", "ABOUT", "x:1", "text", {{"confidence", 0.5}}, {"police"}, true});
  first.subject.properties.push_back({"address", std::int64_t{4}, {"police"}});
  Record second = record("x:1", {text("title", "b")});
  second.source = "src:b";
  commit(*graph, {second, first});

  const auto told = [&](const Viewer& viewer) {
    const View view = graph->view(viewer);
    const NodeIndex node = view.find("x:1").value();
    return view.records_about(std::span(&node, 1)).value()[0];
  };
  const std::vector<Record> all = told(Viewer::steward());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].source, first.source);
  EXPECT_EQ(all[0].revision, first.revision);
  EXPECT_EQ(all[0].origin, first.origin);
  ASSERT_EQ(all[0].edges.size(), 2u) << "the one that sleeps, too";
  const auto concluded = std::find_if(all[0].edges.begin(), all[0].edges.end(),
                                      [](const EdgeStatement& edge) { return edge.derived; });
  ASSERT_NE(concluded, all[0].edges.end());
  EXPECT_EQ(concluded->audience, std::vector<std::string>{"police"});
  EXPECT_EQ(commit(*graph, all), (Outcomes{Outcome::unchanged, Outcome::unchanged}));

  const std::vector<Record> shown = told(Viewer::everyone());
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_TRUE(shown[0].edges.empty());
  EXPECT_EQ(shown[0].subject.properties.size(), 1u);
}

TEST(Graph, ANodeLivesAsLongAsOneSourceStatesIt) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:1", {text("title", "a")}, {}, "src:a"),
                  record("x:1", {text("title", "b")}, {}, "src:b")});
  EXPECT_EQ(read(graph->view(), "x:1").sources, (std::vector<std::string>{"src:a", "src:b"}));

  Batch first;
  first.remove("x:1", "src:a");
  EXPECT_EQ(graph->commit(first).value().changes[0].outcome, Outcome::removed);
  EXPECT_EQ(read(graph->view(), "x:1").text("title"), "b");

  Batch second;
  second.remove("x:1", "src:b");
  second.remove("x:1", "src:b");
  const auto report = graph->commit(second).value();
  EXPECT_EQ(report.changes[0].outcome, Outcome::removed);
  EXPECT_EQ(report.changes[1].outcome, Outcome::absent);
  EXPECT_FALSE(graph->view().find("x:1").has_value());
}

TEST(Graph, AnEdgeSleepsUntilItsOtherEndExists) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:1", {}, {{"R", "x:later"}})});
  EXPECT_TRUE(neighbours(graph->view(), "x:1", "R").empty());
  EXPECT_TRUE(graph->view().counts().edges.empty());
  commit(*graph, {record("x:later", {})});
  EXPECT_EQ(neighbours(graph->view(), "x:1", "R"), std::set<std::string>{"x:later"});
  EXPECT_EQ(graph->view().counts().edges.at("R"), 1u);
}

TEST(Graph, EqualEdgesOfTwoSourcesAreCountedOnce) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:1", {}, {{"R", "x:2"}}, "src:a"),
                  record("x:1", {}, {{"R", "x:2"}}, "src:b"), record("x:2", {})});
  EXPECT_EQ(graph->view().counts().edges.at("R"), 1u);
  EXPECT_EQ(graph->view().counts().nodes.at("Thing"), 2u);
}

TEST(Graph, WhatASubjectsOwnRecordSaysIsShownBeforeWhatOthersMention) {
  const auto graph = graph_in_memory();
  std::vector<Record> records;
  for (int i = 0; i < 3; ++i) {
    Record other = record("x:other" + std::to_string(i), {}, {}, "src:other");
    other.mentions.push_back({"x:1", "Thing", {text("title", "nickname")}});
    records.push_back(other);
  }
  records.push_back(record("x:1", {text("title", "registered name")}));
  commit(*graph, records);
  const Node node = read(graph->view(), "x:1");
  ASSERT_EQ(node.properties.size(), 2u);
  EXPECT_EQ(to_string(node.properties[0].value), "registered name");
  EXPECT_EQ(to_string(node.properties[1].value), "nickname");
}

TEST(Graph, AViewKeepsItsVersionWhateverIsCommitted) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:1", {text("title", "before")})});
  const View before = graph->view();
  commit(*graph, {record("x:1", {text("title", "after")}), record("x:2", {})});
  EXPECT_EQ(read(before, "x:1").text("title"), "before");
  EXPECT_FALSE(before.find("x:2").has_value());
  EXPECT_EQ(read(graph->view(), "x:1").text("title"), "after");
}

TEST(Graph, RefusesASecondKindAndTakesTheRestOfTheBatch) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:1", {})});
  Record contradicting = record("x:2", {});
  contradicting.mentions.push_back({"x:1", "Other", {}});
  Batch batch;
  batch.put(contradicting);
  batch.put(record("x:3", {}));
  const auto report = graph->commit(batch).value();
  EXPECT_EQ(report.changes[0].outcome, Outcome::refused);
  EXPECT_EQ(report.changes[0].message, "x:1 is known as Thing, and cannot also be Other");
  EXPECT_EQ(report.changes[1].outcome, Outcome::added);
  EXPECT_FALSE(graph->view().find("x:2").has_value());
}

TEST(Graph, RefusesIdsThatNobodyCouldType) {
  const auto graph = graph_in_memory();
  EXPECT_EQ(commit(*graph, {record("", {}), record(std::string("x:\n"), {}), record("x:\xFF", {}),
                            record("x:" + std::string(2000, 'a'), {})}),
            Outcomes(4, Outcome::refused));
  EXPECT_EQ(graph->view().version(), 0u);
}

TEST(Graph, RefusesARecordThatBringsMoreNamesThanAGraphCanHold) {
  const auto graph = graph_in_memory();
  Record greedy = record("x:1", {});
  for (int i = 0; i < 70'000; ++i) {
    greedy.subject.properties.push_back({"p" + std::to_string(i), true});
  }
  EXPECT_EQ(commit(*graph, {greedy, record("x:2", {})}),
            (Outcomes{Outcome::refused, Outcome::added}));
}

TEST(Graph, RefusesARecordThatCallsOneNodeByTwoKinds) {
  const auto graph = graph_in_memory();
  Record torn = record("x:1", {});
  torn.mentions = {{"x:2", "Thing", {}}, {"x:2", "Other", {}}};
  Record itself = record("x:3", {});
  itself.mentions = {{"x:3", "Other", {}}};
  EXPECT_EQ(commit(*graph, {torn, itself}), Outcomes(2, Outcome::refused));
}

TEST(Graph, RefusesARecordThatMentionsItsSubjectByAnotherKindWhetherTheSubjectIsKnownOrNot) {
  const auto graph = graph_in_memory();
  Record two = record("x:1", {});
  two.mentions.push_back({"x:1", "Other"});
  EXPECT_EQ(commit(*graph, {two}), Outcomes{Outcome::refused});
  EXPECT_FALSE(graph->view().find("x:1")) << "nothing of it takes a number";

  Record one = record("x:1", {});
  one.mentions.push_back({"x:1", "Thing", {text("title", "words")}});
  EXPECT_EQ(commit(*graph, {one, two}), (Outcomes{Outcome::added, Outcome::refused}));
  EXPECT_EQ(to_string(read(graph->view(), "x:1").properties.at(0).value), "words");
}

TEST(Graph, RefusesIdsWithControlCharactersWhereverTheyStand) {
  const auto graph = graph_in_memory();
  for (std::size_t length = 1; length <= 24; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (const char bad : {'\0', '\n', '\x1F', '\x7F', '\x80', '\xFF'}) {
        std::string id(length, 'x');
        id[at] = bad;
        EXPECT_EQ(commit(*graph, {record(id, {})}), Outcomes{Outcome::refused})
            << length << " bytes, of which byte " << at << " is "
            << static_cast<int>(static_cast<unsigned char>(bad));
      }
      for (const std::string good : {" ", "~", "é", "中"}) {
        const std::string id = std::string(at, 'x') + good + std::string(length - at, 'x');
        EXPECT_NE(commit(*graph, {record(id, {})}), Outcomes{Outcome::refused}) << id;
      }
    }
  }
}

TEST(Graph, TheChangeLogSaysWhatEachCommitChanged) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:2", {}), record("x:1", {})});
  commit(*graph, {record("x:1", {text("title", "new")})});
  const auto changes = graph->view().changes_after(0, 10).value();
  ASSERT_EQ(changes.size(), 2u);
  ASSERT_EQ(changes[0].records.size(), 2u);
  EXPECT_EQ(changes[0].records[0].subject, "x:1");
  EXPECT_EQ(changes[0].records[0].source, "src:a");
  EXPECT_EQ(changes[0].records[0].outcome, Outcome::added);
  EXPECT_EQ(changes[0].records[1].subject, "x:2");
  EXPECT_EQ(changes[1].version, 2u);
  ASSERT_EQ(changes[1].records.size(), 1u);
  EXPECT_EQ(changes[1].records[0].outcome, Outcome::replaced);
  EXPECT_EQ(graph->view().changes_after(1, 10).value().size(), 1u);
}

TEST(Graph, SearchFollowsTheCommits) {
  const auto graph = graph_in_memory();
  commit(*graph, {record("x:1", {text("title", "Child labour in cocoa")})});
  EXPECT_EQ(found(graph->view(), "cocoa"), std::vector<std::string>{"x:1"});
  const View before = graph->view();
  commit(*graph, {record("x:2", {text("title", "Cocoa farmers")}),
                  record("x:1", {text("title", "Child labour in mica")})});
  EXPECT_EQ(found(graph->view(), "cocoa"), std::vector<std::string>{"x:2"});
  EXPECT_EQ(found(before, "cocoa"), std::vector<std::string>{"x:1"});
}

TEST(Graph, OpensAgainAsItWas) {
  const tests::TemporaryFolder folder;
  {
    auto graph = Graph::open(folder.path() / "graph", {}).value();
    Record stated = record("x:1", {text("title", "durable")}, {{"R", "x:2"}});
    stated.mentions.push_back({"x:2", "Place", {text("name", "Ghana")}});
    commit(*graph, {stated});
  }
  auto graph = Graph::open(folder.path() / "graph", {.create = false}).value();
  const View view = graph->view();
  EXPECT_EQ(view.version(), 1u);
  EXPECT_EQ(read(view, "x:1").text("title"), "durable");
  EXPECT_EQ(view.text(view.kind(view.find("x:2").value())), "Place");
  EXPECT_EQ(neighbours(view, "x:1", "R"), std::set<std::string>{"x:2"});
  EXPECT_EQ(commit(*graph, {record("x:1", {text("title", "again")})}), Outcomes{Outcome::replaced});
  EXPECT_FALSE(graph->view().find("x:2").has_value());
}

/// The law of replacement: after any row of puts and removals, the graph reads as if only the
/// records that are left had ever been put.
TEST(Graph, AfterAnyHistoryItReadsAsIfOnlyWhatIsLeftHadBeenPut) {
  std::mt19937 random(7);
  for (int round = 0; round < 30; ++round) {
    const auto graph = graph_in_memory();
    std::map<std::pair<std::string, std::string>, Record> standing;
    for (int step = 0; step < 20; ++step) {
      Batch batch;
      for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
        const std::string subject = "x:" + std::to_string(random() % 6);
        const std::string source = random() % 2 == 0 ? "src:a" : "src:b";
        if (random() % 4 == 0) {
          batch.remove(subject, source);
          standing.erase({subject, source});
          continue;
        }
        Record one = record(subject, {text("title", std::to_string(random() % 3))}, {}, source);
        one.revision = std::to_string(10000 + step * 10 + static_cast<int>(i));
        for (std::size_t edge = 0; edge < random() % 4; ++edge) {
          one.edges.push_back({subject,
                               "R",
                               "x:" + std::to_string(random() % 6),
                               std::to_string(random() % 2),
                               {}});
        }
        if (random() % 2 == 0) {
          one.mentions.push_back({"x:" + std::to_string(random() % 6),
                                  "Thing",
                                  {text("note", std::to_string(random() % 2))}});
        }
        standing.insert_or_assign({subject, source}, one);
        batch.put(one);
      }
      ASSERT_TRUE(graph->commit(batch).ok());
    }
    const auto fresh = graph_in_memory();
    Batch all;
    for (const auto& [key, one] : standing) all.put(one);
    ASSERT_TRUE(fresh->commit(all).ok());

    const View a = graph->view();
    const View b = fresh->view();
    EXPECT_EQ(a.counts().nodes, b.counts().nodes);
    EXPECT_EQ(a.counts().edges, b.counts().edges);
    for (int i = 0; i < 6; ++i) {
      const std::string id = "x:" + std::to_string(i);
      ASSERT_EQ(a.find(id).has_value(), b.find(id).has_value()) << id;
      if (!a.find(id)) continue;
      const Node left = read(a, id);
      const Node right = read(b, id);
      ASSERT_EQ(left.properties.size(), right.properties.size()) << id;
      for (std::size_t p = 0; p < left.properties.size(); ++p) {
        EXPECT_EQ(to_string(left.properties[p].value), to_string(right.properties[p].value));
        EXPECT_EQ(left.properties[p].sources, right.properties[p].sources);
      }
      EXPECT_EQ(neighbours(a, id, "R"), neighbours(b, id, "R"));
      EXPECT_EQ(neighbours(a, id, "R", Direction::in), neighbours(b, id, "R", Direction::in));
    }
  }
}

}  // namespace
}  // namespace mangrove::graph
