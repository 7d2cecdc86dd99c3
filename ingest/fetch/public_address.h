#pragma once

#include <sys/socket.h>

#include <string>

namespace mangrove::ingest {

/// Whether an address is one of the public internet: not of this machine, a private, shared or
/// local network, a multicast or reserved range, nor an IPv6 address that stands for such an IPv4
/// one (mapped, NAT64). What is not known to be public is not: of IPv6 only 2000::/3 is, without
/// the tunnels (6to4, Teredo) and ranges for documents and benchmarks in it.
bool is_public_address(const sockaddr& address);

/// Whether a port is one that web servers use: 80, 443, or from 1024 on.
bool is_web_port(const sockaddr& address);

/// `192.0.2.1`, `2001:db8::1`; for a person.
std::string to_string(const sockaddr& address);

}  // namespace mangrove::ingest
