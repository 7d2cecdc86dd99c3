#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "web/server/http_server.h"

namespace mangrove::tests {

/// A real server on a free port, from construction to stop() or destruction.
class RunningServer {
 public:
  explicit RunningServer(web::Handler handler, web::ServerOptions options = {})
      : server_(start(std::move(handler), std::move(options))),
        thread_([this] { outcome_ = server_->run(); }) {}
  ~RunningServer() { static_cast<void>(stop()); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  std::uint16_t port() const { return server_->port(); }
  std::string url() const { return server_->url(); }
  /// "127.0.0.1:PORT", for the field Host.
  std::string host() const { return "127.0.0.1:" + std::to_string(port()); }

  /// Asks the server to stop, without waiting.
  void begin_to_stop() { server_->stop(); }

  /// What run() said, once it has returned.
  Status stop() {
    server_->stop();
    return wait();
  }
  Status wait() {
    if (thread_.joinable()) thread_.join();
    return outcome_;
  }

 private:
  static std::unique_ptr<web::HttpServer> start(web::Handler handler, web::ServerOptions options) {
    options.port = 0;
    options.handle_signals = false;
    return web::HttpServer::listen(options, std::move(handler)).value();
  }

  std::unique_ptr<web::HttpServer> server_;
  Status outcome_;
  std::thread thread_;
};

}  // namespace mangrove::tests
