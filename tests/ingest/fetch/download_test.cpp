#include "ingest/fetch/download.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <thread>

#include "tests/support/gzipped.h"
#include "tests/support/origin_server.h"

namespace mangrove::ingest {
namespace {

using namespace std::chrono_literals;
using tests::gzipped;
using tests::OriginServer;

class DownloadTest : public testing::Test {
 protected:
  DownloadTest() { limits_.allow_private_addresses = true; }

  Result<Download> get(const std::string& url, const Validators& known = {}) {
    return download(parse_location(url).value(), known, limits_);
  }
  /// The body, or why there is none.
  std::string text_at(const std::string& url, const Validators& known = {}) {
    const Result<Download> got = get(url, known);
    if (!got.ok()) return got.error().message;
    if (got.value().body == nullptr) return "unchanged";
    return read_up_to(*got.value().body, std::size_t{64} << 20).value();
  }
  std::string text(const std::string& path) { return text_at(server_.url(path)); }

  DownloadLimits limits_;
  OriginServer server_;
};

TEST_F(DownloadTest, BringsTheBodyAndByWhatToKnowItAgain) {
  server_.serve("/a", "some bytes",
                "ETag: \"one\"\r\nLast-Modified: Sat, 01 Jun 2024 00:00:00 GMT\r\n");
  const Result<Download> got = get(server_.url("/a"));
  ASSERT_TRUE(got.ok()) << got.error().message;
  EXPECT_EQ(read_up_to(*got.value().body, 100).value(), "some bytes");
  EXPECT_EQ(got.value().bytes, 10U);
  EXPECT_TRUE(got.value().end_is_certain);
  EXPECT_EQ(got.value().validators.etag, "\"one\"");
  EXPECT_EQ(got.value().validators.last_modified, "Sat, 01 Jun 2024 00:00:00 GMT");
  EXPECT_EQ(got.value().validators.digest.size(), 32U);
}

TEST_F(DownloadTest, WhatHasNotChangedIsNotSentAgain) {
  server_.on("/a", [](const OriginServer::Request& request, const OriginServer::Connection& to) {
    const bool known = request.field("If-None-Match") == "\"one\"" ||
                       request.field("If-Modified-Since") == "Sat, 01 Jun 2024 00:00:00 GMT";
    to.answer(known ? "304 Not Modified" : "200 OK", {}, known ? "" : "some bytes");
  });
  EXPECT_EQ(text("/a"), "some bytes");
  EXPECT_EQ(text_at(server_.url("/a"), {"\"one\"", "", ""}), "unchanged");
  EXPECT_EQ(text_at(server_.url("/a"), {"", "Sat, 01 Jun 2024 00:00:00 GMT", ""}), "unchanged");
  EXPECT_EQ(text_at(server_.url("/a"), {"\"two\"", "", ""}), "some bytes");
}

TEST_F(DownloadTest, TheSameBytesAreUnchangedWhateverTheServerSays) {
  server_.serve("/a", "some bytes");
  const Validators first = get(server_.url("/a")).value().validators;
  EXPECT_EQ(text_at(server_.url("/a"), first), "unchanged");
  server_.serve("/a", "other bytes");
  EXPECT_EQ(text_at(server_.url("/a"), first), "other bytes");
}

TEST_F(DownloadTest, A304ThatNobodyAskedForIsNoAnswer) {
  server_.on("/a", [](const auto&, const OriginServer::Connection& to) {
    to.answer("304 Not Modified", {}, "");
  });
  EXPECT_EQ(text("/a"), "127.0.0.1 answers 304");
}

TEST_F(DownloadTest, UndoesWhatTheTransferPacked) {
  server_.serve("/a", gzipped("unpacked again"), "Content-Encoding: gzip\r\n");
  EXPECT_EQ(text("/a"), "unpacked again");
  EXPECT_EQ(server_.requests().front().field("Accept-Encoding"), "gzip");
  server_.serve("/b", "no gzip at all", "Content-Encoding: gzip\r\n");
  EXPECT_EQ(text("/b"), "127.0.0.1 sends a body that is not packed as it says");
}

TEST_F(DownloadTest, ABombInTheTransferStopsAtTheLimit) {
  limits_.bytes = 1 << 20;
  server_.serve("/a", gzipped(std::string(50 << 20, '0')), "Content-Encoding: gzip\r\n");
  EXPECT_EQ(get(server_.url("/a")).error().code, ErrorCode::too_large);
}

TEST_F(DownloadTest, TheLimitHoldsWithAndWithoutALength) {
  limits_.bytes = 1000;
  server_.serve("/announced", std::string(1001, 'x'));
  server_.serve("/just", std::string(1000, 'x'));
  server_.on("/endless", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    while (to.send(std::string(100, 'x'))) {
    }
  });
  EXPECT_EQ(text("/just").size(), 1000U);
  for (const char* path : {"/announced", "/endless"}) {
    EXPECT_EQ(text(path),
              "127.0.0.1 sends more than 1000 bytes, the limit for a download (--max-download)");
  }
}

TEST_F(DownloadTest, WhatBreaksOffIsAnErrorThatSaysWhere) {
  server_.on("/short", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
  });
  server_.on("/chunk", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n");
  });
  server_.on("/nothing", [](const auto&, const OriginServer::Connection&) {});
  EXPECT_EQ(text("/short"), "127.0.0.1 broke off after 9 bytes, before the end");
  EXPECT_EQ(text("/chunk"), "127.0.0.1 broke off after 4 bytes, before the end");
  EXPECT_EQ(text("/nothing"), "127.0.0.1 broke off after 0 bytes, before the end");
}

TEST_F(DownloadTest, ABodyWithoutADeclaredEndMayHaveBeenBrokenOff) {
  server_.on("/a", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nperhaps all");
  });
  const Result<Download> got = get(server_.url("/a"));
  ASSERT_TRUE(got.ok()) << got.error().message;
  EXPECT_FALSE(got.value().end_is_certain);
}

TEST_F(DownloadTest, ASlowDripAndASilentServerAreLeft) {
  limits_.stall = 1s;
  limits_.bytes_a_second_min = 1000;
  server_.on("/drip", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (to.send("x")) std::this_thread::sleep_for(100ms);
  });
  server_.on("/silent",
             [](const auto&, const OriginServer::Connection&) { std::this_thread::sleep_for(4s); });
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_NE(text("/drip").find("127.0.0.1 sent next to nothing for 1 seconds"), std::string::npos);
  EXPECT_NE(text("/silent").find("127.0.0.1 sent next to nothing for 1 seconds"),
            std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 8s);
}

TEST_F(DownloadTest, TheWholeHasItsTime) {
  limits_.total = 1s;
  server_.on("/slow", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (to.send(std::string(1000, 'x'))) std::this_thread::sleep_for(50ms);
  });
  EXPECT_NE(text("/slow").find("127.0.0.1 took longer than 1 seconds for the whole"),
            std::string::npos);
}

TEST_F(DownloadTest, EndsWhenItIsTold) {
  server_.on("/slow", [](const auto&, const OriginServer::Connection& to) {
    to.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (to.send(std::string(1000, 'x'))) std::this_thread::sleep_for(50ms);
  });
  const auto begun = std::chrono::steady_clock::now();
  const Result<Download> got =
      download(parse_location(server_.url("/slow")).value(), {}, limits_,
               [&] { return std::chrono::steady_clock::now() - begun > 300ms; });
  EXPECT_EQ(got.error().code, ErrorCode::cancelled);
}

TEST_F(DownloadTest, FollowsFiveRedirectsAndNoMore) {
  server_.serve("/0", "arrived");
  for (int i = 1; i <= 6; ++i) {
    const std::string to_path = "Location: /" + std::to_string(i - 1) + "\r\n";
    server_.on("/" + std::to_string(i), [to_path](const auto&, const OriginServer::Connection& to) {
      to.answer("302 Found", to_path, "a page about it");
    });
  }
  server_.on("/loop", [](const auto&, const OriginServer::Connection& to) {
    to.answer("301 Moved Permanently", "Location: /loop\r\n", "");
  });
  EXPECT_EQ(text("/5"), "arrived");
  for (const char* path : {"/6", "/loop"}) {
    EXPECT_EQ(text(path), "127.0.0.1 sends from one address to another, more than 5 times");
  }
}

TEST_F(DownloadTest, ARedirectLeavesTheWebNowhere) {
  for (const std::string away :
       {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:1/"}) {
    server_.on("/a", [away](const auto&, const OriginServer::Connection& to) {
      to.answer("302 Found", "Location: " + away + "\r\n", "");
    });
    EXPECT_EQ(text("/a"), "127.0.0.1 sends to an address that is neither http nor https") << away;
  }
}

TEST_F(DownloadTest, CredentialsGoToTheirHostAndNoOther) {
  OriginServer other;
  other.serve("/b", "there");
  const std::string away = other.url("/b");
  server_.on("/a", [away](const auto&, const OriginServer::Connection& to) {
    to.answer("302 Found", "Location: " + away + "\r\n", "");
  });
  EXPECT_EQ(text_at("http://ada:hunter2@127.0.0.1:" + std::to_string(server_.port()) + "/a"),
            "there");
  EXPECT_FALSE(server_.requests().front().field("Authorization").empty());
  EXPECT_TRUE(other.requests().front().field("Authorization").empty());
}

TEST_F(DownloadTest, SaysWhatTheServerSays) {
  EXPECT_EQ(text("/not-there"), "127.0.0.1 answers 404: there is nothing at this address");
  EXPECT_EQ(get(server_.url("/not-there")).error().code, ErrorCode::not_found);
  server_.on("/closed", [](const auto&, const OriginServer::Connection& to) {
    to.answer("401 Unauthorized", {}, "");
  });
  server_.on("/broken", [](const auto&, const OriginServer::Connection& to) {
    to.answer("500 Internal Server Error", {}, "a page about it");
  });
  server_.on("/empty", [](const auto&, const OriginServer::Connection& to) {
    to.answer("204 No Content", {}, "");
  });
  EXPECT_EQ(text("/closed"), "127.0.0.1 answers 401: it wants to know who asks");
  EXPECT_EQ(text("/broken"), "127.0.0.1 answers 500");
  EXPECT_EQ(text("/empty"), "127.0.0.1 answers 204");
  EXPECT_EQ(text_at("http://no-such-host.invalid/"),
            "no-such-host.invalid is a name that leads nowhere");
}

TEST_F(DownloadTest, AProxyOfTheEnvironmentIsNotAsked) {
  OriginServer proxy;
  const std::string url = proxy.url("");
  for (const char* name : {"http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"}) {
    ::setenv(name, url.c_str(), 1);
  }
  server_.serve("/a", "directly");
  const std::string got = text("/a");
  for (const char* name : {"http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"}) ::unsetenv(name);
  EXPECT_EQ(got, "directly");
  EXPECT_TRUE(proxy.requests().empty());
}

TEST_F(DownloadTest, PrivateAddressesAreRefusedHoweverTheyAreSpelt) {
  limits_.allow_private_addresses = false;
  limits_.connect = 2s;
  server_.serve("/a", "a secret of this machine");
  const std::string port = ":" + std::to_string(server_.port()) + "/a";
  for (const std::string host : {"127.0.0.1",
                                 "localhost",
                                 "LOCALHOST",
                                 "localhost.",
                                 "127.1",
                                 "127.0.1",
                                 "2130706433",
                                 "0x7f000001",
                                 "0x7f.0.0.1",
                                 "0177.0.0.1",
                                 "017700000001",
                                 "0x7F.0x0.0x0.0x1",
                                 "127.0.0.1.",
                                 "0",
                                 "0.0.0.0",
                                 "[::1]",
                                 "[::ffff:127.0.0.1]",
                                 "[::ffff:7f00:1]",
                                 "[0:0:0:0:0:ffff:127.0.0.1]",
                                 "[::127.0.0.1]",
                                 "[::]",
                                 "[64:ff9b::7f00:1]",
                                 "127.127.127.127",
                                 "169.254.169.254",
                                 "0xa9fea9fe",
                                 "2852039166",
                                 "[::ffff:a9fe:a9fe]",
                                 "[fd00:ec2::254]",
                                 "10.0.0.1",
                                 "192.168.1.1",
                                 "172.16.0.1",
                                 "100.64.0.1",
                                 "[fe80::1]",
                                 "[fc00::1]",
                                 "[2002:7f00:1::]",
                                 "%31%32%37.0.0.1",
                                 "①②⑦.0.0.1"}) {
    const Result<Location> location = parse_location("http://" + host + port);
    if (!location.ok()) continue;
    const Result<Download> got = download(location.value(), {}, limits_);
    EXPECT_FALSE(got.ok()) << host;
  }
  EXPECT_TRUE(server_.requests().empty());
  EXPECT_EQ(text_at("http://2130706433" + port)
                .find("127.0.0.1 leads to 127.0.0.1, which is an "
                      "address of this machine"),
            0U);
}

TEST_F(DownloadTest, ANameThatLeadsToThisMachineIsRefusedAtTheConnection) {
  limits_.allow_private_addresses = false;
  server_.serve("/a", "a secret of this machine");
  const Result<Download> got = get("http://localhost:" + std::to_string(server_.port()) + "/a");
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().code, ErrorCode::invalid_input);
  EXPECT_NE(got.error().message.find("--allow-private-addresses"), std::string::npos);
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(DownloadTest, NoErrorRepeatsWhatIsSecret) {
  const std::string secrets = "ada:hunter2@127.0.0.1:" + std::to_string(server_.port());
  server_.on("/moved", [](const auto&, const OriginServer::Connection& to) {
    to.answer("302 Found", "Location: http://ada:hunter3@no-such-host.invalid/?key=hunter4\r\n",
              "");
  });
  for (const std::string path : {"/not-there?key=hunter2", "/moved?key=hunter2"}) {
    const std::string message = text_at("http://" + secrets + path);
    EXPECT_EQ(message.find("hunter"), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace mangrove::ingest
