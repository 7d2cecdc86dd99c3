#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"
#include "ingest/fetch/location.h"

/// Getting one thing from the web, whole, within bounds.
namespace mangrove::ingest {

/// What one download may cost.
struct DownloadLimits {
  std::uint64_t bytes = std::uint64_t{2} << 30;  ///< Of the body, its Content-Encoding undone.
  std::chrono::milliseconds connect = std::chrono::seconds(30);  ///< Finding and reaching a server.
  std::chrono::milliseconds total = std::chrono::hours(1);
  std::chrono::seconds stall{60};         ///< For so long it may be slower than…
  std::uint64_t bytes_a_second_min = 64;  ///< …that.
  unsigned redirects = 5;
  /// Whether addresses of this machine, private networks and the like (public_address.h), and
  /// ports of other services may be asked.
  bool allow_private_addresses = false;
};

/// By what a later download can tell that nothing has changed. Any may be empty.
struct Validators {
  std::string etag;           ///< As the server sent it.
  std::string last_modified;  ///< Likewise.
  std::string digest;         ///< Of the body.
  friend bool operator==(const Validators&, const Validators&) = default;
};

/// What a download brought.
struct Download {
  std::unique_ptr<ByteStream> body;  ///< From a file without a name; null: nothing has changed.
  std::uint64_t bytes = 0;
  Validators validators;
  bool end_is_certain = true;  ///< The server said where the body ends, and so it is whole.
};

/// Gets what lies there. Where `known` is not empty and the server says, or the bytes show, that
/// nothing has changed since, there is no body.
///
/// Follows redirects, to http and https only; asks no proxy, whatever the environment says. Every
/// address is looked at when it is connected to, so that no name leads around the limits. Memory is
/// bounded; the body lies in the folder for temporary files, which no other process sees. `stop`,
/// asked often, ends it. May be called from many threads at once.
///
/// Errors name the host, and never what is secret in the location: `not_found`, `unauthorised`
/// and others as `io`; `invalid_input` for addresses that are refused; `too_large`; `cancelled`.
Result<Download> download(const Location& location, const Validators& known,
                          const DownloadLimits& limits,
                          const std::function<bool()>& stop = nullptr);

}  // namespace mangrove::ingest
