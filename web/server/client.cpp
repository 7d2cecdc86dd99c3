#include "web/server/client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "web/server/ascii.h"
#include "web/server/host_names.h"

namespace mangrove::web {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using net::ip::tcp;

struct Url {
  std::string authority;
  HostAndPort host;
  std::string target;
};

Result<Url> parse_url(std::string_view text) {
  const auto refused = [&](ErrorCode code, std::string_view why) {
    return Error{code, '"' + std::string(text) + "\" " + std::string(why)};
  };
  constexpr std::string_view kScheme = "http://";
  if (equal_in_any_case(text.substr(0, 8), "https://")) {
    return refused(ErrorCode::unsupported, "is https, which is not spoken here; use http");
  }
  if (!equal_in_any_case(text.substr(0, kScheme.size()), kScheme)) {
    return refused(ErrorCode::invalid_input, "does not begin with http://");
  }
  std::string_view rest = text.substr(kScheme.size());
  rest = rest.substr(0, rest.find('#'));
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  std::string target(rest.substr(authority.size()));
  if (!target.starts_with('/')) target.insert(target.begin(), '/');
  for (const char c : target) {
    if (is_control(c) || c == ' ') {
      return refused(ErrorCode::invalid_input, "has characters that must be percent-encoded");
    }
  }
  HostAndPort host = parse_host(authority);
  if (!host.valid) return refused(ErrorCode::invalid_input, "names no host");
  return Url{std::string(authority), std::move(host), std::move(target)};
}

std::string request_bytes(const Url& url, const FetchOptions& options) {
  std::string bytes = options.method + ' ' + url.target + " HTTP/1.1\r\nHost: " + url.authority +
                      "\r\nConnection: close\r\n";
  for (const Header& header : options.headers) {
    bytes += header.name + ": " + header.value + "\r\n";
  }
  if (!options.body.empty()) {
    bytes += "Content-Length: " + std::to_string(options.body.size()) + "\r\n";
  }
  return bytes + "\r\n" + options.body;
}

Response to_response(http::response<http::string_body> message) {
  Response response;
  response.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    response.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  if (const std::string* const type = response.header("Content-Type")) response.media_type = *type;
  response.body = std::move(message.body());
  return response;
}

/// A network failure throws, and ends the exchange.
net::awaitable<Response> exchange(net::io_context& network, const Url& url,
                                  const FetchOptions& options) {
  std::string host = url.host.host;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  tcp::resolver resolver(network);
  const auto addresses =
      co_await resolver.async_resolve(host, std::to_string(url.host.port), net::use_awaitable);
  boost::beast::tcp_stream stream(network);
  stream.expires_never();  // The clock of the whole exchange is in fetch().
  co_await stream.async_connect(addresses, net::use_awaitable);
  const std::string request = request_bytes(url, options);
  co_await net::async_write(stream, net::buffer(request), net::use_awaitable);

  boost::beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(options.body_bytes);
  parser.skip(options.method == "HEAD");
  co_await http::async_read(stream, buffer, parser, net::use_awaitable);
  co_return to_response(parser.release());
}

}  // namespace

Result<Response> fetch(std::string_view url, const FetchOptions& options) {
  const Url parsed = TRY(parse_url(url));
  std::optional<Response> response;
  std::string failure = "no answer within " + std::to_string(options.timeout.count()) + " ms";
  net::io_context network{1};
  net::co_spawn(network, exchange(network, parsed, options),
                [&](const std::exception_ptr& exception, Response received) {
                  if (!exception) {
                    response = std::move(received);
                    return;
                  }
                  try {
                    std::rethrow_exception(exception);
                  } catch (const boost::system::system_error& thrown) {
                    failure = thrown.code().message();  // what() names a line of Asio's source too.
                  } catch (const std::exception& thrown) {
                    failure = thrown.what();
                  }
                });
  network.run_for(options.timeout);
  if (!response) return Error{ErrorCode::io, parsed.authority + ": " + failure};
  return *std::move(response);
}

}  // namespace mangrove::web
