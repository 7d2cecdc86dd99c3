#include "web/server/gate.h"

#include <gtest/gtest.h>

#include <string>

namespace mangrove::web {
namespace {

const ServerLimits kLimits;

/// What the gate makes of a whole head: its meaning in one line, or the refusal.
std::string shown(std::string_view bytes, const ServerLimits& limits = kLimits) {
  HeadScanner scanner(limits);
  const auto scanned = scanner.scan(bytes);
  if (const auto* problem = std::get_if<Problem>(&scanned)) {
    return std::to_string(problem->status) + ' ' + problem->detail;
  }
  if (std::holds_alternative<HeadScanner::Incomplete>(scanned)) return "incomplete";
  const auto size = std::get<HeadScanner::Complete>(scanned).size;
  const HostNames hosts("127.0.0.1", 8087, {"mangrove.example.org"});
  const auto read = read_head(bytes.substr(0, size), hosts, limits);
  if (const auto* problem = std::get_if<Problem>(&read)) {
    return std::to_string(problem->status) + ' ' + problem->detail;
  }
  const Head& head = std::get<Head>(read);
  std::string text = head.method + ' ' + head.path;
  if (!head.query.empty()) text += " ?" + head.query;
  if (head.chunked) text += " chunked";
  if (head.content_length) text += " length=" + std::to_string(*head.content_length);
  if (head.expects_continue) text += " expects";
  if (!head.keep_alive) text += " close";
  return text;
}

/// As `shown`, for GET / with these further fields, each with its line end.
std::string with_fields(std::string_view fields) {
  return shown("GET / HTTP/1.1\r\nHost: localhost:8087\r\n" + std::string(fields) + "\r\n");
}

std::string with_target(std::string_view target) {
  return shown("GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost:8087\r\n\r\n");
}

std::string with_host(std::string_view host) {
  return shown("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n");
}

TEST(Gate, LetsAnOrdinaryRequestPass) {
  EXPECT_EQ(shown("GET /api/v1/search?q=cocoa HTTP/1.1\r\nHost: localhost:8087\r\n"
                  "Accept: */*\r\n\r\n"),
            "GET /api/v1/search ?q=cocoa");
  EXPECT_EQ(shown("POST /q HTTP/1.1\r\nHost: localhost:8087\r\nContent-Length: 12\r\n\r\n"),
            "POST /q length=12");
  EXPECT_EQ(with_fields("transfer-encoding: Chunked\r\nExpect: 100-continue\r\n"),
            "GET / chunked expects");
  EXPECT_EQ(shown("\r\nGET / HTTP/1.1\r\nHost: localhost:8087\r\n\r\n"), "GET /")
      << "one empty line before a request is forgiven";
}

TEST(Gate, WaitsForTheWholeHeadHoweverItIsCut) {
  const std::string head = "\r\nGET / HTTP/1.1\r\nHost: localhost:8087\r\n\r\n";
  HeadScanner scanner(kLimits);
  for (std::size_t size = 0; size < head.size(); ++size) {
    EXPECT_TRUE(std::holds_alternative<HeadScanner::Incomplete>(scanner.scan(head.substr(0, size))))
        << size;
  }
  const auto end = scanner.scan(head + "GET /next");
  ASSERT_TRUE(std::holds_alternative<HeadScanner::Complete>(end));
  EXPECT_EQ(std::get<HeadScanner::Complete>(end).size, head.size());
}

TEST(Gate, RefusesBytesThatNoHeadHas) {
  using namespace std::string_view_literals;
  EXPECT_EQ(shown("GET / HTTP/1.1\nHost: localhost:8087\n\n"),
            "400 A line ends without a carriage return.");
  EXPECT_EQ(with_fields("A: b\rc\r\n"), "400 A carriage return is inside a line.");
  EXPECT_EQ(with_fields("A: b\0c\r\n"sv), "400 The head has a control character.");
  EXPECT_EQ(with_fields("A: b\x7f\r\n"), "400 The head has a control character.");
  EXPECT_EQ(shown("\x16\x03\x01\x02"), "400 The head has a control character.") << "TLS";
}

TEST(Gate, BoundsTheHead) {
  EXPECT_EQ(with_target("/" + std::string(8191, 'a')), "GET /" + std::string(8191, 'a'));
  EXPECT_EQ(with_target("/" + std::string(8192, 'a')).substr(0, 4), "414 ");
  EXPECT_EQ(shown("GET /" + std::string(9000, 'a')).substr(0, 4), "414 ") << "already on the way";
  EXPECT_EQ(with_fields("A: " + std::string(16'384, 'a') + "\r\n").substr(0, 4), "431 ");

  std::string fields;
  for (int i = 0; i < 99; ++i) fields += "A: b\r\n";
  EXPECT_EQ(with_fields(fields), "GET /") << "with Host, that is 100";
  EXPECT_EQ(with_fields(fields + "A: b\r\n"), "431 There are more than 100 header fields.");
}

TEST(Gate, RefusesARequestLineThatIsNotThreeWords) {
  for (const char* line : {"GET /", "GET", "GET  / HTTP/1.1", "GET / x HTTP/1.1", " / HTTP/1.1",
                           "GET / HTTP/1.1 ", "GET / http/1.1", "GET / HTTP/11", "GET\t/ HTTP/1.1",
                           "G@T / HTTP/1.1", "GET / HTTP/1.1x"}) {
    EXPECT_EQ(shown(std::string(line) + "\r\nHost: localhost:8087\r\n\r\n").substr(0, 4), "400 ")
        << line;
  }
}

TEST(Gate, KnowsItsVersionsAndMethods) {
  EXPECT_EQ(shown("GET / HTTP/2.0\r\nHost: localhost:8087\r\n\r\n"),
            "505 Only HTTP/1.1 is spoken.");
  for (const char* method : {"CONNECT", "TRACE", "BREW", "get", "PROPFIND"}) {
    EXPECT_EQ(shown(std::string(method) + " / HTTP/1.1\r\nHost: localhost:8087\r\n\r\n"),
              "501 This method is not known.")
        << method;
  }
}

TEST(Gate, RefusesFieldsThatReadersReadDifferently) {
  EXPECT_EQ(with_fields("A: b\r\n c\r\n"), "400 A header field is continued on the next line.");
  EXPECT_EQ(with_fields("A: b\r\n\tc\r\n"), "400 A header field is continued on the next line.");
  EXPECT_EQ(with_fields("A : b\r\n"), "400 A header field is not NAME: VALUE.");
  EXPECT_EQ(with_fields("A\r\n"), "400 A header field is not NAME: VALUE.");
  EXPECT_EQ(with_fields(": b\r\n"), "400 A header field is not NAME: VALUE.");
  EXPECT_EQ(with_fields("A\xC3\xA9: b\r\n"), "400 A header field is not NAME: VALUE.");
  EXPECT_EQ(shown("GET / HTTP/1.1\r\n Host: localhost:8087\r\n\r\n"),
            "400 A header field is continued on the next line.");
}

TEST(Gate, RefusesDoubtAboutWhereTheBodyEnds) {
  EXPECT_EQ(with_fields("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"),
            "400 Both Content-Length and Transfer-Encoding.");
  EXPECT_EQ(with_fields("Content-Length: 4\r\nContent-Length: 5\r\n"),
            "400 The field Content-Length appears twice.");
  EXPECT_EQ(with_fields("Content-Length: 4\r\nContent-Length: 4\r\n"),
            "400 The field Content-Length appears twice.");
  for (const char* length : {"4, 4", "+4", "-4", "0x4", "4 4", "", "4.0", "4e1"}) {
    EXPECT_EQ(with_fields("Content-Length: " + std::string(length) + "\r\n"),
              "400 Content-Length is not a number.")
        << length;
  }
  EXPECT_EQ(with_fields("Content-Length: 1048576\r\n"), "GET / length=1048576");
  EXPECT_EQ(with_fields("Content-Length: 1048577\r\n"),
            "413 The body is larger than 1048576 bytes.");
  EXPECT_EQ(with_fields("Content-Length: 18446744073709551620\r\n"),
            "413 The body is larger than 1048576 bytes.")
      << "which is 4 in 64 bits";
}

TEST(Gate, KnowsChunkedAndNoOtherTransferEncoding) {
  for (const char* coding : {"xchunked", "chunked, identity", "gzip, chunked", "identity", "",
                             "chunked, chunked", "\"chunked\"", "chunked;q=1"}) {
    EXPECT_EQ(with_fields("Transfer-Encoding: " + std::string(coding) + "\r\n"),
              "501 The only transfer encoding known is \"chunked\".")
        << coding;
  }
  EXPECT_EQ(with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
            "400 The field Transfer-Encoding appears twice.");
  EXPECT_EQ(shown("POST / HTTP/1.0\r\nHost: localhost:8087\r\nTransfer-Encoding: chunked\r\n\r\n"),
            "400 Transfer-Encoding in HTTP/1.0.");
}

TEST(Gate, AnswersOnlyForItsOwnHosts) {
  EXPECT_EQ(shown("GET / HTTP/1.1\r\n\r\n"), "400 The field Host is missing.");
  EXPECT_EQ(shown("GET / HTTP/1.0\r\n\r\n"), "400 The field Host is missing.");
  EXPECT_EQ(with_fields("Host: localhost:8087\r\n"), "400 The field Host appears twice.");
  for (const char* own : {"localhost:8087", "127.0.0.1:8087", "[::1]:8087", "LOCALHOST:8087",
                          "mangrove.example.org", "mangrove.example.org:8087"}) {
    EXPECT_EQ(with_host(own), "GET /") << own;
  }
  for (const char* other :
       {"evil.example", "localhost", "localhost:80", "127.0.0.1:8088", "127.0.0.2:8087",
        "localhost.evil.example:8087", "[::2]:8087", "mangrove.example.org:9000"}) {
    EXPECT_EQ(with_host(other).substr(0, 4), "421 ") << other;
  }
  for (const char* bad :
       {"", "a b", "localhost:8087, localhost:8087", "user@localhost:8087",
        "localhost:", "localhost:x", "localhost:99999", "[::1", "::1", "localhost:8087/path"}) {
    EXPECT_EQ(with_host(bad).substr(0, 4), "400 ") << bad;
  }
}

TEST(Gate, TakesAProxysFormOfTargetOnlyForItself) {
  EXPECT_EQ(with_target("http://localhost:8087/a?b"), "GET /a ?b");
  EXPECT_EQ(with_target("HTTP://localhost:8087?b"), "GET / ?b");
  EXPECT_EQ(with_target("http://evil.example/a").substr(0, 4), "421 ");
  EXPECT_EQ(with_target("https://localhost:8087/a").substr(0, 4), "400 ");
  EXPECT_EQ(with_target("localhost:8087").substr(0, 4), "400 ");
  EXPECT_EQ(with_target("*").substr(0, 4), "400 ");
  EXPECT_EQ(shown("OPTIONS * HTTP/1.1\r\nHost: localhost:8087\r\n\r\n"), "OPTIONS *");
}

TEST(Gate, RefusesTargetsThatMustBeEncoded) {
  for (const char* target : {"/a#b", "/\xC3\xA9", "/a\tb"}) {
    EXPECT_EQ(with_target(target).substr(0, 4), "400 ") << target;
  }
}

TEST(Gate, KnowsWhetherTheConnectionIsKept) {
  EXPECT_EQ(with_fields("Connection: close\r\n"), "GET / close");
  EXPECT_EQ(with_fields("Connection: Upgrade, CLOSE\r\n"), "GET / close");
  EXPECT_EQ(with_fields("Connection: keep-alive\r\nConnection: close\r\n"), "GET / close");
  EXPECT_EQ(with_fields("Connection: Upgrade\r\nUpgrade: websocket\r\n"), "GET /");
  const std::string old = "GET / HTTP/1.0\r\nHost: localhost:8087\r\n";
  EXPECT_EQ(shown(old + "\r\n"), "GET / close");
  EXPECT_EQ(shown(old + "Connection: keep-alive\r\n\r\n"), "GET /");
}

TEST(Gate, KnowsOneExpectation) {
  EXPECT_EQ(with_fields("Expect: 100-Continue\r\n"), "GET / expects");
  EXPECT_EQ(with_fields("Expect: gold\r\n").substr(0, 4), "417 ");
}

TEST(HostNames, AServerOnAllAddressesIsKnownByEveryAddress) {
  const HostNames hosts("0.0.0.0", 8087, {});
  EXPECT_TRUE(hosts.contains("192.168.1.5:8087"));
  EXPECT_TRUE(hosts.contains("[fe80::1]:8087"));
  EXPECT_FALSE(hosts.contains("192.168.1.5:80"));
  EXPECT_FALSE(hosts.contains("evil.example:8087"));
}

TEST(HostNames, ANameWithAPortStandsForThatPortAlone) {
  const HostNames hosts("127.0.0.1", 8087, {"example.org:9000"});
  EXPECT_TRUE(hosts.contains("example.org:9000"));
  EXPECT_FALSE(hosts.contains("example.org:8087"));
  EXPECT_FALSE(hosts.contains("example.org"));
}

}  // namespace
}  // namespace mangrove::web
