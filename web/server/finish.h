#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "web/server/request.h"
#include "web/server/response.h"

/// What is done to every response before it leaves, so that no handler has to think of it.
namespace mangrove::web {

/// Adds ETag (a strong one, from the bytes, unless the handler gave one), answers If-None-Match
/// with 304, compresses what is worth it, and adds caching and security headers.
Response finish(const Request& request, Response response);

/// The status line and header fields, with the empty line after them. Line breaks and other
/// controls in a value become spaces, so that no value can start a header of its own.
std::string message_head(const Response& response, bool keep_alive,
                         std::chrono::system_clock::time_point now);

/// Whether the body of this response is sent, to a request with this method.
bool sends_body(const Response& response, std::string_view method);

}  // namespace mangrove::web
