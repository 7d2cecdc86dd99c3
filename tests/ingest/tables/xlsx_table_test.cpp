#include "ingest/tables/xlsx_table.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/support/damage.h"
#include "tests/support/text_stream.h"
#include "tests/support/workbook.h"

namespace mangrove::ingest {
namespace {

using tests::sheet_row;
using tests::workbook_of;

/// Each row as `line:[field][field]`, and what was found.
std::string read(const std::string& bytes, const std::string& sheet = "") {
  Result<std::unique_ptr<Workbook>> workbook =
      Workbook::open(tests::stream_of(bytes, 4096), "t.xlsx");
  if (!workbook.ok()) return "error: " + workbook.error().message;
  Result<std::unique_ptr<Table>> table = XlsxTable::open(std::move(workbook).value(), sheet);
  if (!table.ok()) return "error: " + table.error().message;
  std::string shown;
  while (true) {
    const Result<std::optional<Row>> row = table.value()->next();
    for (const Finding& finding : table.value()->take_findings()) {
      shown +=
          "! " + std::to_string(finding.line) + " " + finding.rule + " " + finding.detail + "\n";
    }
    if (!row.ok()) return shown + "error: " + row.error().message;
    if (!row.value()) return shown;
    shown += std::to_string(row.value()->line) + ":";
    for (const std::string& field : row.value()->fields) shown += "[" + field + "]";
    shown += row.value()->problem.empty() ? "\n" : " " + row.value()->problem + "\n";
  }
}

TEST(XlsxTable, CellsAreReadAsAPersonSeesThem) {
  EXPECT_EQ(
      read(workbook_of(
          sheet_row(1,
                    "<c t=\"inlineStr\"><is><t>Name</t></is></c>"
                    "<c t=\"str\"><f>A1</f><v>formula</v></c><c t=\"b\"><v>1</v></c>") +
          sheet_row(3,
                    "<c r=\"A3\"><v>42</v></c><c r=\"B3\" s=\"1\"><v>45352</v></c>"
                    "<c r=\"C3\" s=\"2\"><v>0.125</v></c><c r=\"D3\" s=\"3\"><v>45352.5</v></c>"
                    "<c r=\"F3\" s=\"4\"><v>42</v></c><c r=\"G3\" s=\"5\"><v>45352</v></c>"
                    "<c r=\"H3\"><v>1E6</v></c><c r=\"I3\"><v>0.1</v></c>"))),
      "1:[Name][formula][true]\n"
      "3:[42][2024-03-01][12.5%][2024-03-01T12:00:00][][00042][2024-03][1000000][0.1]\n");
}

TEST(XlsxTable, SharedTextsAreReadWithTheirRunsAndWithoutTheirPhonetics) {
  const std::string strings =
      "<sst><si><t>plain</t></si><si><r><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r>"
      "<rPh><t>hidden</t></rPh></si><si><t>a_x000D_b</t></si></sst>";
  EXPECT_EQ(read(workbook_of(sheet_row(1,
                                       "<c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c>"
                                       "<c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c>"),
                             "", {{"xl/sharedStrings.xml", strings}})),
            "! 1 cell-value cell : a text that is not in the workbook\n"
            "1:[rich text][plain][ab]\n");
}

TEST(XlsxTable, DaysAreCountedFrom1900OrFrom1904) {
  const std::string rows = sheet_row(1,
                                     "<c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c>"
                                     "<c s=\"1\"><v>61</v></c><c s=\"1\"><v>-5</v></c>");
  EXPECT_EQ(read(workbook_of(rows)), "1:[1900-01-01][1900-02-28][1900-03-01][-5]\n");
  EXPECT_EQ(read(workbook_of(rows, "",
                             {{"xl/workbook.xml",
                               "<workbook><workbookPr date1904=\"1\"/><sheets>"
                               "<sheet name=\"A\"/></sheets></workbook>"}})),
            "1:[1904-01-02][1904-02-29][1904-03-02][-5]\n");
}

TEST(XlsxTable, ErrorsAndFormulasWithoutValuesAreEmptyWithAFinding) {
  EXPECT_EQ(read(workbook_of(sheet_row(2,
                                       "<c r=\"A2\" t=\"e\"><v>#REF!</v></c>"
                                       "<c r=\"B2\"><f>1+1</f></c><c r=\"C2\"><v>3</v></c>"))),
            "! 2 cell-value cell A2: the error #REF!\n"
            "! 2 cell-value cell B2: a formula that was saved without its value\n"
            "2:[][][3]\n");
}

TEST(XlsxTable, AMergedCellSpeaksForAllItsRows) {
  EXPECT_EQ(read(workbook_of(sheet_row(1, "<c r=\"A1\"><v>7</v></c><c r=\"B1\"><v>1</v></c>") +
                                 sheet_row(2, "<c r=\"B2\"><v>2</v></c>") +
                                 sheet_row(3, "<c r=\"B3\"><v>3</v></c>"),
                             "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>")),
            "1:[7][1]\n2:[7][2]\n3:[][3]\n");
}

TEST(XlsxTable, ReadsTheFirstSheetThatIsNotHiddenOrTheOneThatIsNamed) {
  const auto book = [](const std::string& first_state) {
    return workbook_of(
        sheet_row(1, "<c><v>1</v></c>"), "",
        {{"xl/workbook.xml", "<workbook><sheets><sheet name=\"One\" state=\"" + first_state +
                                 "\"/><sheet name=\"Two\"/></sheets></workbook>"},
         {"xl/worksheets/sheet2.xml",
          "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"1\"><x:c>"
          "<x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"},
         {"xl/_rels/workbook.xml.rels", "<Relationships/>"}});
  };
  EXPECT_EQ(read(book("visible")),
            "! 0 sheet-not-read sheet `One` was read; not read: `Two`\n1:[1]\n");
  EXPECT_EQ(read(book("hidden")), "1:[2]\n");
  EXPECT_EQ(read(book("hidden"), "one"), "1:[1]\n");
  EXPECT_EQ(read(book("hidden"), "Three"),
            "error: t.xlsx: there is no sheet `Three`; there are: `One` (hidden), `Two`");
}

TEST(XlsxTable, CellsThatLieNowhereAreLeftOutAndAbsurdRowsRefused) {
  EXPECT_EQ(read(workbook_of(sheet_row(1,
                                       "<c r=\"ZZZZZZ99999999\"><v>1</v></c>"
                                       "<c r=\"B7\"><v>2</v></c><c r=\"XFD1\"/>"
                                       "<c r=\"A1\"><v>3</v></c>"))),
            "! 1 cell-place `ZZZZZZ99999999` is no cell of this row\n"
            "! 1 cell-place `B7` is no cell of this row\n"
            "1:[3]\n");
  EXPECT_EQ(read(workbook_of(sheet_row(1, "<c r=\"XFD1\"><v>1</v></c>"))),
            "1: more than 4096 columns\n");
  EXPECT_EQ(read(workbook_of("<row r=\"99999999999\"><c><v>1</v></c></row>")),
            "1: a row that says it is number `99999999999`\n");
}

TEST(XlsxTable, SaysWhatAnotherZipFileIs) {
  EXPECT_EQ(
      read(tests::zip_of({{"readme.txt", "hello"}})),
      "error: t.xlsx: this is a ZIP archive without a workbook; unpack it and load what is in "
      "it");
  EXPECT_EQ(read(tests::zip_of({{"content.xml", ""}, {"META-INF/manifest.xml", ""}})),
            "error: t.xlsx: this is an OpenDocument file (.ods); save it as .xlsx or .csv");
  EXPECT_EQ(read(tests::zip_of({{"xl/workbook.bin", ""}})),
            "error: t.xlsx: this is a binary workbook (.xlsb); save it as .xlsx");
}

TEST(XlsxTable, AZipBombIsRefusedOnTheWay) {
  const std::string comment = "<!--" + std::string(std::size_t{1} << 20, ' ') + "-->";
  std::string rows = sheet_row(1, "<c><v>1</v></c>");
  for (int i = 0; i < 70; ++i) rows += comment;
  const std::string bomb = workbook_of(rows + sheet_row(2, "<c><v>2</v></c>"));
  ASSERT_LT(bomb.size(), std::size_t{300'000});
  EXPECT_EQ(read(bomb),
            "1:[1]\nerror: t.xlsx: xl/worksheets/sheet1.xml:1: it unpacks to far more than a file "
            "of its size should");
}

TEST(XlsxTable, ACellThatIsTooLongCostsItsRow) {
  const std::string shown =
      read(workbook_of(sheet_row(1, "<c t=\"inlineStr\"><is><t>" +
                                        std::string(kCellBytesMax + 10, 'x') + "</t></is></c>") +
                       sheet_row(2, "<c><v>2</v></c>")));
  EXPECT_EQ(shown, "! 1 record-limit in sheet `Sheet1`: a text is too long\n2:[2]\n");
}

TEST(XlsxTable, EntitiesThatGrowEndTheReading) {
  std::string laughs = "<!DOCTYPE worksheet [<!ENTITY a \"haha\">";
  for (char c = 'b'; c <= 'n'; ++c) {
    laughs += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) laughs += std::string("&") + static_cast<char>(c - 1) + ";";
    laughs += "\">";
  }
  laughs +=
      "]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&n;</t></is></c></row>"
      "</sheetData></worksheet>";
  const std::string shown = read(workbook_of("", "", {{"xl/worksheets/sheet1.xml", laughs}}));
  EXPECT_NE(
      shown.find("error: t.xlsx: xl/worksheets/sheet1.xml:1: its entities grow beyond the limit"),
      std::string::npos)
      << shown;
}

TEST(XlsxTable, ElementsThatLieTooDeepCostTheRow) {
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += "<c>";
  for (int i = 0; i < 500; ++i) deep += "</c>";
  const std::string shown = read(workbook_of(sheet_row(1, deep) + sheet_row(2, "<c><v>1</v></c>")));
  EXPECT_NE(shown.find("record-limit"), std::string::npos) << shown;
  EXPECT_NE(shown.find("2:[1]\n"), std::string::npos) << shown;
}

TEST(XlsxTable, ADirectoryOfTooManyPartsIsRefused) {
  std::string marks = "PK\x03\x04";
  for (std::size_t i = 0; i <= kZipPartsMax; ++i) marks += "PK\x01\x02";
  EXPECT_EQ(read(marks), "error: t.xlsx: a ZIP file of more than 10,000 parts");
}

TEST(XlsxTable, DamagedWorkbooksNeverCrash) {
  std::string rows;
  for (int i = 1; i <= 50; ++i) {
    rows += sheet_row(i, "<c t=\"s\"><v>0</v></c><c s=\"1\"><v>45000</v></c>");
  }
  const std::string good =
      workbook_of(rows, "<mergeCells><mergeCell ref=\"A1:A9\"/></mergeCells>",
                  {{"xl/sharedStrings.xml", "<sst><si><t>shared</t></si></sst>"}});
  ASSERT_EQ(read(good).find("error"), std::string::npos);
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 400; ++round) {
    refused += read(tests::damaged(good, round, random)).find("error: t.xlsx") == 0 ? 1 : 0;
  }
  EXPECT_GT(refused, 100);
}

TEST(CellPlace, ReadsReferencesOfThisSheetOnly) {
  EXPECT_EQ(cell_place("B12")->column, 2U);
  EXPECT_EQ(cell_place("XFD1048576")->column, kSheetColumnsMax);
  EXPECT_EQ(cell_place("aa3")->row, 3U);
  for (const char* wrong : {"", "12", "XFE1", "A0", "A1048577", "A1B",
                            "\xC3\xA4"
                            "1",
                            "$A$1"}) {
    EXPECT_FALSE(cell_place(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace mangrove::ingest
