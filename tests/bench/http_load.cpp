// A load of HTTP requests, and a server with nothing behind it to compare with; http_load.py runs
// both.
//
//   http_load ask PORT CLIENTS REQUESTS TARGETS   asks the targets of a file, one a line, over so
//   many
//                                                 connections that are kept open; prints
//                                                 "requests/s median-ms 99th-ms failures"
//   http_load serve BYTES                         answers everything with so many bytes, on a port
//                                                 that it prints, until it is killed

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Clock = std::chrono::steady_clock;
using asio::ip::tcp;

struct Load {
  std::vector<std::string> targets;
  std::size_t wanted = 0;
  std::size_t begun = 0;
  std::size_t failures = 0;
  std::vector<double> milliseconds;
};

asio::awaitable<void> ask(tcp::endpoint server, Load& load) {
  beast::tcp_stream stream(co_await asio::this_coro::executor);
  co_await stream.async_connect(server, asio::use_awaitable);
  stream.socket().set_option(tcp::no_delay(true));
  beast::flat_buffer buffer;
  while (load.begun < load.wanted) {
    const std::string& target = load.targets[load.begun++ % load.targets.size()];
    http::request<http::empty_body> request(http::verb::get, target, 11);
    request.set(http::field::host, "127.0.0.1:" + std::to_string(server.port()));
    const auto start = Clock::now();
    co_await http::async_write(stream, request, asio::use_awaitable);
    http::response_parser<http::string_body> parser;
    parser.body_limit(std::uint64_t{1} << 30);
    co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
    const std::chrono::duration<double, std::milli> took = Clock::now() - start;
    load.milliseconds.push_back(took.count());
    if (parser.get().result() != http::status::ok) {
      ++load.failures;
      std::fprintf(stderr, "%u %s\n", parser.get().result_int(), target.c_str());
    }
  }
}

int run_load(unsigned short port, int clients, std::size_t requests, const char* targets) {
  Load load;
  load.wanted = requests;
  std::ifstream file(targets);
  for (std::string line; std::getline(file, line);) load.targets.push_back(line);
  if (load.targets.empty()) return 2;
  asio::io_context context(1);
  const tcp::endpoint server(asio::ip::make_address("127.0.0.1"), port);
  const auto start = Clock::now();
  for (int i = 0; i < clients; ++i) {
    asio::co_spawn(context, ask(server, load), [&](const std::exception_ptr& error) {
      if (error) ++load.failures;
    });
  }
  context.run();
  const std::chrono::duration<double> took = Clock::now() - start;
  auto& all = load.milliseconds;
  if (all.empty()) return 3;
  std::sort(all.begin(), all.end());
  std::printf("%.0f %.4f %.4f %zu\n", static_cast<double>(all.size()) / took.count(),
              all[all.size() / 2], all[std::min(all.size() - 1, all.size() * 99 / 100)],
              load.failures);
  return 0;
}

asio::awaitable<void> answer(tcp::socket socket, const std::string& body) {
  socket.set_option(tcp::no_delay(true));
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  while (true) {
    http::request<http::string_body> request;
    co_await http::async_read(stream, buffer, request, asio::use_awaitable);
    http::response<http::string_body> response(http::status::ok, request.version());
    response.set(http::field::content_type, "application/json");
    response.keep_alive(true);
    response.body() = body;
    response.prepare_payload();
    co_await http::async_write(stream, response, asio::use_awaitable);
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, const std::string& body) {
  while (true) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), answer(std::move(socket), body), asio::detached);
  }
}

int run_server(std::size_t bytes) {
  const std::string body(bytes, 'x');
  asio::io_context context(1);
  tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
  std::printf("%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  asio::co_spawn(context, accept(acceptor, body), asio::detached);
  context.run();
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count == 6 && std::strcmp(words[1], "ask") == 0) {
    return run_load(static_cast<unsigned short>(std::atoi(words[2])), std::atoi(words[3]),
                    static_cast<std::size_t>(std::atol(words[4])), words[5]);
  }
  if (count == 3 && std::strcmp(words[1], "serve") == 0) {
    return run_server(static_cast<std::size_t>(std::atol(words[2])));
  }
  std::fprintf(stderr, "usage: http_load ask PORT CLIENTS REQUESTS TARGETS | serve BYTES\n");
  return 2;
}
