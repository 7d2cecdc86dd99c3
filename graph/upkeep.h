#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace mangrove::graph {

/// A thread that does work beside the commits, a piece at a time.
class Upkeep {
 public:
  /// `work` does one piece, and says whether there may be more. It is called from one thread, never
  /// twice at once.
  explicit Upkeep(std::function<bool()> work);

  /// Waits for the piece under way, and leaves the rest.
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

  /// There may be something to do.
  void wake();

  /// Returns once there is nothing left to do.
  void wait_until_idle();

 private:
  void run();

  std::function<bool()> work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false;
  bool busy_ = false;
  bool ending_ = false;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace mangrove::graph
