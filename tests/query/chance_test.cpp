#include "query/chance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace mangrove::query {
namespace {

const LogFactorials& factorials() {
  static const LogFactorials up_to_a_million(1'000'000);
  return up_to_a_million;
}

/// The same probability by Pascal's triangle and a plain sum.
long double naive_chance(unsigned together, unsigned a, unsigned b, unsigned all) {
  std::vector<std::vector<long double>> choose(all + 1, std::vector<long double>(all + 1, 0));
  for (unsigned n = 0; n <= all; ++n) {
    choose[n][0] = 1;
    for (unsigned k = 1; k <= n; ++k) {
      choose[n][k] = choose[n - 1][k - 1] + (k < n ? choose[n - 1][k] : 0);
    }
  }
  long double chance = 0;
  for (unsigned n = together; n <= std::min(a, b); ++n) {
    if (b - n > all - a) continue;
    chance += choose[a][n] * choose[all - a][b - n] / choose[all][b];
  }
  return chance;
}

TEST(LogFactorials, AreSumsOfLogarithms) {
  EXPECT_EQ(factorials()(0), 0);
  EXPECT_EQ(factorials()(1), 0);
  EXPECT_NEAR(factorials()(5), std::log(120), 1e-12);
  EXPECT_NEAR(factorials()(1'000'000) / std::lgamma(1'000'001), 1, 1e-12);
  EXPECT_EQ(LogFactorials(7).most(), 7u);
}

TEST(ChanceOfAtLeast, EqualsThePlainSumForEverySmallCase) {
  for (unsigned all = 1; all <= 14; ++all) {
    for (unsigned a = 0; a <= all; ++a) {
      for (unsigned b = 0; b <= all; ++b) {
        for (unsigned together = 0; together <= std::min(a, b); ++together) {
          ASSERT_NEAR(chance_of_at_least(factorials(), together, a, b, all),
                      static_cast<double>(naive_chance(together, a, b, all)), 1e-9)
              << together << " " << a << " " << b << " " << all;
        }
      }
    }
  }
}

TEST(ChanceOfAtLeast, EqualsThePlainSumForLargerOnes) {
  for (const unsigned together : {0U, 1U, 5U, 10U, 20U, 40U}) {
    const double chance = chance_of_at_least(factorials(), together, 40, 60, 300);
    const auto expected = static_cast<double>(naive_chance(together, 40, 60, 300));
    ASSERT_NEAR(chance / expected, 1, 1e-9) << together;
  }
}

TEST(ChanceOfAtLeast, StaysBetweenNothingAndOneForLargeNumbers) {
  EXPECT_NEAR(chance_of_at_least(factorials(), 100, 10'000, 10'000, 1'000'000), 0.51, 0.02);
  EXPECT_LT(chance_of_at_least(factorials(), 5'000, 10'000, 10'000, 1'000'000), 1e-100);
  EXPECT_EQ(chance_of_at_least(factorials(), 0, 10, 10, 100), 1);
}

/// The least p * tests / rank of all that are at least as improbable as this one.
double naive_correction(const std::vector<double>& p_values, double asked_of, std::size_t tests) {
  std::vector<double> sorted = p_values;
  std::sort(sorted.begin(), sorted.end());
  double least = 1;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i] < asked_of) continue;
    least = std::min(least, sorted[i] * static_cast<double>(tests) / static_cast<double>(i + 1));
  }
  return least;
}

TEST(CorrectedForMany, IsTheShareOfFalseFindingsAmongThoseAtMostAsImprobable) {
  std::mt19937 random(1);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<double> p_values(random() % 30);
    for (double& each : p_values) each = static_cast<double>(random() % 50) / 49;
    const std::size_t tests = p_values.size() + random() % 20;
    const auto corrected = corrected_for_many(p_values, tests);
    ASSERT_EQ(corrected.size(), p_values.size());
    for (std::size_t i = 0; i < p_values.size(); ++i) {
      ASSERT_NEAR(corrected[i], naive_correction(p_values, p_values[i], tests), 1e-12);
    }
  }
}

TEST(CorrectedForMany, LeavesASingleTestAsItIs) {
  EXPECT_EQ(corrected_for_many(std::vector<double>{0.03}, 1), std::vector<double>{0.03});
  EXPECT_TRUE(corrected_for_many({}, 5).empty());
}

}  // namespace
}  // namespace mangrove::query
