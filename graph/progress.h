#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace mangrove::graph {

/// How far something that takes long has come.
struct Progress {
  std::string doing;       ///< In words: "reading records".
  std::uint64_t done = 0;  ///< In whatever it counts in.
  std::uint64_t of = 0;    ///< How much there is to do; 0 where nobody knows.
};

/// Told now and then; says whether to go on. What is told to stop ends with
/// `ErrorCode::cancelled`, if it still can.
using OnProgress = std::function<bool(const Progress&)>;

}  // namespace mangrove::graph
