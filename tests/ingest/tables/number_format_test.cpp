#include "ingest/tables/number_format.h"

#include <gtest/gtest.h>

namespace mangrove::ingest {
namespace {

using Shows = NumberFormat::Shows;

TEST(NumberFormat, IsSeenFromTheCode) {
  EXPECT_EQ(format_of_code("General").shows, Shows::number);
  EXPECT_EQ(format_of_code("#,##0.00").shows, Shows::number);
  EXPECT_EQ(format_of_code("dd/mm/yyyy").shows, Shows::day);
  EXPECT_EQ(format_of_code("[$-409]d\\-mmm\\-yy;@").shows, Shows::day);
  EXPECT_EQ(format_of_code("yyyy-mm-dd hh:mm").shows, Shows::moment);
  EXPECT_EQ(format_of_code("mmm yyyy").shows, Shows::month);
  EXPECT_EQ(format_of_code("yyyy").shows, Shows::year);
  EXPECT_EQ(format_of_code("h:mm").shows, Shows::clock);
  EXPECT_EQ(format_of_code("[h]:mm").shows, Shows::number);
  EXPECT_EQ(format_of_code("0.0%").shows, Shows::percentage);
  EXPECT_EQ(format_of_code("\"days\" 0").shows, Shows::number);
  EXPECT_EQ(format_of_code("[Red]0;-0").shows, Shows::number);
  EXPECT_EQ(format_of_code("000000").digits_min, 6);
}

TEST(NumberFormat, ShowsWhatAPersonSees) {
  EXPECT_EQ(shown(45352.75, {Shows::day, 0}, false), "2024-03-01");
  EXPECT_EQ(shown(45352.75, {Shows::moment, 0}, false), "2024-03-01T18:00:00");
  EXPECT_EQ(shown(0.75, {Shows::clock, 0}, false), "18:00:00");
  EXPECT_EQ(shown(0.07, {Shows::percentage, 0}, false), "7%");
  EXPECT_EQ(shown(2958465, {Shows::day, 0}, false), "9999-12-31");
  EXPECT_EQ(shown(2958466, {Shows::day, 0}, false), std::nullopt);
  EXPECT_EQ(shown(2958465.9999999, {Shows::moment, 0}, false), "9999-12-31T23:59:59");
  EXPECT_EQ(shown(1e300, {Shows::number, 0}, false)->size(), 301U);
  EXPECT_EQ(shown(-0.5, {Shows::number, 3}, false), "-0.5");
}

}  // namespace
}  // namespace mangrove::ingest
