#include <gtest/gtest.h>

#include <sstream>

#include "ingest/command.h"
#include "ingest/inputs/known_input.h"
#include "tests/support/gzipped.h"
#include "tests/support/iati_file.h"
#include "tests/support/loaded_graph.h"
#include "tests/support/origin_server.h"

namespace mangrove::ingest {
namespace {

using tests::activity;
using tests::gzipped;
using tests::iati_file;
using tests::OriginServer;

const std::string kBoth = iati_file(activity("P-1-A", "Schools") + activity("P-1-B", "Wells"));

/// A server that keeps one file, and knows who has it already.
void serve_with_etag(OriginServer& server, const std::string& path, const std::string& body,
                     const std::string& etag) {
  server.on(path, [body, etag](const OriginServer::Request& request,
                               const OriginServer::Connection& to) {
    const bool known = request.field("If-None-Match") == etag;
    to.answer(known ? "304 Not Modified" : "200 OK", "ETag: " + etag + "\r\n", known ? "" : body);
  });
}

class WebInputsTest : public testing::Test {
 protected:
  Report load(const std::string& url) { return loaded_.load({url}); }

  OriginServer server_;
  tests::LoadedGraph loaded_;
};

TEST_F(WebInputsTest, AreReadLikeFiles) {
  server_.serve("/data/activities.xml", kBoth);
  const Report report = load(server_.url("/data/activities.xml"));
  EXPECT_EQ(report.totals().added, 2U);
  EXPECT_EQ(report.files().front().file, "127.0.0.1/data/activities.xml");
  EXPECT_EQ(report.files().front().bytes, kBoth.size());
  EXPECT_EQ(loaded_.property("iati:P-1-A", "title"), "Schools");
  const KnownInput known = known_inputs(loaded_.graph()).value().at(0);
  EXPECT_EQ(known.location, server_.url("/data/activities.xml"));
  EXPECT_EQ(known.sources, std::set<std::string>{"src:P-1"});
  EXPECT_EQ(known.records, 2U);
}

TEST_F(WebInputsTest, SeveralBesideFiles) {
  server_.serve("/a.xml", iati_file(activity("P-1-A", "Schools")));
  server_.serve("/b.xml", iati_file(activity("P-1-B", "Wells")));
  const std::string file = loaded_.write("c.xml", iati_file(activity("P-1-C", "Roads")));
  const Report report = loaded_.load({server_.url("/a.xml"), file, server_.url("/b.xml")});
  EXPECT_EQ(report.totals().added, 3U);
  EXPECT_EQ(known_inputs(loaded_.graph()).value().size(), 3U);
}

TEST_F(WebInputsTest, AreNotReadAgainUntilTheyChange) {
  serve_with_etag(server_, "/a.xml", kBoth, "\"one\"");
  load(server_.url("/a.xml"));
  const graph::Version version = loaded_.version();
  const Report again = load(server_.url("/a.xml"));
  EXPECT_TRUE(again.files().front().not_read);
  EXPECT_FALSE(again.records_lost());
  EXPECT_EQ(again.totals().records, 0U);
  EXPECT_NE(again.summary().find("1 file unchanged on the web, not read again"), std::string::npos);
  EXPECT_EQ(loaded_.version(), version);
  serve_with_etag(server_, "/a.xml", iati_file(activity("P-1-A", "Schools")), "\"two\"");
  EXPECT_EQ(load(server_.url("/a.xml")).totals().retired, 1U);
}

TEST_F(WebInputsTest, AnotherWayOfReadingReadsAgain) {
  serve_with_etag(server_, "/a.xml", kBoth, "\"one\"");
  load(server_.url("/a.xml"));
  Options options;
  options.audiences = {"partners"};
  const Report report = loaded_.load({server_.url("/a.xml")}, options);
  EXPECT_FALSE(report.files().front().not_read);
  EXPECT_EQ(report.totals().replaced, 2U);
}

TEST_F(WebInputsTest, ADownloadThatBreaksOffRetiresNothingAndIsTriedAgain) {
  serve_with_etag(server_, "/a.xml", kBoth, "\"one\"");
  load(server_.url("/a.xml"));
  const graph::Version version = loaded_.version();
  server_.on("/a.xml", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: \"two\"\r\n\r\n" +
            iati_file(activity("P-1-A", "Schools")));
  });
  const Report broken = load(server_.url("/a.xml"));
  EXPECT_EQ(broken.totals().retired, 0U);
  EXPECT_TRUE(broken.records_lost());
  ASSERT_FALSE(broken.findings().empty());
  EXPECT_NE(broken.findings().front().detail.find("broke off after"), std::string::npos);
  EXPECT_EQ(loaded_.version(), version);
  EXPECT_NE(known_inputs(loaded_.graph()).value().at(0).problem, "");
  serve_with_etag(server_, "/a.xml", kBoth, "\"one\"");
  EXPECT_FALSE(load(server_.url("/a.xml")).files().front().not_read);
  EXPECT_EQ(known_inputs(loaded_.graph()).value().at(0).problem, "");
}

TEST_F(WebInputsTest, WithoutADeclaredEndNothingIsRetired) {
  server_.serve("/a.xml", kBoth);
  load(server_.url("/a.xml"));
  server_.on("/a.xml", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" +
            iati_file(activity("P-1-A", "Schools")));
  });
  EXPECT_EQ(load(server_.url("/a.xml")).totals().retired, 0U);
}

TEST_F(WebInputsTest, PackedBodiesAreKnownByTheirContent) {
  const std::string least = iati_file(activity("P-1-A", "Schools"));
  server_.serve("/a.xml", gzipped(least));
  server_.serve("/b.xml.gz", gzipped(gzipped(iati_file(activity("P-1-B", "Wells")))),
                "Content-Encoding: gzip\r\n");
  server_.serve("/c.xml.gz", iati_file(activity("P-1-C", "Roads")));  // Its name is wrong.
  for (const char* path : {"/a.xml", "/b.xml.gz", "/c.xml.gz"}) {
    EXPECT_EQ(load(server_.url(path)).totals().added, 1U) << path;
  }
}

TEST_F(WebInputsTest, SecretsAreUsedAndKeptNowhere) {
  server_.on("/a.xml",
             [](const OriginServer::Request& request, const OriginServer::Connection& to) {
               const bool open = !request.field("Authorization").empty() &&
                                 request.path.find("key=hunter3") != std::string::npos;
               to.answer(open ? "200 OK" : "403 Forbidden", {}, open ? kBoth : "");
             });
  const std::string url = "http://ada:hunter2@127.0.0.1:" + std::to_string(server_.port()) +
                          "/a.xml?api_key=hunter3#hunter4";
  const Report report = load(url);
  EXPECT_EQ(report.totals().added, 2U);
  std::string all = loaded_.exported() + report.to_json() + report.to_csv() + report.summary();
  for (const std::string& name : loaded_.graph().notes("").value()) {
    all += name + *loaded_.graph().note(name).value();
  }
  EXPECT_EQ(all.find("hunter"), std::string::npos);
  EXPECT_EQ(all.find("ada:"), std::string::npos);
  EXPECT_TRUE(known_inputs(loaded_.graph()).value().at(0).has_secrets);
  // The same address, with its secrets, is the same input.
  EXPECT_TRUE(load(url).files().front().not_read);
}

TEST_F(WebInputsTest, TwoReadingsOfTheSameExportAlikeWheneverTheyWere) {
  serve_with_etag(server_, "/a.xml", kBoth, "\"one\"");
  load(server_.url("/a.xml"));
  load(server_.url("/a.xml"));
  tests::LoadedGraph other;
  other.load({server_.url("/a.xml")});
  EXPECT_EQ(other.exported(), loaded_.exported());
  EXPECT_EQ(loaded_.exported().find("\"one\""), std::string::npos);
}

TEST_F(WebInputsTest, TheCommandRefusesThisMachineUntilItIsAllowed) {
  server_.serve("/a.xml", kBoth);
  const auto command = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"--graph", (loaded_.folder() / "graph").string()});
    std::ostringstream out;
    std::ostringstream errors;
    const int status = ingest_command(words, out, errors);
    return std::to_string(status) + " " + out.str() + errors.str();
  };
  const std::string refused = command({server_.url("/a.xml")});
  EXPECT_EQ(refused.front(), '1') << refused;
  EXPECT_NE(refused.find("which is an address of this machine"), std::string::npos) << refused;
  EXPECT_TRUE(server_.requests().empty());
  const std::string allowed = command({"--allow-private-addresses", server_.url("/a.xml")});
  EXPECT_EQ(allowed.front(), '0') << allowed;
  EXPECT_NE(allowed.find("2 added"), std::string::npos) << allowed;
  EXPECT_EQ(command({"--max-download", "10", "--allow-private-addresses", "--source", "other",
                     server_.url("/a.xml")})
                .front(),
            '1');
  EXPECT_EQ(command({"file:///etc/passwd"}).front(), '3');
}

}  // namespace
}  // namespace mangrove::ingest
