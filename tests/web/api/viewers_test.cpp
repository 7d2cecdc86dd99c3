// Who asks, and which version is asked for.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "graph/storage/memory.h"
#include "tests/support/api.h"
#include "tests/support/direct_api.h"

namespace mangrove::tests {
namespace {

using graph::Batch;
using graph::Graph;
using graph::Record;
using graph::Text;
using graph::Viewer;

Record actor(const std::string& id, const std::string& name,
             std::vector<std::string> audience = {}) {
  Record record;
  record.source = "src:test";
  record.audience = std::move(audience);
  record.subject = {id, "Actor", {{"name", Text{name, "en"}}}};
  return record;
}

void put(Graph& graph, const Record& record) {
  Batch batch;
  batch.put(record);
  ASSERT_TRUE(graph.commit(batch).ok());
}

/// Version 1: a library; 2: it has a new name; then a shelter that only partners see.
std::unique_ptr<Graph> town() {
  auto graph =
      Graph::open(storage::make_memory_storage(), {.text_properties = ontology::text_properties()})
          .value();
  put(*graph, actor("org:library", "Library"));
  Record renamed = actor("org:library", "House of books");
  put(*graph, renamed);
  put(*graph, actor("org:shelter", "Shelter", {"partners"}));
  return graph;
}

json::Value answer(const DirectApi& api, const std::string& target) {
  const web::Response response = api.get(target);
  EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
  return json::parse(response.body).value();
}

std::string problem(const DirectApi& api, const std::string& target, int status) {
  const web::Response response = api.get(target);
  EXPECT_EQ(response.status, status) << target << "\n" << response.body;
  return at(json::parse(response.body).value(), "detail");
}

TEST(Viewers, SeeWhatTheirAudiencesMaySee) {
  const auto graph = town();
  const DirectApi everyone(*graph);
  const DirectApi partner(*graph, Viewer::of({"partners"}));
  const DirectApi stranger(*graph, Viewer::of({"strangers"}));
  const DirectApi steward(*graph, Viewer::steward());
  EXPECT_EQ(at(answer(partner, "/api/v1/nodes/org:shelter"), "name"), "Shelter");
  EXPECT_EQ(at(answer(steward, "/api/v1/nodes/org:shelter"), "name"), "Shelter");
  EXPECT_EQ(at(answer(everyone, "/api/v1/stats"), "nodes.Actor"), "1");
  EXPECT_EQ(at(answer(partner, "/api/v1/stats"), "nodes.Actor"), "2");
  EXPECT_EQ(problem(everyone, "/api/v1/nodes/org:shelter", 404),
            problem(stranger, "/api/v1/nodes/org:shelter", 404));
}

TEST(Viewers, AreToldOfAHiddenNodeWhatTheyAreToldOfNone) {
  const auto graph = town();
  const DirectApi everyone(*graph);
  std::string hidden = everyone.bytes("/api/v1/nodes/org:shelter");
  std::string none = everyone.bytes("/api/v1/nodes/org:nothing");
  for (std::string* text : {&hidden, &none}) {
    for (std::size_t i = text->find("org:"); i != std::string::npos; i = text->find("org:")) {
      text->replace(i, 11, "*");
    }
  }
  EXPECT_EQ(hidden, none);
}

TEST(Viewers, CountTheVersionsThatTheySee) {
  const auto graph = town();
  EXPECT_EQ(at(answer(DirectApi(*graph), "/api/v1/stats"), "version"), "2");
  const DirectApi partner(*graph, Viewer::of({"partners"}));
  EXPECT_EQ(at(answer(partner, "/api/v1/stats"), "version"), "3");
  EXPECT_EQ(at(answer(partner, "/api/v1/health/ready"), "version"), "3");
}

TEST(Viewers, HaveEntityTagsOfTheirOwn) {
  const auto graph = town();
  const auto tag = [&](Viewer viewer) {
    const DirectApi api(*graph, std::move(viewer));
    return *api.get("/api/v1/nodes/org:library").header("ETag");
  };
  EXPECT_NE(tag(Viewer::everyone()), tag(Viewer::of({"partners"})));
  EXPECT_NE(tag(Viewer::of({"partners"})), tag(Viewer::steward()));
  EXPECT_EQ(tag(Viewer::of({"a", "b"})), tag(Viewer::of({"b", "a", "b"})));
  EXPECT_EQ(tag(Viewer::everyone()), tag(Viewer::of({})));
}

TEST(Viewers, CannotGoOnWithEachOthersCursors) {
  const auto graph = town();
  const DirectApi partner(*graph, Viewer::of({"partners"}));
  const std::string next = at(answer(partner, "/api/v1/search?limit=1"), "next");
  answer(partner, "/api/v1/search?limit=1&cursor=" + next);
  const DirectApi steward(*graph, Viewer::steward());
  EXPECT_EQ(steward.get("/api/v1/search?limit=1&cursor=" + next).status, 400);
}

TEST(Versions, CanBeAskedForByNumber) {
  const auto graph = town();
  const DirectApi api(*graph);
  const auto before = answer(api, "/api/v1/nodes/org:library?version=1");
  EXPECT_EQ(at(before, "name"), "Library");
  EXPECT_EQ(at(before, "version"), "1");
  EXPECT_EQ(at(answer(api, "/api/v1/nodes/org:library?version=2"), "name"), "House of books");
  EXPECT_EQ(at(answer(api, "/api/v1/nodes/org:library"), "name"), "House of books");
  EXPECT_EQ(at(answer(api, "/api/v1/stats?version=0"), "nodes"), "{}");
}

TEST(Versions, ThatAreNotThereAreNotFound) {
  const auto graph = town();
  const DirectApi api(*graph);
  EXPECT_EQ(problem(api, "/api/v1/stats?version=3", 404),
            "there is no version 3 yet: the latest is 2");
  ASSERT_TRUE(graph->forget_before(2).ok());
  EXPECT_NE(problem(api, "/api/v1/stats?version=1", 404).find("version 1"), std::string::npos);
  for (const char* wrong : {"-1", "x", "1.5", "99999999999999999999"}) {
    EXPECT_EQ(api.get(std::string("/api/v1/stats?version=") + wrong).status, 400) << wrong;
  }
}

TEST(Versions, HaveCursorsOfTheirOwn) {
  auto graph = town();
  put(*graph, actor("org:school", "School"));
  put(*graph, actor("org:clinic", "Clinic"));
  const DirectApi api(*graph);
  const std::string old = "/api/v1/search?limit=1&version=3";
  const std::string next = at(answer(api, old), "next");
  EXPECT_EQ(at(answer(api, old + "&cursor=" + next), "next"), "null");
  EXPECT_EQ(api.get("/api/v1/search?limit=1&cursor=" + next).status, 400);
}

TEST(Versions, AreNotSentTwiceToWhoHasThem) {
  const RunningApi api(town());
  const std::string target = "/api/v1/nodes/org:library?version=1";
  const std::string tag = *api.get(target).header("ETag");
  EXPECT_EQ(api.get(target, {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(api.get("/api/v1/nodes/org:library", {{"If-None-Match", tag}}).status, 200);
}

}  // namespace
}  // namespace mangrove::tests
