#include "ingest/tables/mapped_table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "ingest/tables/csv_table.h"
#include "ontology/ontology.h"
#include "tests/support/damage.h"
#include "tests/support/show_steps.h"
#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::string content(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

constexpr const char* kEvidence = R"({
  "kind": "Evidence", "id": "doc:{id}",
  "source": {"name": "Test reports", "publisher": "Mangrove", "licence": "Apache-2.0"},
  "columns": {
    "title": {"property": "title", "language": "en"},
    "published": {"property": "published", "type": "date"},
    "facets": {"property": "facets", "separator": ";"},
    "pages": {"property": "pages", "type": "integer"},
    "about": {"relation": "ABOUT", "to": "{value}", "separator": ";"},
    "publisher": [{"relation": "PUBLISHED", "from": "org:{value}", "separator": ";"},
                  {"property": "publisher_as_written"}]
  } })";

std::string read(const std::string& table, const std::string& mapping = kEvidence) {
  Result<Mapping> read = read_mapping(mapping, built_in());
  if (!read.ok()) return "error: " + read.error().message;
  const std::unique_ptr<Reader> reader = make_mapped_table_reader(
      std::make_unique<PeekedTable>(std::make_unique<CsvTable>(tests::stream_of(table), "t.csv")),
      "t.csv", std::move(read).value(), built_in());
  return tests::show_steps(*reader);
}

/// A mapping of persons of no consequence: only `id` and the given columns.
std::string mapping_with(const std::string& columns) {
  return R"({"kind": "Actor", "id": "org:{id}", "columns": {)" + columns + "}}";
}

TEST(MappedTable, RowsBecomeNodesAndEdgesByTheMapping) {
  EXPECT_EQ(read("id,title,published,facets,pages,about,publisher\n"
                 "a1,\"Debt, a study\",2021-05,survey; review,12,sdg:8.7;det:ind-debt,GB-1\n"),
            "src:test-reports Source source=src:test-reports line=1\n"
            "  label \"Test reports\"\n"
            "  publisher \"Mangrove\"\n"
            "  licence \"Apache-2.0\"\n"
            "doc:a1 Evidence source=src:test-reports line=2\n"
            "  title \"Debt, a study\"@en\n"
            "  published 2021-05\n"
            "  facets \"survey\"\n"
            "  facets \"review\"\n"
            "  pages 12\n"
            "  publisher_as_written \"GB-1\"\n"
            "  doc:a1 -ABOUT[reported]-> sdg:8.7 basis=\"reported\" confidence=1\n"
            "  doc:a1 -ABOUT[reported]-> det:ind-debt basis=\"reported\" confidence=1\n"
            "  org:GB-1 -PUBLISHED-> doc:a1\n");
}

TEST(MappedTable, WhatIsWrongInARowIsFoundWithItsLine) {
  const std::string head = "id,title,published,facets,pages,about,publisher\n";
  const std::string shown = read(head +
                                 ",no id,,,,,\n"
                                 "b,\"two\nlines\",soon,,many,nowhere,\n"
                                 "c,short\n"
                                 "b,again,,,,,\n"
                                 "d,,,,,,,extra\n");
  EXPECT_EQ(shown.substr(shown.find("nothing")),
            "nothing\n"
            "  ! line 2 csv-id (record_skipped): a column of the id is empty\n"
            "doc:b Evidence source=src:test-reports line=3\n"
            "  title \"two\nlines\"@en\n"
            "  published \"soon\"\n"
            "  pages \"many\"\n"
            "  ! line 3 cell-form (value_kept_as_text): doc:b: `soon` in the column `published` is "
            "not of its type\n"
            "  ! line 3 cell-form (value_kept_as_text): doc:b: `many` in the column `pages` is not "
            "of its type\n"
            "  ! line 3 relation-end (value_skipped): doc:b: `nowhere`, made of `nowhere` in the "
            "column `about`, cannot be the other end of ABOUT\n"
            "doc:c Evidence source=src:test-reports line=5\n"
            "  title \"short\"@en\n"
            "  ! line 5 csv-fields (noted): 2 fields where the first row has 7\n"
            "nothing\n"
            "  ! line 6 csv-id-twice (record_skipped): `doc:b` stands in line 3 already; a `part` "
            "in the mapping tells rows about one thing apart\n"
            "doc:d Evidence source=src:test-reports line=7\n"
            "  ! line 7 csv-fields (value_skipped): 8 fields where the first row has 7\n");
}

TEST(MappedTable, ColumnsThatDoNotMeetAreNoted) {
  EXPECT_EQ(read("id,colour\nx,red\n", mapping_with(R"("name": {"property": "name"})")),
            "nothing\n"
            "  ! line 1 csv-column-missing (noted): the mapping's column `name` is not there\n"
            "  ! line 1 csv-column-unmapped (noted): the mapping does not use the column "
            "`colour`\n"
            "org:x Actor line=2\n");
}

TEST(MappedTable, IdsCanBeMadeOfWordsAndRowsToldApart) {
  EXPECT_EQ(
      read("project;who;role\nP 1;Café Ltd.;Funding\nP 1;Other;\n",
           R"({"kind": "Initiative", "id": "init:{project|slug}", "part": "{who}", "columns": {
             "who": {"relation": "TAKES_PART_IN", "from": "org:name:{value|slug}",
                     "properties": {"role": "{role}", "share": 0.5}}}})"),
      "init:p-1 Initiative part=Café Ltd. line=2\n"
      "  org:name:cafe-ltd -TAKES_PART_IN[Funding]-> init:p-1 role=\"Funding\" share=0.5\n"
      "init:p-1 Initiative part=Other line=3\n"
      "  org:name:other -TAKES_PART_IN-> init:p-1 share=0.5\n");
}

TEST(MappedTable, ACellOfNoKnownEncodingIsSkipped) {
  EXPECT_EQ(read("id,name\nx,caf\x81\n", mapping_with(R"("name": {"property": "name"})")),
            "org:x Actor line=2\n"
            "  ! line 2 text-encoding (value_skipped): org:x: the column `name` is not UTF-8\n");
}

TEST(MappedTable, NamesAndCodesBecomeIdsAndWhatIsUnknownIsKept) {
  EXPECT_EQ(
      read("id,where,who,goals\n"
           "1,\"Ghana, Côte d'Ivoire\",Hope Alliance; GB-CHC-1; N/A,SDG 8.7 / 16.2\n"
           "2,\"Atlantis, CIV\",,8\n",
           R"({"kind": "Initiative", "id": "init:{id}", "columns": {
                   "where": {"relation": "WORKS_IN", "to": "{value|Place}", "separator": [",", ";"]},
                   "who": {"relation": "TAKES_PART_IN", "from": "{value|Actor}", "separator": ";",
                           "properties": {"role": "funding"}, "node": {"name": "{value}"}},
                   "goals": {"relation": "CONTRIBUTES_TO", "to": "sdg:{value|sdg}",
                             "separator": "/"}}})"),
      "init:1 Initiative line=2\n"
      "  unresolved_names \"N/A\"\n"
      "  init:1 -WORKS_IN-> place:GH\n"
      "  init:1 -WORKS_IN-> place:CI\n"
      "  org:name:hope-alliance -TAKES_PART_IN[funding]-> init:1 role=\"funding\"\n"
      "  org:GB-CHC-1 -TAKES_PART_IN[funding]-> init:1 role=\"funding\"\n"
      "  init:1 -CONTRIBUTES_TO[reported]-> sdg:8.7 basis=\"reported\" confidence=1\n"
      "  init:1 -CONTRIBUTES_TO[reported]-> sdg:16.2 basis=\"reported\" confidence=1\n"
      "  ! line 2 name-unknown (value_kept_as_text): init:1: `N/A` in the column `who` names "
      "nothing that TAKES_PART_IN could lead to; it is kept in `unresolved_names`\n"
      "init:2 Initiative line=3\n"
      "  unresolved_names \"Atlantis\"\n"
      "  init:2 -WORKS_IN-> place:CI\n"
      "  init:2 -CONTRIBUTES_TO[reported]-> sdg:8 basis=\"reported\" confidence=1\n"
      "  ! line 3 name-unknown (value_kept_as_text): init:2: `Atlantis` in the column `where` "
      "names nothing that WORKS_IN could lead to; it is kept in `unresolved_names`\n");
}

TEST(MappedTable, ANameWithCommasIsOnePlaceWhereCommasLieBetweenOthers) {
  const std::string shown = read("id,where\n1,\"Bolivia, Peru\"\n2,\"Hong Kong, Macao\"\n",
                                 R"({"kind": "Initiative", "id": "init:{id}", "columns": {
             "where": {"relation": "WORKS_IN", "to": "{value|Place}", "separator": ","}}})");
  EXPECT_NE(shown.find("init:1 -WORKS_IN-> place:BO"), std::string::npos) << shown;
  EXPECT_NE(shown.find("init:1 -WORKS_IN-> place:PE"), std::string::npos) << shown;
}

TEST(MappedTable, ValuesAreReadAsPeopleWriteThem) {
  EXPECT_EQ(
      read("id,day,sum,share,flag,stage\n"
           "1,05/06/2023,\"€ 1.250,50\",\"12,5 %\",oui,2\n"
           "2,12 mars 2021,300 USD,7%,x,9\n",
           R"({"kind": "Initiative", "id": "init:{id}", "columns": {
                   "day": {"property": "start", "type": "date", "dates": "day first"},
                   "sum": {"property": "budget", "type": "money", "decimal": ",", "year": "{day}"},
                   "share": {"property": "share", "type": "number", "decimal": ","},
                   "flag": {"property": "urgent", "type": "boolean"},
                   "stage": {"property": "status", "codes": "activity-status"}}})"),
      "init:1 Initiative line=2\n"
      "  start 2023-06-05\n"
      "  budget currency=EUR year=2023 amount=1250.5\n"
      "  share 12.5\n"
      "  urgent true\n"
      "  status \"implementation\"\n"
      "init:2 Initiative line=3\n"
      "  start 2021-03-12\n"
      "  budget currency=USD year=2021 amount=300\n"
      "  share 7\n"
      "  urgent true\n"
      "  status \"9\"\n"
      "  ! line 3 code-unknown (value_kept_as_text): init:2: `9` in the column `stage` is none "
      "of its codes\n");
}

TEST(MappedTable, YearsInColumnsBecomeOneObservationEach) {
  EXPECT_EQ(read("Title of the sheet\n\ncountry,2019,2020,note\nGhana,5,,n\nPeru,7,8,\n",
                 R"({"kind": "Observation", "id": "obs:t-{country|slug}-{year}",
                   "unpivot": {"columns": "years", "header": "year", "cell": "found"},
                   "properties": {"from": {"value": "{year}", "type": "date"}},
                   "edges": [{"relation": "OF", "to": "{country|Place}"},
                             {"relation": "ON", "to": "measure:t", "node": {"label": "Cases"}}],
                   "columns": {"found": {"property": "value", "type": "number"},
                               "note": {"ignore": true}}})"),
            "obs:t-ghana-2019 Observation line=4\n"
            "  from 2019\n"
            "  value 5\n"
            "  obs:t-ghana-2019 -OF-> place:GH\n"
            "  obs:t-ghana-2019 -ON-> measure:t\n"
            "obs:t-peru-2019 Observation line=5\n"
            "  from 2019\n"
            "  value 7\n"
            "  obs:t-peru-2019 -OF-> place:PE\n"
            "  obs:t-peru-2019 -ON-> measure:t\n"
            "obs:t-peru-2020 Observation line=5\n"
            "  from 2020\n"
            "  value 8\n"
            "  obs:t-peru-2020 -OF-> place:PE\n"
            "  obs:t-peru-2020 -ON-> measure:t\n");
}

TEST(MappedTable, ConditionsChooseRowsAndMeanings) {
  EXPECT_EQ(read("id,kind,name,when\n1,a,A,2020\n2,b,B,2021\n3,c,C,2022\n",
                 R"({"kind": "Actor", "id": "org:{id}", "unless": {"kind": "B"}, "columns": {
                   "name": {"property": "name"},
                   "when": [{"property": "since", "when": {"kind": ["a", "b"]}},
                            {"property": "until", "unless": {"kind": ["a", "b"]}}]}})"),
            "org:1 Actor line=2\n"
            "  name \"A\"\n"
            "  since \"2020\"\n"
            "nothing\n"
            "  ! line 3 row-left-out (noted): the mapping reads other rows only\n"
            "org:3 Actor line=4\n"
            "  name \"C\"\n"
            "  until \"2022\"\n");
}

TEST(MappedTable, ColumnsOfOneNameAreCountedAndBlankRowsPassedOver) {
  const std::string mapping = mapping_with(R"json("name": {"property": "name"},
      "name (2)": {"property": "aliases"}, "column 4": {"property": "rest"})json");
  EXPECT_EQ(read("id,name,name,\n1,a,b,c\n,,,\n", mapping),
            "org:1 Actor line=2\n"
            "  name \"a\"\n"
            "  aliases \"b\"\n"
            "  rest \"c\"\n");
}

TEST(MappedTable, TheSameRowTwiceSaysNothingNewWhereWholeRowsMakeIds) {
  const std::string shown = read("name,x\nA,1\nA,2\nA,1\n",
                                 R"({"kind": "Actor", "id": "{name|Actor}",
                                   "part": "{row|fingerprint}", "columns": {
                                     "name": {"property": "name"}, "x": {"property": "x"}}})");
  EXPECT_NE(shown.find("line=2\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("line=3\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("! line 4 csv-row-twice (noted): the same row stands in line 2"),
            std::string::npos)
      << shown;
}

TEST(MappedTable, TheNodeAtTheOtherEndIsStatedOnce) {
  const std::string mapping = mapping_with(
      R"("in": {"relation": "MEMBER_OF", "to": "{value|Actor}", "separator": ";",
               "node": {"name": "{value}", "type": "ngo"}})");
  const std::unique_ptr<Reader> reader =
      make_mapped_table_reader(std::make_unique<PeekedTable>(std::make_unique<CsvTable>(
                                   tests::stream_of("id,in\n1,Hope; HOPE\n"), "t.csv")),
                               "t.csv", read_mapping(mapping, built_in()).value(), built_in());
  const graph::Record record = reader->next().value()->draft->record;
  ASSERT_EQ(record.mentions.size(), 1U);
  EXPECT_EQ(record.mentions[0].id, "org:name:hope");
  EXPECT_EQ(record.mentions[0].kind, "Actor");
  EXPECT_EQ(record.mentions[0].properties.size(), 3U);  // Both ways of writing it, and the type.
  EXPECT_EQ(record.edges.size(), 1U);
}

TEST(MappedTable, AMappingThatCannotBeUsedIsRefusedWithItsReason) {
  EXPECT_EQ(read("id\n", "{"), read("id\n", "{"));
  EXPECT_NE(read("id\n", "{").find("error: mapping: "), std::string::npos);
  EXPECT_EQ(read("id\n", R"({"kind": "Unicorn", "id": "x:{id}", "columns": {}})"),
            "error: mapping: kind: the schema knows no kind \"Unicorn\"");
  EXPECT_EQ(read("id\n", R"({"kind": "Actor", "id": "org:", "columns": {}})"),
            "error: mapping: id: wants at least one {column}");
  EXPECT_EQ(read("id\n", R"({"kind": "Actor", "id": "org:{id", "columns": {}})"),
            "error: mapping: id: a { without a }");
  EXPECT_EQ(read("id\n", mapping_with("")),
            "error: mapping: columns: wants an object with at least one column");
  EXPECT_EQ(read("id\n", mapping_with(R"("a": {"property": "a", "colour": 1})")),
            "error: mapping: column \"a\": knows no \"colour\"");
  EXPECT_EQ(read("id\n", mapping_with(R"("a": {"relation": "LOVES", "to": "{value}"})")),
            "error: mapping: column \"a\": the schema knows no relation \"LOVES\"");
  EXPECT_EQ(read("id\n", mapping_with(R"("a": {"property": "a", "type": "colour"})")),
            "error: mapping: column \"a\": \"type\" is one of text, integer, number, date, "
            "boolean, moment, "
            "money, point, not \"colour\"");
  EXPECT_EQ(read("id\n", mapping_with(R"("a": {"property": "a", "when": 1})")),
            "error: mapping: column \"a\": \"when\" wants an object of columns and their values");
  const std::string unknown =
      read("id\n", mapping_with(R"("a": {"relation": "COVERS", "to": "{value|Planet}"})"));
  EXPECT_EQ(
      unknown.find("error: mapping: column \"a\": there is no `|Planet`; there are: sdg, a kind"),
      0U)
      << unknown;
}

TEST(MappedTable, ATableThatCannotBeUsedIsRefusedWithItsReason) {
  const std::string mapping = mapping_with(R"("name": {"property": "name"})");
  EXPECT_EQ(read("", mapping), "error: t.csv:1: the table is empty\n");
  EXPECT_EQ(read("name\nx\n", mapping),
            "error: t.csv:1: there is no column `id`, which the ids are made of\n");
  EXPECT_EQ(read("id,name\n", R"({"kind": "Actor", "id": "org:{id}", "header_row": 7,
                                  "columns": {"name": {"property": "name"}}})"),
            "error: t.csv:7: there is no row of columns here, as the mapping says\n");
}

TEST(MappedTable, ReadsTheTablesOfTheSample) {
  const std::filesystem::path folder = MANGROVE_SOURCE "/ingest/sample";
  for (const std::string name : {"actors", "evidence"}) {
    const std::string shown =
        read(content(folder / (name + ".csv")), content(folder / (name + ".mapping.json")));
    EXPECT_EQ(shown.find("error: "), std::string::npos) << shown;
    EXPECT_EQ(shown.find("  ! "), std::string::npos)
        << name << "\n"
        << shown.substr(std::min(shown.find("  ! "), shown.size()), 500);
  }
}

TEST(MappedTable, SurvivesDamagedTables) {
  const std::string good =
      "id,title,published,facets,pages,about,publisher\n"
      "a1,\"Debt, a \"\"study\"\"\",2021-05,survey; review,12,sdg:8.7;det:ind-debt,GB-1\n"
      "a2,Été,2021-05-02,\"x\ny\",,place:GH,\"XM-DAC-1;XM-DAC-2\"\r\n";
  std::mt19937 random(4180);
  for (int round = 0; round < 200; ++round) {
    const std::string text = tests::damaged(good, round, random);
    const std::string shown = read(text);
    const std::size_t error = shown.find("error: ");
    EXPECT_TRUE(error == std::string::npos || shown.compare(error, 13, "error: t.csv:") == 0)
        << shown;
  }
}

}  // namespace
}  // namespace mangrove::ingest
