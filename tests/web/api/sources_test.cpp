// Who publishes what, and how well.

#include "web/api/sources.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "graph/base/json.h"
#include "graph/storage/memory.h"
#include "ingest/ingest.h"
#include "tests/support/api.h"
#include "tests/support/direct_api.h"
#include "tests/support/temporary_folder.h"

namespace mangrove::tests {
namespace {

using graph::Viewer;

std::string activity(const std::string& publisher, const std::string& id,
                     const std::string& inside) {
  return "<iati-activity><iati-identifier>" + id + "</iati-identifier><reporting-org ref='" +
         publisher + "'><narrative>House " + publisher +
         "</narrative></reporting-org><title><narrative>Work " + id + "</narrative></title>" +
         inside + "</iati-activity>\n";
}

class Sources : public testing::Test {
 protected:
  void SetUp() override {
    graph_ = graph::Graph::open(storage::make_memory_storage(),
                                {.text_properties = ontology::text_properties()})
                 .value();
    load(activity("XA", "XA-1",
                  "<participating-org ref='XB' role='1'/><participating-org role='4'>"
                  "<narrative>Nameless</narrative></participating-org>"
                  "<recipient-country code='GH' percentage='60'/>"
                  "<recipient-country code='BJ' percentage='30'/>") +
         activity("XA", "YY-2", "<activity-date type='2' iso-date='2999-01-01'/>"));
    load(activity("XB", "XB-1", ""));
  }

  void load(const std::string& activities, std::vector<std::string> audiences = {}) {
    const auto path = folder_.path() / "file.xml";
    std::ofstream(path) << "<iati-activities version='2.03'>" << activities << "</iati-activities>";
    ingest::Options options;
    options.inputs = {path.string()};
    options.audiences = std::move(audiences);
    ASSERT_TRUE(ingest::run(options, *graph_, shipped_ontology()).ok());
  }
  json::Value ask(const std::string& target, const Viewer& viewer = Viewer::everyone()) {
    const web::Response response = DirectApi(*graph_, viewer).get("/api/v1" + target);
    EXPECT_EQ(response.status, 200) << target << response.body;
    return json::parse(response.body).value();
  }

  TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
};

TEST_F(Sources, AreTheDataSetsWithTheirFigures) {
  const json::Value found = ask("/sources?q=house&order=name");
  EXPECT_EQ(at(found, "total"), "2");
  EXPECT_EQ(at(found, "items.0.name"), "House XA");
  EXPECT_EQ(at(found, "items.0.records"), "2");
  EXPECT_EQ(at(found, "items.0.checked"), "2");
  EXPECT_EQ(at(found, "items.0.references.with"), "3");
  EXPECT_EQ(at(found, "items.0.references.without"), "1");
  EXPECT_EQ(at(found, "items.0.references.share"), "0.75");
  EXPECT_EQ(at(found, "items.0.topics.percentages"), "1");
  EXPECT_NE(at(found, "items.0.retrieved"), "null");
  EXPECT_EQ(at(ask("/sources?q=xb"), "items.0.id"), "src:XB");
  EXPECT_EQ(at(ask("/sources?q=nobody"), "total"), "0");
  EXPECT_EQ(at(ask("/sources?q=determinants"), "items.0.records"), "null")
      << "nobody counts our vocabularies";
}

TEST_F(Sources, ComeInTheOrderAskedFor) {
  EXPECT_EQ(at(ask("/sources?q=house&order=records"), "items.0.id"), "src:XA");
  EXPECT_EQ(at(ask("/sources?q=house&order=findings"), "items.0.id"), "src:XA");
  EXPECT_EQ(at(ask("/sources?q=house&order=retrieved&limit=1"), "items.1"), "-");
  EXPECT_EQ(DirectApi(*graph_).get("/api/v1/sources?order=size").status, 400);
}

TEST_F(Sources, TellWhatTheyCouldMendWithExamples) {
  const json::Value found = ask("/sources/XA");
  std::string rules;
  for (const json::Value& rule : *found.find("rules")->as_array()) {
    rules += at(rule, "rule") + " " + at(rule, "topic") + " " + at(rule, "count") + ":";
    for (const json::Value& example : *rule.find("examples")->as_array()) {
      rules += " " + at(example, "id");
    }
    rules += "\n";
  }
  EXPECT_NE(rules.find("percentage-sum percentages 1: iati:XA-1\n"), std::string::npos) << rules;
  EXPECT_NE(rules.find("date-in-future dates 1: iati:YY-2\n"), std::string::npos) << rules;
  EXPECT_NE(rules.find("identifier-prefix references 1: iati:YY-2\n"), std::string::npos) << rules;
  EXPECT_NE(rules.find("description-missing texts 2: iati:XA-1 iati:YY-2\n"), std::string::npos)
      << rules;
  EXPECT_EQ(at(ask("/sources/src:XA"), "id"), "src:XA") << "by its whole id, too";
}

TEST_F(Sources, AreATableToSendToTheirPublisher) {
  const web::Response response = DirectApi(*graph_).get("/api/v1/sources/XA/report.csv");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.media_type, "text/csv; charset=utf-8");
  EXPECT_EQ(*response.header("Content-Disposition"), "attachment; filename=\"XA.findings.csv\"");
  EXPECT_TRUE(response.body.starts_with("rule,what it asks,how often,record,name,file,line\r\n"));
  EXPECT_NE(response.body.find("iati:YY-2,Work YY-2,file.xml,"), std::string::npos)
      << response.body;
}

TEST_F(Sources, ThatAreNotThereAreNotFound) {
  const DirectApi api(*graph_);
  for (const char* target : {"/api/v1/sources/nobody", "/api/v1/sources/iati:XA-1",
                             "/api/v1/sources/nobody/report.csv"}) {
    EXPECT_EQ(api.get(target).status, 404) << target;
  }
}

TEST_F(Sources, OfSomeAreToldToThemAlone) {
  load(activity("XA", "XA-3", "") + activity("XC", "XC-1", ""), {"partners"});
  EXPECT_EQ(at(ask("/sources?q=house"), "total"), "2");
  EXPECT_EQ(at(ask("/sources/XA"), "records"), "2");
  EXPECT_EQ(DirectApi(*graph_).get("/api/v1/sources/XC").status, 404);
  EXPECT_EQ(DirectApi(*graph_).get("/api/v1/sources/XA").body.find("XA-3"), std::string::npos);
  const Viewer partner = Viewer::of({"partners"});
  EXPECT_EQ(at(ask("/sources?q=house", partner), "total"), "3");
  EXPECT_EQ(at(ask("/sources/XA", partner), "records"), "3");
}

TEST_F(Sources, GiveNoExampleThatIsGone) {
  EXPECT_NE(DirectApi(*graph_).get("/api/v1/sources/XA").body.find("YY-2"), std::string::npos);
  graph::Batch batch;
  batch.remove("iati:YY-2", "src:XA");
  ASSERT_TRUE(graph_->commit(batch).ok());
  EXPECT_EQ(DirectApi(*graph_).get("/api/v1/sources/XA").body.find("YY-2"), std::string::npos);
}

TEST_F(Sources, TellHowManyOfTheirRecordsAreGone) {
  graph::Record gone;
  gone.source = "src:XA";
  gone.part = "retired";
  gone.subject = {"src:XA", "Source", {{"records_retired", std::int64_t{1}}}};
  graph::Batch batch;
  batch.put(std::move(gone));
  ASSERT_TRUE(graph_->commit(batch).ok());
  EXPECT_EQ(at(ask("/sources/XA"), "retired"), "1");
  EXPECT_EQ(at(ask("/sources/XA"), "records"), "2") << "they stay";
  EXPECT_EQ(at(ask("/sources/XB"), "retired"), "0");
}

}  // namespace
}  // namespace mangrove::tests
