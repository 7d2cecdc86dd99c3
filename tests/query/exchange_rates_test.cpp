#include "query/exchange_rates.h"

#include <gtest/gtest.h>

#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

TEST(ExchangeRates, AreThoseOfTheYearAndOfNoOther) {
  const auto graph = draw(R"(
      currency:GBP{code=GBP, per_dollar=2020 0.8}   currency:EUR{code=EUR, per_dollar=2020 0.9}
  )");
  const auto rates = ExchangeRates::of(graph.context()).value();
  EXPECT_DOUBLE_EQ(*rates->between("GBP", "USD", 2020), 1.25);
  EXPECT_DOUBLE_EQ(*rates->between("USD", "GBP", 2020), 0.8);
  EXPECT_DOUBLE_EQ(*rates->between("GBP", "EUR", 2020), 0.9 / 0.8);
  EXPECT_FALSE(rates->between("GBP", "USD", 2021));
  EXPECT_FALSE(rates->between("GBP", "USD", 0));
  EXPECT_FALSE(rates->between("XAU", "USD", 2020));
  EXPECT_EQ(rates->between("XAU", "XAU", 0), 1);
  EXPECT_EQ(rates->find("GBP", 2020)->source, "src:test");
  EXPECT_EQ(rates->currencies(), (std::vector<std::string>{"EUR", "GBP", "USD"}));
}

TEST(ExchangeRates, PassOverWhatIsNone) {
  for (const char* const written : {"2020", "0.8", "2020  0.8", "2020 -1", "2020 0", "2020 nan",
                                    "2020 0.8 about", "x 0.8", "2020 1e999"}) {
    const auto graph = draw("currency:GBP{code=GBP, per_dollar=" + std::string(written) + "}");
    const auto rates = ExchangeRates::of(graph.context()).value();
    EXPECT_FALSE(rates->between("GBP", "USD", 2020)) << written;
    EXPECT_FALSE(rates->knows("GBP")) << written;
  }
}

TEST(ExchangeRates, OfANodeAreTheFirstThatItShowsForAYear) {
  const auto graph = draw(R"(
      currency:GBP{code=GBP, per_dollar=2020 0.8}
      source src:other
      currency:GBP{per_dollar=2021 0.7}
  )");
  const auto rates = ExchangeRates::of(graph.context()).value();
  EXPECT_EQ(rates->find("GBP", 2020)->source, "src:test");
  EXPECT_EQ(rates->find("GBP", 2021)->source, "src:other");
}

}  // namespace
}  // namespace mangrove::query
