#include "query/calendar.h"

#include <gtest/gtest.h>

namespace mangrove::query {
namespace {

TEST(MonthsBetween, CountsWholeMonths) {
  EXPECT_EQ(months_between({2020, 1, 31}, {2020, 2, 29}), 0);
  EXPECT_EQ(months_between({2020, 1, 31}, {2020, 3, 31}), 2);
  EXPECT_EQ(months_between({2020, 5, 15}, {2021, 5, 14}), 11);
  EXPECT_EQ(months_between({2020, 5, 15}, {2021, 5, 15}), 12);
  EXPECT_EQ(months_between({2020, 5, 15}, {2020, 5, 15}), 0);
}

TEST(MonthsBetween, TakesWhatIsNotSaidForTheFirst) {
  EXPECT_EQ(months_between({2020, 0, 0}, {2021, 0, 0}), 12);
  EXPECT_EQ(months_between({2020, 0, 0}, {2020, 3, 1}), 2);
  EXPECT_EQ(months_between({2020, 2, 0}, {2020, 3, 31}), 1);
}

TEST(MonthsBetween, IsNegativeBackwards) {
  EXPECT_EQ(months_between({2021, 1, 1}, {2020, 1, 1}), -12);
}

}  // namespace
}  // namespace mangrove::query
