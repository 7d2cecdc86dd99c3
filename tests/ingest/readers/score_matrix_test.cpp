#include "ingest/readers/score_matrix.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "ingest/readers/influence_mapping.h"
#include "tests/support/show_steps.h"
#include "tests/support/text_stream.h"

namespace mangrove::ingest {
namespace {

const ontology::Ontology& built_in() {
  static const Result<ontology::Ontology> loaded = ontology::Ontology::load();
  return loaded.value();
}

std::string read(const std::string& text, const std::string& mapping = {}) {
  const auto reader =
      make_score_matrix_reader(tests::stream_of(text), "m.json", mapping, built_in());
  return reader.ok() ? tests::show_steps(*reader.value()) : "error: " + reader.error().message;
}

constexpr const char* kMapping = R"({
  "source": {"name": "A study", "publisher": "An institute"},
  "statements": {"scope": "Sweden", "date": "2018", "evidence": "Somebody 2018",
                 "status": "confirmed"}})";

TEST(ScoreMatrix, GivesOneRecordForEachTargetWithScopeDateAndSource) {
  EXPECT_EQ(read("{\"1.3\": {\"affect\": {\n\"1.5\": 1, \"16.a\": -3, \"2.4\": 0}}}", kMapping),
            "src:a-study Source source=src:a-study line=1\n"
            "  label \"A study\"\n"
            "  publisher \"An institute\"\n"
            "sdg:1.3 Target source=src:a-study line=1\n"
            "  sdg:1.3 -INFLUENCES[1 src:a-study Sweden]-> sdg:1.5 score=1 scope=\"Sweden\" "
            "date=2018 evidence=\"Somebody 2018\" status=\"confirmed\"\n"
            "  sdg:1.3 -INFLUENCES[-3 src:a-study Sweden]-> sdg:16.a score=-3 scope=\"Sweden\" "
            "date=2018 evidence=\"Somebody 2018\" status=\"confirmed\"\n"
            "  sdg:1.3 -INFLUENCES[0 src:a-study Sweden]-> sdg:2.4 score=0 scope=\"Sweden\" "
            "date=2018 evidence=\"Somebody 2018\" status=\"confirmed\"\n");
}

TEST(ScoreMatrix, SaysNoMoreThanTheFileDoesWhereNoMappingAddsToIt) {
  EXPECT_EQ(read(R"({"1.3": {"affect": {"1.5": 1}}})"),
            "sdg:1.3 Target line=1\n"
            "  sdg:1.3 -INFLUENCES[1]-> sdg:1.5 score=1\n");
}

TEST(ScoreMatrix, CountsWhatATargetDoesToItselfAndTakesMissingForUnknown) {
  EXPECT_EQ(read("{\"1.3\": {\"affect\": {\n\"1.3\": 0,\n\"1.5\": null}}}"),
            "sdg:1.3 Target line=1\n"
            "  ! line 2 influence-on-itself (value_skipped): 1.3 on 1.3: a score of 0 on itself\n");
}

TEST(ScoreMatrix, NamesWhatStandsBesideTheScoresOnce) {
  EXPECT_EQ(
      read(R"({"1.3": {"affect": {}, "Sum": 3}, "1.5": {"Name": "x", "Sum": 4, "affect": {}}})"),
      "sdg:1.3 Target line=1\n"
      "sdg:1.5 Target line=1\n"
      "nothing\n"
      "  ! line 0 matrix-rest (noted): beside the scores: `Name`, `Sum`\n");
}

TEST(ScoreMatrix, LosesAScoreThatIsNoneAndNothingElse) {
  EXPECT_EQ(
      read("{\"1.3\": {\"affect\": {\n\"1.5\": 4,\n\"2.2\": 0.5,\n\"2.4\": \"2\",\n"
           "\"3.4\": [1],\n\"8.77\": 1,\n\"8\": 1,\n\"x\": 1,\n\"08.07\": 2}}}"),
      "sdg:1.3 Target line=1\n"
      "  sdg:1.3 -INFLUENCES[2]-> sdg:8.7 score=2\n"
      "  ! line 2 score-form (value_skipped): 1.3 on 1.5: a score is a whole number from -3 to "
      "3, not 4\n"
      "  ! line 3 score-form (value_skipped): 1.3 on 2.2: a score is a whole number from -3 to "
      "3, not 0.5\n"
      "  ! line 4 score-form (value_skipped): 1.3 on 2.4: a score is a whole number from -3 to "
      "3, not \"2\"\n"
      "  ! line 5 score-form (value_skipped): 1.3 on 3.4: a score is a whole number from -3 to "
      "3, not [1]\n"
      "  ! line 6 sdg-code-unknown (value_skipped): 1.3 on 8.77: the SDG catalogue has no "
      "`8.77`\n"
      "  ! line 7 sdg-code-level (value_skipped): 1.3 on 8: `8` is a Goal, and a Target stands "
      "here\n"
      "  ! line 8 sdg-code-form (value_skipped): 1.3 on x: `x` is no code of the SDG "
      "catalogue\n"
      "  ! line 9 sdg-code-form (value_repaired): 1.3 on 08.07: `08.07` was read as `8.7`\n");
}

TEST(ScoreMatrix, LosesARowThatIsNone) {
  EXPECT_EQ(read("{\"99.9\": {\"affect\": {}},\n\"1.3\": 4,\n\"1.5\": {\"affect\": [1]},\n"
                 "\"8.7\": {\"affect\": {}},\n\"8.07\": {\"affect\": {}}}"),
            "nothing\n"
            "  ! line 1 sdg-code-unknown (record_skipped): a row of the matrix: the SDG catalogue "
            "has no `99.9`\n"
            "nothing\n"
            "  ! line 2 matrix-row (record_skipped): 1.3 has no object `affect` with scores by "
            "target\n"
            "nothing\n"
            "  ! line 3 matrix-row (record_skipped): 1.5 has no object `affect` with scores by "
            "target\n"
            "sdg:8.7 Target line=4\n"
            "nothing\n"
            "  ! line 5 sdg-code-form (value_repaired): a row of the matrix: `8.07` was read as "
            "`8.7`\n"
            "  ! line 5 matrix-row (record_skipped): 8.07 has a row already\n");
}

TEST(ScoreMatrix, RefusesWhatIsNoMatrixWithFileAndLine) {
  EXPECT_EQ(read("[]"), "error: m.json:1: a score matrix is an object with targets as its keys\n");
  EXPECT_TRUE(read("{\"1.3\":\n {\"affect\": }}").starts_with("error: m.json:2: column "))
      << read("{\"1.3\":\n {\"affect\": }}");
  EXPECT_TRUE(read("{\"1.3\": 1,\n\"1.3\": 2}").starts_with("error: m.json:2: column "));
  EXPECT_NE(read("{\"1.3\": " + std::string(20, '[')).find("m.json:1: "), std::string::npos);
  EXPECT_EQ(read(std::string((std::size_t{4} << 20) + 1, ' ')),
            "error: m.json: more than 4 MiB; a matrix of all 169 targets is far smaller\n");
}

TEST(ScoreMatrix, EndsWithAnErrorWhereverTheFileBreaksOff) {
  const std::string whole = R"({"1.3": {"affect": {"1.5": -1, "2.2": 1}, "Name": "\"x\\"}})";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_TRUE(read(whole.substr(0, size)).starts_with("error: m.json:")) << size;
  }
}

TEST(ScoreMatrix, HasMappingsForPublishedDataThatCanBeRead) {
  for (const char* name : {"weitz-2018", "laumann-2022"}) {
    std::ifstream file(std::string(MANGROVE_SOURCE "/ingest/mappings/") + name + ".mapping.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Result<InfluenceMapping> mapping = read_influence_mapping(text);
    ASSERT_TRUE(mapping.ok()) << mapping.error().message;
    EXPECT_EQ(mapping.value().source.id, std::string("src:") + name);
    EXPECT_FALSE(mapping.value().scope_of("sub/world.csv.gz").empty());
    EXPECT_NE(graph::find_property(mapping.value().properties, "date"), nullptr);
    EXPECT_FALSE(graph::text_of(mapping.value().properties, "evidence").empty());
  }
}

TEST(ScoreMatrix, RefusesAMappingThatIsNone) {
  const std::string matrix = "{}";
  EXPECT_EQ(read(matrix, R"({"kind": "Target"})"), "error: mapping: the whole: knows no \"kind\"");
  EXPECT_EQ(read(matrix, R"({"statements": {"date": "soon"}})"),
            "error: mapping: statements: \"date\" is YYYY, YYYY-MM or YYYY-MM-DD, not \"soon\"");
  EXPECT_EQ(read(matrix, R"({"statements": {"status": "sure"}})"),
            "error: mapping: statements: \"status\" is confirmed, proposed or unverified");
  EXPECT_EQ(read(matrix, R"({"statements": {"scope": 3}})"),
            "error: mapping: scope: wants a text of up to 100 bytes, or an object of such by file");
  EXPECT_EQ(read(matrix, R"({"source": {"name": "?"}})"),
            "error: mapping: source: wants a \"name\" with letters or digits");
}

}  // namespace
}  // namespace mangrove::ingest
