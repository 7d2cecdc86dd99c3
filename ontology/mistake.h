#pragma once

#include <cstddef>
#include <string>

namespace mangrove::ontology {

/// One thing in a vocabulary that is not as it should be.
struct Mistake {
  enum class Severity { error, warning };
  std::string file;
  std::size_t line = 1;  ///< From 1; the first one where the whole file is meant.
  Severity severity = Severity::error;
  std::string text;  ///< For a person: what stands there, and what to write instead.

  friend bool operator==(const Mistake&, const Mistake&) = default;
};

}  // namespace mangrove::ontology
