#include "tests/support/raw_http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace mangrove::tests {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

RawResponse parse_head(std::string head) {
  RawResponse response;
  std::string_view rest = head;
  rest.remove_prefix(std::min(rest.size(), std::string_view("HTTP/1.1 ").size()));
  std::from_chars(rest.data(), rest.data() + rest.size(), response.status);
  for (std::size_t start = head.find("\r\n") + 2; start < head.size();) {
    const std::size_t end = head.find("\r\n", start);
    const std::string_view line = std::string_view(head).substr(start, end - start);
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) {
      response.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    }
    start = end + 2;
  }
  response.head = std::move(head);
  return response;
}

}  // namespace

std::string RawResponse::header(const std::string& lower_case_name) const {
  const auto found = headers.find(lower_case_name);
  return found == headers.end() ? std::string() : found->second;
}

RawConnection::RawConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawConnection::~RawConnection() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawConnection::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::finish_sending() const {
  ::shutdown(socket_, SHUT_WR);
}

RawConnection::Arrival RawConnection::receive(std::chrono::milliseconds patience) {
  pollfd watched{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&watched, 1, static_cast<int>(patience.count())) <= 0) return Arrival::silence;
  std::array<char, 65536> bytes{};
  const ssize_t size = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (size <= 0) return Arrival::closed;
  buffer_.append(bytes.data(), static_cast<std::size_t>(size));
  return Arrival::bytes;
}

std::optional<RawResponse> RawConnection::read_response(bool has_body) {
  std::size_t head_end = 0;
  while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (receive(kPatience) != Arrival::bytes) return std::nullopt;
  }
  RawResponse response = parse_head(buffer_.substr(0, head_end + 4));
  buffer_.erase(0, head_end + 4);
  const std::string length = response.header("content-length");
  const std::size_t size = !has_body || length.empty() ? 0 : std::stoul(length);
  while (buffer_.size() < size) {
    if (receive(kPatience) != Arrival::bytes) return std::nullopt;
  }
  response.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

std::optional<std::string> RawConnection::read_until_closed(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    const Arrival arrival = receive(left);
    if (arrival == Arrival::closed) return std::move(buffer_);
  }
}

std::vector<RawResponse> exchange(std::uint16_t port, std::string_view bytes, std::size_t count) {
  RawConnection connection(port);
  connection.send(bytes);
  std::vector<RawResponse> responses;
  while (responses.size() < count) {
    auto response = connection.read_response();
    if (!response) break;
    responses.push_back(*std::move(response));
  }
  return responses;
}

}  // namespace mangrove::tests
