#include "ontology/command.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace mangrove::ontology {
namespace {

class OntologyCommand : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& text) const {
    const std::string path = (folder_ / "v.ttl").string();
    std::ofstream(path) << text;
    return path;
  }

  int run(const std::vector<std::string>& words) {
    out_.str({});
    errors_.str({});
    return ontology_command(words, out_, errors_);
  }

  std::ostringstream out_;
  std::ostringstream errors_;
  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("ontology-" + std::to_string(::getpid()));
};

TEST_F(OntologyCommand, HelpHasAVocabularyThatPasses) {
  EXPECT_EQ(run({"check", "--help"}), 0);
  const std::string help = out_.str();
  const std::size_t begin = help.find("@prefix");
  const std::string vocabulary = help.substr(begin, help.find("Exit status") - begin);
  ASSERT_NE(begin, std::string::npos);
  EXPECT_EQ(run({"check", write(vocabulary)}), 0) << vocabulary;
  EXPECT_EQ(out_.str(), "1 file: 0 errors, 0 warnings\n");
}

TEST_F(OntologyCommand, SaysFileAndLineAndSumsUp) {
  const std::string path = write(
      "@prefix m: <urn:mangrove:ns:> .\n<urn:mangrove:id:src:a> a "
      "m:Source .\n<urn:mangrove:id:det:b> a m:Determinat .\n");
  EXPECT_EQ(run({"check", path}), 1);
  EXPECT_EQ(out_.str(), path + ":2: error: src:a has no skos:prefLabel\n" + path +
                            ":3: error: det:b is of a kind that the schema does not know: "
                            "m:Determinat; did you mean m:Determinant?\n"
                            "1 file: 2 errors, 0 warnings\n");
  EXPECT_EQ(run({"check", path, "--format", "json"}), 1);
  EXPECT_EQ(out_.str().find("{\"files\":1,\"errors\":2,\"warnings\":0,\"mistakes\":[{\"file\":\"" +
                            path + "\",\"line\":2,\"severity\":\"error\",\"text\":\"src:a has"),
            0U)
      << out_.str();
}

TEST_F(OntologyCommand, PassesWithWarningsOnly) {
  EXPECT_EQ(run({"check", write("<urn:mangrove:id:src:a> a <urn:mangrove:ns:Source> ; "
                                "<http://www.w3.org/2004/02/skos/core#prefLabel> \"A\"@en .")}),
            0);
  EXPECT_NE(out_.str().find("1 file: 0 errors, 1 warning\n"), std::string::npos) << out_.str();
}

TEST_F(OntologyCommand, TellsWrongUsageFromFilesThatCannotBeRead) {
  EXPECT_EQ(run({}), 2);
  EXPECT_EQ(run({"mend"}), 2);
  EXPECT_EQ(run({"check"}), 2);
  const std::string path = write("");
  EXPECT_EQ(run({"check", path, "--format", "xml"}), 2);
  EXPECT_EQ(run({"check", path, path}), 2);
  EXPECT_EQ(run({"check", path + ".not-there", path}), 3);
  EXPECT_NE(errors_.str().find(".not-there cannot be read"), std::string::npos);
  EXPECT_NE(out_.str().find("1 file: 1 error"), std::string::npos) << "the others are checked";
  EXPECT_EQ(run({"check", folder_.string()}), 3);
}

}  // namespace
}  // namespace mangrove::ontology
