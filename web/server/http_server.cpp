#include "web/server/http_server.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <csignal>
#include <exception>
#include <thread>
#include <unordered_set>
#include <utility>

#include "graph/base/log.h"
#include "web/server/session.h"

namespace mangrove::web {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

// When the system has no more sockets, trying again at once would only burn a core.
constexpr std::chrono::milliseconds kPauseAfterFailedAccept{100};

// Connections beyond the limit that are told so; beyond these, they are just closed.
constexpr std::size_t kRefusalsAtOnceMax = 1024;

std::string host_in_url(const net::ip::address& address) {
  return address.is_v6() ? '[' + address.to_string() + ']' : address.to_string();
}

void log_failure(const std::exception_ptr& failure) {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& exception) {
    log::error("connection failed", {{"why", exception.what()}});
  } catch (...) {
    log::error("connection failed");
  }
}

}  // namespace

/// The network's side. Everything here runs on the thread in run(), but for `workers`.
struct HttpServer::State {
  State(const ServerOptions& options, Handler handler, unsigned worker_count)
      : handle_signals(options.handle_signals),
        workers(worker_count),
        service{std::move(handler),
                options.answer_at_once,
                options.plan_body,
                options.limits,
                HostNames(options.address, options.port, options.host_names),
                workers} {}

  ~State() {
    workers.stop();  // Requests that no worker has begun are dropped; those begun are waited for.
    workers.join();
  }

  net::awaitable<void> accept_connections();
  net::awaitable<void> serve(tcp::socket socket);
  net::awaitable<void> refuse(tcp::socket socket);
  void await_signal();
  void begin_to_stop();
  void cut_off();
  void finish_when_empty();

  bool handle_signals;
  net::io_context network{1};
  tcp::acceptor acceptor{network};
  net::signal_set signals{network};
  net::steady_timer pause{network};
  net::steady_timer deadline{network};
  net::executor_work_guard<net::io_context::executor_type> open{network.get_executor()};
  net::thread_pool workers;
  Service service;
  std::unordered_set<Session*> sessions;
  std::size_t refusals = 0;
  std::size_t cut_off_sessions = 0;
  net::ip::address address;
  std::uint16_t port = 0;
};

net::awaitable<void> HttpServer::State::accept_connections() {
  while (!service.stopping) {
    error_code error;
    tcp::socket socket =
        co_await acceptor.async_accept(net::redirect_error(net::use_awaitable, error));
    if (service.stopping) break;
    if (error) {
      log::warning("accept failed", {{"why", error.message()}});
      pause.expires_after(kPauseAfterFailedAccept);
      co_await pause.async_wait(net::redirect_error(net::use_awaitable, error));
      continue;
    }
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const bool full = sessions.size() >= service.limits.connections;
    if (full && refusals >= kRefusalsAtOnceMax) continue;
    net::co_spawn(network, full ? refuse(std::move(socket)) : serve(std::move(socket)),
                  [](const std::exception_ptr& failure) { log_failure(failure); });
  }
}

net::awaitable<void> HttpServer::State::serve(tcp::socket socket) {
  Session session(boost::beast::tcp_stream(std::move(socket)), service);
  sessions.insert(&session);
  std::exception_ptr failure;
  try {
    co_await session.serve();
  } catch (...) {
    failure = std::current_exception();
  }
  sessions.erase(&session);
  finish_when_empty();
  log_failure(failure);
}

net::awaitable<void> HttpServer::State::refuse(tcp::socket socket) {
  ++refusals;
  Session session(boost::beast::tcp_stream(std::move(socket)), service);
  std::exception_ptr failure;
  try {
    co_await session.refuse();
  } catch (...) {
    failure = std::current_exception();
  }
  --refusals;
  finish_when_empty();
  log_failure(failure);
}

void HttpServer::State::await_signal() {
  signals.async_wait([this](const error_code& error, int) {
    if (error) return;
    await_signal();  // First, since stopping may end at once, and then takes this back.
    service.stopping ? cut_off() : begin_to_stop();
  });
}

void HttpServer::State::begin_to_stop() {
  if (service.stopping) return;
  log::info("server stopping", {{"connections", sessions.size()}});
  service.stopping = true;
  error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
  for (Session* const session : sessions) session->close_if_idle();
  deadline.expires_after(service.limits.shutdown_time);
  deadline.async_wait([this](const error_code& error) {
    if (!error) cut_off();
  });
  finish_when_empty();
}

void HttpServer::State::cut_off() {
  cut_off_sessions = sessions.size();
  for (Session* const session : sessions) session->close();
  network.stop();
}

void HttpServer::State::finish_when_empty() {
  if (!service.stopping || !sessions.empty() || refusals > 0) return;
  error_code ignored;
  signals.cancel(ignored);
  deadline.cancel();
  open.reset();
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const ServerOptions& options,
                                                       Handler handler) {
  const unsigned cores = std::max(2U, std::thread::hardware_concurrency());
  auto state = std::make_unique<State>(options, std::move(handler),
                                       options.workers > 0 ? options.workers : cores);
  error_code error;
  state->address = net::ip::make_address(options.address, error);
  if (error) {
    return Error{ErrorCode::invalid_input, '"' + options.address + "\" is not an IP address"};
  }
  const tcp::endpoint endpoint(state->address, options.port);
  state->acceptor.open(endpoint.protocol(), error);
  if (!error) state->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) state->acceptor.bind(endpoint, error);
  if (!error) state->acceptor.listen(net::socket_base::max_listen_connections, error);
  if (error) {
    return Error{ErrorCode::io, "cannot listen on " + host_in_url(state->address) + ':' +
                                    std::to_string(options.port) + ": " + error.message()};
  }
  state->port = state->acceptor.local_endpoint(error).port();
  state->service.hosts = HostNames(options.address, state->port, options.host_names);
  if (options.handle_signals) {
    // Already here, so that a signal before run() is not lost but ends run() at once.
    state->signals.add(SIGTERM, error);
    if (!error) state->signals.add(SIGINT, error);
    if (error) return Error{ErrorCode::io, "cannot wait for signals: " + error.message()};
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

std::uint16_t HttpServer::port() const {
  return state_->port;
}

std::string HttpServer::url() const {
  return "http://" + host_in_url(state_->address) + ':' + std::to_string(state_->port);
}

Status HttpServer::run() {
  if (state_->handle_signals) state_->await_signal();
  net::co_spawn(state_->network, state_->accept_connections(),
                [](const std::exception_ptr& failure) { log_failure(failure); });
  log::info("server listening", {{"url", url()}});
  state_->network.run();
  if (state_->cut_off_sessions == 0) return {};
  return Error{ErrorCode::cancelled, std::to_string(state_->cut_off_sessions) +
                                         " connections were cut off before they were answered"};
}

void HttpServer::stop() {
  net::post(state_->network, [state = state_.get()] { state->begin_to_stop(); });
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  std::string_view host = text.substr(0, colon);
  const bool in_brackets = host.starts_with('[') && host.ends_with(']');
  if (in_brackets) host = host.substr(1, host.size() - 2);
  const std::string_view digits = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool is_port = error == std::errc() && end == digits.data() + digits.size();
  error_code not_an_address;
  const std::string address = host == "localhost" ? "127.0.0.1" : std::string(host);
  const auto parsed = net::ip::make_address(address, not_an_address);
  if (!is_port || not_an_address || parsed.is_v6() != in_brackets) {
    return Error{ErrorCode::invalid_input,
                 '"' + std::string(text) + "\" is not ADDRESS:PORT, such as 127.0.0.1:8087"};
  }
  return ListenAddress{address, port};
}

}  // namespace mangrove::web
