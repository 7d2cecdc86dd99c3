#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mangrove::tests {

/// A real HTTP server on a free port of this machine that answers as badly as a test wants: byte by
/// byte, never, or not to the end.
class OriginServer {
 public:
  struct Request {
    std::string path;  ///< With its query.
    std::string head;  ///< All of it, as it came.
    /// The value of a field, in whatever case its name was sent; empty where it was not.
    std::string field(const std::string& name) const;
  };
  /// One connection, which is closed when the answer returns.
  class Connection {
   public:
    explicit Connection(int socket) : socket_(socket) {}
    /// False where the other side has gone.
    bool send(const std::string& bytes) const;
    /// A whole answer; `fields` end in \r\n each.
    void answer(const std::string& status, const std::string& fields,
                const std::string& body) const;

   private:
    int socket_;
  };
  using Answer = std::function<void(const Request&, const Connection&)>;

  OriginServer();
  ~OriginServer();
  OriginServer(const OriginServer&) = delete;
  OriginServer& operator=(const OriginServer&) = delete;

  /// What is done about requests for this path, without its query; others are answered 404.
  void on(const std::string& path, Answer answer);
  /// The simplest of answers: 200 with this body, and these fields.
  void serve(const std::string& path, const std::string& body, const std::string& fields = {});

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path) const;
  std::vector<Request> requests() const;

 private:
  void accept_all();
  void attend(int socket);

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_{false};
  mutable std::mutex mutex_;  // Guards what follows.
  std::map<std::string, Answer> answers_;
  std::vector<Request> requests_;
  std::vector<std::thread> connections_;
  std::thread acceptor_;
};

}  // namespace mangrove::tests
