// Bodies that go to the disk as they come, and answers that are told as they come about.

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>

#include "tests/support/raw_http.h"
#include "tests/support/server.h"
#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"
#include "web/server/body_file.h"

namespace mangrove::web {
namespace {

using namespace std::chrono_literals;
using tests::RawConnection;
using tests::RawResponse;
using tests::RunningServer;
using tests::TemporaryFolder;

ServerOptions short_times() {
  ServerOptions options;
  options.limits.body_grace = 500ms;
  options.limits.idle_time = 600ms;
  options.limits.write_grace = 1'000ms;
  options.limits.linger_time = 300ms;
  options.limits.shutdown_time = 3'000ms;
  options.limits.live_period = 20ms;
  options.limits.live_responses = 2;
  options.limits.uploads = 2;
  options.limits.body_bytes = 1'000;
  return options;
}

/// Tells of a body on the disk its size and a sum of its bytes.
Response told(const Request& request) {
  if (!request.body_file) return Response::json("\"in memory: " + request.body + "\"");
  std::ifstream file(request.body_file->path(), std::ios::binary);
  std::uint64_t sum = 0;
  for (std::istreambuf_iterator<char> each(file), end; each != end; ++each) {
    sum = sum * 31 + static_cast<unsigned char>(*each);
  }
  return Response::json("\"" + std::to_string(request.body_file->size()) + " " +
                        std::to_string(sum) + "\"");
}

std::uint64_t sum_of(const std::string& bytes) {
  std::uint64_t sum = 0;
  for (const char c : bytes) sum = sum * 31 + static_cast<unsigned char>(c);
  return sum;
}

class Uploads : public testing::Test {
 protected:
  explicit Uploads(std::filesystem::path folder = {}) : folder_(std::move(folder)) {
    ServerOptions options = short_times();
    options.plan_body =
        [this](const Request& head) -> std::variant<BodyInMemory, BodyOnDisk, Problem> {
      if (head.path == "/refused") return Problem{.status = 403, .code = "no", .detail = "No."};
      if (head.path != "/disk") return BodyInMemory{};
      return BodyOnDisk{.folder = place(), .bytes_max = 5'000'000, .bytes_kept_free = 0};
    };
    server_ = std::make_unique<RunningServer>(told, options);
  }
  std::filesystem::path place() const { return folder_.empty() ? own_.path() : folder_; }
  std::string head(const std::string& path, const std::string& fields) const {
    return "POST " + path + " HTTP/1.1\r\nHost: " + server_->host() + "\r\n" + fields + "\r\n";
  }
  RawResponse ask(const std::string& bytes) const {
    const auto responses = tests::exchange(server_->port(), bytes);
    return responses.empty() ? RawResponse{} : responses.front();
  }

  TemporaryFolder own_;
  std::filesystem::path folder_;
  std::unique_ptr<RunningServer> server_;
};

TEST_F(Uploads, GoToTheDiskInBothFramings) {
  std::string bytes;
  for (int i = 0; i < 3'000'000; ++i) bytes += static_cast<char>(i * 7 % 251);
  const std::string expected =
      "\"" + std::to_string(bytes.size()) + " " + std::to_string(sum_of(bytes)) + "\"";
  const std::string length = "Content-Length: " + std::to_string(bytes.size()) + "\r\n";
  EXPECT_EQ(ask(head("/disk", length) + bytes).body, expected);
  std::string chunked = head("/disk", "Transfer-Encoding: chunked\r\n");
  for (std::size_t at = 0; at < bytes.size(); at += 60'000) {
    const std::string piece = bytes.substr(at, 60'000);
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    chunked += size + piece + "\r\n";
  }
  EXPECT_EQ(ask(chunked + "0\r\n\r\n").body, expected);
  EXPECT_TRUE(std::filesystem::is_empty(place())) << "they go with their requests";
}

TEST_F(Uploads, AreOneOfManyRequestsOfAConnection) {
  const std::string one = head("/disk", "Content-Length: 3\r\n") + "abc";
  const std::string other = head("/memory", "Content-Length: 2\r\n") + "xy";
  const auto responses = tests::exchange(server_->port(), one + other + one, 3);
  ASSERT_EQ(responses.size(), 3U);
  EXPECT_EQ(responses[0].body, "\"3 " + std::to_string(sum_of("abc")) + "\"");
  EXPECT_EQ(responses[1].body, "\"in memory: xy\"");
  EXPECT_EQ(responses[2].body, responses[0].body);
}

TEST_F(Uploads, AreBoundedAndOthersKeepTheirBound) {
  EXPECT_EQ(ask(head("/disk", "Content-Length: 5000001\r\n")).status, 413);
  EXPECT_EQ(ask(head("/memory", "Content-Length: 1001\r\n")).status, 413);
  std::string endless = head("/disk", "Transfer-Encoding: chunked\r\n");
  for (int i = 0; i < 60; ++i) endless += "186A0\r\n" + std::string(100'000, 'x') + "\r\n";
  EXPECT_EQ(ask(endless).status, 413);
  EXPECT_TRUE(std::filesystem::is_empty(place()));
}

TEST_F(Uploads, AreRefusedBeforeTheirBodyComes) {
  EXPECT_EQ(ask(head("/refused", "Content-Length: 4000000\r\nExpect: 100-continue\r\n")).status,
            403);
}

TEST_F(Uploads, ThatBreakOffLeaveNothing) {
  {
    RawConnection gone(server_->port());
    gone.send(head("/disk", "Content-Length: 4000000\r\n") + std::string(2'500'000, 'x'));
  }
  RawConnection slow(server_->port());
  slow.send(head("/disk", "Content-Length: 4000000\r\n") + "x");
  EXPECT_EQ(slow.read_response()->status, 408);
  const auto patience = std::chrono::steady_clock::now() + 5s;
  while (!std::filesystem::is_empty(place()) && std::chrono::steady_clock::now() < patience) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_TRUE(std::filesystem::is_empty(place()));
}

TEST_F(Uploads, AreSoManyAtOnce) {
  const std::string begun = head("/disk", "Content-Length: 10\r\n") + "x";
  RawConnection first(server_->port());
  RawConnection second(server_->port());
  first.send(begun);
  second.send(begun);
  std::this_thread::sleep_for(100ms);
  const RawResponse third = ask(begun);
  EXPECT_EQ(third.status, 503);
  EXPECT_NE(third.header("retry-after"), "");
  first.send("123456789");
  EXPECT_EQ(first.read_response()->status, 200);
}

TEST(UploadsOnAFullDisk, AreRefusedAndLeaveNothing) {
  tests::SmallDisk disk(2);
  if (!disk.is_there()) GTEST_SKIP() << tests::SmallDisk::kWhyNot;
  ServerOptions options = short_times();
  options.plan_body = [&disk](const Request&) -> std::variant<BodyInMemory, BodyOnDisk, Problem> {
    return BodyOnDisk{.folder = disk.path(), .bytes_max = 50'000'000, .bytes_kept_free = 500'000};
  };
  const RunningServer server(told, options);
  const auto post = [&server](const std::string& fields, const std::string& body) {
    const auto responses =
        tests::exchange(server.port(), "POST / HTTP/1.1\r\nHost: " + server.host() + "\r\n" +
                                           fields + "\r\n" + body);
    return responses.empty() ? RawResponse{} : responses.front();
  };
  const RawResponse known = post("Content-Length: 9000000\r\n", "");
  EXPECT_EQ(known.status, 503) << "told from the head alone";
  EXPECT_EQ(known.header("retry-after"), "600");
  std::string chunks;
  for (int i = 0; i < 40; ++i) chunks += "186A0\r\n" + std::string(100'000, 'x') + "\r\n";
  const RawResponse unknown = post("Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n");
  EXPECT_EQ(unknown.status, 503);
  EXPECT_NE(unknown.body.find("too full"), std::string::npos) << unknown.body;
  EXPECT_EQ(unknown.body.find(disk.path().string()), std::string::npos);
  EXPECT_EQ(post("Content-Length: 3\r\n", "abc").status, 200) << "a small one still fits";
  EXPECT_TRUE(std::filesystem::is_empty(disk.path()));
}

class Live : public testing::Test {
 protected:
  /// /count tells one number after the other up to the query; /ever goes on.
  Response answer(const Request& request) {
    Response response{.status = 200, .media_type = "text/event-stream"};
    if (request.path == "/count") {
      response.live = [last = std::stoi(request.query), at = 0]() mutable {
        ++at;
        return LivePart{.bytes = std::to_string(at) + "\n", .last = at == last};
      };
    } else if (request.path == "/ever") {
      ++alive_;
      const std::shared_ptr<void> while_told(nullptr, [this](void*) { --alive_; });
      response.live = [while_told] { return LivePart{}; };
    } else {
      return Response::json("1");
    }
    return response;
  }
  void get(RawConnection& connection, const std::string& target) const {
    connection.send("GET " + target + " HTTP/1.1\r\nHost: " + server_.host() + "\r\n\r\n");
  }
  bool comes_to(int alive) const {
    const auto patience = std::chrono::steady_clock::now() + 5s;
    while (alive_ != alive && std::chrono::steady_clock::now() < patience) {
      std::this_thread::sleep_for(5ms);
    }
    return alive_ == alive;
  }

  std::atomic<int> alive_ = 0;
  RunningServer server_{[this](const Request& request) { return answer(request); }, short_times()};
};

TEST_F(Live, IsToldToItsEndAndThenCloses) {
  RawConnection connection(server_.port());
  get(connection, "/count?5");
  const auto head = connection.read_response(false);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("content-type"), "text/event-stream");
  EXPECT_EQ(head->header("cache-control"), "no-store");
  EXPECT_EQ(head->header("connection"), "close");
  EXPECT_EQ(head->header("content-length"), "");
  EXPECT_EQ(connection.read_until_closed(), "1\n2\n3\n4\n5\n");
}

TEST_F(Live, HasAHeadAlone) {
  RawConnection connection(server_.port());
  connection.send("HEAD /count?5 HTTP/1.1\r\nHost: " + server_.host() + "\r\n\r\n");
  EXPECT_EQ(connection.read_response(false)->status, 200);
  get(connection, "/other");
  EXPECT_EQ(connection.read_response()->body, "1") << "the connection goes on";
}

TEST_F(Live, EndsWhenItsListenerLeaves) {
  {
    RawConnection connection(server_.port());
    get(connection, "/ever");
    EXPECT_TRUE(connection.read_response(false));
    EXPECT_TRUE(comes_to(1));
  }
  EXPECT_TRUE(comes_to(0));
}

TEST_F(Live, HasSoManyListenersAndOthersAreServed) {
  RawConnection first(server_.port());
  RawConnection second(server_.port());
  RawConnection third(server_.port());
  get(first, "/ever");
  get(second, "/ever");
  EXPECT_TRUE(first.read_response(false));
  EXPECT_TRUE(second.read_response(false));
  get(third, "/ever");
  EXPECT_EQ(third.read_response()->status, 503);
  RawConnection other(server_.port());
  get(other, "/other");
  EXPECT_EQ(other.read_response()->body, "1");
}

TEST_F(Live, EndsWithTheServer) {
  RawConnection connection(server_.port());
  get(connection, "/ever");
  EXPECT_TRUE(connection.read_response(false));
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(server_.stop().ok()) << "it is not cut off";
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  EXPECT_TRUE(connection.is_closed_by_server());
}

}  // namespace
}  // namespace mangrove::web
