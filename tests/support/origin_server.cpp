#include "tests/support/origin_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace mangrove::tests {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return text;
}

}  // namespace

std::string OriginServer::Request::field(const std::string& name) const {
  const std::size_t at = lower(head).find("\r\n" + lower(name) + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + 4 + name.size();
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

bool OriginServer::Connection::send(const std::string& bytes) const {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t some = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (some <= 0) return false;
    sent += static_cast<std::size_t>(some);
  }
  return true;
}

void OriginServer::Connection::answer(const std::string& status, const std::string& fields,
                                      const std::string& body) const {
  send("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " +
       std::to_string(body.size()) + "\r\n" + fields + "\r\n" + body);
}

OriginServer::OriginServer() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, any, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, any, &size) != 0) {
    throw std::runtime_error("no port for a server");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

OriginServer::~OriginServer() {
  ending_ = true;
  acceptor_.join();
  for (std::thread& connection : connections_) connection.join();
  ::close(listener_);
}

void OriginServer::on(const std::string& path, Answer answer) {
  const std::lock_guard guard(mutex_);
  answers_[path] = std::move(answer);
}

void OriginServer::serve(const std::string& path, const std::string& body,
                         const std::string& fields) {
  on(path, [body, fields](const Request&, const Connection& connection) {
    connection.answer("200 OK", fields, body);
  });
}

std::string OriginServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<OriginServer::Request> OriginServer::requests() const {
  const std::lock_guard guard(mutex_);
  return requests_;
}

void OriginServer::accept_all() {
  constexpr int kPollMilliseconds = 20;
  while (!ending_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, kPollMilliseconds) <= 0) continue;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const std::lock_guard guard(mutex_);
    connections_.emplace_back([this, socket] {
      attend(socket);
      ::close(socket);
    });
  }
}

void OriginServer::attend(int socket) {
  Request request;
  std::array<char, 4096> buffer{};
  while (request.head.find("\r\n\r\n") == std::string::npos) {
    const ssize_t some = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (some <= 0) return;
    request.head.append(buffer.data(), static_cast<std::size_t>(some));
  }
  const std::size_t begin = request.head.find(' ') + 1;
  request.path = request.head.substr(begin, request.head.find(' ', begin) - begin);
  Answer answer;
  {
    const std::lock_guard guard(mutex_);
    requests_.push_back(request);
    const auto found = answers_.find(request.path.substr(0, request.path.find('?')));
    if (found != answers_.end()) answer = found->second;
  }
  const Connection connection(socket);
  if (answer) {
    answer(request, connection);
  } else {
    connection.answer("404 Not Found", {}, "nothing here");
  }
  // What is closed with bytes unread is reset, and the other side may lose the end of the answer.
  ::shutdown(socket, SHUT_WR);
}

}  // namespace mangrove::tests
