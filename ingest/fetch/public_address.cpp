#include "ingest/fetch/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace mangrove::ingest {
namespace {

using Ipv6 = std::array<std::uint8_t, 16>;

struct Ipv4Range {
  std::uint32_t first;
  unsigned bits;  // That all in it share.
};

constexpr std::uint32_t ipv4(unsigned a, unsigned b, unsigned c, unsigned d) {
  return a << 24U | b << 16U | c << 8U | d;
}

// IANA's registry of special-purpose addresses (RFC 6890 and what updates it), and multicast.
constexpr std::array kIpv4NotPublic{
    Ipv4Range{ipv4(0, 0, 0, 0), 8},      Ipv4Range{ipv4(10, 0, 0, 0), 8},
    Ipv4Range{ipv4(100, 64, 0, 0), 10},  Ipv4Range{ipv4(127, 0, 0, 0), 8},
    Ipv4Range{ipv4(169, 254, 0, 0), 16}, Ipv4Range{ipv4(172, 16, 0, 0), 12},
    Ipv4Range{ipv4(192, 0, 0, 0), 24},   Ipv4Range{ipv4(192, 0, 2, 0), 24},
    Ipv4Range{ipv4(192, 88, 99, 0), 24}, Ipv4Range{ipv4(192, 168, 0, 0), 16},
    Ipv4Range{ipv4(198, 18, 0, 0), 15},  Ipv4Range{ipv4(198, 51, 100, 0), 24},
    Ipv4Range{ipv4(203, 0, 113, 0), 24}, Ipv4Range{ipv4(224, 0, 0, 0), 4},
    Ipv4Range{ipv4(240, 0, 0, 0), 4},
};

struct Ipv6Range {
  Ipv6 first;
  unsigned bits;
};

// Inside 2000::/3, which is all of IPv6 that is given out.
constexpr std::array kIpv6NotPublic{
    Ipv6Range{{0x20, 0x01, 0x00, 0x00}, 23},  // Teredo and other special purposes.
    Ipv6Range{{0x20, 0x01, 0x0d, 0xb8}, 32},  // Documents.
    Ipv6Range{{0x20, 0x02}, 16},              // 6to4.
    Ipv6Range{{0x3f, 0xff, 0x00}, 20},        // Documents.
};
constexpr Ipv6Range kGivenOut{{0x20}, 3};
constexpr Ipv6Range kMapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr Ipv6Range kNat64{{0x00, 0x64, 0xff, 0x9b}, 96};

bool lies_in(std::uint32_t address, const Ipv4Range& range) {
  return (address ^ range.first) >> (32U - range.bits) == 0;
}

bool lies_in(const Ipv6& address, const Ipv6Range& range) {
  const unsigned whole = range.bits / 8;
  if (!std::equal(address.begin(), address.begin() + whole, range.first.begin())) return false;
  const unsigned rest = range.bits % 8;
  return rest == 0 || (address[whole] ^ range.first[whole]) >> (8U - rest) == 0;
}

bool is_public(std::uint32_t address) {
  return std::none_of(kIpv4NotPublic.begin(), kIpv4NotPublic.end(),
                      [address](const Ipv4Range& range) { return lies_in(address, range); });
}

bool is_public(const Ipv6& address) {
  if (lies_in(address, kMapped) || lies_in(address, kNat64)) {
    return is_public(ipv4(address[12], address[13], address[14], address[15]));
  }
  return lies_in(address, kGivenOut) &&
         std::none_of(kIpv6NotPublic.begin(), kIpv6NotPublic.end(),
                      [&address](const Ipv6Range& range) { return lies_in(address, range); });
}

// Copied, since the bytes behind a sockaddr may lie at any place.
template <typename Address>
Address as(const sockaddr& address) {
  Address copy;
  std::memcpy(&copy, &address, sizeof copy);
  return copy;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    return is_public(ntohl(as<sockaddr_in>(address).sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  Ipv6 bytes;
  const auto found = as<sockaddr_in6>(address);
  std::memcpy(bytes.data(), &found.sin6_addr, bytes.size());
  return is_public(bytes);
}

bool is_web_port(const sockaddr& address) {
  constexpr std::uint16_t kHttp = 80;
  constexpr std::uint16_t kHttps = 443;
  constexpr std::uint16_t kFirstFree = 1024;
  const bool ipv6 = address.sa_family == AF_INET6;
  const std::uint16_t port =
      ntohs(ipv6 ? as<sockaddr_in6>(address).sin6_port : as<sockaddr_in>(address).sin_port);
  return port == kHttp || port == kHttps || port >= kFirstFree;
}

std::string to_string(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    const auto found = as<sockaddr_in>(address);
    ::inet_ntop(AF_INET, &found.sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    const auto found = as<sockaddr_in6>(address);
    ::inet_ntop(AF_INET6, &found.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace mangrove::ingest
