#include "graph/base/csv.h"

#include <gtest/gtest.h>

namespace mangrove::csv {
namespace {

TEST(CsvCell, IsQuotedOnlyWhereItMustBe) {
  EXPECT_EQ(cell("Child labour"), "Child labour");
  EXPECT_EQ(cell(""), "");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(cell("two\nlines"), "\"two\nlines\"");
}

TEST(CsvCell, IsTakenForNoFormula) {
  for (const char* formula : {"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1",
                              "  =cmd|'/c calc'!A0", "＝1+1", "－2+3", "+44 20 7946 0000"}) {
    const std::string written = cell(formula);
    EXPECT_TRUE(written.starts_with("'") || written.starts_with("\"'")) << written;
  }
}

TEST(CsvCell, LeavesNumbersAsTheyAre) {
  for (const char* number : {"-1", "-0.5", "12", "1e5"}) EXPECT_EQ(cell(number), number);
}

TEST(CsvRow, EndsAsTheStandardHasIt) {
  EXPECT_EQ(row({"a", "b,c", ""}), "a,\"b,c\",\r\n");
  EXPECT_EQ(row({"", "x"}), ",x\r\n");
}

}  // namespace
}  // namespace mangrove::csv
