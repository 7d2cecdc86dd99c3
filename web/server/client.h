#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "web/server/response.h"

namespace mangrove::web {

/// What to ask of a server. Only `url` is needed.
struct FetchOptions {
  std::string method = "GET";
  std::vector<Header> headers = {};
  std::string body = {};
  std::chrono::milliseconds timeout{30'000};        ///< For everything, from name to last byte.
  std::size_t body_bytes = std::size_t{256} << 20;  ///< What an answer may weigh.
};

/// The answer of a server to one request; blocks until it is there. An answer of any status is a
/// success; io when there was none in time. Only `http:` is spoken: `https:` is `unsupported`.
Result<Response> fetch(std::string_view url, const FetchOptions& options = {});

}  // namespace mangrove::web
