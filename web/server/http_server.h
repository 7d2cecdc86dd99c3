#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/base/result.h"
#include "web/server/limits.h"
#include "web/server/problem.h"
#include "web/server/request.h"
#include "web/server/response.h"

namespace mangrove::web {

/// Answers every request that passes the gate; a Router's `answer`, for example. It runs on
/// several threads at once.
using Handler = std::function<Response(const Request&)>;

/// Answers what takes next to no time, and gives nothing for all else. Runs on the network's
/// thread, so it must not wait for anything.
using QuickHandler = std::function<std::optional<Response>(const Request&)>;

/// The body of a request is held in memory, up to `ServerLimits::body_bytes`.
struct BodyInMemory {};
/// It goes to a new file in this folder, piece by piece as it comes (Request::body_file). Where the
/// disk is too full the client gets 503, and nothing of it stays.
struct BodyOnDisk {
  std::filesystem::path folder;
  std::uint64_t bytes_max = 0;        ///< Beyond, 413.
  std::uint64_t bytes_kept_free = 0;  ///< What the disk must still have after it.
};
/// Decides from the head of a request what becomes of its body, before a byte of that is read; a
/// Problem refuses it. Runs on the network's thread, so it must not wait for anything.
using BodyPlanner =
    std::function<std::variant<BodyInMemory, BodyOnDisk, Problem>(const Request& head)>;

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< An IP address; "0.0.0.0" and "::" listen on all.
  std::uint16_t port = 8087;          ///< 0 asks the system for a free one.

  /// Names under which this server is known, such as "mangrove.example.org" behind a proxy.
  /// Requests for other hosts are refused, so that a page elsewhere cannot reach a server on the
  /// visitor's own machine through a name that it controls. The listening address and localhost
  /// are always known; a server that listens on all addresses is known by every IP address. A
  /// name with a port ("example.org:8443") stands for that port alone.
  std::vector<std::string> host_names;

  unsigned workers = 0;  ///< Threads that run the handler; 0 means one per core, at least 2.
  /// Asked first, where there is one: what it answers need not wait for a worker.
  QuickHandler answer_at_once;
  BodyPlanner plan_body;       ///< Without one, all bodies are held in memory.
  bool handle_signals = true;  ///< SIGTERM and SIGINT stop the server; a second one at once.
  ServerLimits limits;
};

/// An HTTP/1.1 server: one thread and one coroutine per connection for the network, and a pool of
/// workers for the handler, so that a slow question never keeps the others from being heard.
class HttpServer {
 public:
  /// A server bound to its port, which is not answering yet.
  static Result<std::unique_ptr<HttpServer>> listen(const ServerOptions& options, Handler handler);

  /// Waits for handlers that still run.
  ~HttpServer();

  /// The port bound, also when 0 was asked for.
  std::uint16_t port() const;

  /// Where it answers, such as "http://127.0.0.1:8087".
  std::string url() const;

  /// Answers until stop() or a signal. Then: no new connections, idle ones are closed, requests
  /// under way are finished. Those that take longer than `limits.shutdown_time` are cut off, and
  /// the result is `cancelled`; their handlers still run, and the destructor waits for them.
  /// Once only for each server.
  Status run();

  /// Ends run(). Any thread, any number of times, also before run().
  void stop();

 private:
  struct State;  // Asio's, kept out of this header.
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Where to listen: "127.0.0.1:8087", "[::1]:0", "localhost:8087".
struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;
};
Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace mangrove::web
