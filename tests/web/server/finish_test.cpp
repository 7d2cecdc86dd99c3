#include "web/server/finish.h"

#include <gtest/gtest.h>

#include <string>

#include "web/server/gzip.h"

namespace mangrove::web {
namespace {

const std::string kLong = '"' + std::string(5'000, 'a') + '"';

Response finished(std::vector<Header> request_headers, Response response,
                  std::string method = "GET") {
  Request request;
  request.method = std::move(method);
  request.headers = std::move(request_headers);
  return finish(request, std::move(response));
}

std::string field(const Response& response, std::string_view name) {
  const std::string* value = response.header(name);
  return value ? *value : "";
}

TEST(Finish, GivesEqualBytesEqualTagsAndOthersOthers) {
  const std::string tag = field(finished({}, Response::json("{\"a\":1}")), "ETag");
  EXPECT_EQ(tag.size(), 18U);
  EXPECT_EQ(field(finished({}, Response::json("{\"a\":1}")), "ETag"), tag);
  EXPECT_NE(field(finished({}, Response::json("{\"a\":2}")), "ETag"), tag);
  EXPECT_EQ(field(finished({}, Response{.status = 404}), "ETag"), "");
  EXPECT_EQ(field(finished({}, Response::json("{}"), "POST"), "ETag"), "");
}

TEST(Finish, AnswersNotModifiedToAKnownTag) {
  const std::string tag = field(finished({}, Response::json("{}")), "ETag");
  for (const std::string& known : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
    const Response again = finished({{"If-None-Match", known}}, Response::json("{}"));
    EXPECT_EQ(again.status, 304) << known;
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(field(again, "ETag"), tag);
  }
  EXPECT_EQ(finished({{"If-None-Match", "\"x\""}}, Response::json("{}")).status, 200);
}

TEST(Finish, KeepsTheTagOfTheHandler) {
  Response response = Response::json("{}");
  response.headers.push_back({"etag", "\"v7\""});
  EXPECT_EQ(field(finished({}, response), "ETag"), "\"v7\"");
  EXPECT_EQ(finished({{"If-None-Match", "\"v7\""}}, response).status, 304);
}

TEST(Finish, CompressesWhatIsWorthItForThoseWhoTakeIt) {
  const Response plain = finished({}, Response::json(kLong));
  EXPECT_EQ(plain.body, kLong);
  EXPECT_EQ(field(plain, "Vary"), "Accept-Encoding");

  const Response packed = finished({{"Accept-Encoding", "br, gzip"}}, Response::json(kLong));
  EXPECT_EQ(field(packed, "Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 200U);
  EXPECT_EQ(gunzip(packed.body, 10'000).value(), kLong);
  EXPECT_NE(field(packed, "ETag"), field(plain, "ETag")) << "other bytes, another strong tag";

  const Response known =
      finished({{"Accept-Encoding", "gzip"}, {"If-None-Match", field(packed, "ETag")}},
               Response::json(kLong));
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(field(known, "Content-Encoding"), "");
}

TEST(Finish, LeavesSmallAndPackedBodiesAlone) {
  EXPECT_EQ(
      field(finished({{"Accept-Encoding", "gzip"}}, Response::json("{}")), "Content-Encoding"), "");
  const Response picture{.media_type = "image/png", .body = kLong};
  EXPECT_EQ(field(finished({{"Accept-Encoding", "gzip"}}, picture), "Content-Encoding"), "");
}

TEST(Finish, SecuresEveryAnswer) {
  const Response page = finished({}, {.media_type = "text/html; charset=utf-8", .body = "<p>"});
  const std::string policy = field(page, "Content-Security-Policy");
  EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(field(page, "X-Content-Type-Options"), "nosniff");
  const Response data = finished({}, {.status = 404});
  EXPECT_EQ(field(data, "Content-Security-Policy"), "default-src 'none'; frame-ancestors 'none'");
  EXPECT_EQ(field(data, "Cache-Control"), "no-store");
}

TEST(MessageHead, SaysEverythingInOrder) {
  const std::chrono::system_clock::time_point time{std::chrono::seconds{1'795'366'800}};
  EXPECT_EQ(message_head(Response::json("{}"), true, time),
            "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 17:00:00 GMT\r\nConnection: keep-alive\r\n"
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(message_head({.status = 204}, false, time),
            "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 17:00:00 GMT\r\n"
            "Connection: close\r\n\r\n");
}

TEST(MessageHead, LetsNoValueStartAHeaderOfItsOwn) {
  const Response response{.status = 200, .headers = {{"X", "a\r\nSet-Cookie: b"}}};
  EXPECT_EQ(message_head(response, true, {}).find("\nSet-Cookie"), std::string::npos);
}

TEST(Gzip, IsTakenWhenTheClientSaysSo) {
  for (const char* yes : {"gzip", "GZIP", "br;q=1, gzip;q=0.5", "*", "deflate,gzip", "gzip;q=1"}) {
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  }
  for (const char* no :
       {"", "br", "gzip;q=0", "gzip;q=0.0", "identity", "*;q=0", "*, gzip;q=0", "x-gzipped"}) {
    EXPECT_FALSE(accepts_gzip(no)) << no;
  }
}

TEST(Gzip, RoundTripsAndBounds) {
  std::string bytes;
  for (unsigned i = 0; i < 300'000; ++i) bytes += static_cast<char>(i * i >> 3);
  EXPECT_EQ(gunzip(gzip(bytes), bytes.size()).value(), bytes);
  EXPECT_EQ(gunzip(gzip(""), 10).value(), "");
  EXPECT_EQ(gunzip(gzip(bytes), bytes.size() - 1).error().code, ErrorCode::too_large);
  EXPECT_EQ(gunzip(gzip(bytes).substr(0, 100), bytes.size()).error().code, ErrorCode::corrupt);
  EXPECT_EQ(gunzip("not gzip", 10).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace mangrove::web
