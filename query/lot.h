#pragma once

#include <cstdint>
#include <string_view>

namespace mangrove::query {

/// A number as by lot, that hangs on the id alone: the same however a graph was loaded (FNV-1a, and
/// mixed once more).
inline std::uint64_t lot_of(std::string_view id) {
  std::uint64_t lot = 0xCBF2'9CE4'8422'2325;
  for (const char byte : id) {
    lot ^= static_cast<unsigned char>(byte);
    lot *= 0x100'0000'01B3;
  }
  return (lot ^ lot >> 32) * 0x9E37'79B9'7F4A'7C15;
}

}  // namespace mangrove::query
