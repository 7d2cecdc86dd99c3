#include "web/assess.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::web {
namespace {

/// A graph in a folder with a place and a determinant, and `mangrove assess` over it.
class Assess : public testing::Test {
 protected:
  void SetUp() override {
    const auto graph = graph::Graph::open(place_, {}).value();
    graph::Batch batch;
    for (const auto& [id, kind] :
         {std::pair{"place:GH", "Place"}, std::pair{"det:debt", "Determinant"}}) {
      graph::Record record;
      record.source = "src:test";
      record.subject = {id, kind, {}};
      batch.put(std::move(record));
    }
    ASSERT_TRUE(graph->commit(batch).ok());
  }

  int run(std::vector<std::string> words) {
    words.insert(words.end(), {"--graph", place_});
    out_.str({});
    errors_.str({});
    return assess_command(words, out_, errors_);
  }

  const tests::TemporaryFolder folder_;
  const std::string place_ = (folder_.path() / "graph").string();
  std::ostringstream out_;
  std::ostringstream errors_;
};

TEST_F(Assess, AddsRevisesAndLists) {
  const std::vector<std::string> words{"add", "--place", "GH",      "--on", "det:debt", "--status",
                                       "gap", "--date",  "2024-03", "--by", "Amal"};
  ASSERT_EQ(run(words), 0) << errors_.str();
  const std::string id = out_.str().substr(0, out_.str().find(' '));
  EXPECT_EQ(out_.str(), id + " is recorded\n");
  EXPECT_EQ(run(words), 0);
  EXPECT_EQ(out_.str(), id + " was recorded before\n");
  ASSERT_EQ(
      run({"revise", id, "--status", "asset", "--date", "2025", "--by", "Bo", "--note", "so"}), 0)
      << errors_.str();
  ASSERT_EQ(run({"list", "--place", "GH", "--format", "csv"}), 0) << errors_.str();
  EXPECT_NE(out_.str().find("asset,2025,Bo," + id + ",so"), std::string::npos) << out_.str();
  EXPECT_EQ(run({"revise", id, "--status", "gap", "--date", "2025", "--by", "C", "--note", "no"}),
            3);
  EXPECT_NE(errors_.str().find("was revised by"), std::string::npos);
}

TEST_F(Assess, SaysWhatIsWrong) {
  EXPECT_EQ(run({"add", "--place", "GH", "--status", "good", "--date", "2999-01-01"}), 2);
  EXPECT_NE(errors_.str().find("\n  on: "), std::string::npos) << errors_.str();
  EXPECT_NE(errors_.str().find("\n  status: is gap, partial, asset or unknown\n"),
            std::string::npos);
  EXPECT_NE(errors_.str().find("\n  date: is still to come\n"), std::string::npos);
  EXPECT_EQ(run({"add", "--colour", "red"}), 2);
}

}  // namespace
}  // namespace mangrove::web
