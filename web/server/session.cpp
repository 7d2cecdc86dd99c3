#include "web/server/session.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <exception>
#include <utility>

#include "graph/base/log.h"
#include "web/server/finish.h"
#include "web/server/problem.h"

// g++ 12 takes Asio's own pair of functions for the frames of coroutines for a mismatch.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace mangrove::web {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadBytes = std::size_t{16} << 10;

// What a body may weigh on the wire: chunk sizes and extensions come on top of what it holds. Who
// sends it byte by byte pays six for one, and gets no further than a body of half the limit.
constexpr std::size_t kWireBytesPerBodyByte = 3;
constexpr std::size_t kWireBytesBesides = std::size_t{16} << 10;

// What we still listen to from a client that was refused, so that it reads the reason before the
// connection is reset under it.
constexpr std::size_t kHearOutBytesMax = std::size_t{64} << 20;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// The time that so many bytes take at the slowest rate allowed.
std::chrono::milliseconds time_for(std::size_t bytes, std::size_t bytes_per_second) {
  return std::chrono::milliseconds(bytes * 1000 / bytes_per_second);
}

/// Runs `work` on a worker, and goes on with its response on the thread of `executor`.
template <typename Executor, typename Work>
auto run_on(net::thread_pool& workers, Executor executor, Work work) {
  return net::async_initiate<const net::use_awaitable_t<>&, void(Response)>(
      [&workers, executor](auto done, Work job) {
        net::post(workers, [executor, done = std::move(done), job = std::move(job)]() mutable {
          net::post(executor, [done = std::move(done), response = job()]() mutable {
            std::move(done)(std::move(response));
          });
        });
      },
      net::use_awaitable, std::move(work));
}

/// The one place where an exception of a handler, ours or a library's, ends.
Response answer_safely(const Handler& handler, const Request& request) noexcept {
  try {
    return finish(request, handler(request));
  } catch (const std::exception& exception) {
    log::error("handler failed", {{"why", exception.what()}});
  } catch (...) {
    log::error("handler failed");
  }
  return finish(request, to_response({.status = 500,
                                      .code = "internal",
                                      .detail = "The server has a fault; its log says more."},
                                     request.path));
}

Problem no_room() {
  return {.status = 503, .code = "overloaded", .detail = "The server is busy; try again."};
}

/// Beast reads the head a second time. Where it and the gate do not see the same request, neither
/// is believed.
template <typename Message>
bool agree(const Head& head, const Message& message, bool chunked,
           const boost::optional<std::uint64_t>& content_length) {
  const bool same_length = head.content_length.has_value() == content_length.has_value() &&
                           head.content_length.value_or(0) == content_length.value_or(0);
  return head.method == message.method_string() && head.target == message.target() &&
         head.chunked == chunked && same_length;
}

/// Beast waits for the CRLF of a line that has ended without the CR already.
bool has_bare_line_feed(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') return true;
  }
  return false;
}

/// Bounds what the parser waits for the end of, a chunk's size line or a trailer, and what it has
/// taken in all.
std::optional<Problem> check_progress(std::string_view waiting, std::size_t taken,
                                      const ServerLimits& limits) {
  if (waiting.size() > kReadBytes) {
    return Problem{.status = 400, .code = "bad_request", .detail = "A chunk's line is too long."};
  }
  if (has_bare_line_feed(waiting)) {
    return Problem{.status = 400,
                   .code = "bad_request",
                   .detail = "A chunk's line ends without a carriage return."};
  }
  if (taken > limits.body_bytes * kWireBytesPerBodyByte + kWireBytesBesides) {
    return Problem{.status = 413, .code = "too_large", .detail = "The body is too large."};
  }
  return std::nullopt;
}

Problem malformed_body(const beast::error_code& error) {
  if (error == http::error::body_limit || error == http::error::buffer_overflow) {
    return {.status = 413, .code = "too_large", .detail = "The body is too large."};
  }
  return {.status = 400, .code = "bad_request", .detail = "The body is malformed."};
}

}  // namespace

Session::Session(beast::tcp_stream stream, Service& service)
    : stream_(std::move(stream)), reading_time_(stream_.get_executor()), service_(service) {}

net::awaitable<void> Session::serve() {
  while (keep_alive_) {
    Read<Request> read = co_await read_request();
    if (std::holds_alternative<Gone>(read)) break;
    if (auto* const problem = std::get_if<Problem>(&read)) {
      keep_alive_ = false;
      const Response refusal = finish({}, to_response(*problem, ""));
      if (co_await write(refusal, "GET")) co_await hear_out();
      break;
    }
    const std::string method = std::get<Request>(read).method;
    const Response response = co_await answer(std::get<Request>(std::move(read)));
    const bool cut_short = keep_alive_ && service_.stopping;
    keep_alive_ = keep_alive_ && !cut_short;
    if (!co_await write(response, method)) break;
    if (cut_short) {
      co_await hear_out();
    }
  }
  close();
}

net::awaitable<void> Session::refuse() {
  keep_alive_ = false;
  const Response refusal = finish({}, to_response(no_room(), ""));
  if (co_await write(refusal, "GET")) co_await hear_out();
  close();
}

void Session::close_if_idle() {
  if (idle_) close();
}

void Session::close() {
  beast::error_code ignored;
  stream_.socket().shutdown(net::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
}

net::awaitable<Session::Read<Request>> Session::read_request() {
  Read<std::string> head_bytes = co_await read_head_bytes();
  if (std::holds_alternative<Gone>(head_bytes)) co_return Gone{};
  if (auto* const problem = std::get_if<Problem>(&head_bytes)) co_return std::move(*problem);
  const std::string& bytes = std::get<std::string>(head_bytes);

  auto understood = read_head(bytes, service_.hosts, service_.limits);
  if (auto* const problem = std::get_if<Problem>(&understood)) co_return std::move(*problem);
  Head& head = std::get<Head>(understood);

  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(service_.limits.head_bytes));
  parser.body_limit(service_.limits.body_bytes);
  Request request;
  if (head.expects_continue && head.has_body() && buffer_.empty()) {
    if (!co_await write(kContinue)) co_return Gone{};
  }
  Read<std::string> body = co_await read_body(parser, bytes);
  if (std::holds_alternative<Gone>(body)) co_return Gone{};
  if (auto* const problem = std::get_if<Problem>(&body)) co_return std::move(*problem);
  if (!agree(head, parser.get(), parser.chunked(), parser.content_length())) {
    co_return Problem{.status = 400, .code = "bad_request", .detail = "The head is ambiguous."};
  }
  keep_alive_ = head.keep_alive;
  request.method = std::move(head.method);
  request.path = std::move(head.path);
  request.query = std::move(head.query);
  request.headers = std::move(head.headers);
  request.body = std::get<std::string>(std::move(body));
  request.received = Clock::now();
  co_return request;
}

net::awaitable<Session::Read<std::string>> Session::read_head_bytes() {
  HeadScanner scanner(service_.limits);
  // The clock of a head starts with its first byte; until then the connection is idle.
  bool begun = !buffer_.empty();
  const auto from_now = [&] {
    return Clock::now() + (begun ? service_.limits.head_time : service_.limits.idle_time);
  };
  for (Clock::time_point deadline = from_now();;) {
    const auto progress = scanner.scan(buffer_);
    if (const auto* const problem = std::get_if<Problem>(&progress)) co_return *problem;
    if (const auto* const complete = std::get_if<HeadScanner::Complete>(&progress)) {
      std::string head = buffer_.substr(0, complete->size);
      buffer_.erase(0, complete->size);
      co_return head;
    }
    idle_ = !begun;
    if (idle_ && service_.stopping) co_return Gone{};
    const Arrival arrival = co_await read_some(deadline);
    idle_ = false;
    if (arrival != Arrival::bytes) {
      if (!begun) co_return Gone{};
      co_return broken_off(arrival);
    }
    if (!begun) {
      begun = true;
      deadline = from_now();
    }
  }
}

net::awaitable<Session::Read<std::string>> Session::read_body(Parser& parser,
                                                              std::string_view head_bytes) {
  const ServerLimits& limits = service_.limits;
  const Clock::time_point start = Clock::now();
  std::size_t received = 0;
  beast::error_code error;

  // An extension has no meaning here; a long one is a way to send without end.
  auto on_chunk = [&limits](std::uint64_t, beast::string_view extensions, beast::error_code& ec) {
    if (extensions.size() > limits.chunk_extension_bytes) ec = http::error::bad_chunk_extension;
  };
  parser.on_chunk_header(on_chunk);
  parser.eager(true);
  if (head_bytes.starts_with("\r\n")) head_bytes.remove_prefix(2);
  parser.put(net::buffer(head_bytes), error);
  while (!parser.is_done() && (!error || error == http::error::need_more)) {
    const std::size_t taken = parser.put(net::buffer(buffer_), error);
    buffer_.erase(0, taken);
    received += taken;
    if (parser.is_done() || (error && error != http::error::need_more)) break;
    if (taken > 0 && !buffer_.empty()) continue;
    if (auto problem = check_progress(buffer_, received, limits)) co_return *problem;
    const Arrival arrival = co_await read_some(start + limits.body_grace +
                                               time_for(received, limits.body_bytes_per_second));
    if (arrival != Arrival::bytes) co_return broken_off(arrival);
  }
  if (error && error != http::error::need_more) co_return malformed_body(error);
  co_return std::move(parser.get().body());
}

/// Adds to the buffer what arrives next.
net::awaitable<Session::Arrival> Session::read_some(Clock::time_point deadline) {
  using net::experimental::awaitable_operators::operator||;
  constexpr auto kOutcome = net::as_tuple(net::use_awaitable);
  const std::size_t known = buffer_.size();
  buffer_.resize(known + kReadBytes);
  reading_time_.expires_at(deadline);
  const auto first = co_await (
      stream_.socket().async_read_some(net::buffer(buffer_.data() + known, kReadBytes), kOutcome) ||
      reading_time_.async_wait(kOutcome));
  const auto* const read = std::get_if<0>(&first);
  buffer_.resize(known + (read == nullptr ? 0 : std::get<1>(*read)));
  if (read == nullptr) co_return Arrival::late;
  const beast::error_code& error = std::get<0>(*read);
  if (!error) co_return Arrival::bytes;
  co_return error == net::error::eof ? Arrival::end : Arrival::lost;
}

/// What a client is told whose request has begun and goes no further, while somebody may listen.
Session::Read<std::string> Session::broken_off(Arrival arrival) {
  if (arrival == Arrival::end) {
    return Problem{
        .status = 400, .code = "bad_request", .detail = "The request breaks off before its end."};
  }
  if (arrival == Arrival::late) {
    return Problem{
        .status = 408, .code = "timeout", .detail = "The request did not arrive in time."};
  }
  return Gone{};
}

net::awaitable<bool> Session::write(std::string_view bytes) {
  stream_.expires_after(service_.limits.write_grace +
                        time_for(bytes.size(), service_.limits.write_bytes_per_second));
  beast::error_code error;
  co_await net::async_write(stream_, net::buffer(bytes),
                            net::redirect_error(net::use_awaitable, error));
  co_return !error;
}

net::awaitable<bool> Session::write(const Response& response, std::string_view method) {
  std::string message = message_head(response, keep_alive_, std::chrono::system_clock::now());
  if (sends_body(response, method)) message += response.body;
  co_return co_await write(message);
}

net::awaitable<Response> Session::answer(Request request) {
  if (service_.waiting_requests >= service_.limits.waiting_requests) {
    co_return finish(request, to_response(no_room(), request.path));
  }
  ++service_.waiting_requests;
  // `request` stays in this coroutine's frame, which outlives the work.
  auto work = [&handler = service_.handler, &request] { return answer_safely(handler, request); };
  stream_.expires_never();
  Response response = co_await run_on(service_.workers, stream_.get_executor(), work);
  --service_.waiting_requests;
  co_return response;
}

/// Closing while bytes arrive resets the connection, and the client may lose the reason that is
/// still on its way. So we stop speaking, and listen until the client has read it and leaves.
net::awaitable<void> Session::hear_out() {
  beast::error_code ignored;
  stream_.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
  const Clock::time_point deadline = Clock::now() + service_.limits.linger_time;
  for (std::size_t heard = 0; heard < kHearOutBytesMax;) {
    buffer_.clear();
    if (co_await read_some(deadline) != Arrival::bytes) break;
    heard += buffer_.size();
  }
}

}  // namespace mangrove::web
