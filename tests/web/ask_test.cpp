#include "web/ask.h"

#include <gtest/gtest.h>

#include <sstream>

#include "graph/graph.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::web {
namespace {

// The request that these words ask, or what is wrong with them.
std::string target(const std::vector<std::string>& words) {
  const auto options = parse_ask(words);
  if (!options.ok()) return options.error().message;
  const auto target = target_of(options.value());
  return target.ok() ? target.value() : target.error().message;
}

TEST(Ask, WordsBecomeARequest) {
  EXPECT_EQ(target({"search", "child labour cocoa", "--place", "GH"}),
            "/api/v1/search?q=child%20labour%20cocoa&place=GH");
  EXPECT_EQ(target({"overlaps", "iati:GB-1-2/3", "--basis=reported,text"}),
            "/api/v1/initiatives/iati:GB-1-2%2F3/overlaps?basis=reported%2Ctext");
  EXPECT_EQ(target({"paths", "org:a", "org:b", "--max-hops", "4"}),
            "/api/v1/paths?from=org:a&to=org:b&max_hops=4");
  EXPECT_EQ(target({"linkages", "8.7"}), "/api/v1/linkages?target=8.7");
  EXPECT_EQ(target({"graph", "sdg:8.7", "--graph", "folder", "--hops", "2"}),
            "/api/v1/graph?seed=sdg:8.7&hops=2");
  EXPECT_EQ(target({"stats"}), "/api/v1/stats");
  EXPECT_EQ(target({"vocabularies"}), "/api/v1/vocabularies");
  EXPECT_EQ(target({"vocabulary", "sdg"}), "/api/v1/vocabularies/sdg");
  EXPECT_EQ(target({"vocabulary"}), "vocabulary needs <name>, such as sdg");
}

TEST(Ask, ANodeHasTwoNames) {
  EXPECT_EQ(target({"node", "sdg:8.7"}), "/api/v1/nodes/sdg:8.7");
  EXPECT_EQ(target({"nodes", "sdg:8.7"}), "/api/v1/nodes/sdg:8.7");
}

TEST(Ask, OurOwnOptionsAreNoFilters) {
  const auto options =
      parse_ask(std::vector<std::string>{"stats", "--format", "csv", "--server", "http://x:1"});
  EXPECT_EQ(options.value().format, Format::csv);
  EXPECT_EQ(options.value().server, "http://x:1");
  EXPECT_TRUE(options.value().filters.empty());
}

TEST(Ask, OverlapsWithoutAnInitiativeAreThoseUnderAFilter) {
  EXPECT_EQ(target({"overlaps", "--place", "GH", "--target=8.7"}),
            "/api/v1/overlaps?place=GH&target=8.7");
  EXPECT_EQ(target({"overlaps", "iati:XM-1"}), "/api/v1/initiatives/iati:XM-1/overlaps");
}

TEST(Ask, OverlapsOfADraftAreAskedWithItsWords) {
  const tests::TemporaryFolder folder;
  const std::string place = (folder.path() / "graph").string();
  {
    const auto graph = graph::Graph::open(place, {}).value();
    graph::Batch batch;
    graph::Record record;
    record.source = "src:test";
    record.subject = {"iati:XX-7", "Initiative", {}};
    record.mentions = {{"place:GH", "Place", {}}, {"place:TG", "Place", {}}};
    record.edges = {{"iati:XX-7", "WORKS_IN", "place:GH", {}, {}}};
    batch.put(record);
    ASSERT_TRUE(graph->commit(batch).ok());
  }
  const auto ask = [&](std::vector<std::string> words, int status) {
    words.insert(words.end(), {"--graph", place, "--format", "json"});
    std::ostringstream out;
    std::ostringstream errors;
    EXPECT_EQ(ask_command(words, out, errors), status) << errors.str();
    return out.str() + errors.str();
  };
  const std::string answer = ask({"overlaps", "--title", "Wells", "--place", "GH", "--place", "TG",
                                  "--from", "2025", "--limit", "3"},
                                 0);
  EXPECT_NE(answer.find("iati:XX-7"), std::string::npos) << answer;
  EXPECT_NE(answer.find("Wells"), std::string::npos);
  EXPECT_NE(ask({"overlaps", "--title", "Wells", "--from", "soon"}, 2).find("from"),
            std::string::npos);
}

TEST(Ask, SaysWhatIsWrong) {
  EXPECT_EQ(target({"gap", "x"}).substr(0, 27), "there is no question 'gap';");
  EXPECT_EQ(target({"stats", "--format", "xml"}), "--format is one of table, json, csv; not xml");
  EXPECT_EQ(target({"partners"}), "partners needs <id>, such as sdg:8.7");
  EXPECT_EQ(target({"search", "child", "labour"}).substr(0, 39),
            "'labour' is one argument too many for s");
  EXPECT_EQ(target({"search", "--place"}), "--place needs a value");
  EXPECT_EQ(target({"search", "-x"}), "there is no option -x; see --help");
}

TEST(Ask, AServerThatIsNoUrlIsWrongUsage) {
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(ask_command(std::vector<std::string>{"stats", "--server", "here"}, out, errors), 2);
  EXPECT_NE(errors.str().find("does not begin with http://"), std::string::npos) << errors.str();
}

TEST(Ask, WordsAfterTwoDashesAreArguments) {
  EXPECT_EQ(target({"search", "--", "--help"}), "/api/v1/search?q=--help");
}

TEST(Ask, HelpListsQuestionsAndTheirFilters) {
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(ask_command(std::vector<std::string>{"--help"}, out, errors), 0);
  for (const char* question : {"search", "neighbours", "linkages", "mangrove ask paths"}) {
    EXPECT_NE(out.str().find(question), std::string::npos) << question;
  }
  out.str({});
  EXPECT_EQ(ask_command(std::vector<std::string>{"paths", "--help"}, out, errors), 0);
  for (const char* part : {"<from>", "<to>", "--max_hops", "--relation", "Longest path"}) {
    EXPECT_NE(out.str().find(part), std::string::npos) << part;
  }
  EXPECT_EQ(errors.str(), "");
}

TEST(Ask, WrongUsageIsStatusTwo) {
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(ask_command({}, out, errors), 2);
  EXPECT_EQ(ask_command(std::vector<std::string>{"nonsense"}, out, errors), 2);
  EXPECT_EQ(ask_command(std::vector<std::string>{"node"}, out, errors), 2);
  EXPECT_EQ(out.str(), "");
}

TEST(Ask, WhoAsksCanBeSaidOfAFolder) {
  const auto options = parse_ask(
      std::vector<std::string>{"stats", "--audience", "partners", "--audience=staff", "--steward"});
  EXPECT_EQ(options.value().audiences, (std::vector<std::string>{"partners", "staff"}));
  EXPECT_TRUE(options.value().steward);
  EXPECT_TRUE(options.value().filters.empty());
  EXPECT_EQ(target({"stats", "--audience", ""}), "--audience needs a name");
  EXPECT_EQ(target({"stats", "--version", "3"}), "/api/v1/stats?version=3");
}

TEST(Ask, WhoAsksCannotBeSaidToAServer) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"stats", "--steward", "--server", "http://x:1"},
        {"stats", "--server=http://x:1", "--audience", "partners"}}) {
    std::ostringstream out;
    std::ostringstream errors;
    EXPECT_EQ(ask_command(words, out, errors), 2);
    EXPECT_NE(errors.str().find("are for a graph in a folder"), std::string::npos) << errors.str();
  }
}

TEST(Ask, AnAudienceSeesMoreThanEveryone) {
  const tests::TemporaryFolder folder;
  const std::string place = (folder.path() / "graph").string();
  {
    const auto graph = graph::Graph::open(place, {}).value();
    graph::Batch batch;
    graph::Record record;
    record.source = "src:test";
    record.audience = {"partners"};
    record.subject = {"org:shelter", "Actor", {}};
    batch.put(record);
    ASSERT_TRUE(graph->commit(batch).ok());
  }
  const auto status = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"node", "org:shelter", "--graph", place});
    std::ostringstream out;
    std::ostringstream errors;
    return ask_command(words, out, errors);
  };
  EXPECT_EQ(status({}), 3);
  EXPECT_EQ(status({"--audience", "strangers"}), 3);
  EXPECT_EQ(status({"--audience", "strangers", "--audience", "partners"}), 0);
  EXPECT_EQ(status({"--steward"}), 0);
}

TEST(Ask, AGraphThatIsNotThereIsStatusThree) {
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(
      ask_command(std::vector<std::string>{"stats", "--graph", "/nonexistent/graph"}, out, errors),
      3);
  EXPECT_NE(errors.str().find("/nonexistent/graph"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::web
