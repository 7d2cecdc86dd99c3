#pragma once

#include <cstdlib>
#include <string_view>

namespace mangrove::tests {

/// Whether tests that repeat something at random are to do so as often as trust asks for, and not
/// only as often as everybody has time for: MANGROVE_LONG=1 in the environment.
inline bool is_long_run() {
  const char* const asked = std::getenv("MANGROVE_LONG");
  return asked != nullptr && std::string_view(asked) != "0";
}

inline int times(int usually, int in_a_long_run) {
  return is_long_run() ? in_a_long_run : usually;
}

}  // namespace mangrove::tests
