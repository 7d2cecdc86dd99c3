#include "ingest/inputs/refresh.h"

#include <gtest/gtest.h>

#include <sstream>
#include <thread>

#include "graph/requests.h"
#include "ingest/command.h"
#include "ingest/identity/resolve.h"
#include "ingest/inputs/requests.h"
#include "tests/support/iati_file.h"
#include "tests/support/loaded_graph.h"
#include "tests/support/origin_server.h"

namespace mangrove::ingest {
namespace {

using tests::activity;
using tests::iati_file;
using tests::OriginServer;

const std::string kOne = activity("P-1-A", "Schools");
const std::string kTwo = activity("P-1-B", "Wells");

class RefreshTest : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& activities) {
    return loaded_.write(name, iati_file(activities));
  }
  void load(std::vector<std::string> inputs, Options options = {}) {
    loaded_.load(std::move(inputs), std::move(options));
  }
  Result<std::vector<Refreshed>> refresh_all(RefreshOptions options = {}) {
    options.downloads.allow_private_addresses = true;
    return refresh(loaded_.graph(), tests::built_in_ontology(), options);
  }
  /// A line for each input: its name, what became of it, and the numbers that changed.
  std::string refreshed(RefreshOptions options = {}) {
    const auto done = refresh_all(std::move(options));
    if (!done.ok()) return done.error().message;
    std::string text;
    for (const Refreshed& one : done.value()) {
      const char* const outcome = one.outcome == Refreshed::Outcome::read     ? "read"
                                  : one.outcome == Refreshed::Outcome::failed ? "failed"
                                                                              : "unchanged";
      text += one.input.name + " " + outcome;
      if (one.counts.added > 0) text += " +" + std::to_string(one.counts.added);
      if (one.counts.retired > 0) text += " -" + std::to_string(one.counts.retired);
      text += "\n";
    }
    return text;
  }

  OriginServer server_;
  tests::LoadedGraph loaded_;
};

TEST_F(RefreshTest, ReadsWhatHasChangedAndNothingElse) {
  write("folder/a.xml", kOne);
  write("folder/sub/b.xml", kTwo);
  load({(loaded_.folder() / "folder").string()});
  const graph::Version version = loaded_.version();
  EXPECT_EQ(refreshed(), "a.xml unchanged\nsub/b.xml unchanged\n");
  EXPECT_EQ(loaded_.version(), version);
  write("folder/sub/b.xml", activity("P-1-C", "Roads"));
  EXPECT_EQ(refreshed(), "a.xml unchanged\nsub/b.xml read +1 -1\n");
  EXPECT_EQ(refreshed(), "a.xml unchanged\nsub/b.xml unchanged\n");
}

TEST_F(RefreshTest, LeavesNoTraceOfHowItWasReadInAnExport) {
  write("folder/sub/b.xml", kTwo);
  load({(loaded_.folder() / "folder").string()});
  write("folder/sub/b.xml", kTwo + kOne);
  EXPECT_EQ(refreshed(), "sub/b.xml read +1\n");
  tests::LoadedGraph other;
  other.write("folder/sub/b.xml", iati_file(kTwo + kOne));
  other.load({(other.folder() / "folder").string()});
  EXPECT_EQ(loaded_.exported(), other.exported());
}

TEST_F(RefreshTest, AFileThatIsGoneFailsAloneAndRetiresNothing) {
  const std::string gone = write("a.xml", kOne);
  const std::string changed = write("b.xml", kTwo);
  load({gone, changed});
  std::filesystem::remove(gone);
  write("b.xml", kTwo + activity("P-1-C", "Roads"));
  EXPECT_EQ(refreshed(), "a.xml failed\nb.xml read +1\n");
  EXPECT_EQ(loaded_.property("iati:P-1-A", "retired"), "nothing");
  EXPECT_NE(known_inputs(loaded_.graph()).value()[0].problem, "");
  write("a.xml", kOne);
  EXPECT_EQ(refreshed(), "a.xml read\nb.xml unchanged\n");
  EXPECT_EQ(known_inputs(loaded_.graph()).value()[0].problem, "");
}

TEST_F(RefreshTest, AsksTheWebWhetherItHasChanged) {
  std::string etag = "\"one\"";
  std::string body = iati_file(kOne + kTwo);
  server_.on("/a.xml", [&](const OriginServer::Request& request,
                           const OriginServer::Connection& to) {
    const bool known = request.field("If-None-Match") == etag;
    to.answer(known ? "304 Not Modified" : "200 OK", "ETag: " + etag + "\r\n", known ? "" : body);
  });
  load({server_.url("/a.xml")});
  EXPECT_EQ(refreshed(), "127.0.0.1/a.xml unchanged\n");
  EXPECT_EQ(server_.requests().back().field("If-None-Match"), "\"one\"");
  etag = "\"two\"";
  body = iati_file(kOne);
  EXPECT_EQ(refreshed(), "127.0.0.1/a.xml read -1\n");
  EXPECT_EQ(refreshed({.unchanged_too = true}), "127.0.0.1/a.xml read\n");
}

TEST_F(RefreshTest, AServerThatFailsIsAskedAgainTheNextTime) {
  server_.serve("/a.xml", iati_file(kOne));
  load({server_.url("/a.xml")});
  server_.on("/a.xml", [](const auto&, const OriginServer::Connection& to) {
    to.answer("503 Service Unavailable", {}, "");
  });
  EXPECT_EQ(refreshed(), "127.0.0.1/a.xml failed\n");
  EXPECT_EQ(known_inputs(loaded_.graph()).value()[0].records, 1U);
  server_.serve("/a.xml", iati_file(kOne));
  EXPECT_EQ(refreshed(), "127.0.0.1/a.xml read\n");
  EXPECT_EQ(refreshed(), "127.0.0.1/a.xml unchanged\n");
}

TEST_F(RefreshTest, KeepsToPublicAddressesUnlessItIsAllowed) {
  server_.serve("/a.xml", iati_file(kOne));
  load({server_.url("/a.xml")});
  const auto done = refresh(loaded_.graph(), tests::built_in_ontology(), {}).value();
  EXPECT_EQ(done.at(0).outcome, Refreshed::Outcome::failed);
  EXPECT_NE(done.at(0).problem.find("--allow-private-addresses"), std::string::npos);
}

TEST_F(RefreshTest, WhatWasReadWithASecretIsAskedForAgain) {
  server_.serve("/a.xml", iati_file(kOne));
  const std::string url = server_.url("/a.xml?token=hunter2");
  load({url});
  const std::size_t requests = server_.requests().size();
  const auto done = refresh_all().value();
  EXPECT_EQ(done.at(0).outcome, Refreshed::Outcome::failed);
  EXPECT_NE(done.at(0).problem.find("mangrove ingest"), std::string::npos);
  EXPECT_EQ(server_.requests().size(), requests);
  load({url});
  EXPECT_EQ(known_inputs(loaded_.graph()).value()[0].problem, "");
}

TEST_F(RefreshTest, ReadsInTheWayInWhichItWasRead) {
  const std::string table = loaded_.write("t.csv", "code,title\n1,One\n2,Two\n");
  const std::string mapping = loaded_.write("m.json", R"({"kind": "Initiative", "id": "init:{code}",
      "columns": {"code": {"ignore": true}, "title": {"property": "title", "language": "en"}}})");
  Options options;
  options.mapping = mapping;
  options.source = "list";
  options.audiences = {"partners"};
  load({table}, options);
  ASSERT_EQ(loaded_.property("init:1", "title", graph::Viewer::of({"partners"})), "One");
  loaded_.write("t.csv", "code,title\n1,One\n3,Three\n");
  EXPECT_EQ(refreshed(), "t.csv read +1 -1\n");
  EXPECT_EQ(loaded_.property("init:3", "title", graph::Viewer::of({"partners"})), "Three");
  EXPECT_EQ(loaded_.property("init:3", "title"), "no such node");
  // Another mapping is another reading.
  loaded_.write("m.json", R"({"kind": "Initiative", "id": "init:x-{code}",
      "columns": {"code": {"ignore": true}, "title": {"property": "title", "language": "en"}}})");
  EXPECT_EQ(refreshed(), "t.csv read +2 -2\n");
  std::filesystem::remove(mapping);
  EXPECT_EQ(refreshed(), "t.csv failed\n");
}

TEST_F(RefreshTest, TakesNamesOfSourcesAndPlaces) {
  const std::string a = write("a.xml", kOne);
  Options options;
  options.source = "other";
  load({a});
  load({write("b.xml", kTwo)}, options);
  EXPECT_EQ(refreshed({.names = {"P-1"}}), "a.xml unchanged\n");
  EXPECT_EQ(refreshed({.names = {"src:other"}}), "b.xml unchanged\n");
  EXPECT_EQ(refreshed({.names = {a, "other"}}), "a.xml unchanged\nb.xml unchanged\n");
  EXPECT_NE(refreshed({.names = {"no-such"}}).find("remembers no input of 'no-such'"),
            std::string::npos);
}

TEST_F(RefreshTest, ForgettingRetiresWhatNothingElseHas) {
  const std::string a = write("a.xml", kOne + kTwo);
  load({a, write("b.xml", kTwo)});
  EXPECT_FALSE(forget(loaded_.graph(), "P-1").ok());
  const Forgotten forgotten = forget(loaded_.graph(), a).value();
  EXPECT_EQ(forgotten.inputs.size(), 1U);
  EXPECT_EQ(forgotten.retired, 1U);
  EXPECT_NE(loaded_.property("iati:P-1-A", "retired"), "nothing");
  EXPECT_EQ(loaded_.property("iati:P-1-B", "retired"), "nothing");
  EXPECT_EQ(refreshed(), "b.xml unchanged\n");
  EXPECT_EQ(forget(loaded_.graph(), a).error().code, ErrorCode::not_found);
}

TEST_F(RefreshTest, EndsWhenItIsTold) {
  server_.serve("/a.xml", iati_file(kOne));
  load({server_.url("/a.xml")});
  server_.on("/a.xml", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (to.send("x")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  });
  RefreshOptions options;
  options.on_progress = [](const graph::Progress&) { return false; };
  load({write("b.xml", kTwo)});
  write("b.xml", kTwo + kOne);
  const auto begun = std::chrono::steady_clock::now();
  static_cast<void>(refresh_all(std::move(options)));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
  EXPECT_EQ(loaded_.property("iati:P-1-A", "retired"), "nothing");
}

class SourceCommandTest : public testing::Test {
 protected:
  struct Ended {
    int status;
    std::string out;
    std::string errors;
  };
  std::string graph() const { return (loaded_.folder() / "graph").string(); }
  Ended source(std::vector<std::string> words) const {
    if (words.size() > 1 || words[0] != "--help") {
      words.insert(words.begin() + 1, {"--graph", graph()});
    }
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream errors;
    const int status = source_command(words, in, out, errors);
    return {status, out.str(), errors.str()};
  }
  int ingest(const std::string& file) const {
    std::ostringstream out;
    std::ostringstream errors;
    const std::vector<std::string> words{"--graph", graph(), file};
    return ingest_command(words, out, errors);
  }

  tests::LoadedGraph loaded_;  // For its folder.
};

TEST_F(SourceCommandTest, ListsRefreshesReportsAndForgets) {
  const std::string file = loaded_.write("a.xml", iati_file(kOne + kTwo));
  ASSERT_EQ(ingest(file), 0);
  const Ended inputs = source({"inputs"});
  EXPECT_EQ(inputs.status, 0) << inputs.errors;
  EXPECT_NE(inputs.out.find(file), std::string::npos) << inputs.out;
  EXPECT_EQ(source({"refresh"}).out, "1 input unchanged, 0 read, 0 failed\n");
  loaded_.write("a.xml", iati_file(kOne));
  EXPECT_NE(source({"refresh"}).out.find("read      " + file + ": 1 record, 1 retired\n"),
            std::string::npos);
  const Ended report = source({"report", "P-1"});
  EXPECT_EQ(report.status, 0);
  EXPECT_NE(report.out.find("date-missing, 1: "), std::string::npos) << report.out;
  EXPECT_NE(source({"list"}).out.find("src:P-1"), std::string::npos);
  std::filesystem::remove(file);
  const Ended failed = source({"refresh"});
  EXPECT_EQ(failed.status, 1);
  EXPECT_NE(failed.out.find("failed    " + file), std::string::npos) << failed.out;
  EXPECT_EQ(source({"forget", file}).out,
            "1 input is forgotten; 1 record that nothing else has retired\n");
  EXPECT_EQ(source({"report", "P-1"}).status, 3);
}

TEST_F(SourceCommandTest, TellsWrongUsageFromFailure) {
  EXPECT_EQ(source({"--help"}).status, 0);
  EXPECT_NE(source({"--help"}).out.find("mangrove source refresh"), std::string::npos);
  EXPECT_EQ(source({"report"}).status, 2);
  EXPECT_EQ(source({"no-such"}).status, 2);
  EXPECT_EQ(source({"inputs"}).status, 3);  // No graph there.
}

TEST_F(SourceCommandTest, WorksThroughTheProcessThatHasTheGraphOpen) {
  const std::string file = loaded_.write("a.xml", iati_file(kOne + kTwo));
  ASSERT_EQ(ingest(file), 0);
  const auto graph = graph::Graph::open(this->graph(), {.create = false}).value();
  const graph::GraphDoor door(this->graph(), *graph, settle_after_removal, answer_request);
  loaded_.write("a.xml", iati_file(kOne));
  const Ended refreshed = source({"refresh"});
  EXPECT_EQ(refreshed.status, 0) << refreshed.errors;
  EXPECT_NE(refreshed.out.find("1 retired"), std::string::npos) << refreshed.out;
  EXPECT_EQ(source({"remove", "P-1", "--yes"}).status, 0);
  EXPECT_EQ(source({"refresh"}).out, "0 inputs unchanged, 0 read, 0 failed\n");
}

TEST_F(SourceCommandTest, TwoRunsAtOnceTakeTurns) {
  const std::string a = loaded_.write("a.xml", iati_file(kOne + kTwo));
  const std::string b = loaded_.write("b.xml", iati_file(kTwo));
  loaded_.load({a, b});
  loaded_.write("a.xml", iati_file(kOne));
  loaded_.write("b.xml", iati_file(activity("P-1-C", "Roads")));
  std::thread other([&] { loaded_.load({a}); });
  loaded_.load({b});
  other.join();
  EXPECT_NE(loaded_.property("iati:P-1-B", "retired"), "nothing");
  EXPECT_EQ(loaded_.property("iati:P-1-A", "retired"), "nothing");
}

}  // namespace
}  // namespace mangrove::ingest
