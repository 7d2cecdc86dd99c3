#include "graph/command.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "graph/base/json.h"
#include "graph/graph.h"
#include "graph/requests.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::graph {
namespace {

using Words = std::vector<std::string>;

struct Ran {
  int status;
  std::string out;
  std::string errors;
};

Record thing(std::string id, std::string source, std::vector<std::string> next = {}) {
  Record record{.source = std::move(source), .subject = {id, "Thing"}};
  for (std::string& to : next) record.edges.push_back({id, "NEXT", std::move(to)});
  return record;
}

class Commands : public testing::Test {
 protected:
  Commands() {
    const auto graph = Graph::open(graph_, {}).value();
    Batch first;
    // Both state x:1, x:2 and the edge between them; x:3 and what ties it is src:b's alone.
    first.put(thing("x:1", "src:a", {"x:2"}));
    first.put(thing("x:1", "src:b", {"x:2"}));
    first.put(thing("x:2", "src:a"));
    first.put(thing("x:2", "src:b", {"x:3"}));
    first.put(thing("x:3", "src:b"));
    EXPECT_TRUE(graph->commit(first).ok());
    Batch second;
    Record source = thing("src:b", "src:b");
    source.subject.kind = "Source";
    source.subject.properties.push_back({"publisher", Text{"Body \x1B[31mB", ""}});
    second.put(std::move(source));
    second.remove("x:2", "src:b");
    EXPECT_TRUE(graph->commit(second).ok());
  }

  template <typename Command>
  Ran run(Command command, Words words) {
    words.insert(words.end(), {"--graph", graph_.string()});
    std::ostringstream out;
    std::ostringstream errors;
    const int status = command(words, out, errors);
    return {status, out.str(), errors.str()};
  }
  Ran source(Words words) {
    std::istringstream in;
    return run(
        [&](auto all, auto& out, auto& errors) { return source_command(all, in, out, errors); },
        std::move(words));
  }
  static json::Value parsed(const std::string& text) { return json::parse(text).value(); }

  tests::TemporaryFolder folder_;
  std::filesystem::path graph_ = folder_.path() / "graph";
  std::string backups_ = (folder_.path() / "backups").string();
};

TEST_F(Commands, ABackupCanBeListedCheckedAndRestored) {
  const Ran made = run(backup_command, {backups_});
  EXPECT_EQ(made.status, 0) << made.errors;
  EXPECT_EQ(made.out.substr(0, made.out.find(':')), "backup 1 in " + backups_);
  EXPECT_NE(made.out.find("version 2"), std::string::npos);

  const Ran listed = run(backup_command, {backups_, "--list"});
  EXPECT_EQ(listed.status, 0);
  EXPECT_EQ(listed.out.substr(0, 6), "BACKUP");
  const Ran as_json = run(backup_command, {backups_, "--list", "--format", "json"});
  EXPECT_EQ(parsed(as_json.out).find("backups")->as_array()->size(), 1u);
  EXPECT_EQ(run(backup_command, {backups_, "--check"}).out, "all backups are good\n");

  const auto restored = (folder_.path() / "restored").string();
  std::ostringstream out;
  std::ostringstream errors;
  EXPECT_EQ(restore_command(Words{backups_, "--graph", restored}, out, errors), 0) << errors.str();
  EXPECT_NE(out.str().find("is backup 1 of "), std::string::npos);
  EXPECT_EQ(restore_command(Words{backups_, "--graph", restored}, out, errors), 3);
  EXPECT_NE(errors.str().find("is not an empty folder"), std::string::npos);
}

TEST_F(Commands, ADamagedBackupHasItsOwnExitStatus) {
  ASSERT_EQ(run(backup_command, {backups_}).status, 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(backups_)) {
    if (entry.path().extension() != ".sst") continue;
    std::ofstream(entry.path(), std::ios::app) << "x";
  }
  const Ran checked = run(backup_command, {backups_, "--check"});
  EXPECT_EQ(checked.status, 1) << checked.errors;
  EXPECT_NE(checked.out.find("backup 1"), std::string::npos) << checked.out;
}

TEST_F(Commands, VerifySaysThatAllIsWellOrWhatIsWrong) {
  const Ran good = run(verify_command, {});
  EXPECT_EQ(good.status, 0) << good.out << good.errors;
  EXPECT_NE(good.out.find("all is well"), std::string::npos) << good.out;
  EXPECT_NE(good.out.find("version 2"), std::string::npos) << good.out;
  const Ran as_json = run(verify_command, {"--format", "json"});
  EXPECT_EQ(parsed(as_json.out).find_boolean("clean"), true);

  std::filesystem::remove_all(graph_ / "store");
  const Ran bad = run(verify_command, {});
  EXPECT_EQ(bad.status, 1);
  EXPECT_NE(bad.out.find("its store is gone"), std::string::npos) << bad.out;
  EXPECT_NE(bad.out.find("1 thing is wrong"), std::string::npos) << bad.out;
}

TEST_F(Commands, VerifyRepairLeavesAGoodGraph) {
  EXPECT_EQ(run(verify_command, {"--repair"}).status, 0);
}

TEST_F(Commands, SourcesAreListedWithWhatTheyHave) {
  const Ran listed = source({"list"});
  EXPECT_EQ(listed.status, 0) << listed.errors;
  const Ran ran = source({"list", "--format", "json"});
  const json::Value answer = parsed(ran.out);
  const auto& sources = *answer.find("sources")->as_array();
  ASSERT_EQ(sources.size(), 2u);
  EXPECT_EQ(*sources[0].find_string("id"), "src:a");
  EXPECT_EQ(sources[0].find_integer("records"), 2);
  EXPECT_EQ(sources[0].find_integer("nodes"), 2);
  EXPECT_EQ(sources[0].find_integer("nodes_alone"), 1);  // x:2, since src:b took its word back.
  EXPECT_EQ(sources[1].find_integer("records"), 3);
  EXPECT_EQ(sources[1].find_integer("nodes"), 3);
  EXPECT_EQ(sources[1].find_integer("nodes_alone"), 2);  // Itself, and x:3.
}

TEST_F(Commands, ASourceIsShownByItsIdOrItsName) {
  const Ran shown = source({"show", "b"});
  EXPECT_EQ(shown.status, 0) << shown.errors;
  EXPECT_EQ(shown.out, source({"show", "src:b"}).out);
  EXPECT_NE(shown.out.find("src:b\n  publisher: Body ?[31mB\n"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("Thing: 2"), std::string::npos) << shown.out;
}

TEST_F(Commands, AnUnknownSourceIsToldTheNearestNames) {
  for (const char* what : {"show", "remove"}) {
    const Ran ran = source({what, "src:c"});
    EXPECT_EQ(ran.status, 3);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.errors.find("there is no source 'src:c'; the nearest names are: src:a, src:b"),
              std::string::npos)
        << ran.errors;
  }
}

TEST_F(Commands, RemovingASourceSaysWhatWentAndWhatStays) {
  const Ran ran = source({"remove", "src:a", "--yes"});
  EXPECT_EQ(ran.status, 0) << ran.errors;
  EXPECT_EQ(ran.out,
            "src:a is removed: 2 records; 1 node and 1 edge are gone; 1 node and 0 edges stay, "
            "since others state them too\n");
  const auto graph = Graph::open(graph_, {.create = false}).value();
  const View view = graph->view();
  EXPECT_TRUE(view.find("x:1").has_value());
  EXPECT_FALSE(view.find("x:2").has_value());
  EXPECT_EQ(source({"remove", "src:a", "--yes"}).status, 3) << "the graph is held by this test";
}

TEST_F(Commands, TheLogTellsCommitsAndTheirSources) {
  const Ran ran = run(log_command, {"--format", "json"});
  EXPECT_EQ(ran.status, 0) << ran.errors;
  const json::Value answer = parsed(ran.out);
  const auto& changes = *answer.find("changes")->as_array();
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].find_integer("version"), 1);
  EXPECT_EQ(changes[0].find("records")->as_array()->size(), 5u);
  const Ran latest = run(log_command, {"--limit", "1", "--verbose"});
  EXPECT_EQ(latest.out.find("x:1"), std::string::npos);
  EXPECT_NE(latest.out.find("removed x:2 by src:b"), std::string::npos) << latest.out;
  EXPECT_EQ(parsed(run(log_command, {"--after", "2", "--format", "json"}).out)
                .find("changes")
                ->as_array()
                ->size(),
            0u);
}

TEST_F(Commands, AnExportGoesToAFileOrToStandardOutput) {
  const Ran shown = run(export_command, {});
  EXPECT_EQ(shown.status, 0) << shown.errors;
  EXPECT_EQ(shown.out.substr(0, shown.out.find('\n')), R"({"mangrove":"records","format":1})");
  EXPECT_NE(shown.out.find(R"({"id":"x:1","kind":"Thing","source":"src:a")"), std::string::npos);
  const std::string file = (folder_.path() / "all.jsonl").string();
  const Ran written = run(export_command, {"--output", file});
  EXPECT_EQ(written.status, 0);
  EXPECT_EQ(written.out, "");
  EXPECT_NE(written.errors.find("5 records in " + file), std::string::npos) << written.errors;
  std::stringstream bytes;
  bytes << std::ifstream(file).rdbuf();
  EXPECT_EQ(bytes.str(), shown.out);
  EXPECT_EQ(run(export_command, {"--output", "/nowhere/all.jsonl"}).status, 3);
}

TEST_F(Commands, AnExportIsForWhomItIsSaid) {
  {
    const auto graph = Graph::open(graph_, {}).value();
    Batch batch;
    Record hidden = thing("x:secret", "src:a");
    hidden.audience = {"partners"};
    batch.put(std::move(hidden));
    EXPECT_TRUE(graph->commit(batch).ok());
  }
  const auto tells_it = [&](Words words) {
    return run(export_command, std::move(words)).out.find("x:secret") != std::string::npos;
  };
  EXPECT_TRUE(tells_it({}));
  EXPECT_TRUE(tells_it({"--audience", "partners"}));
  EXPECT_FALSE(tells_it({"--public"}));
  EXPECT_FALSE(tells_it({"--audience", "police"}));
}

TEST_F(Commands, WorkThroughTheProcessThatHasTheGraphOpen) {
  const auto graph = Graph::open(graph_, {}).value();
  EXPECT_EQ(source({"list"}).status, 3) << "it has no door";
  const GraphDoor door(graph_, *graph);
  EXPECT_EQ(source({"list"}).status, 0);
  EXPECT_EQ(run(verify_command, {}).status, 0);
  EXPECT_EQ(run(log_command, {}).status, 0);
  EXPECT_NE(run(export_command, {}).out.find("x:3"), std::string::npos);
  EXPECT_EQ(run(backup_command, {backups_}).status, 0);
  EXPECT_EQ(source({"show", "zzz"}).status, 3);
  EXPECT_EQ(source({"remove", "src:b", "--yes"}).status, 0);
  EXPECT_FALSE(graph->view().find("x:3").has_value());
  const Ran repair = run(verify_command, {"--repair"});
  EXPECT_EQ(repair.status, 3);
  EXPECT_NE(repair.errors.find("another process"), std::string::npos) << repair.errors;
}

TEST_F(Commands, WrongUsageIsToldApartFromFailure) {
  const auto source_with = [&](Words words) { return source(std::move(words)).status; };
  EXPECT_EQ(run(backup_command, {}).status, 2);
  EXPECT_EQ(run(backup_command, {backups_, "--keep", "0"}).status, 2);
  EXPECT_EQ(run(backup_command, {backups_, "--list", "--check"}).status, 2);
  EXPECT_EQ(run(restore_command, {}).status, 2);
  EXPECT_EQ(run(restore_command, {backups_, "--backup", "latest"}).status, 2);
  EXPECT_EQ(run(verify_command, {"--format", "xml"}).status, 2);
  EXPECT_EQ(run(verify_command, {"more"}).status, 2);
  EXPECT_EQ(run(log_command, {"--limit", "0"}).status, 2);
  EXPECT_EQ(run(export_command, {"--format", "xml"}).status, 2);
  EXPECT_EQ(source_with({}), 2);
  EXPECT_EQ(source_with({"explode"}), 2);
  EXPECT_EQ(source_with({"show"}), 2);
  EXPECT_EQ(run(restore_command, {backups_}).status, 3);
  EXPECT_EQ(run(backup_command, {backups_, "--list"}).status, 3);
  graph_ = folder_.path() / "none";
  EXPECT_EQ(run(verify_command, {}).status, 3);
  EXPECT_EQ(run(backup_command, {backups_}).status, 3);
  EXPECT_EQ(run(log_command, {}).status, 3);
  EXPECT_EQ(run(export_command, {}).status, 3);
  EXPECT_EQ(source_with({"list"}), 3);
  EXPECT_FALSE(std::filesystem::exists(graph_));
}

TEST_F(Commands, HaveHelpWithExamples) {
  for (const auto& [status, out, errors] :
       {run(backup_command, {"--help"}), run(restore_command, {"--help"}),
        run(verify_command, {"--help"}), source({"--help"}), run(log_command, {"--help"}),
        run(export_command, {"--help"})}) {
    EXPECT_EQ(status, 0);
    EXPECT_EQ(errors, "");
    EXPECT_NE(out.find("Examples:"), std::string::npos);
  }
}

}  // namespace
}  // namespace mangrove::graph
