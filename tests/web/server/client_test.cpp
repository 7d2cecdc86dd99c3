#include "web/server/client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "tests/support/server.h"

namespace mangrove::web {
namespace {

using namespace std::chrono_literals;
using tests::RunningServer;

Response echo(const Request& request) {
  if (request.path == "/slow") std::this_thread::sleep_for(500ms);
  if (request.path == "/missing") return {.status = 404};
  const std::string* token = request.header("Authorization");
  return Response::json(request.method + ' ' + request.path + '?' + request.query + ' ' +
                        (token ? *token : "") + ' ' + request.body);
}

TEST(Fetch, AsksARealServer) {
  RunningServer server(echo);
  const Response response =
      fetch(server.url() + "/a?b=c",
            {.method = "POST", .headers = {{"Authorization", "me"}}, .body = "text"})
          .value();
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.media_type, "application/json");
  EXPECT_EQ(response.body, "POST /a?b=c me text");
  EXPECT_EQ(fetch(server.url() + "/missing").value().status, 404);
  EXPECT_EQ(fetch(server.url()).value().body, "GET /?  ");
  EXPECT_EQ(fetch(server.url() + "/a", {.method = "HEAD"}).value().body, "");
}

TEST(Fetch, FindsAServerByName) {
  RunningServer server(echo);
  const std::string url = "http://localhost:" + std::to_string(server.port()) + "/named";
  EXPECT_EQ(fetch(url).value().body, "GET /named?  ");
}

TEST(Fetch, GivesUpInTime) {
  RunningServer server(echo);
  const auto start = std::chrono::steady_clock::now();
  const Result<Response> response = fetch(server.url() + "/slow", {.timeout = 50ms});
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().code, ErrorCode::io);
  EXPECT_NE(response.error().message.find("no answer within 50 ms"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 450ms);
}

TEST(Fetch, BoundsTheAnswer) {
  RunningServer server([](const Request&) { return Response::json(std::string(2'000, 'x')); });
  EXPECT_FALSE(fetch(server.url(), {.body_bytes = 1'000}).ok());
}

TEST(Fetch, SaysWhenNobodyIsThere) {
  std::string url;
  {
    RunningServer server(echo);
    url = server.url();
  }
  const Result<Response> response = fetch(url);
  ASSERT_FALSE(response.ok());
  EXPECT_TRUE(response.error().message.ends_with(": Connection refused"))
      << response.error().message;
}

TEST(Fetch, SpeaksHttpAndNothingElse) {
  EXPECT_EQ(fetch("https://example.org/").error().code, ErrorCode::unsupported);
  for (const char* bad : {"", "example.org", "ftp://example.org/", "http://", "http:///a",
                          "http://me@example.org/", "http://a b/", "http://localhost:x/",
                          "http://localhost/a b", "http://localhost/a\r\nX: y"}) {
    EXPECT_EQ(fetch(bad).error().code, ErrorCode::invalid_input) << bad;
  }
}

}  // namespace
}  // namespace mangrove::web
