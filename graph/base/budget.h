#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

#include "graph/base/result.h"

namespace mangrove {

/// What one question may cost at most. A question that is too big ends with ErrorCode::cancelled,
/// and a message that says which bound it met; the next one is served.
///
/// One thread spends; any thread may cancel.
class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  struct Limits {
    std::optional<Clock::time_point> deadline = std::nullopt;  ///< None: as long as it takes.
    std::uint64_t edges = std::numeric_limits<std::uint64_t>::max();  ///< Edges looked at.
    std::uint64_t rows = std::numeric_limits<std::uint64_t>::max();  ///< Nodes read from the store.
    std::function<bool()> abandoned = nullptr;  ///< Whether nobody waits for the answer any more;
                                                ///< asked now and then, by the thread that spends.
  };

  /// Time between two questions whether anybody still waits.
  static constexpr std::chrono::milliseconds kAbandonedPeriod{20};
  /// Steps between two looks at the clock.
  static constexpr std::uint64_t kStepsPerLook = 1024;

  Budget() = default;
  explicit Budget(Limits limits) : limits_(std::move(limits)) {}
  /// A budget that ends so many milliseconds from now.
  explicit Budget(std::chrono::milliseconds time) : limits_{.deadline = Clock::now() + time} {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  /// Counts edges that were looked at. False once the budget is used up, and from then on; cheap
  /// enough for the innermost loop, since it looks at the clock only every kStepsPerLook edges.
  bool step(std::uint64_t edges = 1) {
    edges_ += edges;
    if (edges_ < next_look_) return true;
    return look();
  }

  /// Counts nodes about to be read.
  bool read(std::uint64_t rows) {
    rows_ += rows;
    return look();
  }

  /// Why it ended, or success while there is some left.
  Status status() const {
    const char* reason = nullptr;
    switch (end_) {
      case End::none:
        return {};
      case End::deadline:
        reason = "the question took too long; ask for less, or filter more";
        break;
      case End::edges:
        reason = "the question looks at too many connections; ask for less, or filter more";
        break;
      case End::rows:
        reason = "the question reads too many records; ask for less";
        break;
      case End::cancelled:
        reason = "the question was cancelled";
        break;
    }
    return Error{ErrorCode::cancelled, reason};
  }

  /// Ends the question at its next look.
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }

  /// Whether somebody did, or nobody waits any more, whatever else is left of it. After this,
  /// `status` says so.
  bool is_cancelled() {
    if (!cancelled_.load(std::memory_order_relaxed) && !is_abandoned()) return false;
    cancel();
    look();
    return true;
  }

  std::uint64_t edges_spent() const { return edges_; }

 private:
  enum class End : std::uint8_t { none, deadline, edges, rows, cancelled };

  bool look() {
    if (end_ != End::none) return false;
    if (cancelled_.load(std::memory_order_relaxed) || is_abandoned()) {
      end_ = End::cancelled;
    } else if (edges_ > limits_.edges) {
      end_ = End::edges;
    } else if (rows_ > limits_.rows) {
      end_ = End::rows;
    } else if (limits_.deadline && Clock::now() >= *limits_.deadline) {
      end_ = End::deadline;
    }
    // Once it has ended, every further step looks again, and hears so.
    next_look_ = end_ == End::none ? edges_ + kStepsPerLook : 0;
    return end_ == End::none;
  }

  bool is_abandoned() {
    if (!limits_.abandoned) return false;
    const Clock::time_point now = Clock::now();
    if (now < next_asking_) return false;
    next_asking_ = now + kAbandonedPeriod;
    return limits_.abandoned();
  }

  Limits limits_;
  Clock::time_point next_asking_ = Clock::now() + kAbandonedPeriod;
  std::uint64_t edges_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t next_look_ = 0;  ///< Look at once: a deadline in the past counts.
  End end_ = End::none;
  std::atomic<bool> cancelled_{false};
};

}  // namespace mangrove
