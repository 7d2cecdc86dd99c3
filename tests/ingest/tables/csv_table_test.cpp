#include "ingest/tables/csv_table.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

/// Each row as `line:[field][field]`.
std::string read(const std::string& text, std::size_t piece = 1) {
  CsvTable table(tests::stream_of(text, piece), "t.csv");
  std::string shown;
  while (true) {
    const Result<std::optional<Row>> row = table.next();
    if (!row.ok()) {
      return shown + "error: " + row.error().message;
    }
    if (!row.value()) {
      return shown;
    }
    shown += std::to_string(row.value()->line) + ":";
    for (const std::string& field : row.value()->fields) {
      shown += "[" + (field.size() > 100 ? std::to_string(field.size()) : field) + "]";
    }
    shown += row.value()->odd_quotes ? " odd" : "";
    shown += row.value()->problem.empty() ? "\n" : " " + row.value()->problem + "\n";
  }
}

TEST(CsvTable, ReadsFieldsAndQuotedFields) {
  EXPECT_EQ(read("a,b,c\n1,\"two, \"\"quoted\"\"\",\n,,\n"),
            "1:[a][b][c]\n2:[1][two, \"quoted\"][]\n3:[][][]\n");
  EXPECT_EQ(read("a,b\n1,2"), "1:[a][b]\n2:[1][2]\n");
  EXPECT_EQ(read(""), "");
}

TEST(CsvTable, LinesEndInThreeWaysAndCountOnceEach) {
  EXPECT_EQ(read("a,b\r\n1,2\r3,4\n5,6"), "1:[a][b]\n2:[1][2]\n3:[3][4]\n4:[5][6]\n");
  EXPECT_EQ(read("a,b\n\"x\ny\r\nz\rw\",1\n2,3\n"), "1:[a][b]\n2:[x\ny\r\nz\rw][1]\n6:[2][3]\n");
  EXPECT_EQ(read("a\n\n\nb\n"), "1:[a]\n4:[b]\n");
}

TEST(CsvTable, LeavesOutAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBF\"a\",b\n", 3), "1:[a][b]\n");
}

TEST(CsvTable, SeesTheSeparatorFromTheFirstRow) {
  EXPECT_EQ(read("a;b;c\n1,5;2;3\n"), "1:[a][b][c]\n2:[1,5][2][3]\n");
  EXPECT_EQ(read("a\tb, c\tx\n1\t2\t3\n"), "1:[a][b, c][x]\n2:[1][2][3]\n");
  EXPECT_EQ(read("\"a;b;c\",d\n1,2\n"), "1:[a;b;c][d]\n2:[1][2]\n");
  EXPECT_EQ(read("one\n1;2\n"), "1:[one]\n2:[1;2]\n");
}

TEST(CsvTable, ReadsOnBehindAClosingQuoteAndSaysSo) {
  EXPECT_EQ(read("a,b\n\"x\"y,z\"w\"\n"), "1:[a][b]\n2:[xy][z\"w\"] odd\n");
}

TEST(CsvTable, AQuoteThatIsNeverClosedNamesTheLineWhereItOpens) {
  EXPECT_EQ(read("a,b\n1,2\n3,\"x\ny\n"),
            "1:[a][b]\n2:[1][2]\nerror: t.csv:3: a quote that opens here is never closed");
}

TEST(CsvTable, ARowThatIsTooWideOrHasTooLongAFieldIsMarkedAndTheNextOneIsRead) {
  const std::string wide(5000, ',');
  const std::string shown = read("a,b\n" + wide + "\n1,2\n", 65536);
  EXPECT_NE(shown.find("[] more than 4096 columns\n3:[1][2]\n"), std::string::npos);
  const std::string long_field(kCellBytesMax + 1, 'x');
  EXPECT_EQ(read("a,b\n" + long_field + ",1\n2,3\n", 65536),
            "1:[a][b]\n2:[1048576][1] a field of more than 1 MiB\n3:[2][3]\n");
}

TEST(CsvTable, ARowBeyondItsBoundEndsTheTable) {
  EXPECT_EQ(read("a\n\"" + std::string(kRowBytesMax + 10, 'x'), 65536),
            "1:[a]\nerror: t.csv:2: a row of more than 16 MiB; is a quote open?");
}

TEST(CsvTable, ReadsUtf16) {
  using namespace std::string_literals;
  EXPECT_EQ(read("\xFF\xFE"
                 "a\0;\0b\0\n\0\xE9\0;\0"
                 "1\0"s),
            "1:[a][b]\n2:[é][1]\n");
  EXPECT_EQ(read("\xFE\xFF"
                 "\0a\0,\xD8\x3D\xDE\x00"s),
            "1:[a][\U0001F600]\n");
  EXPECT_EQ(read("\xFE\xFF"
                 "\xD8\x3D\0a"s),
            "1:[\xEF\xBF\xBD"
            "a]\n");
}

TEST(CsvTable, ReadsWhatIsNotUtf8AsWindows1252AndSaysSo) {
  CsvTable table(tests::stream_of("caf\xE9,\x80 5\nx,\x81\n"), "t.csv");
  EXPECT_EQ(table.next().value()->fields, (std::vector<std::string>{"café", "€ 5"}));
  EXPECT_EQ(table.take_findings().at(0).rule, "text-encoding");
  EXPECT_EQ(table.next().value()->fields, (std::vector<std::string>{"x", "\x81"}));
  EXPECT_TRUE(table.take_findings().empty());
}

TEST(CsvTable, SeesTheSeparatorBelowATitle) {
  EXPECT_EQ(read("Projects, 2024\n\na;b;c\n1;2;3\n"),
            "1:[Projects, 2024]\n3:[a][b][c]\n4:[1][2][3]\n");
  EXPECT_EQ(read("sep=|\na|b,c\n"), "2:[a][b,c]\n");
  EXPECT_EQ(read("a|b\n1|2\n"), "1:[a][b]\n2:[1][2]\n");
}

}  // namespace
}  // namespace mangrove::ingest
