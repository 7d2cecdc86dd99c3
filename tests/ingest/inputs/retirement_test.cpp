#include "ingest/inputs/retirement.h"

#include <gtest/gtest.h>

#include "ingest/identity/resolve.h"
#include "ingest/inputs/known_input.h"
#include "ingest/review.h"
#include "tests/support/iati_file.h"
#include "tests/support/loaded_graph.h"

namespace mangrove::ingest {
namespace {

using tests::activity;
using tests::iati_file;

const std::string kOne = activity("P-1-A", "Schools");
const std::string kTwo = activity("P-1-B", "Wells");

class RetirementTest : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& activities) {
    return loaded_.write(name, iati_file(activities));
  }
  Report load(std::vector<std::string> inputs, Options options = {}) {
    return loaded_.load(std::move(inputs), std::move(options));
  }
  bool is_retired(const std::string& id) {
    return loaded_.property("iati:" + id, "retired", graph::Viewer::steward()) != "nothing";
  }
  /// `retired returned`
  static std::string moves(const Report& report) {
    const FileCounts sum = report.totals();
    return std::to_string(sum.retired) + " " + std::to_string(sum.returned);
  }

  tests::LoadedGraph loaded_;
};

TEST_F(RetirementTest, WhatAFileNoLongerHasStaysAndSaysSo) {
  const std::string file = write("a.xml", kOne + kTwo);
  EXPECT_EQ(moves(load({file})), "0 0");
  write("a.xml", kOne);
  const Report report = load({file});
  EXPECT_EQ(moves(report), "1 0");
  EXPECT_NE(report.summary().find("1 record retired: the source no longer has it"),
            std::string::npos);
  EXPECT_TRUE(is_retired("P-1-B"));
  EXPECT_EQ(loaded_.property("iati:P-1-B", "title"), "Wells");
  EXPECT_FALSE(is_retired("P-1-A"));
}

TEST_F(RetirementTest, ItReturnsWhenItIsThereAgainAsOftenAsItGoes) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  for (int i = 0; i < 3; ++i) {
    write("a.xml", kOne);
    EXPECT_EQ(moves(load({file})), "1 0");
    EXPECT_TRUE(is_retired("P-1-B"));
    EXPECT_EQ(moves(load({file})), "0 0");
    write("a.xml", kOne + kTwo);
    EXPECT_EQ(moves(load({file})), "0 1");
    EXPECT_FALSE(is_retired("P-1-B"));
    EXPECT_EQ(moves(load({file})), "0 0");
  }
}

TEST_F(RetirementTest, TheGraphIsThenAsIfItHadNeverGone) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  const std::string before = loaded_.exported();
  write("a.xml", kOne);
  load({file});
  EXPECT_NE(loaded_.exported(), before);
  write("a.xml", kOne + kTwo);
  load({file});
  EXPECT_EQ(loaded_.exported(), before);
}

TEST_F(RetirementTest, ReadingTheSameAgainMakesNoVersion) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  write("a.xml", kOne);
  load({file});
  const graph::Version version = loaded_.version();
  load({file});
  EXPECT_EQ(loaded_.version(), version);
}

TEST_F(RetirementTest, ABrokenFileRetiresNothing) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  const std::string whole = iati_file(kOne + kTwo);
  for (std::size_t size = 0; size < whole.size() - 20; size += 23) {
    loaded_.write("a.xml", whole.substr(0, size));
    EXPECT_EQ(moves(load({file})), "0 0") << size;
  }
  // What it was remembered by is still known.
  write("a.xml", kOne);
  EXPECT_EQ(moves(load({file})), "1 0");
}

TEST_F(RetirementTest, AnUnreadableRecordMayBeTheOneThatIsMissing) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  write("a.xml",
        kOne + "<iati-activity><title><narrative>Wells</narrative></title></iati-activity>");
  const Report report = load({file});
  EXPECT_EQ(report.totals().skipped, 1U);
  EXPECT_EQ(moves(report), "0 0");
  EXPECT_FALSE(is_retired("P-1-B"));
}

TEST_F(RetirementTest, WhatBrokenReadingsBroughtIsRememberedToo) {
  const std::string file = write("a.xml", kOne);
  load({file});
  loaded_.write("a.xml", "<iati-activities version='2.03'>\n" + kOne + kTwo + "<iati-act");
  load({file});
  write("a.xml", kOne);
  EXPECT_EQ(moves(load({file})), "1 0");
  EXPECT_TRUE(is_retired("P-1-B"));
}

TEST_F(RetirementTest, AFileThatIsGoneOrOfAnotherKindRetiresNothing) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  loaded_.write("a.xml", "<html><body>Down for maintenance</body></html>");
  EXPECT_EQ(moves(load({file})), "0 0");
  loaded_.write("a.xml", "");
  EXPECT_EQ(moves(load({file})), "0 0");
  EXPECT_FALSE(is_retired("P-1-A"));
}

TEST_F(RetirementTest, WhatAnotherInputOfTheSourceHasStays) {
  const std::string first = write("first.xml", kOne + kTwo);
  const std::string second = write("second.xml", kTwo);
  load({first});
  load({second});
  write("first.xml", kOne);
  EXPECT_EQ(moves(load({first})), "0 0");
  EXPECT_FALSE(is_retired("P-1-B"));
  write("second.xml", activity("P-1-C", "Roads"));
  EXPECT_EQ(moves(load({second})), "1 0");
  EXPECT_TRUE(is_retired("P-1-B"));
}

TEST_F(RetirementTest, WhatMovesBetweenFilesOfOneRunStays) {
  write("folder/a.xml", kOne + kTwo);
  write("folder/b.xml", activity("P-1-C", "Roads"));
  const std::string folder = (loaded_.folder() / "folder").string();
  load({folder});
  write("folder/a.xml", kOne);
  write("folder/b.xml", activity("P-1-C", "Roads") + kTwo);
  EXPECT_EQ(moves(load({folder})), "0 0");
  write("folder/b.xml", activity("P-1-C", "Roads"));
  EXPECT_EQ(moves(load({folder})), "1 0");
}

TEST_F(RetirementTest, AnOlderVersionIsThereAllTheSame) {
  const std::string old = activity("P-1-A", "Old", "2020-01-01");
  const std::string file = write("a.xml", activity("P-1-A", "New", "2024-01-01") + kTwo);
  load({file});
  write("a.xml", old + kTwo);
  const Report report = load({file});
  EXPECT_EQ(report.totals().outdated, 1U);
  EXPECT_EQ(moves(report), "0 0");
  // Nor does it come back as anything but what the graph holds.
  write("a.xml", kTwo);
  EXPECT_EQ(moves(load({file})), "1 0");
  write("a.xml", old + kTwo);
  EXPECT_EQ(moves(load({file})), "0 1");
  EXPECT_FALSE(is_retired("P-1-A"));
  EXPECT_EQ(loaded_.property("iati:P-1-A", "title"), "New");
}

TEST_F(RetirementTest, TwoUndatedVersionsOfOneRecordRetireNothing) {
  write("folder/1.xml", activity("P-1-A", "First"));
  write("folder/2.xml", activity("P-1-A", "Second"));
  const std::string folder = (loaded_.folder() / "folder").string();
  load({folder});
  const std::string before = loaded_.exported();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(moves(load({folder})), "0 0");
  EXPECT_EQ(loaded_.exported(), before);
}

TEST_F(RetirementTest, AnotherSourceThatSpeaksOfItIsNotRetired) {
  const std::string file = write("a.xml", kOne);
  load({file});
  const std::string list = loaded_.write(
      "list.jsonl", R"({"id":"iati:P-1-A","kind":"Initiative","properties":{"note":"seen"}})");
  load({list});
  write("a.xml", kTwo);
  load({file});
  const graph::View view = loaded_.graph().view();
  const std::vector<graph::NodeIndex> one{*view.find("iati:P-1-A")};
  const auto nodes = view.read(one).value();
  for (const graph::StatedProperty& property : nodes[0].properties) {
    if (property.name != "retired") continue;
    EXPECT_EQ(property.sources, std::vector<std::string>{"src:P-1"});
  }
  EXPECT_TRUE(is_retired("P-1-A"));
}

TEST_F(RetirementTest, WhatIsHeldForReviewIsRetiredInSilence) {
  const std::string house = activity("P-1-H", "A safe house in Elm Street");
  const std::string file = write("a.xml", kOne + house);
  load({file});
  ASSERT_EQ(loaded_.property("iati:P-1-H", "title"), "no such node");
  write("a.xml", kOne);
  EXPECT_EQ(moves(load({file})), "1 0");
  EXPECT_TRUE(is_retired("P-1-H"));
  EXPECT_EQ(loaded_.property("iati:P-1-H", "retired"), "no such node");
  // Released, and held again.
  ASSERT_TRUE(release(loaded_.graph(), tests::built_in_ontology().schema(), "iati:P-1-H", {}).ok());
  EXPECT_NE(loaded_.property("iati:P-1-H", "retired"), "nothing");
  ASSERT_TRUE(
      withdraw_release(loaded_.graph(), tests::built_in_ontology().schema(), "iati:P-1-H").ok());
  EXPECT_EQ(loaded_.property("iati:P-1-H", "retired"), "no such node");
}

TEST_F(RetirementTest, OtherWaysOfReadingAFileAreOtherInputs) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  Options options;
  options.source = "copy";
  load({file}, options);
  write("a.xml", kOne);
  EXPECT_EQ(moves(load({file}, options)), "1 0");
  EXPECT_EQ(moves(load({file})), "1 0");
}

TEST_F(RetirementTest, ARunThatIsNotToBeRememberedRetiresNothingButBringsBack) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  write("a.xml", kOne);
  Options options;
  options.inputs = {file};
  EXPECT_EQ(moves(run(options, loaded_.graph(), tests::built_in_ontology()).value()), "0 0");
  load({file});
  ASSERT_TRUE(is_retired("P-1-B"));
  options.inputs = {write("b.xml", kTwo)};
  EXPECT_EQ(moves(run(options, loaded_.graph(), tests::built_in_ontology()).value()), "0 1");
  EXPECT_FALSE(is_retired("P-1-B"));
}

TEST_F(RetirementTest, ItGoesWithItsSource) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  write("a.xml", kOne);
  load({file});
  ASSERT_TRUE(loaded_.graph().remove_source("src:P-1").ok());
  ASSERT_TRUE(settle_after_removal(loaded_.graph(), nullptr).ok());
  EXPECT_TRUE(known_inputs(loaded_.graph()).value().empty());
  EXPECT_TRUE(retired_records(loaded_.graph()).value().empty());
  EXPECT_EQ(loaded_.property("iati:P-1-B", "title"), "no such node");
  EXPECT_TRUE(loaded_.graph().notes("").value().empty());
  write("a.xml", kOne + kTwo);
  EXPECT_EQ(moves(load({file})), "0 0");
  EXPECT_FALSE(is_retired("P-1-B"));
}

TEST_F(RetirementTest, ThousandsGoAndComeBack) {
  std::string many;
  for (int i = 0; i < 2500; ++i) many += activity("P-1-" + std::to_string(i), "Number");
  const std::string file = write("a.xml", many + kOne);
  load({file});
  const std::string before = loaded_.exported();
  write("a.xml", kOne);
  EXPECT_EQ(moves(load({file})), "2500 0");
  write("a.xml", many + kOne);
  EXPECT_EQ(moves(load({file})), "0 2500");
  EXPECT_EQ(loaded_.exported(), before);
}

TEST_F(RetirementTest, TheSourceTellsHowManyToWhomItMay) {
  const auto count = [this](const graph::Viewer& viewer = graph::Viewer::everyone()) {
    return loaded_.property("src:P-1", "records_retired", viewer);
  };
  const std::string house = activity("P-1-H", "A safe house in Elm Street");
  const std::string file = write("a.xml", kOne + kTwo + activity("P-1-C", "Roads") + house);
  load({file});
  EXPECT_EQ(count(), "nothing");
  write("a.xml", kOne + kTwo + house);
  load({file});
  EXPECT_EQ(count(), "1");
  write("a.xml", kOne);
  load({file});
  EXPECT_EQ(count(), "2");
  EXPECT_EQ(loaded_.exported().find("\"records_retired\":[3]"), std::string::npos);
  write("a.xml", kOne + kTwo);
  load({file});
  EXPECT_EQ(count(), "1");
  write("a.xml", kOne + kTwo + activity("P-1-C", "Roads") + house);
  load({file});
  EXPECT_EQ(count(), "nothing");
}

TEST_F(RetirementTest, AnExportCarriesItAndComesBackByteForByte) {
  const std::string file = write("a.xml", kOne + kTwo);
  load({file});
  write("a.xml", kOne);
  load({file});
  const std::string exported = loaded_.exported();
  EXPECT_NE(exported.find("\"retired\""), std::string::npos);
  tests::LoadedGraph other;
  other.load({other.write("export.jsonl", exported)});
  EXPECT_EQ(other.exported(), exported);
}

}  // namespace
}  // namespace mangrove::ingest
