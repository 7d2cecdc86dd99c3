#include "ingest/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "ingest/reader.h"

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

TEST(Report, CountsWhatEachPublisherBreaks) {
  Report report;
  const Finding date{"", 1, "date-form", "x", Action::noted};
  const auto draft = [](const char* source, const char* publisher, const char* element,
                        std::uint64_t number) {
    Draft made;
    made.record.source = source;
    made.record.subject.id = "iati:1";
    made.publisher = publisher;
    made.elements[element] = number;
    return made;
  };
  report.add_record(draft("src:A", "Harbour", "organisation-with-reference", 3), {date, date});
  report.add_record(draft("src:A", "", "organisation-without-reference", 2), {});
  report.add_record(draft("src:B", "", "title", 1), {date});
  const PublisherQuality& quality = report.publishers().at("src:A");
  EXPECT_EQ(quality.name, "Harbour");
  EXPECT_EQ(quality.records, 2U);
  EXPECT_EQ(quality.findings.at("date-form"), 2U);
  ASSERT_EQ(quality.examples.at("date-form").size(), 1U) << "one record is one example";
  EXPECT_EQ(quality.examples.at("date-form")[0].record, "iati:1");
  EXPECT_NE(report.to_json().find(
                R"("publishers":[{"id":"src:A","name":"Harbour","records":2,"findings":)"
                R"({"date-form":2},"references":{"with":3,"without":2}},{"id":"src:B")"),
            std::string::npos)
      << report.to_json();
}

TEST(Report, IsATableThatASpreadsheetTakesForNoFormula) {
  Report report;
  report.add(Finding{"a.xml", 7, "date-form", "=1+1, \"quoted\"", Action::noted, "src:A"});
  EXPECT_EQ(report.to_csv(),
            "publisher,file,line,rule,action,detail,explanation\r\n"
            "src:A,a.xml,7,date-form,noted,\"'=1+1, \"\"quoted\"\"\"," +
                std::string(explanation_of("date-form")) + "\r\n");
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
