#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mangrove::web {

/// The hosts for which this server answers: see ServerOptions::host_names.
class HostNames {
 public:
  HostNames(std::string_view address, std::uint16_t port, const std::vector<std::string>& names);

  /// Whether a Host field, such as "localhost:8087", names this server.
  bool contains(std::string_view host) const;

 private:
  std::uint16_t port_;
  bool any_address_;
  std::vector<std::string> hosts_;  ///< In lower case, each with a port.
};

/// A host and its port, 80 where it is left out; an IPv6 address keeps its brackets. Nothing when
/// the text cannot be a Host field.
struct HostAndPort {
  std::string host;  ///< In lower case.
  std::uint16_t port = 0;
  bool valid = false;
};
HostAndPort parse_host(std::string_view text);

/// Whether this is an IPv4 address, or an IPv6 address in brackets.
bool is_address(const std::string& host);

}  // namespace mangrove::web
