#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "web/server/body_file.h"
#include "web/server/gate.h"
#include "web/server/host_names.h"
#include "web/server/http_server.h"
#include "web/server/limits.h"

// For http_server.cpp and session.cpp alone: the one header here that shows Beast.
namespace mangrove::web {

/// What all connections of one server share. Only `handler` is used outside the network's thread.
struct Service {
  Handler handler;
  QuickHandler answer_at_once;
  BodyPlanner plan_body;
  ServerLimits limits;
  HostNames hosts;
  boost::asio::thread_pool& workers;
  std::size_t waiting_requests = 0;  ///< Handed to the workers and not back yet.
  std::size_t uploads = 0;           ///< Bodies on their way to the disk.
  std::size_t live_responses = 0;
  bool stopping = false;
};

/// What a parser has read of a body and nobody has taken yet. Beast's own body of this kind sets
/// aside at once the room that a client claims to need.
struct PieceBody {
  using value_type = std::string;
  class reader {
   public:
    template <bool is_request, typename Fields>
    reader(boost::beast::http::header<is_request, Fields>& /*head*/, value_type& body)
        : body_(body) {}
    void init(const boost::optional<std::uint64_t>& /*length*/, boost::beast::error_code& error) {
      error = {};
    }
    template <typename Buffers>
    std::size_t put(const Buffers& buffers, boost::beast::error_code& error) {
      error = {};
      const std::size_t before = body_.size();
      for (const boost::asio::const_buffer part : boost::beast::buffers_range_ref(buffers)) {
        body_.append(static_cast<const char*>(part.data()), part.size());
      }
      return body_.size() - before;
    }
    void finish(boost::beast::error_code& error) { error = {}; }

   private:
    value_type& body_;
  };
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
  using Parser = boost::beast::http::request_parser<PieceBody>;
  /// What reading a part of a request came to: it is there, it is refused, or the peer is gone.
  struct Gone {};
  template <typename T>
  using Read = std::variant<T, Problem, Gone>;
  /// What waiting for bytes came to: some are here, the peer sends no more, the clock ran out, or
  /// the connection is lost.
  enum class Arrival : std::uint8_t { bytes, end, late, lost };

  awaitable<Read<Request>> read_request();
  awaitable<Read<std::string>> read_head_bytes();
  /// Where a body goes, and how much of it.
  struct BodyPlace {
    std::uint64_t bytes_max = 0;
    std::size_t bytes_per_second = 0;
    std::shared_ptr<BodyFile> file = nullptr;  ///< Null: into memory.
  };
  Read<BodyPlace> place_body(const Request& head, std::uint64_t length);
  awaitable<Read<std::string>> read_body(Parser& parser, std::string_view head_bytes,
                                         const BodyPlace& place);
  awaitable<std::optional<Problem>> put_on_disk(const BodyPlace& place, std::string& piece);
  awaitable<Arrival> read_some(Clock::time_point deadline);
  static Read<std::string> broken_off(Arrival arrival);
  awaitable<bool> write(std::string_view bytes);
  awaitable<bool> write(const Response& response, std::string_view method);
  awaitable<Response> answer(Request request);
  awaitable<void> tell(const Response& response);
  awaitable<void> hear_out();

  boost::beast::tcp_stream stream_;
  boost::asio::steady_timer reading_time_;  ///< The stream's own clock would close it unanswered.
  Service& service_;
  std::string buffer_;  ///< Bytes received and not yet understood.
  bool idle_ = false;
  bool keep_alive_ = true;
};

}  // namespace mangrove::web
