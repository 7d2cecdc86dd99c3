#include "ingest/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace mangrove::ingest {
namespace {

TEST(Report, KeepsTheFirstFindingsOfEachFileAndRuleAndCountsAll) {
  Report report;
  for (std::size_t i = 0; i < kFindingsKept + 5; ++i) {
    report.add(Finding{"a.xml", i, "date-form", "x", Action::noted});
  }
  report.add(Finding{"b.xml", 1, "date-form", "x", Action::noted});
  EXPECT_EQ(report.findings().size(), kFindingsKept + 1);
  EXPECT_EQ(report.by_rule().at("date-form"), kFindingsKept + 6);
}

TEST(Report, CutsLongDetailsBetweenCharacters) {
  Report report;
  std::string detail(kDetailBytesMax - 1, 'x');
  report.add(Finding{"a.xml", 1, "date-form", detail + "é and more", Action::noted});
  EXPECT_EQ(report.findings()[0].detail, detail + "…");
}

TEST(Report, ThatSomethingWasLostIsSeenFromSkippedRefusedAndBrokenOnly) {
  const auto lost = [](void (*happens)(FileCounts&)) {
    Report report;
    FileCounts counts;
    happens(counts);
    report.add(counts);
    return report.records_lost();
  };
  EXPECT_FALSE(lost([](FileCounts& counts) { counts.outdated = counts.records = 1; }));
  EXPECT_TRUE(lost([](FileCounts& counts) { counts.skipped = 1; }));
  EXPECT_TRUE(lost([](FileCounts& counts) { counts.refused = 1; }));
  EXPECT_TRUE(lost([](FileCounts& counts) { counts.complete = false; }));
}

TEST(Rules, AreInOrderAndExplained) {
  EXPECT_TRUE(std::is_sorted(rules().begin(), rules().end(),
                             [](const Rule& a, const Rule& b) { return a.name < b.name; }));
  EXPECT_NE(explanation_of("sdg-code-form"), "");
  EXPECT_EQ(explanation_of("no-such-rule"), "");
}

// Reads the sources: a rule that code names is in the table, and the other way round.
TEST(Rules, OfTheTableAndOfTheCodeAreTheSame) {
  std::string code;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(MANGROVE_SOURCE "/ingest")) {
    if (entry.path().extension() != ".cpp" || entry.path().filename() == "report.cpp") continue;
    std::ifstream file(entry.path());
    code.append(std::istreambuf_iterator<char>(file), {});
  }
  for (const Rule& rule : rules()) {
    EXPECT_NE(code.find('"' + std::string(rule.name) + '"'), std::string::npos) << rule.name;
  }
  const std::regex found(R"re(found(?:_at)?\([^;"]*"([a-z]+(?:-[a-z]+)+)")re");
  for (std::sregex_iterator match(code.begin(), code.end(), found), end; match != end; ++match) {
    EXPECT_NE(explanation_of((*match)[1].str()), "") << (*match)[1];
  }
}

}  // namespace
}  // namespace mangrove::ingest
