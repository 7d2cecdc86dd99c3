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

TEST(CsvReader, RowsBecomeNodesAndEdgesByTheMapping) {
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

TEST(CsvReader, WhatIsWrongInARowIsFoundWithItsLine) {
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

TEST(CsvReader, ColumnsThatDoNotMeetAreNoted) {
  EXPECT_EQ(read("id,colour\nx,red\n", mapping_with(R"("name": {"property": "name"})")),
            "org:x Actor line=2\n"
            "  ! line 1 csv-column-missing (noted): the mapping's column `name` is not there\n"
            "  ! line 1 csv-column-unmapped (noted): the mapping does not use the column "
            "`colour`\n");
}

TEST(CsvReader, IdsCanBeMadeOfWordsAndRowsToldApart) {
  EXPECT_EQ(
      read("project;who;role\nP 1;Café Ltd.;Funding\nP 1;Other;\n",
           R"({"kind": "Initiative", "id": "init:{project|slug}", "part": "{who}", "columns": {
             "who": {"relation": "TAKES_PART_IN", "from": "org:name:{value|slug}",
                     "properties": {"role": "{role}", "share": 0.5}}}})"),
      "init:p-1 Initiative part=Café Ltd. line=2\n"
      "  org:name:cafe-ltd -TAKES_PART_IN[Funding]-> init:p-1 share=0.5 role=\"Funding\"\n"
      "init:p-1 Initiative part=Other line=3\n"
      "  org:name:other -TAKES_PART_IN-> init:p-1 share=0.5\n");
}

TEST(CsvReader, ACellThatIsNotUtf8IsSkipped) {
  EXPECT_EQ(read("id,name\nx,caf\xE9\n", mapping_with(R"("name": {"property": "name"})")),
            "org:x Actor line=2\n"
            "  ! line 2 text-encoding (value_skipped): org:x: the column `name` is not UTF-8\n");
}

TEST(CsvReader, AMappingThatCannotBeUsedIsRefusedWithItsReason) {
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
            "error: mapping: column \"a\": \"type\" is text, integer, number, date or boolean, not "
            "\"colour\"");
}

TEST(CsvReader, ATableThatCannotBeUsedIsRefusedWithItsReason) {
  const std::string mapping = mapping_with(R"("name": {"property": "name"})");
  EXPECT_EQ(read("", mapping), "error: t.csv:1: the table is empty\n");
  EXPECT_EQ(read("name\nx\n", mapping),
            "error: t.csv:1: there is no column `id`, which the ids are made of\n");
  EXPECT_EQ(read("id,name,name\n", mapping), "error: t.csv:1: there are two columns `name`\n");
}

TEST(CsvReader, ReadsTheTablesOfTheSample) {
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

TEST(CsvReader, SurvivesDamagedTables) {
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
