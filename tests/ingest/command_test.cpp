#include "ingest/command.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::ingest {
namespace {

struct Ended {
  int status;
  std::string out;
  std::string errors;
};

Ended command(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream errors;
  const int status = ingest_command(words, out, errors);
  return {status, out.str(), errors.str()};
}

const std::string kSample = MANGROVE_SOURCE "/tests/data/iati/";

TEST(IngestCommand, ExplainsItselfWithExamples) {
  const Ended ended = command({"--help"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_NE(ended.out.find("Examples:"), std::string::npos);
  EXPECT_NE(ended.out.find("--audience"), std::string::npos);
}

TEST(IngestCommand, TellsWrongUsageFromFailure) {
  EXPECT_EQ(command({}).status, 2);
  EXPECT_EQ(command({"--no-such-option", "x"}).status, 2);
  EXPECT_EQ(command({"--format", "word", "x"}).status, 2);
  EXPECT_EQ(command({"--audience", "", "x"}).status, 2);
  const Ended ended = command({"--dry-run", "/no/such/file"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.errors, "mangrove ingest: /no/such/file: there is no such file or folder\n");
}

TEST(IngestCommand, MakesNoGraphForInputsThatAreNotThere) {
  const tests::TemporaryFolder folder;
  const std::string graph = (folder.path() / "graph").string();
  EXPECT_EQ(command({"--graph", graph, "/no/such/file"}).status, 3);
  EXPECT_FALSE(std::filesystem::exists(graph));
}

TEST(IngestCommand, LoadsAndReports) {
  const tests::TemporaryFolder folder;
  const std::string graph = (folder.path() / "graph").string();
  const std::string path = (folder.path() / "report.json").string();
  const Ended ended = command({"--graph", graph, "--report", path, kSample + "good/version-1.xml",
                               kSample + "good/version-2.xml", kSample + "good/bare-activity.xml"});
  EXPECT_EQ(ended.status, 0) << ended.errors;
  EXPECT_NE(ended.out.find("3 added"), std::string::npos) << ended.out;
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  const Result<json::Value> report = json::parse(text.str());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report.value().find("totals")->find_integer("records"), 3);
  EXPECT_EQ(command({"--graph", graph, kSample + "bad"}).status, 1);
}

}  // namespace
}  // namespace mangrove::ingest
