#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace mangrove::tests {

/// Another process (tests/graph/victim.cpp says what it can do), which may be killed at any moment.
class Victim {
 public:
  /// Starts it.
  explicit Victim(std::vector<std::string> arguments);
  /// Kills it if it still runs.
  ~Victim();
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;

  /// Waits for its next line. False where it ended, or said nothing within that time.
  bool read_line(std::string& line, std::chrono::microseconds patience);

  /// Waits for a while, or until it ends.
  void leave_alone(std::chrono::microseconds time);

  /// Kills it, and waits until it is gone. What it said remains to be read.
  void kill();

  /// Waits for its end. Gives its exit code; -1 where it was killed.
  int wait();

 private:
  bool fill(std::chrono::steady_clock::time_point until);

  pid_t process_ = -1;  // -1: it is gone.
  int exit_code_ = -1;
  int output_ = -1;
  std::string unread_;
};

}  // namespace mangrove::tests
