#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "web/server/host_names.h"
#include "web/server/limits.h"
#include "web/server/problem.h"
#include "web/server/request.h"

/// The strict gate before everything else: what HTTP (RFC 9112) leaves to the reader's kindness is
/// refused here, since two readers that are kind in different ways can be played against each
/// other (request smuggling). Works on bytes as they came, because Beast's parser joins folded
/// lines and lets several doubtful framings pass; and knows no socket.
namespace mangrove::web {

/// Finds the end of a head in bytes as they arrive, and stops early at those that no head has.
class HeadScanner {
 public:
  explicit HeadScanner(const ServerLimits& limits) : limits_(limits) {}

  struct Incomplete {};
  /// How many bytes the head takes, with the empty line that ends it.
  struct Complete {
    std::size_t size;
  };
  /// Looks at what is new in `bytes`, which is all that has arrived since the last head. One empty
  /// line before the request line is part of the head.
  std::variant<Incomplete, Complete, Problem> scan(std::string_view bytes);

 private:
  std::optional<Problem> check(std::string_view bytes) const;
  std::optional<Problem> check_sizes() const;

  ServerLimits limits_;
  std::size_t position_ = 0;
  std::size_t line_start_ = 0;
  std::size_t lines_ = 0;
};

/// The head of a request, as the gate understood it.
struct Head {
  std::string method;
  std::string target;  ///< As sent.
  std::string path;
  std::string query;
  int minor_version = 1;
  std::vector<Header> headers;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;

  bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// What a whole head says; or why it is refused, after which the connection must be closed.
std::variant<Head, Problem> read_head(std::string_view bytes, const HostNames& hosts,
                                      const ServerLimits& limits);

}  // namespace mangrove::web
