#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/server/request.h"

namespace mangrove::web {

/// What is to be sent next of a body that is told as it comes about.
struct LivePart {
  std::string bytes = {};  ///< Empty where nothing is new.
  bool last = false;       ///< Nothing comes after this.
};

/// What goes back to the client.
///
/// A handler gives status, media type and body. Length, date, ETag, compression, the answer to
/// If-None-Match and the security headers are added to every response in finish.h.
struct Response {
  int status = 200;
  std::string media_type = {};  ///< The Content-Type; empty when there is no body.
  std::string body = {};
  std::vector<Header> headers = {};  ///< Further ones, such as {"Retry-After", "1"}.

  /// Where it is set, the body is no text: this is asked for it a few times a second, until it says
  /// that it is done, the client has gone or the server stops. It runs on the network's thread, so
  /// it must not wait for anything.
  std::function<LivePart()> live = {};

  const std::string* header(std::string_view name) const { return find_header(headers, name); }

  /// An answer of 200 with this JSON text.
  static Response json(std::string body) {
    return {.status = 200, .media_type = "application/json", .body = std::move(body)};
  }
};

}  // namespace mangrove::web
