#include "web/print.h"

#include <gtest/gtest.h>

namespace mangrove::web {
namespace {

json::Value value(std::string_view text) {
  return json::parse(text).value();
}

TEST(Print, RowsAreAligned) {
  const Table table = table_of("search", value(R"({"version":1,"total":3,"next":"abc","items":[
      {"id":"org:a","kind":"Actor","name":"Café d'Aide","score":2.5,"snippet":"helps"},
      {"id":"iati:long-id","kind":"Initiative","name":"B","score":1,"snippet":""}]})"));
  EXPECT_EQ(to_text(table),
            "id            kind        name         score  snippet\n"
            "org:a         Actor       Café d'Aide  2.5    helps\n"
            "iati:long-id  Initiative  B            1\n"
            "(2 of 3; for more: --cursor abc)\n");
}

TEST(Print, LongCellsAreCutButIdsAreNot) {
  const std::string name(200, 'x');
  Table table{.titles = {"id", "name", "why"}, .rows = {{name, name, "because"}}, .note = {}};
  const std::string text = to_text(table);
  EXPECT_NE(text.find(name), std::string::npos);
  EXPECT_EQ(text.find(name), text.rfind(name));
  EXPECT_NE(text.find("x…"), std::string::npos);
}

TEST(Print, NoCellCommandsTheTerminal) {
  const Table table{.titles = {"name"},
                    .rows = {{"a\x1b[31mred\r\nb\xC2\x9B"
                              "2J"}},
                    .note = {}};
  EXPECT_EQ(to_text(table), "name\na [31mred  b 2J\n");
}

TEST(Print, CsvQuotesAndGuardsAgainstFormulas) {
  const Table table{.titles = {"name", "score"},
                    .rows = {{"=HYPERLINK(\"x\")", "-3"},
                             {"plain, with comma", "2.5"},
                             {"+44 20", "@home"},
                             {"two\nlines", ""},
                             {"-", "-x"}},
                    .note = "left out"};
  EXPECT_EQ(to_csv(table),
            "name,score\r\n"
            "\"'=HYPERLINK(\"\"x\"\")\",-3\r\n"
            "\"plain, with comma\",2.5\r\n"
            "'+44 20,'@home\r\n"
            "\"two\nlines\",\r\n"
            "'-,'-x\r\n");
}

TEST(Print, PrettyJsonIsTheSameJson) {
  const std::string text = R"({"a":[1,2.5,{"b":null}],"c":{},"d":[],"e":"q\"é"})";
  const std::string pretty = to_pretty_json(value(text));
  EXPECT_EQ(value(pretty), value(text));
  EXPECT_EQ(to_pretty_json(value(R"({"a":[1],"b":{}})")),
            "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

TEST(Print, APathIsARowThatReadsAlongTheWay) {
  const Table table = table_of("paths", value(R"({"version":1,"total":1,"items":[
      {"score":0.5,"hops":2,"why":[],"steps":[
        {"from":{"id":"org:a"},"to":{"id":"iati:1"},"text":"A funds 1."},
        {"from":{"id":"iati:1"},"to":{"id":"org:b"},"text":"1 is run by B."}]}]})"));
  EXPECT_EQ(to_csv(table),
            "path,hops,score,steps\r\n"
            "org:a > iati:1 > org:b,2,0.5,A funds 1. 1 is run by B.\r\n");
}

TEST(Print, CountsAreRowsOfNameWhatNumber) {
  const Table table = table_of("stats", value(R"({"version":7,"nodes":{"Actor":2},
      "edges":{"FUNDS":1},"sources":3,"schemes":{"org":2}})"));
  EXPECT_EQ(to_csv(table),
            "name,what,number\r\nActor,nodes,2\r\nFUNDS,edges,1\r\norg,ids,2\r\nsources,,3\r\n");
}

TEST(Print, AnswersThatLackSomethingGiveEmptyCells) {
  for (const char* question : {"search", "node", "neighbours", "overlaps", "partners", "paths",
                               "linkages", "linkage_matrix", "map", "timeline", "money", "reach",
                               "graph", "stats", "schema", "vocabularies", "vocabulary"}) {
    EXPECT_NO_THROW(to_text(table_of(question, value("{}")))) << question;
    EXPECT_NO_THROW(to_csv(table_of(question, value(R"({"items":[{}],"nodes":[],"edges":[{}]})"))));
  }
}

}  // namespace
}  // namespace mangrove::web
