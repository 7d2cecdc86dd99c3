#include "ingest/readers/goal_dependence.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/show_steps.h"
#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::string read(const std::string& rows, const std::string& mapping = {},
                 const std::string& file = "folder/south-america.csv") {
  const auto reader = make_goal_dependence_reader(
      tests::stream_of(",pair_0,pair_1,min_dcor,p-value,condition\n" + rows), file, mapping,
      built_in());
  return reader.ok() ? tests::show_steps(*reader.value()) : "error: " + reader.error().message;
}

TEST(GoalDependence, GivesOneUndirectedStatementForAPairAndNoScore) {
  EXPECT_EQ(read("0,8,2,0.09348,0.0413,\"('13', '16', 'T')\"\n1,2,3,0,1,()\n"),
            "sdg:2 Goal line=2\n"
            "  sdg:2 -INFLUENCES[dependence south america]-> sdg:8 dependence=0.09348 "
            "p_value=0.0413 given=\"sdg:13\" given=\"sdg:16\" given=\"temperature\" "
            "directed=false scope=\"south america\"\n"
            "  sdg:2 -INFLUENCES[dependence south america]-> sdg:3 dependence=0 p_value=1 "
            "directed=false scope=\"south america\"\n");
}

TEST(GoalDependence, TakesScopeDateAndSourceFromTheMapping) {
  const std::string mapping =
      R"({"source": {"name": "study"}, "statements": {"date": "2022", "evidence": "Somebody 2022",
          "scope": {"south-america": "South America", "asia": "Asia"}}})";
  EXPECT_EQ(read("0,1,2,0.5,0.1,\n", mapping),
            "src:study Source source=src:study line=1\n"
            "  label \"study\"\n"
            "sdg:1 Goal source=src:study line=2\n"
            "  sdg:1 -INFLUENCES[dependence src:study South America]-> sdg:2 dependence=0.5 "
            "p_value=0.1 directed=false scope=\"South America\" date=2022 "
            "evidence=\"Somebody 2022\"\n");
}

TEST(GoalDependence, LeavesOutTemperatureAndGoalsWithThemselves) {
  EXPECT_EQ(read("0,16,T,0.00142,0.0005,\"('1',)\"\n1,3,3,0.1,0.1,()\n"),
            "nothing\n"
            "  ! line 2 variable-no-goal (value_skipped): goals 16 and T: T is temperature\n"
            "nothing\n"
            "  ! line 3 influence-on-itself (value_skipped): goals 3 and 3\n");
}

TEST(GoalDependence, LosesAPairThatIsNoneAndNothingElse) {
  EXPECT_EQ(read("0,18,2,0.1,0.1,()\n1,8.7,2,0.1,0.1,()\n2,1,2,1.5,0.1,()\n3,1,3,nan,0.1,()\n"
                 "4,1,4,0.25,0.1,()\n5,4,1,0.5,0.1,()\n"),
            "nothing\n"
            "  ! line 2 sdg-code-unknown (value_skipped): goals 18 and 2: the SDG catalogue has no "
            "`18`\n"
            "nothing\n"
            "  ! line 3 sdg-code-level (value_skipped): goals 8.7 and 2: `8.7` is a Target, and a "
            "Goal stands here\n"
            "nothing\n"
            "  ! line 4 dependence-form (value_skipped): goals 1 and 2: a dependence is a number "
            "from 0 to 1, not `1.5`\n"
            "nothing\n"
            "  ! line 5 dependence-form (value_skipped): goals 1 and 3: a dependence is a number "
            "from 0 to 1, not `nan`\n"
            "nothing\n"
            "  ! line 7 pair-twice (value_skipped): goals 4 and 1: the pair stands there already\n"
            "sdg:1 Goal line=6\n"
            "  sdg:1 -INFLUENCES[dependence south america]-> sdg:4 dependence=0.25 p_value=0.1 "
            "directed=false scope=\"south america\"\n");
}

TEST(GoalDependence, KeepsAPairWhoseChanceOrConditionCannotBeRead) {
  EXPECT_EQ(
      read("0,1,2,0.1,often,4 and 5\n1,1,3,0.1,,\"('4', '18')\"\n"),
      "nothing\n"
      "  ! line 2 dependence-form (value_skipped): goals 1 and 2: a p-value is a number from 0 "
      "to 1, not `often`\n"
      "  ! line 2 dependence-form (value_skipped): goals 1 and 2: a condition is a list such "
      "as ('4', '5'), not `4 and 5`\n"
      "nothing\n"
      "  ! line 3 sdg-code-unknown (value_skipped): goals 1 and 3, its condition: the SDG "
      "catalogue has no `18`\n"
      "sdg:1 Goal line=2\n"
      "  sdg:1 -INFLUENCES[dependence south america]-> sdg:2 dependence=0.1 directed=false "
      "scope=\"south america\"\n"
      "  sdg:1 -INFLUENCES[dependence south america]-> sdg:3 dependence=0.1 given=\"sdg:4\" "
      "directed=false scope=\"south america\"\n");
}

TEST(GoalDependence, GivesWhatStandsBeforeTheBreakOfATable) {
  EXPECT_EQ(read("0,1,2,0.5,0.1,()\n1,1,3,0.5,0.1,\"('4'\n"),
            "sdg:1 Goal line=2\n"
            "  sdg:1 -INFLUENCES[dependence south america]-> sdg:2 dependence=0.5 p_value=0.1 "
            "directed=false scope=\"south america\"\n"
            "error: folder/south-america.csv:3: a quote that opens here is never closed\n");
}

TEST(GoalDependence, WantsItsColumns) {
  const auto reader = make_goal_dependence_reader(tests::stream_of("pair_0,pair_1\n1,2\n"), "t.csv",
                                                  {}, built_in());
  EXPECT_EQ(tests::show_steps(*reader.value()), "error: t.csv:1: there is no column `min_dcor`\n");
}

}  // namespace
}  // namespace mangrove::ingest
