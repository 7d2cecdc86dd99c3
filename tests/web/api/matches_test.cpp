#include "web/api/matches.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "graph/base/json.h"
#include "ingest/identity/match.h"
#include "tests/support/draw.h"
#include "tests/support/graph_dump.h"
#include "tests/support/world.h"
#include "web/api/routes.h"
#include "web/server/router.h"

namespace mangrove::tests {
namespace {

class Decisions : public testing::Test {
 protected:
  static constexpr const char* kA = "org:home";
  static constexpr const char* kB = "org:home-ltd";

  void SetUp() override {
    graph::Batch batch;
    for (const char* const id : {kA, kB, "org:other"}) {
      graph::Record record;
      record.source = "src:a";
      record.subject = {id, "Actor", {{"name", graph::Text{id, "en"}}}};
      batch.put(std::move(record));
    }
    graph::Record machine =
        ingest::record_of_matches(ingest::part_of_match(ingest::match_id(kA, kB)));
    machine.edges.push_back(
        ingest::edge_of({kA, kB, ingest::MatchState::suggested, 0.8, "same name 0.80"}));
    batch.put(std::move(machine));
    ASSERT_TRUE(drawn_.graph().commit(batch).ok());
  }

  web::Response ask(const std::string& method, const std::string& target,
                    const std::string& body = {}, bool takes = true,
                    const std::string& type = "application/json") {
    const web::api::Service service{.graph = drawn_.graph(),
                                    .ontology = shipped_ontology(),
                                    .decisions = takes ? &drawn_.graph() : nullptr};
    const web::Router router(web::api::routes(service));
    web::Request request;
    request.method = method;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = "/api/v1/matches" + target.substr(0, mark);
    if (mark < target.size()) request.query = target.substr(mark + 1);
    request.body = body;
    request.headers = {{"Content-Type", type}};
    return router.answer(request);
  }
  std::string states() {
    const json::Value answer = json::parse(ask("GET", "").body).value();
    std::string text;
    for (const json::Value& item : *answer.find("items")->as_array()) {
      text += *item.find_string("state") + " by " + *item.find_string("decided_by") + "\n";
    }
    return text;
  }
  std::string dump() { return tests::dump(drawn_.graph().view(graph::Viewer::steward())); }

  test::Drawn drawn_{std::vector<graph::Record>()};
  const std::string id_ = "/" + ingest::match_id(kA, kB);
};

TEST_F(Decisions, AreTakenAndTakenBack) {
  const std::string before = dump();
  EXPECT_EQ(states(), "suggested by mangrove\n");
  EXPECT_EQ(
      ask("POST", id_, R"({"state": "accepted", "reason": "one house", "decided_by": "A"})").status,
      200);
  EXPECT_EQ(states(), "accepted by A\n");
  EXPECT_EQ(ask("POST", id_, R"({"state": "refused", "reason": "two", "decided_by": "B"})").status,
            200);
  EXPECT_EQ(states(), "refused by B\n");
  EXPECT_EQ(ask("POST", id_, R"({"state": "withdrawn"})").status, 200);
  EXPECT_EQ(states(), "suggested by mangrove\n");
  EXPECT_EQ(dump(), before);
}

TEST_F(Decisions, OverTwoThatTheMachineNeverPutTogetherNameThem) {
  const std::string other = "/" + ingest::match_id(kA, "org:other");
  const std::string why = R"("state": "accepted", "reason": "r", "decided_by": "A")";
  EXPECT_EQ(ask("POST", other, "{" + why + "}").status, 404);
  EXPECT_EQ(ask("POST", id_, "{" + why + R"(, "a": "org:home", "b": "org:other"})").status, 400);
  EXPECT_EQ(ask("POST", other, "{" + why + R"(, "a": "org:home", "b": "org:other"})").status, 200);
  EXPECT_EQ(states(), "accepted by A\nsuggested by mangrove\n");
}

TEST_F(Decisions, AreRefusedWhereTheServerTakesNone) {
  const std::string body = R"({"state": "accepted", "reason": "r", "decided_by": "A"})";
  const std::string before = dump();
  EXPECT_EQ(ask("POST", id_, body, false).status, 403);
  EXPECT_EQ(ask("POST", id_, body, true, "text/plain").status, 415);
  EXPECT_EQ(dump(), before);
}

TEST_F(Decisions, ThatMakeNoSenseAreToldSo) {
  const std::string before = dump();
  for (const char* const body :
       {"", "[]", "{}", R"({"state": "perhaps"})", R"({"state": "accepted"})",
        R"({"state": "accepted", "reason": "r"})", R"({"state": 1})", R"({"more": "x"})",
        R"({"state": "accepted", "reason": "r", "decided_by": "A", "a": "org:home"})"}) {
    EXPECT_EQ(ask("POST", id_, body).status, 400) << body;
  }
  EXPECT_EQ(ask("POST", "/ffffffffffffffff", R"({"state": "withdrawn"})").status, 404);
  EXPECT_EQ(ask("POST", id_, R"({"state": "withdrawn"})").status, 404);
  EXPECT_EQ(dump(), before);
}

TEST_F(Decisions, AreFoundByStateKindAndNode) {
  const auto total = [&](const std::string& query) {
    return json::parse(ask("GET", query).body).value().find_integer("total").value();
  };
  EXPECT_EQ(total("?state=suggested"), 1);
  EXPECT_EQ(total("?state=accepted"), 0);
  EXPECT_EQ(total("?kind=Initiative"), 0);
  EXPECT_EQ(total("?node=org:home"), 1);
  EXPECT_EQ(ask("GET", "?state=perhaps").status, 400);
  EXPECT_EQ(ask("GET", "?node=org:nobody").status, 404);
}

}  // namespace
}  // namespace mangrove::tests
