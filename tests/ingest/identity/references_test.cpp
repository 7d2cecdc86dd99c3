#include "ingest/identity/references.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace mangrove::ingest {
namespace {

TEST(References, ThatSayNothingAreSeen) {
  for (const char* text : {"", "N/A", "n/a", "NA", " none ", "-", "--", "0", "unknown", "TBD",
                           "null", "(n/a)", "Not available", "?", "...", "not \n applicable"}) {
    EXPECT_TRUE(is_no_identity(text)) << text;
  }
  for (const char* text : {"GB-COH-0", "302", "US", "1", "NAM", "Nobel", "नेपाल"}) {
    EXPECT_FALSE(is_no_identity(text)) << text;
  }
}

TEST(References, AreBroughtToOneForm) {
  const std::vector<std::pair<std::string, std::string>> expected{
      {"GB-CHC-1164883", "GB-CHC-1164883"},
      {"gb-chc-1164883", "GB-CHC-1164883"},
      {"GB-CHC- 116 4883\n", "GB-CHC-1164883"},
      {"GB-CHC:1164883", "GB-CHC-1164883"},
      {"GB/CHC/1164883", "GB-CHC-1164883"},
      {"GB-CHC--1164883", "GB-CHC-1164883"},
      {"GB-CC-1164883", "GB-CHC-1164883"},
      {"GB-CC-GB-CHC-1164883", "GB-CHC-1164883"},
      {"US-EIN-US-EIN-13-2702768", "US-EIN-13-2702768"},
      {"GB-COH-1364201", "GB-COH-01364201"},
      {"GB-COH-sc12345", "GB-COH-SC012345"},
      {"GB-OSCR-SC012345", "GB-SC-SC012345"},
      {"NL-KvK-41198890", "NL-KVK-41198890"},
      {"CH-ZEFIX-123", "CH-FDJP-123"},
      {"GB-GOVUK-1", "GB-GOV-1"},
      {"XM-OCHA-FTS-7", "XM-OCHA-7"},
      {"DAC-1601", "XM-DAC-1601"},
      {"BE-BCE_KBO-0410057701", "BE-BCE_KBO-0410057701"},
      {"BE-BCE-KBO-410057701", "BE-BCE_KBO-0410057701"},
      {"XI-GRID-GRID.4991.5", "XI-GRID-grid.4991.5"},
      {"\xC2\xA0GB-CHC-1\xE2\x80\x8B", "GB-CHC-1"},
  };
  for (const auto& [written, normal] : expected) {
    EXPECT_EQ(normal_reference(written).text, normal) << written;
  }
}

TEST(References, OfUnknownListsAreOnlyTrimmed) {
  for (const char* text : {"P-1", "ffem", "360G-Some:Name one", "XX-ABC-0012", "gb-xyz-1", "SE-0",
                           "21032", "GB-CHC", "GB-COH-", "-", ""}) {
    EXPECT_EQ(normal_reference(text).text, text);
  }
  EXPECT_EQ(normal_reference(" ffem ").text, "ffem");
}

TEST(References, TellWhatWasDoneToThem) {
  EXPECT_TRUE(normal_reference("GB-CHC-1164883").repairs.empty());
  EXPECT_EQ(joined(normal_reference("gb-coh-GB-COH-1364201 ").repairs),
            "white space, case, doubled prefix, leading zeros");
  EXPECT_EQ(joined(normal_reference("GB-CC-1").repairs), "replaced prefix");
}

TEST(References, ThatStandForASortOfBodiesAreCollective) {
  for (const char* text : {"22000", "XM-DAC-22000", "DAC-21000", "XI-BRIDGE-null", "GB-CHC-N/A"}) {
    EXPECT_TRUE(normal_reference(text).collective) << text;
  }
  for (const char* text : {"XM-DAC-41114", "44000", "GB-CHC-22000"}) {
    EXPECT_FALSE(normal_reference(text).collective) << text;
  }
}

TEST(References, OfPrimaryRegistersAloneIdentify) {
  EXPECT_TRUE(normal_reference("GB-CHC-1164883").identifies());
  EXPECT_FALSE(normal_reference("US-EIN-132702768").identifies());
  EXPECT_FALSE(normal_reference("XM-DAC-41114").identifies());
  EXPECT_FALSE(normal_reference("P-1").identifies());
}

TEST(References, TellTheCountryIfTheyAreOfOne) {
  EXPECT_EQ(jurisdiction_of("GB-CHC-1"), "GB");
  EXPECT_EQ(jurisdiction_of("CH_BS-CR-1"), "CH");
  EXPECT_EQ(jurisdiction_of("XK-ABC-1"), "XK");
  for (const char* text : {"XM-DAC-1", "XI-IATI-1", "ZZ-A-1", "22000", "GB", "GBR-1", ""}) {
    EXPECT_EQ(jurisdiction_of(text), "") << text;
  }
}

// Pieces that references are made of, put together anyhow.
std::string random_reference(std::mt19937& random) {
  static const std::vector<std::string> kPieces{
      "GB-COH", "gb-coh", "GB-CC",    "GB-CHC", "XM-DAC", "DAC",    "BE-BCE", "_KBO",
      "-",      "--",     ":",        "/",      ".",      " ",      "\n",     "\xC2\xA0",
      "1",      "0",      "00212481", "SC",     "sc1",    "22000",  "n/a",    "x",
      "é",      "\xFF",   "XI-GRID",  "grid.1", "",       "US-EIN", "13-27"};
  std::string text;
  const std::size_t size = random() % 7;
  for (std::size_t i = 0; i < size; ++i) text += kPieces[random() % kPieces.size()];
  return text;
}

TEST(References, InTheirNormalFormStayAsTheyAre) {
  std::mt19937 random(7);
  for (int i = 0; i < 200'000; ++i) {
    const std::string written = random_reference(random);
    const NormalReference once = normal_reference(written);
    const NormalReference twice = normal_reference(once.text);
    ASSERT_EQ(twice.text, once.text) << written;
    ASSERT_TRUE(twice.repairs.empty()) << written << " -> " << once.text;
    ASSERT_EQ(twice.collective, once.collective) << written << " -> " << once.text;
  }
}

TEST(References, AreTheSameWhateverTheirCaseAndSpaces) {
  std::mt19937 random(8);
  for (const char* const list : {"GB-COH", "GB-CHC", "NL-KVK", "DK-CVR", "BE-BCE_KBO", "US-EIN"}) {
    for (int i = 0; i < 500; ++i) {
      const std::string plain = list + ("-" + std::to_string(1 + random() % 9'999'999));
      std::string written;
      for (const char c : plain) {
        if (random() % 4 == 0) written += ' ';
        written += random() % 2 == 0 && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      }
      EXPECT_EQ(normal_reference(written).text, normal_reference(plain).text) << written;
    }
  }
}

}  // namespace
}  // namespace mangrove::ingest
