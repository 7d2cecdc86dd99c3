#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "graph/batch.h"

namespace mangrove::tests {

/// Records with values of every type, in which everything that may be there sometimes is: for what
/// writes records and reads them again.
class RandomValues {
 public:
  explicit RandomValues(std::uint32_t seed) : random_(seed) {}

  graph::Record record();

 private:
  bool happens(unsigned percent) { return random_() % 100 < percent; }
  std::string id();
  std::string text();
  std::string language();
  double number();
  Date date();
  graph::Scalar scalar();
  graph::Value value();
  std::vector<std::string> audience();
  std::vector<graph::Property> properties();

  std::mt19937 random_;
};

}  // namespace mangrove::tests
