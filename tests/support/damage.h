#pragma once

#include <cstddef>
#include <random>
#include <string>

namespace mangrove::tests {

/// A good file gone bad: cut short in even rounds, up to five of its bytes changed in odd ones.
inline std::string damaged(const std::string& good, int round, std::mt19937& random) {
  if (round % 2 == 0) return good.substr(0, random() % good.size());
  std::string text = good;
  for (std::size_t change = 1 + random() % 5; change > 0; --change) {
    text[random() % text.size()] = static_cast<char>(random() % 256);
  }
  return text;
}

}  // namespace mangrove::tests
