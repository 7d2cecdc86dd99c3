#include "ingest/readers/iati_codes.h"

#include <gtest/gtest.h>

#include <string>

namespace mangrove::ingest::iati {
namespace {

std::string sdg(std::string_view text) {
  const std::optional<SdgCode> code = parse_sdg_code(text);
  if (!code) return "nothing";
  return code->code + (code->exact ? "" : " repaired");
}

TEST(SdgCodes, AreReadHoweverTheyAreSpelt) {
  EXPECT_EQ(sdg("8"), "8");
  EXPECT_EQ(sdg("8.7"), "8.7");
  EXPECT_EQ(sdg("8.10"), "8.10");
  EXPECT_EQ(sdg("16.a"), "16.a");
  EXPECT_EQ(sdg("8.7.1"), "8.7.1");
  EXPECT_EQ(sdg("08.07"), "8.7 repaired");
  EXPECT_EQ(sdg("SDG 8.7"), "8.7 repaired");
  EXPECT_EQ(sdg("sdg8.7"), "8.7 repaired");
  EXPECT_EQ(sdg("Target 8.7"), "8.7 repaired");
  EXPECT_EQ(sdg("SDG Target: 8.7"), "8.7 repaired");
  EXPECT_EQ(sdg("8.7."), "8.7 repaired");
  EXPECT_EQ(sdg("8,7"), "8.7 repaired");
  EXPECT_EQ(sdg("16.A"), "16.a repaired");
  EXPECT_EQ(sdg("SDG 05: Gender equality"), "5 repaired");
}

TEST(SdgCodes, ThatAreNoneAreNothing) {
  for (const char* text : {"", "0", "0.0", "8.0", "x", "8.e", "8.7.x", "8.ab", "GOALS 2 AND 3",
                           "8.7.1.1", "-8", "8-7", "1000", "8.100", "COVID-19"}) {
    EXPECT_EQ(sdg(text), "nothing") << text;
  }
}

TEST(SdgCodes, OfAnIndicatorKnowTheirTarget) {
  EXPECT_EQ(parse_sdg_code("16.2.2")->target(), "16.2");
  EXPECT_EQ(parse_sdg_code("16.2")->target(), "16.2");
}

TEST(Currencies, AreCodesOfThreeLettersOrNothing) {
  EXPECT_EQ(currency_code(" usd "), "USD");
  for (const char* text : {"", "US$", "c12", "EURO", "\xE2\x82\xAC"}) {
    EXPECT_EQ(currency_code(text), "") << text;
  }
}

std::string amount(std::string_view text) {
  const std::optional<Number> number = parse_amount(text);
  if (!number) return "nothing";
  return std::to_string(number->value) + (number->exact ? "" : " repaired");
}

TEST(Amounts, AreReadWhereOnlyOneThingCanBeMeant) {
  EXPECT_EQ(amount("1234.5"), "1234.500000");
  EXPECT_EQ(amount("-3"), "-3.000000");
  EXPECT_EQ(amount("1.5e3"), "1500.000000");
  EXPECT_EQ(amount("1,234,567.89"), "1234567.890000 repaired");
  EXPECT_EQ(amount("1.234.567,89"), "1234567.890000 repaired");
  EXPECT_EQ(amount("1.234.567"), "1234567.000000 repaired");
  EXPECT_EQ(amount("1,234"), "1234.000000 repaired");
  EXPECT_EQ(amount("1 234 567"), "1234567.000000 repaired");
  EXPECT_EQ(amount("EUR 500"), "500.000000 repaired");
  EXPECT_EQ(amount("-1,000"), "-1000.000000 repaired");
}

TEST(Amounts, ThatCouldMeanAnythingAreNothing) {
  for (const char* text : {"", "12,5", "12,5OO", "one", "1,23,456", "1-2", "nan", "inf", "1e999",
                           ",5,", "1.2,3.4", ".", ","}) {
    EXPECT_EQ(amount(text), "nothing") << text;
  }
}

TEST(Dates, AreReadWhereTheyCanMeanOneDayOnly) {
  EXPECT_EQ(to_string(*parse_written_date("2013-07-24")), "2013-07-24");
  EXPECT_EQ(to_string(*parse_written_date("2013/07/24")), "2013-07-24");
  EXPECT_EQ(to_string(*parse_written_date("31/12/2013")), "2013-12-31");
  EXPECT_EQ(to_string(*parse_written_date("12/31/2013 12:00:00 AM")), "2013-12-31");
  EXPECT_EQ(to_string(*parse_written_date("5.5.2013")), "2013-05-05");
  EXPECT_FALSE(parse_written_date("5/6/2013"));
  EXPECT_FALSE(parse_written_date("31/02/2013"));
  EXPECT_FALSE(parse_written_date("Total for 2011 Quarter 2"));
  EXPECT_FALSE(parse_written_date(""));
}

TEST(Moments, AreBroughtToOneClockSoThatTextOrderIsTimeOrder) {
  EXPECT_EQ(parse_moment("2013-07-24 12:46:08"), "2013-07-24T12:46:08Z");
  EXPECT_EQ(parse_moment("2023-11-09T17:20:13+01:00"), "2023-11-09T16:20:13Z");
  EXPECT_EQ(parse_moment("2024-01-01T00:30:00+02:00"), "2023-12-31T22:30:00Z");
  EXPECT_EQ(parse_moment("2024-01-01T10:00:00.123Z"), "2024-01-01T10:00:00Z");
  EXPECT_EQ(parse_moment("2024-01-01T10:00:00-0330"), "2024-01-01T13:30:00Z");
  EXPECT_EQ(parse_moment("2024-01-01"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(parse_moment("2024-01-01Z"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(parse_moment("yesterday"), std::nullopt);
  EXPECT_EQ(parse_moment("2024-01"), std::nullopt);
  EXPECT_EQ(parse_moment(""), std::nullopt);
}

TEST(Languages, AreLowerCaseTagsOrNothing) {
  EXPECT_EQ(language_tag("EN"), "en");
  EXPECT_EQ(language_tag("pt_BR"), "pt-br");
  EXPECT_EQ(language_tag(""), "");
  EXPECT_EQ(language_tag("e"), "");
  EXPECT_EQ(language_tag("in English"), "");
}

TEST(Words, OfBothVersionsMeet) {
  EXPECT_EQ(role_word("1"), "funding");
  EXPECT_EQ(role_word("Funding"), "funding");
  EXPECT_EQ(role_word("un-ocha-implementing-partner"), "");
  EXPECT_EQ(date_property("START-ACTUAL"), "start");
  EXPECT_EQ(date_property("3"), "end_planned");
  EXPECT_EQ(status_word("Post-completion"), "closed");
  EXPECT_EQ(feature_level("PPLC"), "settlement");
  EXPECT_EQ(feature_level("ADM1"), "province");
  EXPECT_EQ(feature_level("XYZ"), "");
  EXPECT_TRUE(is_incoming("IF"));
  EXPECT_EQ(transaction_flow("D"), Flow::spent);
  EXPECT_EQ(transaction_flow("99"), Flow::none);
}

}  // namespace
}  // namespace mangrove::ingest::iati
