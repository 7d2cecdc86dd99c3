#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "ontology/mistake.h"

namespace mangrove::ontology {

/// Takes down the mistakes of one file.
class Findings {
 public:
  Findings(std::string file, std::vector<Mistake>& mistakes)
      : file_(std::move(file)), mistakes_(mistakes) {}

  void error(std::size_t line, std::string text) {
    mistakes_.push_back({file_, line, Mistake::Severity::error, std::move(text)});
  }
  void warning(std::size_t line, std::string text) {
    mistakes_.push_back({file_, line, Mistake::Severity::warning, std::move(text)});
  }

 private:
  std::string file_;
  std::vector<Mistake>& mistakes_;
};

}  // namespace mangrove::ontology
