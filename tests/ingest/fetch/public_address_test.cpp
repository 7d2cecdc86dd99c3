#include "ingest/fetch/public_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

namespace mangrove::ingest {
namespace {

sockaddr_storage address_of(const std::string& text, std::uint16_t port = 80) {
  sockaddr_storage storage{};
  sockaddr_in ipv4{};
  sockaddr_in6 ipv6{};
  if (::inet_pton(AF_INET, text.c_str(), &ipv4.sin_addr) == 1) {
    ipv4.sin_family = AF_INET;
    ipv4.sin_port = htons(port);
    std::memcpy(&storage, &ipv4, sizeof ipv4);
  } else {
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &ipv6.sin6_addr), 1) << text;
    ipv6.sin6_family = AF_INET6;
    ipv6.sin6_port = htons(port);
    std::memcpy(&storage, &ipv6, sizeof ipv6);
  }
  return storage;
}

bool is_public(const std::string& text) {
  const sockaddr_storage address = address_of(text);
  return is_public_address(reinterpret_cast<const sockaddr&>(address));
}

TEST(PublicAddress, KnowsTheInternet) {
  for (const char* address :
       {"1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
        "192.167.255.255", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450::1",
        "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"}) {
    EXPECT_TRUE(is_public(address)) << address;
  }
}

TEST(PublicAddress, KnowsWhatIsNot) {
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.0.0.1",
                              "10.255.255.255",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.1",
                              "192.0.2.1",
                              "192.88.99.1",
                              "192.168.0.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.1",
                              "203.0.113.1",
                              "224.0.0.1",
                              "239.255.255.255",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::127.0.0.1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "::ffff:169.254.169.254",
                              "::ffff:0:127.0.0.1",
                              "64:ff9b::127.0.0.1",
                              "64:ff9b::169.254.169.254",
                              "64:ff9b:1::1",
                              "100::1",
                              "2001::1",
                              "2001:db8::1",
                              "2002:7f00:1::",
                              "3fff::1",
                              "fc00::1",
                              "fd00:ec2::254",
                              "fe80::1",
                              "fec0::1",
                              "ff02::1",
                              "5f00::1"}) {
    EXPECT_FALSE(is_public(address)) << address;
  }
}

TEST(PublicAddress, OtherFamiliesAreNot) {
  sockaddr unix_socket{};
  unix_socket.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public_address(unix_socket));
}

TEST(PublicAddress, PortsOfOtherServicesAreNone) {
  const auto is_web = [](std::uint16_t port) {
    const sockaddr_storage four = address_of("1.1.1.1", port);
    const sockaddr_storage six = address_of("2606:4700::1", port);
    EXPECT_EQ(is_web_port(reinterpret_cast<const sockaddr&>(four)),
              is_web_port(reinterpret_cast<const sockaddr&>(six)));
    return is_web_port(reinterpret_cast<const sockaddr&>(four));
  };
  EXPECT_TRUE(is_web(80) && is_web(443) && is_web(8080) && is_web(1024));
  EXPECT_FALSE(is_web(22) || is_web(25) || is_web(81) || is_web(1023) || is_web(0));
}

}  // namespace
}  // namespace mangrove::ingest
