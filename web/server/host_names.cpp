#include "web/server/host_names.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "web/server/ascii.h"

namespace mangrove::web {
namespace {

constexpr std::uint16_t kHttpPort = 80;

bool is_host_character(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
}

bool is_name(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), is_host_character);
}

std::string with_port(std::string_view host, std::uint16_t port) {
  return std::string(host) + ':' + std::to_string(port);
}

}  // namespace

bool is_address(const std::string& host) {
  in_addr ipv4{};
  in6_addr ipv6{};
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &ipv6) == 1;
  }
  return inet_pton(AF_INET, host.c_str(), &ipv4) == 1;
}

HostAndPort parse_host(std::string_view text) {
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
  if (bracket == std::string_view::npos) return {};
  const std::size_t colon = text.find(':', bracket);
  std::string host = to_lower(text.substr(0, colon));
  if (!is_name(host) && !is_address(host)) return {};
  if (colon == std::string_view::npos) return {std::move(host), kHttpPort, true};
  const std::string_view digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return {std::move(host), port, true};
}

HostNames::HostNames(std::string_view address, std::uint16_t port,
                     const std::vector<std::string>& names)
    : port_(port), any_address_(address == "0.0.0.0" || address == "::") {
  const std::string listening = address.find(':') == std::string_view::npos
                                    ? std::string(address)
                                    : '[' + std::string(address) + ']';
  for (const std::string& own :
       {listening, std::string("localhost"), std::string("127.0.0.1"), std::string("[::1]")}) {
    hosts_.push_back(with_port(to_lower(own), port));
  }
  for (const std::string& name : names) {
    const HostAndPort parsed = parse_host(name);
    if (!parsed.valid) continue;
    hosts_.push_back(with_port(parsed.host, parsed.port));
    // Without a port: the proxy's usual one, and ours for those who come without the proxy. A
    // browser leaves out 443 as well as 80, so both read as 80 here.
    if (parsed.host.size() == name.size()) hosts_.push_back(with_port(parsed.host, port));
  }
}

bool HostNames::contains(std::string_view host) const {
  const HostAndPort parsed = parse_host(host);
  if (!parsed.valid) return false;
  if (any_address_ && parsed.port == port_ && is_address(parsed.host)) return true;
  return std::find(hosts_.begin(), hosts_.end(), with_port(parsed.host, parsed.port)) !=
         hosts_.end();
}

}  // namespace mangrove::web
