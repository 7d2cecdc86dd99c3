#include "query/explore/vocabularies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

/// The tree of an answer, two spaces an inner level, with its counts.
std::string tree(const Result<VocabularyAnswer>& answer) {
  if (!answer.ok()) return answer.error().message;
  std::string text;
  for (const Concept& row : answer.value().items) {
    text += std::string(2 * row.depth, ' ') + row.node.id;
    const InitiativeCounts& counts = row.initiatives;
    if (counts.with_narrower > 0) {
      text += " " + std::to_string(counts.total) + "/" + std::to_string(counts.reported) + "/" +
              std::to_string(counts.with_narrower);
    }
    for (const auto& [relation, degree] : row.links) {
      text += " " + relation + " " + std::to_string(degree.in) + "," + std::to_string(degree.out);
    }
    text += "\n";
  }
  return text;
}

std::string ids(const Result<VocabularyAnswer>& answer) {
  std::string text;
  for (const Concept& row : answer.value().items) text += row.node.id + " ";
  return text;
}

TEST(Vocabulary, IsATreeInTheOrderOfCodes) {
  const auto graph = draw(R"(
      sdg:8{kind=Goal, code=8}  sdg:16{kind=Goal, code=16}  sdg:8.10{kind=Target, code=8.10}
      sdg:8.9{kind=Target, code=8.9}  sdg:8.a{kind=Target, code=8.a}  sdg:16.2{kind=Target, code=16.2}
      sdg:8.9.1{kind=Indicator, code=8.9.1}
      sdg:8.10 -PART_OF-> sdg:8  sdg:8.9 -PART_OF-> sdg:8  sdg:8.a -PART_OF-> sdg:8
      sdg:16.2 -PART_OF-> sdg:16  sdg:8.9.1 -MEASURES-> sdg:8.9  sdg:8.9.1 -MEASURES-> sdg:16.2
  )");
  const auto answer = vocabulary(graph.context(), {.name = "sdg"});
  EXPECT_EQ(tree(answer),
            "sdg:8\n"
            "  sdg:8.9\n"
            "    sdg:8.9.1\n"
            "  sdg:8.10\n"
            "  sdg:8.a\n"
            "sdg:16\n"
            "  sdg:16.2\n");
  EXPECT_EQ(answer.value().items[2].parents, (std::vector<std::string>{"sdg:8.9", "sdg:16.2"}));
  EXPECT_EQ(answer.value().total, 7);
}

TEST(Vocabulary, CountsInitiativesOnceAndTellsWhatIsReported) {
  const auto graph = draw(R"(
      sdg:8{kind=Goal, code=8}  sdg:8.7{kind=Target, code=8.7}  sdg:8.8{kind=Target, code=8.8}
      sdg:8.7 -PART_OF-> sdg:8   sdg:8.8 -PART_OF-> sdg:8
      a -CONTRIBUTES_TO-> sdg:8.7   a -CONTRIBUTES_TO/mapped-> sdg:8.7
      b -CONTRIBUTES_TO/mapped-> sdg:8.7   b -CONTRIBUTES_TO/reported-> sdg:8.8
      c -CONTRIBUTES_TO/reviewed-> sdg:8.7   d -CONTRIBUTES_TO/text-> sdg:8
      det:ind-debt -BEARS_ON-> sdg:8.7   sdg:8.8 -INFLUENCES-> sdg:8.7
  )");
  EXPECT_EQ(tree(vocabulary(graph.context(), {.name = "sdg"})),
            "sdg:8 1/0/4\n"
            "  sdg:8.7 3/1/3 BEARS_ON 1,0 INFLUENCES 1,0\n"
            "  sdg:8.8 1/1/1 INFLUENCES 0,1\n");
  EXPECT_EQ(tree(vocabulary(graph.context(), {.name = "sdg", .bases = {"reported"}})),
            "sdg:8 0/0/2\n"
            "  sdg:8.7 1/1/1 BEARS_ON 1,0 INFLUENCES 1,0\n"
            "  sdg:8.8 1/1/1 INFLUENCES 0,1\n");
  EXPECT_EQ(tree(vocabulary(graph.context(), {.name = "sdg", .bases = {"mapped"}})),
            "sdg:8 0/0/2\n"
            "  sdg:8.7 2/0/2\n"
            "  sdg:8.8\n");
}

TEST(Vocabulary, IsArrangedByValuesInTheOrderOfTheirTermsAndByParents) {
  const auto graph = draw(R"(
      term:a{property=level, word=structural, order=2, label=Structural, label@fr=Structurel}
      term:b{property=level, word=individual, order=1, label=Individual}
      topic:work{label=Work}  topic:health{label=Health}
      det:a{label=A, level=structural, status=proposed, definition=What it is.}
      det:b{label=B, level=individual}  det:c{label=C, level=odd}
      det:a -PART_OF-> topic:work   det:b -PART_OF-> topic:work
  )");
  const auto answer = vocabulary(graph.context("fr"), {.name = "determinants"});
  EXPECT_EQ(ids(answer), "topic:health topic:work det:a det:b det:c ");
  ASSERT_EQ(answer.value().arrangements.size(), 2);
  std::string values;
  for (const Arrangement& arrangement : answer.value().arrangements) {
    for (const ArrangementValue& value : arrangement.values) {
      values += value.value + " " + value.label + " " + std::to_string(value.concepts) + "; ";
    }
  }
  EXPECT_EQ(values,
            "individual Individual 1; structural Structurel 1; odd odd 1; "
            "topic:health Health 0; topic:work Work 2; ");
  const Concept& row = answer.value().items[2];
  EXPECT_EQ(row.arranged.at("level"), std::vector<std::string>{"structural"});
  EXPECT_EQ(row.arranged.at("TopicArea"), std::vector<std::string>{"topic:work"});
  EXPECT_EQ(row.definition, "What it is.");
  EXPECT_EQ(row.status, "proposed");
}

TEST(Vocabulary, FindsParentsByAPropertyWithinOneScheme) {
  const auto graph = draw(R"(
      sector:dac:151{code=151}  sector:dac:15160{code=15160, category=151}
      sector:own:151{code=151}  sector:own:7{code=7, category=999}
  )");
  EXPECT_EQ(tree(vocabulary(graph.context(), {.name = "sectors"})),
            "sector:own:7\n"
            "sector:dac:151\n"
            "  sector:dac:15160\n"
            "sector:own:151\n");
}

TEST(Vocabulary, IsOrderedByItsOrderPropertyWhereItHasOne) {
  const auto graph = draw(R"(
      stage:z{label=Z, order=1}  stage:a{label=A, order=10}  stage:b{label=B, order=2}  stage:c{label=C}
  )");
  EXPECT_EQ(ids(vocabulary(graph.context(), {.name = "stages"})),
            "stage:z stage:b stage:a stage:c ");
}

TEST(Vocabulary, StandsParentsThatRunInACircleOnTop) {
  const auto graph = draw(R"(
      sector:dac:1{code=1, category=2}  sector:dac:2{code=2, category=1}
      sector:dac:3{code=3, category=3}
  )");
  EXPECT_EQ(tree(vocabulary(graph.context(), {.name = "sectors"})),
            "sector:dac:3\n"
            "sector:dac:1\n"
            "  sector:dac:2\n");
}

TEST(Vocabulary, LeavesOutWhatNobodyDescribes) {
  std::vector<graph::Record> records = test::records_of("form:a{label=A}");
  graph::Record mentions;
  mentions.source = "src:other";
  mentions.subject = {"init:x", "Initiative", {}};
  mentions.mentions.push_back({"form:b", "Form", {}});
  records.push_back(mentions);
  const test::Drawn graph(records);
  ASSERT_TRUE(graph.view().find("form:b"));
  const auto answer = vocabulary(graph.context(), {.name = "forms"});
  EXPECT_EQ(ids(answer), "form:a ");
  EXPECT_EQ(answer.value().items[0].sources, std::vector<std::string>{"src:test"});
}

TEST(Vocabulary, ComesInPagesOfTheSameTree) {
  const auto graph = draw("form:a{label=A} form:b{label=B} form:c{label=C}");
  const auto answer =
      vocabulary(graph.context(), {.name = "forms", .page = {.limit = 2, .offset = 1}});
  EXPECT_EQ(ids(answer), "form:b form:c ");
  EXPECT_EQ(answer.value().total, 3);
  EXPECT_EQ(ids(vocabulary(graph.context(), {.name = "forms", .page = {.limit = 2, .offset = 9}})),
            "");
}

TEST(Vocabulary, NamesThoseThereAreWhereThereIsNone) {
  const auto graph = draw("form:a{label=A}");
  const auto answer = vocabulary(graph.context(), {.name = "colours"});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::not_found);
  EXPECT_EQ(answer.error().message.find("there is no vocabulary `colours`; there are: sdg, "), 0);
}

TEST(Vocabulary, StopsWhenItsBudgetIsUsedUp) {
  auto graph = draw("a -AGAINST-> form:a   b -AGAINST-> form:a");
  graph.limit({.rows = 0});
  const auto answer = vocabulary(graph.context(), {.name = "forms"});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
}

TEST(Vocabularies, AreAllThatTheSchemaDeclaresWithTheirSources) {
  const auto graph = draw(R"(
      src:test{label=A test, licence=Apache-2.0}
      form:a{label=A}  form:b{label=B}  det:a{label=A}  topic:a{label=A}
      source src:other
      form:a{label=A}
  )");
  const auto answer = vocabularies(graph.context()).value();
  ASSERT_EQ(answer.size(), test::shipped_ontology().schema().vocabularies().size());
  std::map<std::string, const VocabularySummary*> named;
  for (const VocabularySummary& each : answer) named[each.info->name] = &each;
  EXPECT_EQ(named.at("forms")->concepts, 2);
  EXPECT_EQ(named.at("determinants")->concepts, 2);
  EXPECT_EQ(named.at("stages")->concepts, 0);
  ASSERT_EQ(named.at("forms")->sources.size(), 2);
  EXPECT_EQ(named.at("forms")->sources[0].id, "src:other");
  EXPECT_EQ(named.at("forms")->sources[1].name, "A test");
  EXPECT_EQ(named.at("forms")->sources[1].licence, "Apache-2.0");
}

TEST(CodeOrder, HasNumbersAsNumbersAndBeforeLetters) {
  EXPECT_TRUE(is_code_before("8.9", "8.10"));
  EXPECT_TRUE(is_code_before("8.10", "8.a"));
  EXPECT_TRUE(is_code_before("8", "8.1"));
  EXPECT_TRUE(is_code_before("e0", "e1"));
  EXPECT_FALSE(is_code_before("8.7", "8.7"));
  EXPECT_FALSE(is_code_before("08.7", "8.7"));
  EXPECT_FALSE(is_code_before("8.7", "08.7"));
}

/// Counted edge by edge, as one would by hand.
InitiativeCounts naive_counts(const test::RandomWorld& world, const std::string& id,
                              const std::set<std::string>& bases) {
  std::set<std::string> all;
  std::set<std::string> reported;
  for (const graph::EdgeStatement& edge : world.edges()) {
    const auto* relation = test::shipped_ontology().schema().relation(edge.relation);
    if (edge.to != id || !edge.from.starts_with("init:") || !relation->connection) continue;
    const std::string basis = edge.qualifier.empty() ? "reported" : edge.qualifier;
    if (!bases.empty() && !bases.contains(basis)) continue;
    all.insert(edge.from);
    if (basis == "reported") reported.insert(edge.from);
  }
  return {all.size(), reported.size(), all.size()};
}

TEST(Vocabulary, CountsAsOneWouldByHand) {
  const std::map<std::string, std::string> schemes{
      {"sdg", "sdg:"},        {"determinants", "det:"},  {"groups", "group:"},
      {"sectors", "sector:"}, {"interventions", "int:"}, {"response-points", "response:"}};
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    const test::RandomWorld world(seed, {});
    const test::Drawn graph(world.records());
    for (const auto& [name, scheme] : schemes) {
      for (const std::set<std::string>& bases :
           {std::set<std::string>{}, std::set<std::string>{"reported"},
            std::set<std::string>{"mapped", "text"}}) {
        const auto answer =
            vocabulary(graph.context(), {.name = name, .bases = {bases.begin(), bases.end()}})
                .value();
        std::set<std::string> found;
        for (const Concept& row : answer.items) {
          found.insert(row.node.id);
          const InitiativeCounts counts = naive_counts(world, row.node.id, bases);
          EXPECT_EQ(row.initiatives.total, counts.total) << seed << " " << row.node.id;
          EXPECT_EQ(row.initiatives.reported, counts.reported) << seed << " " << row.node.id;
          EXPECT_EQ(row.initiatives.with_narrower, counts.total) << seed << " " << row.node.id;
        }
        std::set<std::string> wanted;
        for (const std::string& id : world.nodes()) {
          if (id.starts_with(scheme)) wanted.insert(id);
        }
        EXPECT_EQ(found, wanted) << seed << " " << name;
        EXPECT_EQ(answer.items.size(), wanted.size());
      }
    }
  }
}

}  // namespace
}  // namespace mangrove::query
