#pragma once

#include <atomic>
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

namespace mangrove::tests {

/// How many trials: what the long run sets in the environment, or the number of the short run.
inline unsigned trials(const char* variable, unsigned short_run) {
  const char* asked = std::getenv(variable);
  return asked == nullptr ? short_run : static_cast<unsigned>(std::atoi(asked));
}

/// Calls `trial(0)`, `trial(1)` … on some threads, more than there are cores: for trials that
/// mostly wait, as for the storage engine, which sleeps a second after each failure in its
/// background.
inline void in_parallel(unsigned count, const std::function<void(unsigned)>& trial) {
  std::atomic<unsigned> next = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 30; ++i) {
    threads.emplace_back([&] {
      for (unsigned number; (number = next++) < count;) trial(number);
    });
  }
}

}  // namespace mangrove::tests
