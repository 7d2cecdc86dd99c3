#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "web/server/gate.h"
#include "web/server/host_names.h"
#include "web/server/http_server.h"
#include "web/server/limits.h"

// For http_server.cpp and session.cpp alone: the one header here that shows Beast.
namespace mangrove::web {

/// What all connections of one server share. Only `handler` is used outside the network's thread.
struct Service {
  Handler handler;
  ServerLimits limits;
  HostNames hosts;
  boost::asio::thread_pool& workers;
  std::size_t waiting_requests = 0;  ///< Handed to the workers and not back yet.
  bool stopping = false;
};

/// One connection: reads requests, one after the other, and answers each before the next. Lives on
/// the network's thread alone.
class Session {
 public:
  Session(boost::beast::tcp_stream stream, Service& service);

  /// Serves the connection until the peer, the clock or the server ends it.
  boost::asio::awaitable<void> serve();

  /// Tells the client that there is no room, and closes.
  boost::asio::awaitable<void> refuse();

  /// Ends the connection if it waits for a request that has not begun.
  void close_if_idle();

  /// Ends the connection whatever it does.
  void close();

 private:
  template <typename T>
  using awaitable = boost::asio::awaitable<T>;
  using Clock = std::chrono::steady_clock;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  /// What reading a part of a request came to: it is there, it is refused, or the peer is gone.
  struct Gone {};
  template <typename T>
  using Read = std::variant<T, Problem, Gone>;
  /// What waiting for bytes came to: some are here, the peer sends no more, the clock ran out, or
  /// the connection is lost.
  enum class Arrival : std::uint8_t { bytes, end, late, lost };

  awaitable<Read<Request>> read_request();
  awaitable<Read<std::string>> read_head_bytes();
  awaitable<Read<std::string>> read_body(Parser& parser, std::string_view head_bytes);
  awaitable<Arrival> read_some(Clock::time_point deadline);
  static Read<std::string> broken_off(Arrival arrival);
  awaitable<bool> write(std::string_view bytes);
  awaitable<bool> write(const Response& response, std::string_view method);
  awaitable<Response> answer(Request request);
  awaitable<void> hear_out();

  boost::beast::tcp_stream stream_;
  boost::asio::steady_timer reading_time_;  ///< The stream's own clock would close it unanswered.
  Service& service_;
  std::string buffer_;  ///< Bytes received and not yet understood.
  bool idle_ = false;
  bool keep_alive_ = true;
};

}  // namespace mangrove::web
