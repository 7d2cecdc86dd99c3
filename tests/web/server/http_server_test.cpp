#include "web/server/http_server.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <future>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/raw_http.h"
#include "tests/support/server.h"

namespace mangrove::web {
namespace {

using namespace std::chrono_literals;
using tests::exchange;
using tests::RawConnection;
using tests::RawResponse;
using tests::RunningServer;

/// Says what it was asked. /long is a large answer, /throw a fault of ours.
Response echo(const Request& request) {
  if (request.path == "/throw") throw std::runtime_error("/secret/path: broken");
  if (request.path == "/long") return Response::json('"' + std::string(5'000'000, 'x') + '"');
  return Response::json('"' + request.method + ' ' + request.path + ' ' + request.query + ' ' +
                        request.body + '"');
}

ServerOptions short_times() {
  ServerOptions options;
  options.limits.head_time = 300ms;
  options.limits.body_grace = 300ms;
  options.limits.idle_time = 600ms;
  options.limits.write_grace = 1'000ms;
  options.limits.linger_time = 200ms;
  options.limits.shutdown_time = 2'000ms;
  return options;
}

class Server : public testing::Test {
 protected:
  /// A request with this line and these fields, besides Host.
  std::string message(std::string_view line, std::string_view fields = "",
                      std::string_view body = "") const {
    return std::string(line) + " HTTP/1.1\r\nHost: " + server_.host() + "\r\n" +
           std::string(fields) + "\r\n" + std::string(body);
  }

  RawResponse ask(const std::string& bytes) const {
    const auto responses = exchange(server_.port(), bytes);
    return responses.empty() ? RawResponse{} : responses.front();
  }

  /// The bytes are answered once, with this status, as a problem; then the server closes.
  void expect_refused(int status, const std::string& bytes) const {
    RawConnection connection(server_.port());
    connection.send(bytes);
    const auto response = connection.read_response();
    ASSERT_TRUE(response) << bytes.substr(0, 200);
    EXPECT_EQ(response->status, status) << bytes.substr(0, 200) << response->body;
    EXPECT_EQ(response->header("content-type"), "application/problem+json");
    EXPECT_EQ(response->header("connection"), "close");
    EXPECT_EQ(connection.read_until_closed(), "") << "nothing is taken for a second request";
  }

  RunningServer server_{echo, short_times()};
};

TEST_F(Server, Answers) {
  const RawResponse response = ask(message("GET /a%20b?q=1"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "\"GET /a%20b q=1 \"");
  EXPECT_EQ(response.header("content-type"), "application/json");
  EXPECT_EQ(response.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(response.header("date").size(), 29U);
}

TEST_F(Server, ReadsBodiesInBothFramings) {
  EXPECT_EQ(ask(message("POST /p", "Content-Length: 5\r\n", "hello")).body, "\"POST /p  hello\"");
  EXPECT_EQ(ask(message("POST /p", "Transfer-Encoding: chunked\r\n",
                        "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nTrailer: t\r\n\r\n"))
                .body,
            "\"POST /p  hello\"");
  EXPECT_EQ(ask(message("POST /p", "Content-Length: 0\r\n")).body, "\"POST /p  \"");
}

TEST_F(Server, ReadsWhatComesByteByByte) {
  RawConnection connection(server_.port());
  for (const char c :
       message("POST /p", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")) {
    connection.send({&c, 1});
  }
  EXPECT_EQ(connection.read_response()->body, "\"POST /p  abc\"");
}

TEST_F(Server, KeepsAConnectionForManyRequests) {
  RawConnection connection(server_.port());
  for (int i = 0; i < 200; ++i) {
    const std::string path = "/" + std::to_string(i);
    connection.send(message("GET " + path));
    const auto response = connection.read_response();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "\"GET " + path + "  \"");
    EXPECT_EQ(response->header("connection"), "keep-alive");
  }
}

TEST_F(Server, AnswersPipelinedRequestsInOrder) {
  std::string all;
  for (int i = 0; i < 100; ++i) {
    all += message("POST /" + std::to_string(i), "Content-Length: 2\r\n", "xy");
  }
  const auto responses = exchange(server_.port(), all, 100);
  ASSERT_EQ(responses.size(), 100U);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(responses[i].body, "\"POST /" + std::to_string(i) + "  xy\"");
  }
}

TEST_F(Server, ClosesWhenAsked) {
  RawConnection connection(server_.port());
  connection.send(message("GET /", "Connection: close\r\n") + message("GET /second"));
  EXPECT_EQ(connection.read_response()->header("connection"), "close");
  EXPECT_EQ(connection.read_until_closed(), "");
}

TEST_F(Server, KeepsAnOldConnectionOnlyWhenAsked) {
  const std::string old = "GET / HTTP/1.0\r\nHost: " + server_.host() + "\r\n";
  RawConnection once(server_.port());
  once.send(old + "\r\n");
  EXPECT_EQ(once.read_response()->header("connection"), "close");
  EXPECT_TRUE(once.is_closed_by_server());
  RawConnection kept(server_.port());
  for (int i = 0; i < 3; ++i) {
    kept.send(old + "Connection: keep-alive\r\n\r\n");
    EXPECT_EQ(kept.read_response()->header("connection"), "keep-alive");
  }
}

TEST_F(Server, SendsNoBodyForHead) {
  RawConnection connection(server_.port());
  connection.send(message("HEAD /a") + message("GET /b"));
  EXPECT_EQ(connection.read_response(false)->header("content-length"), "11");
  EXPECT_EQ(connection.read_response()->body, "\"GET /b  \"") << "which follows at once";
}

TEST_F(Server, AnswersNotModified) {
  const std::string tag = ask(message("GET /a")).header("etag");
  const RawResponse again = ask(message("GET /a", "If-None-Match: " + tag + "\r\n"));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.header("content-length"), "");
}

TEST_F(Server, CompressesForThoseWhoTakeIt) {
  const RawResponse response = ask(message("GET /long", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(response.header("content-encoding"), "gzip");
  EXPECT_LT(response.body.size(), 50'000U);
  EXPECT_EQ(ask(message("GET /long")).body.size(), 5'000'002U);
}

TEST_F(Server, SaysContinueToThoseWhoWait) {
  RawConnection connection(server_.port());
  connection.send(message("POST /p", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(connection.read_response()->status, 100);
  connection.send("hello");
  EXPECT_EQ(connection.read_response()->body, "\"POST /p  hello\"");
}

TEST_F(Server, RefusesTooMuchBeforeItIsSent) {
  expect_refused(413, message("POST /p", "Content-Length: 1048577\r\nExpect: 100-continue\r\n"));
}

TEST_F(Server, IgnoresUpgrades) {
  EXPECT_EQ(ask(message("GET /", "Connection: Upgrade\r\nUpgrade: websocket\r\n")).status, 200);
  EXPECT_EQ(ask(message("GET /",
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        "HTTP2-Settings: AAMAAABkAAQAAP__\r\n"))
                .status,
            200);
}

TEST_F(Server, TurnsAFaultOfAHandlerIntoAProblemThatTellsNothing) {
  RawConnection connection(server_.port());
  connection.send(message("GET /throw"));
  const auto response = connection.read_response();
  EXPECT_EQ(response->status, 500);
  EXPECT_EQ(response->body.find("secret"), std::string::npos);
  connection.send(message("GET /after"));
  EXPECT_EQ(connection.read_response()->status, 200) << "on the same connection";
}

// What Boost.Beast 1.81 refuses by itself, and must go on refusing.
TEST_F(Server, RefusesWhatSmugglersSend) {
  const std::string rest = "GET /smuggled HTTP/1.1\r\nHost: " + server_.host() + "\r\n\r\n";
  const auto refused = [&](int status, std::string_view fields, std::string_view body = "") {
    expect_refused(status, message("POST /", fields, std::string(body) + rest));
  };
  refused(400, "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n");
  refused(400, "Content-Length: 4\r\nContent-Length: 5\r\n", "abcd");
  refused(400, "Content-Length: +4\r\n", "abcd");
  refused(400, "Content-Length: 0x4\r\n", "abcd");
  refused(413, "Content-Length: 99999999999999999999\r\n", "abcd");
  refused(400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n");
  refused(400, "Content-Length : 4\r\n", "abcd");
  refused(400, std::string_view("A: \0\r\n", 6));
  refused(400, "A: b\n");
  refused(400, "Transfer-Encoding: chunked\r\n", "xyz\r\nabc\r\n0\r\n\r\n");
  refused(400, "Transfer-Encoding: chunked\r\n", "-1\r\nabc\r\n0\r\n\r\n");
  refused(400, "Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n");
  refused(400, "Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n");
  refused(400, "Transfer-Encoding: chunked\r\n", "3\nabc\r\n0\r\n\r\n");
  refused(400, "Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 5\r\n\r\n");
  expect_refused(400, message("GET /a\x01"));
}

// What Boost.Beast 1.81 lets through, and the gate must not.
TEST_F(Server, RefusesWhatBeastLetsThrough) {
  const std::string rest = "GET /smuggled HTTP/1.1\r\nHost: " + server_.host() + "\r\n\r\n";
  const auto refused = [&](int status, std::string_view fields, std::string_view body = "") {
    expect_refused(status, message("POST /", fields, std::string(body) + rest));
  };
  refused(501, "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n");
  refused(501, "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n");
  refused(400, "Content-Length: 4, 4\r\n", "abcd");
  refused(400, "Content-Length: 4\r\nContent-Length: 4\r\n", "abcd");
  refused(400, "A: b\r\n c\r\n");
  refused(400, "Transfer-Encoding: chunked\r\n",
          "3;" + std::string(100'000, 'x') + "\r\nabc\r\n0\r\n\r\n");
  refused(400, "Transfer-Encoding: chunked\r\n", "3;" + std::string(300, 'x') + "\r\nabc\r\n");
  refused(400, "Host: " + server_.host() + "\r\n");
  expect_refused(400, "POST / HTTP/1.0\r\nHost: " + server_.host() +
                          "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  expect_refused(400, "GET / HTTP/1.1\r\n\r\n");
  expect_refused(421, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  expect_refused(421, message("GET http://evil.example/"));
  EXPECT_EQ(ask(message("GET http://" + server_.host() + "/own")).body, "\"GET /own  \"");
}

TEST_F(Server, RefusesOtherProtocolsAndMethods) {
  expect_refused(501, "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n");
  expect_refused(501, message("TRACE /"));
  expect_refused(501, message("PROPFIND /"));
  expect_refused(505, "GET / HTTP/2.0\r\nHost: " + server_.host() + "\r\n\r\n");
  expect_refused(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  expect_refused(400, "\x16\x03\x01\x02\x00\x01\x00\x01");
  expect_refused(400, "GET /\r\n\r\n");
}

TEST_F(Server, BoundsWhatOneRequestMaySend) {
  expect_refused(414, message("GET /" + std::string(9'000, 'a')));
  expect_refused(431, message("GET /", "A: " + std::string(20'000, 'a') + "\r\n"));
  std::string many;
  for (int i = 0; i < 101; ++i) many += "A: b\r\n";
  expect_refused(431, message("GET /", many));
  expect_refused(413,
                 message("POST /", "Content-Length: 1048577\r\n", std::string(1'048'577, 'x')));

  std::string chunks;
  for (int i = 0; i < 20; ++i) chunks += "10000\r\n" + std::string(65'536, 'x') + "\r\n";
  expect_refused(413, message("POST /", "Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n"));
  EXPECT_EQ(
      ask(message("POST /", "Content-Length: 1048576\r\n", std::string(1'048'576, 'x'))).status,
      200);
}

TEST_F(Server, RefusesChunksWhoseLinesEndInABareLineFeed) {
  for (const char* body : {"3\nabc\n0\n\n", "3\r\nabc\n0\r\n\r\n", "0\r\nA: b\nC: d\r\n\r\n"}) {
    expect_refused(400, message("POST /", "Transfer-Encoding: chunked\r\n", body));
  }
}

TEST_F(Server, SaysWhatIsWrongWithARequestThatBreaksOff) {
  for (const std::string& begun :
       {std::string("G"), message("GET /").substr(0, 30),
        message("POST /", "Content-Length: 10\r\n", "abc"),
        message("POST /", "Transfer-Encoding: chunked\r\n", "5\r\nab")}) {
    RawConnection broken_off(server_.port());
    broken_off.send(begun);
    broken_off.finish_sending();
    const auto refusal = broken_off.read_response();
    ASSERT_TRUE(refusal) << begun;
    EXPECT_EQ(refusal->status, 400) << begun;
    EXPECT_TRUE(broken_off.is_closed_by_server()) << begun;

    RawConnection silent(server_.port());
    silent.send(begun);
    const auto timeout = silent.read_response();
    ASSERT_TRUE(timeout) << begun;
    EXPECT_EQ(timeout->status, 408) << begun;
    EXPECT_EQ(timeout->header("content-type"), "application/problem+json");
    EXPECT_TRUE(silent.is_closed_by_server()) << begun;
  }
}

TEST_F(Server, ClosesOnAHeadThatDoesNotArriveInTime) {
  RawConnection connection(server_.port());
  const auto start = std::chrono::steady_clock::now();
  // A byte now and then must not push the end out.
  for (int i = 0; i < 40 && connection.send("G"); ++i) std::this_thread::sleep_for(25ms);
  EXPECT_TRUE(connection.is_closed_by_server());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(Server, ClosesOnABodyThatDoesNotArriveInTime) {
  RawConnection connection(server_.port());
  connection.send(message("POST /", "Content-Length: 100000\r\n", "x"));
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 100 && connection.send("x"); ++i) std::this_thread::sleep_for(25ms);
  EXPECT_TRUE(connection.is_closed_by_server());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(Server, LetsABodyTakeItsTimeWhileItKeepsComing) {
  RawConnection connection(server_.port());
  connection.send(message("POST /", "Content-Length: 4000\r\n"));
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(connection.send(std::string(200, 'x')));
    std::this_thread::sleep_for(25ms);
  }
  EXPECT_EQ(connection.read_response()->status, 200) << "after more than the grace";
}

TEST_F(Server, ClosesIdleConnections) {
  RawConnection never(server_.port());
  RawConnection once(server_.port());
  once.send(message("GET /"));
  EXPECT_TRUE(once.read_response());
  EXPECT_EQ(never.read_until_closed(5s), "");
  EXPECT_EQ(once.read_until_closed(5s), "");
}

TEST_F(Server, IsNotHeldUpByAClientThatDoesNotRead) {
  RawConnection deaf(server_.port());
  for (int i = 0; i < 5; ++i) deaf.send(message("GET /long"));
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(ask(message("GET /")).status, 200);
}

TEST_F(Server, SurvivesClientsThatLeave) {
  for (int i = 0; i < 50; ++i) {
    RawConnection connection(server_.port());
    connection.send(message("GET /long").substr(0, static_cast<std::size_t>(i)));
    if (i % 2 == 0) connection.send(message("GET /long"));
  }
  EXPECT_EQ(ask(message("GET /")).status, 200);
}

TEST_F(Server, AnswersAClientThatHasFinishedSending) {
  RawConnection connection(server_.port());
  connection.send(message("GET /"));
  connection.finish_sending();
  EXPECT_TRUE(connection.read_response());
  EXPECT_TRUE(connection.is_closed_by_server());
}

TEST_F(Server, ServesManyAtOnce) {
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      RawConnection connection(server_.port());
      for (int n = 0; n < 100; ++n) {
        connection.send(message("GET /x"));
        if (const auto response = connection.read_response()) answered += response->status == 200;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, 800);
}

/// A good request with damage: bytes changed, removed, repeated, pieces swapped in.
std::string damaged(std::string bytes, std::mt19937& random) {
  constexpr std::string_view kPieces[] = {"\r\n",
                                          "\n",
                                          "\r",
                                          "\r\n\r\n",
                                          " ",
                                          ":",
                                          "Content-Length: 5\r\n",
                                          "Host: a\r\n",
                                          "HTTP/",
                                          "chunked",
                                          "%00",
                                          "\x80\xFF",
                                          "0\r\n\r\n",
                                          "Transfer-Encoding: "};
  for (unsigned n = 1 + random() % 4; n > 0 && !bytes.empty(); --n) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 6) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + random() % 8);
        break;
      case 2:
        bytes.insert(at, kPieces[random() % std::size(kPieces)]);
        break;
      case 3:
        bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 40));
        break;
      case 4:
        bytes.resize(at);
        break;
      default:
        bytes.insert(at, random() % 3'000, static_cast<char>(random()));
    }
  }
  return bytes;
}

TEST_F(Server, OutlivesAThousandMalformedRequests) {
  std::mt19937 random(20261122);
  const std::vector<std::string> good = {
      message("GET /a?b=c", "Accept: */*\r\nAccept-Encoding: gzip\r\n"),
      message("POST /p", "Content-Length: 11\r\n", "hello world"),
      message("POST /p", "Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\nT: u\r\n\r\n"),
      message("HEAD /long", "If-None-Match: \"x\"\r\nConnection: keep-alive\r\n"),
      message("OPTIONS *", "Expect: 100-continue\r\nContent-Length: 3\r\n", "abc"),
  };
  for (int i = 1; i <= 1'000; ++i) {
    RawConnection connection(server_.port());
    connection.send(damaged(good[random() % good.size()], random));
    connection.finish_sending();
    const auto answer = connection.read_until_closed(5s);
    ASSERT_TRUE(answer) << "request " << i << " hangs";
    EXPECT_TRUE(answer->empty() || answer->starts_with("HTTP/1.1 ")) << i;
    if (i % 50 == 0) {
      ASSERT_EQ(ask(message("GET /good")).body, "\"GET /good  \"") << i;
    }
  }
}

/// Handlers that wait until they are let go.
class HeldHandlers {
 public:
  Handler handler() {
    return [this](const Request& request) {
      if (request.path == "/quick") return Response::json("\"quick\"");
      ++begun_;
      released_.wait();
      return Response::json("\"held\"");
    };
  }
  void wait_until_begun(int count) const {
    while (begun_ < count) std::this_thread::sleep_for(1ms);
  }
  void release() { gate_.set_value(); }

 private:
  std::atomic<int> begun_ = 0;
  std::promise<void> gate_;
  std::shared_future<void> released_ = gate_.get_future().share();
};

std::string get(const RunningServer& server, std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n";
}

TEST(ServerUnderLoad, RefusesRequestsBeyondTheQueueAndConnectionsBeyondTheLimit) {
  HeldHandlers held;
  ServerOptions options = short_times();
  options.workers = 1;
  options.limits.waiting_requests = 2;
  options.limits.connections = 4;
  options.limits.idle_time = 10'000ms;
  RunningServer server(held.handler(), options);

  std::vector<std::unique_ptr<RawConnection>> connections;
  for (int i = 0; i < 4; ++i) {
    connections.push_back(std::make_unique<RawConnection>(server.port()));
  }
  connections[0]->send(get(server, "/held"));
  held.wait_until_begun(1);
  connections[1]->send(get(server, "/held"));
  // The third request is sure to be third once it is refused.
  std::optional<RawResponse> refused;
  for (int tries = 0; tries < 100 && !refused; ++tries) {
    std::this_thread::sleep_for(20ms);
    connections[2]->send(get(server, "/quick"));
    refused = connections[2]->read_response();
    if (refused && refused->status != 503) refused.reset();
  }
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->header("retry-after"), "1");
  EXPECT_EQ(refused->header("connection"), "keep-alive") << "the client may try again";

  RawConnection fifth(server.port());
  const auto no_room = fifth.read_response();
  ASSERT_TRUE(no_room);
  EXPECT_EQ(no_room->status, 503);
  EXPECT_EQ(no_room->header("connection"), "close");

  held.release();
  EXPECT_EQ(connections[0]->read_response()->status, 200);
  EXPECT_EQ(connections[1]->read_response()->status, 200);
  connections[3]->send(get(server, "/quick"));
  EXPECT_EQ(connections[3]->read_response()->status, 200);
}

TEST(ServerUnderLoad, AnswersAtOnceWhatNeedsNoWorkerWhileAllAreBusy) {
  ServerOptions options;
  options.workers = 1;
  options.answer_at_once = [](const Request& request) -> std::optional<Response> {
    if (request.path == "/fault") throw std::runtime_error("broken");
    if (request.path != "/quick") return std::nullopt;
    return Response::json("\"at once\"");
  };
  std::promise<void> go_on;
  std::shared_future<void> gate = go_on.get_future().share();
  const RunningServer server(
      [gate](const Request& request) {
        if (request.path == "/slow") gate.wait();
        return echo(request);
      },
      options);
  RawConnection slow(server.port());
  slow.send("GET /slow HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n");
  RawConnection quick(server.port());
  quick.send("GET /quick HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n");
  const auto answered = quick.read_response();
  go_on.set_value();
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->body, "\"at once\"");
  EXPECT_EQ(slow.read_response()->status, 200);
  quick.send("GET /fault HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n");
  EXPECT_EQ(quick.read_response()->body, "\"GET /fault  \"");
}

TEST(ServerUnderLoad, TellsAHandlerThatItsClientHasLeft) {
  std::promise<void> begun;
  std::promise<bool> noticed;
  const RunningServer server([&](const Request& request) {
    EXPECT_FALSE(request.has_left());
    begun.set_value();
    for (int i = 0; i < 500 && !request.has_left(); ++i) std::this_thread::sleep_for(10ms);
    noticed.set_value(request.has_left());
    return echo(request);
  });
  {
    RawConnection connection(server.port());
    connection.send("GET /slow HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n");
    begun.get_future().wait();
  }
  EXPECT_TRUE(noticed.get_future().get());
}

TEST(ServerUnderLoad, HearsOthersWhileAHandlerIsSlow) {
  HeldHandlers held;
  ServerOptions options = short_times();
  options.workers = 2;
  RunningServer server(held.handler(), options);
  RawConnection slow(server.port());
  slow.send(get(server, "/held"));
  held.wait_until_begun(1);
  EXPECT_EQ(exchange(server.port(), get(server, "/quick")).at(0).status, 200);
  std::this_thread::sleep_for(1'000ms);  // Longer than any time a client has.
  held.release();
  EXPECT_EQ(slow.read_response()->status, 200);
}

TEST(ServerShutdown, FinishesRequestsUnderWayAndClosesIdleConnections) {
  HeldHandlers held;
  ServerOptions options = short_times();
  options.limits.idle_time = 60'000ms;
  RunningServer server(held.handler(), options);
  RawConnection idle(server.port());
  idle.send(get(server, "/quick"));
  EXPECT_TRUE(idle.read_response());
  RawConnection busy(server.port());
  busy.send(get(server, "/held"));
  held.wait_until_begun(1);

  server.begin_to_stop();
  EXPECT_EQ(idle.read_until_closed(1s), "");
  EXPECT_FALSE(RawConnection(server.port()).send(get(server, "/quick"))) << "no new connections";
  held.release();
  const auto answer = busy.read_response();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->header("connection"), "close");
  EXPECT_TRUE(server.stop().ok());
}

TEST(ServerShutdown, DoesNotWaitForEver) {
  HeldHandlers held;
  ServerOptions options = short_times();
  options.limits.shutdown_time = 200ms;
  RunningServer server(held.handler(), options);
  RawConnection busy(server.port());
  busy.send(get(server, "/held"));
  held.wait_until_begun(1);
  const Status outcome = server.stop();
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, ErrorCode::cancelled);
  EXPECT_TRUE(busy.is_closed_by_server());
  held.release();
}

TEST(ServerShutdown, MayComeBeforeTheStart) {
  ServerOptions options;
  options.port = 0;
  const auto server = HttpServer::listen(options, echo).value();
  server->stop();
  EXPECT_TRUE(server->run().ok());
  server->stop();
}

TEST(ServerShutdown, FollowsSigterm) {
  ServerOptions options = short_times();
  options.port = 0;
  const auto server = HttpServer::listen(options, echo).value();
  auto outcome = std::async(std::launch::async, [&] { return server->run(); });
  const std::string host = "127.0.0.1:" + std::to_string(server->port());
  EXPECT_EQ(exchange(server->port(), "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").size(), 1U);
  ::kill(::getpid(), SIGTERM);
  EXPECT_TRUE(outcome.get().ok());
}

TEST(ServerListen, SaysWhyItCannot) {
  ServerOptions options;
  options.port = 0;
  const auto first = HttpServer::listen(options, echo).value();
  options.port = first->port();
  const auto second = HttpServer::listen(options, echo);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::io);
  EXPECT_EQ(second.error().message, "cannot listen on 127.0.0.1:" + std::to_string(options.port) +
                                        ": Address already in use");
  options.address = "nowhere";
  EXPECT_EQ(HttpServer::listen(options, echo).error().code, ErrorCode::invalid_input);
}

TEST(ServerListen, ReadsWhereToListen) {
  const auto shown = [](std::string_view text) {
    const auto parsed = parse_listen_address(text);
    if (!parsed.ok()) return std::string("refused");
    return parsed.value().address + " " + std::to_string(parsed.value().port);
  };
  EXPECT_EQ(shown("127.0.0.1:8087"), "127.0.0.1 8087");
  EXPECT_EQ(shown("localhost:0"), "127.0.0.1 0");
  EXPECT_EQ(shown("[::1]:80"), "::1 80");
  for (const char* bad : {"", "8087", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "1.2.3:1", "::1:80",
                          "127.0.0.1:65536", "example.org:80", "[127.0.0.1]:80"}) {
    EXPECT_EQ(shown(bad), "refused") << bad;
  }
}

}  // namespace
}  // namespace mangrove::web
