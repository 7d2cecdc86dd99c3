#include "web/server/session.h"

#include <poll.h>

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
#include <limits>
#include <type_traits>
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

// What is written to the disk at once of a body that goes there.
constexpr std::size_t kDiskPieceBytes = std::size_t{1} << 20;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// The time that so many bytes take at the slowest rate allowed.
std::chrono::milliseconds time_for(std::uint64_t bytes, std::size_t bytes_per_second) {
  return std::chrono::milliseconds(bytes * 1000 / bytes_per_second);
}

/// Runs `work` on a worker, and goes on with what it gives on the thread of `executor`.
template <typename Executor, typename Work>
auto run_on(net::thread_pool& workers, Executor executor, Work work) {
  using Given = std::invoke_result_t<Work&>;
  return net::async_initiate<const net::use_awaitable_t<>&, void(Given)>(
      [&workers, executor](auto done, Work job) {
        net::post(workers, [executor, done = std::move(done), job = std::move(job)]() mutable {
          net::post(executor, [done = std::move(done), given = job()]() mutable {
            std::move(done)(std::move(given));
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

/// Whether the other end of this socket has closed it: any thread may ask. The socket may be closed
/// on our side meanwhile, which reads as left, too.
bool has_left(int socket) {
  pollfd state{.fd = socket, .events = POLLRDHUP, .revents = 0};
  if (poll(&state, 1, 0) <= 0) return false;
  return (state.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

/// What can be answered without a worker. A fault in it is told by the handler, which comes next.
std::optional<Response> answer_at_once_safely(const QuickHandler& handler,
                                              const Request& request) noexcept {
  if (!handler) return std::nullopt;
  try {
    auto response = handler(request);
    if (!response) return std::nullopt;
    return finish(request, std::move(*response));
  } catch (...) {
    return std::nullopt;
  }
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
std::optional<Problem> check_progress(std::string_view waiting, std::uint64_t taken,
                                      std::uint64_t body_bytes) {
  if (waiting.size() > kReadBytes) {
    return Problem{.status = 400, .code = "bad_request", .detail = "A chunk's line is too long."};
  }
  if (has_bare_line_feed(waiting)) {
    return Problem{.status = 400,
                   .code = "bad_request",
                   .detail = "A chunk's line ends without a carriage return."};
  }
  if (taken > body_bytes * kWireBytesPerBodyByte + kWireBytesBesides) {
    return Problem{.status = 413, .code = "too_large", .detail = "The body is too large."};
  }
  return std::nullopt;
}

/// While this lives, one more is counted.
class Counted {
 public:
  explicit Counted(std::size_t& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& count_;
};

Problem body_too_large(std::uint64_t bytes_max) {
  return {.status = 413,
          .code = "too_large",
          .detail = "The body is larger than " + std::to_string(bytes_max) + " bytes."};
}

/// Why a body could not be put on the disk; the client learns no more than it can act on.
Problem not_kept(const Error& error) {
  log::error("a body was not kept", {{"why", error.message}});
  if (error.code == ErrorCode::no_space) {
    return {.status = 503,
            .code = "no_space",
            .detail = "The server's disk is too full for this file; nothing of it was kept.",
            .headers = {{"Retry-After", "600"}}};
  }
  return {.status = 500, .code = "io", .detail = "The server could not keep the file."};
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
    if (response.live && sends_body(response, method)) {
      co_await tell(response);
      break;
    }
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

  // How long a body may be hangs on where it goes, which only the head tells.
  ServerLimits limits = service_.limits;
  limits.body_bytes = std::numeric_limits<std::size_t>::max();
  auto understood = read_head(bytes, service_.hosts, limits);
  if (auto* const problem = std::get_if<Problem>(&understood)) co_return std::move(*problem);
  Head& head = std::get<Head>(understood);
  Request request;
  request.method = head.method;
  request.path = head.path;
  request.query = head.query;
  request.headers = head.headers;

  Read<BodyPlace> placed = place_body(request, head.content_length.value_or(0));
  if (auto* const problem = std::get_if<Problem>(&placed)) co_return std::move(*problem);
  const BodyPlace place = std::get<BodyPlace>(std::move(placed));
  std::optional<Counted> upload;
  if (place.file) upload.emplace(service_.uploads);

  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(service_.limits.head_bytes));
  parser.body_limit(place.bytes_max);
  if (head.expects_continue && head.has_body() && buffer_.empty()) {
    if (!co_await write(kContinue)) co_return Gone{};
  }
  Read<std::string> body = co_await read_body(parser, bytes, place);
  if (std::holds_alternative<Gone>(body)) co_return Gone{};
  if (auto* const problem = std::get_if<Problem>(&body)) co_return std::move(*problem);
  if (!agree(head, parser.get(), parser.chunked(), parser.content_length())) {
    co_return Problem{.status = 400, .code = "bad_request", .detail = "The head is ambiguous."};
  }
  keep_alive_ = head.keep_alive;
  request.body = std::get<std::string>(std::move(body));
  request.body_file = place.file;
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

Session::Read<Session::BodyPlace> Session::place_body(const Request& head, std::uint64_t length) {
  const ServerLimits& limits = service_.limits;
  BodyPlace place{.bytes_max = limits.body_bytes, .bytes_per_second = limits.body_bytes_per_second};
  if (service_.plan_body) {
    auto plan = service_.plan_body(head);
    if (auto* const problem = std::get_if<Problem>(&plan)) return std::move(*problem);
    if (const auto* const disk = std::get_if<BodyOnDisk>(&plan)) {
      if (length > disk->bytes_max) return body_too_large(disk->bytes_max);
      if (service_.uploads >= limits.uploads) return no_room();
      auto file = BodyFile::create(disk->folder, disk->bytes_kept_free, length);
      if (!file.ok()) return not_kept(file.error());
      return BodyPlace{.bytes_max = disk->bytes_max,
                       .bytes_per_second = limits.upload_bytes_per_second,
                       .file = std::move(file).value()};
    }
  }
  if (length > place.bytes_max) return body_too_large(place.bytes_max);
  return place;
}

net::awaitable<std::optional<Problem>> Session::put_on_disk(const BodyPlace& place,
                                                            std::string& piece) {
  // Both stay in the caller's frame, which outlives the work.
  auto work = [&place, &piece] { return place.file->append(piece); };
  const Status written = co_await run_on(service_.workers, stream_.get_executor(), work);
  piece.clear();
  if (!written.ok()) co_return not_kept(written.error());
  co_return std::nullopt;
}

net::awaitable<Session::Read<std::string>> Session::read_body(Parser& parser,
                                                              std::string_view head_bytes,
                                                              const BodyPlace& place) {
  const ServerLimits& limits = service_.limits;
  const Clock::time_point start = Clock::now();
  std::uint64_t received = 0;
  std::string& body = parser.get().body();
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
    if (place.file && body.size() >= kDiskPieceBytes) {
      if (auto problem = co_await put_on_disk(place, body)) co_return std::move(*problem);
    }
    if (parser.is_done() || (error && error != http::error::need_more)) break;
    if (taken > 0 && !buffer_.empty()) continue;
    if (auto problem = check_progress(buffer_, received, place.bytes_max)) co_return *problem;
    const Arrival arrival =
        co_await read_some(start + limits.body_grace + time_for(received, place.bytes_per_second));
    if (arrival != Arrival::bytes) co_return broken_off(arrival);
  }
  if (error && error != http::error::need_more) co_return malformed_body(error);
  if (place.file && !body.empty()) {
    if (auto problem = co_await put_on_disk(place, body)) co_return std::move(*problem);
  }
  co_return std::move(body);
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
  if (auto response = answer_at_once_safely(service_.answer_at_once, request)) {
    co_return std::move(*response);
  }
  if (service_.waiting_requests >= service_.limits.waiting_requests) {
    co_return finish(request, to_response(no_room(), request.path));
  }
  ++service_.waiting_requests;
  request.has_left = [socket = stream_.socket().native_handle()] { return has_left(socket); };
  // `request` stays in this coroutine's frame, which outlives the work.
  auto work = [&handler = service_.handler, &request] { return answer_safely(handler, request); };
  stream_.expires_never();
  Response response = co_await run_on(service_.workers, stream_.get_executor(), work);
  --service_.waiting_requests;
  co_return response;
}

/// Sends a live body until it is done, the client leaves or the server stops.
net::awaitable<void> Session::tell(const Response& response) {
  keep_alive_ = false;
  if (service_.live_responses >= service_.limits.live_responses) {
    const Response refusal = finish({}, to_response(no_room(), ""));
    if (co_await write(refusal, "GET")) co_await hear_out();
    co_return;
  }
  const Counted told(service_.live_responses);
  const Clock::time_point end = Clock::now() + service_.limits.live_time;
  const std::string head = message_head(response, false, std::chrono::system_clock::now());
  if (!co_await write(head)) co_return;
  while (!service_.stopping && Clock::now() < end) {
    const LivePart part = response.live();
    if (!part.bytes.empty() && !co_await write(part.bytes)) co_return;
    if (part.last) break;
    stream_.expires_never();
    // Whoever listens has nothing more to say; that it leaves is heard here.
    if (co_await read_some(Clock::now() + service_.limits.live_period) != Arrival::late) co_return;
  }
  co_await hear_out();
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
