// Files sent over HTTP to a real server over a graph on a disk, until they are in it.

#include "web/api/ingest.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "graph/base/json.h"
#include "ingest/ingest.h"
#include "tests/support/api.h"
#include "tests/support/json_schema.h"
#include "tests/support/raw_http.h"
#include "tests/support/server.h"
#include "tests/support/temporary_folder.h"
#include "web/api/openapi.h"
#include "web/server/client.h"

namespace mangrove::tests {
namespace {

using namespace std::chrono_literals;
using web::fetch;
using web::Header;
using web::Response;

constexpr const char* kPath = "/api/v1/ingest";

std::string activity(const std::string& id, const std::string& title) {
  return "<iati-activity><iati-identifier>" + id + "</iati-identifier><reporting-org ref='P-1'>" +
         "<narrative>Publisher</narrative></reporting-org><title><narrative xml:lang='en'>" +
         title + "</narrative></title></iati-activity>\n";
}

std::string file_of(const std::string& activities) {
  return "<iati-activities version='2.03'>\n" + activities + "</iati-activities>\n";
}

std::string many(int activities) {
  std::string text;
  for (int i = 0; i < activities; ++i) {
    text += activity("P-1-" + std::to_string(i), "Work number " + std::to_string(i));
  }
  return file_of(text);
}

std::string packed(const std::string& text) {
  std::string bytes(text.size() + 1'000, '\0');
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  deflate(&stream, Z_FINISH);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

/// The API over a graph in a folder, with uploads taken.
class Sending : public testing::Test {
 protected:
  void SetUp() override {
    graph_ = graph::Graph::open(folder_.path() / "graph",
                                {.text_properties = ontology::text_properties()})
                 .value();
    ASSERT_TRUE(ingest::load_ontology(*graph_, shipped_ontology()).ok());
    start({});
  }
  void TearDown() override { server_.reset(); }

  void start(ingest::JobLimits limits) {
    server_.reset();
    jobs_.reset();
    jobs_ =
        ingest::Jobs::open(folder_.path() / "uploads", *graph_, shipped_ontology(), limits).value();
    service_ = std::make_unique<web::api::Service>(web::api::Service{.graph = *graph_,
                                                                     .ontology = shipped_ontology(),
                                                                     .decisions = graph_.get(),
                                                                     .uploads = jobs_.get(),
                                                                     .upload_bytes_max = 20'000'000,
                                                                     .bytes_kept_free = 1});
    router_ = std::make_unique<web::Router>(web::api::routes(*service_));
    web::ServerOptions options;
    options.plan_body = web::api::body_planner(*service_);
    options.limits.live_period = 20ms;
    server_ = std::make_unique<RunningServer>(
        [this](const web::Request& request) { return router_->answer(request); }, options);
  }

  Response send(const std::string& query, const std::string& bytes,
                std::vector<Header> headers = {}) const {
    return fetch(server_->url() + kPath + query,
                 {.method = "POST", .headers = std::move(headers), .body = bytes})
        .value();
  }
  Response get(const std::string& target) const {
    return fetch(server_->url() + "/api/v1" + target).value();
  }
  static json::Value json_of(const Response& response) {
    return json::parse(response.body, {.bytes = 64U << 20}).value();
  }
  std::string sent(const std::string& query, const std::string& bytes,
                   std::vector<Header> headers = {}) const {
    const Response response = send(query, bytes, std::move(headers));
    EXPECT_EQ(response.status, 202) << response.body;
    const std::string id = at(json_of(response), "id");
    EXPECT_EQ(*response.header("Location"), std::string(kPath) + "/" + id);
    return id;
  }
  json::Value wait_for(const std::string& id) const {
    const auto patience = std::chrono::steady_clock::now() + 120s;
    while (std::chrono::steady_clock::now() < patience) {
      json::Value job = json_of(get("/ingest/" + id));
      const std::string state = at(job, "state");
      if (state != "waiting" && state != "running") return job;
      std::this_thread::sleep_for(2ms);
    }
    ADD_FAILURE() << "the job does not end";
    return {};
  }
  std::string breaches_of(const std::string& path, const Response& response,
                          const std::string& method = "get", const std::string& status = "200") {
    static const json::Value contract = json::parse(web::api::openapi_document()).value();
    const json::Value& schema = *contract.find("paths")
                                     ->find(path)
                                     ->find(method)
                                     ->find("responses")
                                     ->find(status)
                                     ->find("content")
                                     ->find("application/json")
                                     ->find("schema");
    std::string text;
    for (const std::string& line : breaches(json_of(response), schema, contract)) {
      text += line + "\n";
    }
    return text;
  }

  TemporaryFolder folder_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<ingest::Jobs> jobs_;
  std::unique_ptr<web::api::Service> service_;
  std::unique_ptr<web::Router> router_;
  std::unique_ptr<RunningServer> server_;
};

TEST_F(Sending, AFileIsInTheGraphWhenItsJobIsDone) {
  const std::string id = sent("?name=boats.xml", file_of(activity("P-1-A", "Boats")));
  const json::Value job = wait_for(id);
  EXPECT_EQ(at(job, "state"), "done") << at(job, "message");
  EXPECT_EQ(at(job, "counts.added"), "1");
  EXPECT_EQ(at(job, "progress.stage"), "ended");
  EXPECT_EQ(get("/nodes/iati:P-1-A").status, 200);
  EXPECT_TRUE(std::filesystem::is_empty(jobs_->incoming()));
}

TEST_F(Sending, EveryAnswerFitsTheContract) {
  const Response taken = send("?name=a.xml", file_of(activity("X-1", "")));
  EXPECT_EQ(breaches_of("/ingest", taken, "post", "202"), "");
  const std::string id = at(json_of(taken), "id");
  wait_for(id);
  EXPECT_EQ(breaches_of("/ingest", get("/ingest")), "");
  EXPECT_EQ(breaches_of("/ingest/{id}", get("/ingest/" + id)), "");
  EXPECT_EQ(breaches_of("/ingest/{id}/report", get("/ingest/" + id + "/report")), "");
  EXPECT_EQ(breaches_of("/sources", get("/sources?order=findings")), "");
  EXPECT_EQ(breaches_of("/sources/{name}", get("/sources/P-1")), "");
}

TEST_F(Sending, BodiesLargerThanMemoryAllowsAndPackedOnesAreRead) {
  const std::string big = many(12'000);
  ASSERT_GT(big.size(), std::size_t{2} << 20);
  EXPECT_EQ(at(wait_for(sent("?name=big.xml", big)), "counts.added"), "12000");
  const json::Value again = wait_for(sent("?name=big.xml.gz", packed(big)));
  EXPECT_EQ(at(again, "counts.unchanged"), "12000") << at(again, "message");
}

TEST_F(Sending, AFormBringsAFileItsMappingAndWhatIsSaidOfThem) {
  const std::string mapping =
      R"({"source": {"name": "harbour-list"}, "records": [{"kind": "Actor", "id": "org:{Ref}",)"
      R"( "properties": {"name": "{Name}"}}]})";
  const std::string form =
      "--b\r\nContent-Disposition: form-data; name=\"dry_run\"\r\n\r\ntrue\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"mapping\"; filename=\"m.json\"\r\n\r\n" +
      mapping +
      "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../list.csv\"\r\n"
      "Content-Type: text/csv\r\n\r\nRef,Name\r\nXX-1,Harbour\r\n\r\n--b--\r\n";
  const std::string id = sent("", form, {{"Content-Type", "multipart/form-data; boundary=b"}});
  const json::Value job = wait_for(id);
  EXPECT_EQ(at(job, "name"), "list.csv");
  EXPECT_EQ(at(job, "dry_run"), "true");
  EXPECT_EQ(at(job, "mapping"), "true");
  EXPECT_EQ(get("/nodes/org:XX-1").status, 404) << "nothing was changed";
}

TEST_F(Sending, FormsThatMakeNoSenseAreToldSo) {
  const std::vector<Header> type{{"Content-Type", "multipart/form-data; boundary=b"}};
  const std::string file =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xml\"\r\n\r\nx\r\n";
  const std::string field = "--b\r\nContent-Disposition: form-data; name=\"colour\"\r\n\r\nred\r\n";
  for (const std::string& form : {std::string("--b--"), std::string("nothing"),
                                  file + file + "--b--", field + file + "--b--", field + "--b--"}) {
    const Response response = send("", form, type);
    EXPECT_EQ(response.status, 400) << form << response.body;
    EXPECT_EQ(response.body.find(folder_.path().string()), std::string::npos) << response.body;
  }
  EXPECT_TRUE(jobs_->list().empty());
  EXPECT_TRUE(std::filesystem::is_empty(jobs_->incoming()));
}

TEST_F(Sending, WrongParametersAreNamedBeforeTheBodyComes) {
  for (const char* query : {"?format=novel", "?source=two%20words", "?colour=red", "?dry_run=no",
                            "?source=mangrove-ontology", "?audience=,"}) {
    RawConnection connection(server_->port());
    connection.send("POST " + std::string(kPath) + query + " HTTP/1.1\r\nHost: " + server_->host() +
                    "\r\nContent-Length: 9000000\r\n\r\n");
    const auto response = connection.read_response();
    ASSERT_TRUE(response) << query;
    EXPECT_EQ(response->status, 400) << query << response->body;
  }
  EXPECT_EQ(send("", "").status, 400) << "an empty file";
  EXPECT_EQ(send("", std::string(21'000'000, 'x')).status, 413);
}

TEST_F(Sending, EventsTellHowFarItIsUntilItHasEnded) {
  const std::string id = sent("?name=big.xml", many(12'000));
  RawConnection connection(server_->port());
  connection.send("GET " + std::string(kPath) + "/" + id +
                  "/events HTTP/1.1\r\nHost: " + server_->host() + "\r\n\r\n");
  const auto head = connection.read_response(false);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("content-type"), "text/event-stream");
  const std::string events = connection.read_until_closed(120s).value();
  std::int64_t most = 0;
  int told = 0;
  std::string last;
  for (std::size_t at_event = 0; at_event < events.size();) {
    const std::size_t end = events.find("\n\n", at_event);
    ASSERT_NE(end, std::string::npos);
    const std::string event = events.substr(at_event, end - at_event);
    at_event = end + 2;
    if (event.starts_with(":")) continue;
    ++told;
    last = event.substr(7, event.find('\n') - 7);
    const json::Value job = json::parse(event.substr(event.find("data: ") + 6)).value();
    const auto records = job.find("progress")->find_integer("records").value();
    EXPECT_GE(records, most) << "it never goes back";
    most = records;
    EXPECT_TRUE(last == "progress" || last == at(job, "state")) << last;
  }
  EXPECT_GT(told, 3);
  EXPECT_EQ(last, "done");
  EXPECT_EQ(most, 12'000);
  EXPECT_EQ(get("/ingest/nothing/events").status, 404);
}

TEST_F(Sending, ReadersGoOnMeanwhile) {
  const std::string id = sent("?name=big.xml", many(15'000));
  std::set<std::string> versions;
  while (at(json_of(get("/ingest/" + id)), "progress.stage") != "ended") {
    const Response stats = get("/stats");
    ASSERT_EQ(stats.status, 200);
    versions.insert(at(json_of(stats), "version"));
  }
  EXPECT_GT(versions.size(), 3U) << "each commit is seen at once";
}

TEST_F(Sending, AJobCanBeCancelledOnce) {
  const std::string id = sent("?name=big.xml", many(15'000));
  const auto cancel = [&] {
    return fetch(server_->url() + kPath + "/" + id, {.method = "DELETE"}).value();
  };
  const Response first = cancel();
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(breaches_of("/ingest/{id}", first, "delete"), "");
  EXPECT_EQ(at(wait_for(id), "state"), "cancelled");
  EXPECT_EQ(cancel().status, 409);
  EXPECT_EQ(fetch(server_->url() + kPath + "/nothing", {.method = "DELETE"}).value().status, 404);
}

TEST_F(Sending, TheReportIsThereAsJsonAndAsATable) {
  const std::string id = sent("?name=a.xml", file_of(activity("=1+1", "") + activity("P-1-B", "")));
  EXPECT_EQ(at(wait_for(id), "report"), "true");
  const json::Value report = json_of(get("/ingest/" + id + "/report"));
  EXPECT_EQ(at(report, "report.totals.records"), "2");
  EXPECT_EQ(at(report, "report.rules.0.examples.0.file"), "a.xml");
  const Response table = get("/ingest/" + id + "/report.csv");
  EXPECT_EQ(table.media_type, "text/csv; charset=utf-8");
  EXPECT_EQ(*table.header("Content-Disposition"), "attachment; filename=\"a.xml.report.csv\"");
  EXPECT_TRUE(table.body.starts_with("rule,what it asks,how often,"));
  EXPECT_NE(table.body.find("title-missing"), std::string::npos) << table.body;
  EXPECT_EQ(table.body.find(",=1+1"), std::string::npos) << table.body;
  EXPECT_EQ(get("/ingest/nothing/report").status, 404);
  EXPECT_EQ(get("/ingest/nothing/report.csv").status, 404);
}

TEST_F(Sending, AFullQueueIsToldWithATimeToComeBack) {
  start({.waiting = 1});
  const std::string running = sent("?name=big.xml", many(15'000));
  while (at(json_of(get("/ingest/" + running)), "state") == "waiting") {
    std::this_thread::sleep_for(1ms);
  }
  sent("?name=b.xml", file_of(activity("P-1-b", "B")));
  const Response refused = send("?name=c.xml", file_of(activity("P-1-c", "C")));
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_EQ(*refused.header("Retry-After"), "60");
  fetch(server_->url() + kPath + "/" + running, {.method = "DELETE"}).value();
  wait_for(running);
}

TEST_F(Sending, PagesOfOtherSitesSendNothing) {
  const std::string bytes = file_of(activity("P-1-A", "A"));
  for (const char* origin : {"https://evil.example", "null", "http://127.0.0.1:1"}) {
    EXPECT_EQ(send("", bytes, {{"Origin", origin}}).status, 403) << origin;
  }
  EXPECT_TRUE(jobs_->list().empty());
  EXPECT_EQ(send("?name=a.xml", bytes, {{"Origin", server_->url()}}).status, 202) << "its own do";
}

TEST_F(Sending, AServerThatTakesNoFilesSaysSo) {
  service_->uploads = nullptr;
  EXPECT_EQ(send("?name=a.xml", file_of(activity("P-1-A", "A"))).status, 403);
  for (const char* target :
       {"/ingest", "/ingest/x", "/ingest/x/events", "/ingest/x/report", "/ingest/x/report.csv"}) {
    EXPECT_EQ(get(target).status, 403) << target;
  }
}

TEST_F(Sending, JobsForSomeAreInNoList) {
  const std::string id = sent("?name=a.xml&audience=partners", file_of(activity("P-1-A", "A")));
  wait_for(id);
  EXPECT_EQ(at(json_of(get("/ingest")), "total"), "0");
  EXPECT_EQ(get("/ingest").body.find("a.xml"), std::string::npos);
  EXPECT_EQ(get("/nodes/iati:P-1-A").status, 404);
  EXPECT_EQ(get("/ingest/" + id).status, 200) << "whoever sent it knows its address";
}

TEST_F(Sending, JobsOutliveTheServer) {
  const std::string id = sent("?name=big.xml", many(15'000));
  start({});
  EXPECT_EQ(at(wait_for(id), "state"), "done");
  EXPECT_EQ(at(json_of(get("/stats")), "nodes.Initiative"), "15000");
}

TEST_F(Sending, TheListHasPages) {
  for (const char* name : {"1.xml", "2.xml", "3.xml"}) {
    wait_for(sent(std::string("?name=") + name, file_of(activity("P-1-A", "A"))));
  }
  const json::Value first = json_of(get("/ingest?limit=2"));
  EXPECT_EQ(at(first, "items.0.name"), "3.xml");
  const json::Value second = json_of(get("/ingest?limit=2&cursor=" + at(first, "next")));
  EXPECT_EQ(at(second, "items.0.name"), "1.xml");
  EXPECT_EQ(at(second, "next"), "null");
  EXPECT_EQ(get("/ingest?limit=0").status, 400);
}

}  // namespace
}  // namespace mangrove::tests
