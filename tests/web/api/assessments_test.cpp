#include "web/api/assessments.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "graph/base/json.h"
#include "query/calendar.h"
#include "tests/support/api.h"
#include "tests/support/graph_dump.h"
#include "tests/support/world.h"
#include "web/api/routes.h"
#include "web/server/router.h"

namespace mangrove::tests {
namespace {

/// A graph whose assessments are added and revised.
class Assessments : public testing::Test {
 protected:
  web::Response ask(const std::string& method, const std::string& target,
                    const std::string& body = {}, bool takes = true,
                    const std::string& type = "application/json") {
    const web::api::Service service{.graph = *graph_,
                                    .ontology = shipped_ontology(),
                                    .decisions = takes ? graph_.get() : nullptr};
    const web::Router router(web::api::routes(service));
    web::Request request;
    request.method = method;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = "/api/v1" + target.substr(0, mark);
    if (mark < target.size()) request.query = target.substr(mark + 1);
    request.body = body;
    request.headers = {{"Content-Type", type}};
    return router.answer(request);
  }
  std::string add(const std::string& body, const std::string& id = {}) {
    const auto response = ask("POST", "/assessments" + id, body);
    EXPECT_TRUE(response.status == 200 || response.status == 201) << response.body;
    return at(json::parse(response.body).value(), "id");
  }
  /// The fields at fault, in order.
  std::string faults(const std::string& body, const std::string& id = {}) {
    const auto response = ask("POST", "/assessments" + id, body);
    EXPECT_EQ(response.status, 422) << response.body;
    std::string text;
    const json::Value problem = json::parse(response.body).value();
    for (const json::Value& fault : *problem.find("errors")->as_array()) {
      text += (text.empty() ? "" : " ") + at(fault, "parameter");
      EXPECT_FALSE(at(fault, "detail").empty());
    }
    return text;
  }
  json::Value get(const std::string& target) {
    const auto response = ask("GET", target);
    EXPECT_EQ(response.status, 200) << response.body;
    return json::parse(response.body).value();
  }
  std::string dump() { return tests::dump(graph_->view(graph::Viewer::steward())); }

  std::unique_ptr<graph::Graph> graph_ = small_world();
};

TEST_F(Assessments, AreAddedAndAnswerAtOnce) {
  EXPECT_EQ(at(get("/gaps?place=BJ"), "items.0.state"), "unknown");
  const std::string body =
      R"({"place": "BJ", "on": "det:ind-debt", "status": "gap", "date": "2020-05-01", "by": "Amal"})";
  const auto response = ask("POST", "/assessments", body);
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(at(get("/gaps?place=BJ"), "items.0.state"), "gap");
  const json::Value list = get("/assessments?place=BJ");
  EXPECT_EQ(at(list, "total"), "1");
  EXPECT_EQ(at(list, "items.0.place.name"), "Benin");
  EXPECT_EQ(at(list, "items.0.by"), "Amal");
  EXPECT_EQ(at(list, "items.0.source"), "src:assessments");
  EXPECT_EQ(at(list, "items.0.history"), "[]");
}

TEST_F(Assessments, SentTwiceAreOne) {
  const std::string body =
      R"({"place": "BJ", "on": "det:ind-debt", "status": "gap", "date": "2020", "by": "Amal"})";
  add(body);
  const std::string once = dump();
  const auto again = ask("POST", "/assessments", body);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(at(json::parse(again.body).value(), "added"), "false");
  EXPECT_EQ(dump(), once);
}

TEST_F(Assessments, AreRevisedWithoutLosingWhatWasSaid) {
  const std::string first = add(
      R"({"place": "BJ", "on": "det:ind-debt", "status": "gap", "date": "2020-05-01", "by": "Amal"})");
  const std::string second =
      add(R"({"status": "partial", "date": "2021-05-01", "by": "Bo", "note": "a desk opened"})",
          "/" + first);
  EXPECT_NE(first, second);
  const std::string third =
      add(R"({"status": "asset", "date": "2021-05-01", "actor": "org:XX-A", "note": "it works"})",
          "/" + second);
  const json::Value list = get("/assessments?place=BJ");
  EXPECT_EQ(at(list, "total"), "1");
  EXPECT_EQ(at(list, "items.0.id"), third);
  EXPECT_EQ(at(list, "items.0.on.id"), "det:ind-debt");
  EXPECT_EQ(at(list, "items.0.actors.0.id"), "org:XX-A");
  EXPECT_EQ(at(list, "items.0.history.0.id"), second);
  EXPECT_EQ(at(list, "items.0.history.1.status"), "gap");
  EXPECT_EQ(at(get("/gaps?place=BJ"), "items.0.state"), "no_need");
  // As the place was known then, before the later ones.
  EXPECT_EQ(at(get("/gaps?place=BJ&as_of=2020-12-31"), "items.0.state"), "gap");
}

TEST_F(Assessments, ThatWereRevisedAreNotRevisedAgain) {
  const std::string first = add(
      R"({"place": "BJ", "on": "det:ind-debt", "status": "gap", "date": "2020", "by": "Amal"})");
  const std::string body = R"({"status": "asset", "date": "2021", "by": "Bo", "note": "better"})";
  const std::string second = add(body, "/" + first);
  EXPECT_EQ(add(body, "/" + first), second);  // The same once more.
  const std::string before = dump();
  const auto other = ask("POST", "/assessments/" + first,
                         R"({"status": "gap", "date": "2021", "by": "Cy", "note": "no"})");
  EXPECT_EQ(other.status, 409);
  EXPECT_NE(other.body.find(second), std::string::npos);
  EXPECT_EQ(dump(), before);
  EXPECT_EQ(ask("POST", "/assessments/assess:none", body).status, 404);
  EXPECT_EQ(ask("POST", "/assessments/org:XX-A", body).status, 404);
}

TEST_F(Assessments, NameEveryFieldThatIsWrong) {
  const std::string before = dump();
  EXPECT_EQ(faults("{}"), "place on status date by");
  EXPECT_EQ(faults(R"({"place": "org:XX-A", "on": "org:XX-A", "status": "bad", "pole": "none",
                       "date": "2020-02-30", "by": "x", "actor": "place:GH"})"),
            "place on status pole date actor");
  EXPECT_EQ(faults(R"({"place": "GH", "on": "det:ind-debt", "status": "gap",
                       "pole": "protective", "date": "2999", "by": "x"})"),
            "pole date");
  EXPECT_EQ(faults(R"({"place": "GH", "stage": "stage:grow", "on": "det:ind-debt",
                       "status": "gap", "date": "2020", "by": "x"})"),
            "on status");
  EXPECT_EQ(faults(R"({"place": "GH", "on": "det:ind-debt", "status": "gap", "date": "2020",
                       "by": ")" +
                   std::string(201, 'x') + R"(", "note": ")" + std::string(4'001, 'x') + R"("})"),
            "by note");
  EXPECT_EQ(faults(R"({"colour": "red", "place": 5})"), "colour place");
  EXPECT_EQ(faults("[]"), "");
  EXPECT_EQ(ask("POST", "/assessments", "{").status, 400);
  EXPECT_EQ(faults(R"({"status": "gap", "date": "2020", "by": "x", "place": "BJ",
                       "stage": "stage:grow"})",
                   "/assess:1"),
            "place stage note");
  EXPECT_EQ(dump(), before);
}

TEST_F(Assessments, AreTakenOnlyWhereDecisionsAre) {
  const std::string body =
      R"({"place": "BJ", "on": "det:ind-debt", "status": "gap", "date": "2020", "by": "Amal"})";
  EXPECT_EQ(ask("POST", "/assessments", body, false).status, 403);
  EXPECT_EQ(ask("POST", "/assessments/assess:1", body, false).status, 403);
  EXPECT_EQ(ask("POST", "/assessments", body, true, "text/plain").status, 415);
  EXPECT_EQ(ask("PUT", "/assessments", body).status, 405);
}

TEST_F(Assessments, OfStagesSayInWhichTopicArea) {
  add(R"({"place": "GH", "on": "topic:poverty", "stage": "stage:grow", "date": "2022", "by": "Amal"})");
  add(R"({"place": "GH", "stage": "stage:diagnose", "date": "2022", "by": "Amal"})");
  const json::Value list = get("/assessments?on=stage:grow");
  EXPECT_EQ(at(list, "items.0.on.id"), "topic:poverty");
  EXPECT_EQ(at(list, "items.0.stage.name"), "Grow");
  // A stage may be corrected; what it is of may not.
  const std::string id = at(list, "items.0.id");
  EXPECT_EQ(faults(R"({"on": "topic:none", "date": "2022", "by": "x", "note": "x"})", "/" + id),
            "on");
  add(R"({"stage": "stage:diagnose", "date": "2022", "by": "Amal", "note": "a slip"})", "/" + id);
  EXPECT_EQ(at(get("/assessments?on=stage:grow"), "total"), "0");
}

TEST_F(Assessments, ThatAreHiddenDoNotExist) {
  graph::Batch batch;
  graph::Record record;
  record.source = "src:partners";
  record.audience = {"partners"};
  record.subject = {"assess:hidden", "Assessment", {{"status", graph::Text{"gap", {}}}}};
  record.edges = {{"assess:hidden", "OF", "place:BJ", "", {}, {}},
                  {"assess:hidden", "ON", "det:ind-debt", "", {}, {}}};
  batch.put(std::move(record));
  ASSERT_TRUE(graph_->commit(batch).ok());
  EXPECT_EQ(at(get("/assessments?place=BJ"), "total"), "0");
  EXPECT_EQ(at(get("/gaps?place=BJ"), "items.0.state"), "unknown");
  EXPECT_EQ(ask("POST", "/assessments/assess:hidden",
                R"({"status": "asset", "date": "2021", "by": "x", "note": "x"})")
                .status,
            404);
}

}  // namespace
}  // namespace mangrove::tests
