#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/batch.h"

namespace mangrove::graph {

/// Lets writers who come at the same time share one write: the first of a group writes for all of
/// it, while those who come meanwhile make the next group. Safe from many threads.
class WriteQueue {
 public:
  /// Commits the batches together; gives one answer for each.
  using Write = std::function<std::vector<Result<CommitReport>>(std::span<const Batch* const>)>;

  explicit WriteQueue(Write write) : write_(std::move(write)) {}

  /// Returns when the batch is written, by this thread or by another.
  Result<CommitReport> submit(const Batch& batch);

 private:
  struct Group {
    std::vector<const Batch*> batches;
    std::size_t changes = 0;                    // In all of them.
    std::vector<Result<CommitReport>> answers;  // Once written: one for each batch.
    std::promise<void> done;  // Wakes all by one call; they need no lock to go on.
    std::shared_future<void> written = done.get_future().share();
  };
  /// The group that the batch became the last of.
  std::shared_ptr<Group> join(const Batch& batch);
  void lead(Group& group, std::unique_lock<std::mutex> lock);
  bool is_gathered(const Group& group) const;

  Write write_;
  std::mutex mutex_;
  std::condition_variable turn_;      // The group before is written.
  std::condition_variable gathered_;  // The first group in the queue is.
  std::deque<std::shared_ptr<Group>> waiting_;
  bool writing_ = false;
  std::size_t company_ = 0;  // How many shared the last writes.
  std::chrono::microseconds patience_{0};
};

}  // namespace mangrove::graph
