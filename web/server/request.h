#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mangrove::web {

class BodyFile;

/// One header field of a message.
struct Header {
  std::string name;
  std::string value;
};

/// The value of the first of `headers` with that name, in any case; nullptr when there is none.
const std::string* find_header(const std::vector<Header>& headers, std::string_view name);

/// What a client asked, after the gate let it through.
struct Request {
  std::string method = "GET";  ///< As sent: "GET", "HEAD", "POST", ...
  std::string path = "/";      ///< As sent, still percent-encoded, without the query.
  std::string query = {};      ///< As sent, without the question mark; often empty.
  std::vector<Header> headers = {};
  std::string body = {};

  /// The body, where the server was told to put it on the disk (BodyOnDisk); `body` is then empty.
  std::shared_ptr<BodyFile> body_file = {};

  /// The parts of the path that the route names in braces, decoded: for the route
  /// `/api/v1/nodes/{id}`, one pair such as {"id", "sdg:8.7"}. Filled by the router.
  std::vector<std::pair<std::string, std::string>> path_parameters = {};

  /// When its last byte had arrived: what a deadline for the answer counts from.
  std::chrono::steady_clock::time_point received = std::chrono::steady_clock::now();

  /// Whether the client has closed its side of the connection, and so waits for no answer. May be
  /// asked by the handler, while it runs; none where that cannot be told.
  std::function<bool()> has_left = {};

  const std::string* header(std::string_view name) const { return find_header(headers, name); }

  /// The decoded path parameter of that name, which the route must have.
  const std::string& path_parameter(std::string_view name) const;
};

}  // namespace mangrove::web
