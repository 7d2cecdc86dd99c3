// From files of influence to what GET linkages shows of them.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "graph/base/json.h"
#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "tests/support/direct_api.h"

namespace mangrove {
namespace {

/// A folder for the files of one test, gone when the test is over.
class InfluenceFiles : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    return path;
  }

  void load(const std::string& file, const std::string& mapping = {}) {
    ingest::Options options;
    options.inputs = {file};
    options.mapping = mapping;
    const auto report = ingest::run(options, *graph_, tests::shipped_ontology());
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_FALSE(report.value().records_lost()) << report.value().to_json();
  }

  /// `to 2 Sweden 2018 src:one` for each statement between the target asked and the other one.
  std::string influence(const std::string& target, const std::string& other) const {
    const tests::DirectApi api(*graph_);
    const json::Value answer =
        json::parse(api.get("/api/v1/linkages?limit=100&target=" + target).body).value();
    std::string shown;
    for (const json::Value& item : *answer.find("items")->as_array()) {
      if (*item.find_string("id") != "sdg:" + other) continue;
      for (const json::Value& each : *item.find("influence")->as_array()) {
        const auto score = each.find_integer("score");
        shown +=
            *each.find_string("direction") + " " + (score ? std::to_string(*score) : "unknown");
        for (const char* part : {"scope", "date", "source"}) {
          const std::string* word = each.find_string(part);
          shown += " " + (word == nullptr ? std::string("-") : *word);
        }
        shown += "\n";
      }
    }
    return shown;
  }

  std::unique_ptr<graph::Graph> graph_ =
      graph::Graph::open(storage::make_memory_storage(), {}).value();

 private:
  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("influence-" + std::to_string(::getpid()));
};

TEST_F(InfluenceFiles, OfSeveralSourcesStandSideBySideAndMissingStaysUnknown) {
  load(write("one.json", R"({"6.1": {"affect": {"6.1": 0, "6.2": 2, "7.1": null}}})"),
       write("one.mapping.json",
             R"({"source": {"name": "one"}, "statements": {"scope": "Sweden", "date": "2018"}})"));
  load(write("two.json", R"({"6.1": {"affect": {"6.2": -1}}, "6.2": {"affect": {"6.1": 0}}})"),
       write("two.mapping.json",
             R"({"source": {"name": "two"}, "statements": {"scope": "Nepal"}})"));
  load(write("three.json", R"({"6.1": {"affect": {"6.2": 2}}})"));
  EXPECT_EQ(influence("6.1", "6.2"),
            "to 0 Nepal - src:two\n"
            "from 2 Sweden 2018 src:one\n"
            "from 2 - - src:three\n"
            "from -1 Nepal - src:two\n");
  EXPECT_EQ(influence("6.1", "7.1"), "");
  EXPECT_EQ(influence("6.1", "6.1"), "");
}

TEST_F(InfluenceFiles, OfOneSourceAboutTwoPlacesStandSideBySideToo) {
  const std::string mapping = write("both.mapping.json", R"({"source": {"name": "study"},
      "statements": {"scope": {"north": "North", "south": "South"}}})");
  load(write("north.json", R"({"6.1": {"affect": {"6.2": 1}}})"), mapping);
  load(write("south.json", R"({"6.1": {"affect": {"6.2": 1}}})"), mapping);
  EXPECT_EQ(influence("6.2", "6.1"), "to 1 North - src:study\nto 1 South - src:study\n");
}

TEST_F(InfluenceFiles, AreTakenBackByANewerOneOfTheSameSource) {
  const std::string mapping = write("s.mapping.json", R"({"source": {"name": "study"}})");
  const std::string matrix = write("m.json", R"({"6.1": {"affect": {"6.2": 1, "7.1": 3}}})");
  load(matrix, mapping);
  write("m.json", R"({"6.1": {"affect": {"6.2": -2}}})");
  load(matrix, mapping);
  EXPECT_EQ(influence("6.2", "6.1"), "to -2 - - src:study\n");
  EXPECT_EQ(influence("7.1", "6.1"), "");
}

TEST_F(InfluenceFiles, OfDependenceTieGoalsAndAreInNoLinkageOfTargets) {
  const std::string head = ",pair_0,pair_1,min_dcor,p-value,condition\n";
  load(write("asia.csv", head + "0,6,7,0.4,0.01,()\n"));
  load(write("world.csv", head + "0,6,7,0.2,0.3,\"('1', 'T')\"\n"));
  const tests::DirectApi api(*graph_);
  const std::string body = api.get("/api/v1/nodes/sdg:6/neighbours?relation=INFLUENCES").body;
  for (const char* stated : {"\"asia\"", "\"world\"", "0.4", "0.2", "sdg:7"}) {
    EXPECT_NE(body.find(stated), std::string::npos) << stated << ' ' << body;
  }
  EXPECT_EQ(body.find("\"score\":0"), std::string::npos) << body;
  EXPECT_EQ(influence("6.1", "7.1"), "");
}

}  // namespace
}  // namespace mangrove
