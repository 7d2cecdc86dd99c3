#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "graph/base/result.h"
#include "graph/batch.h"

namespace mangrove::graph {

/// Lets writers who come at the same time share one write: the first writes for all who wait, while
/// those who come meanwhile make the next group. Safe from many threads.
class WriteQueue {
 public:
  /// Commits the batches together; gives one answer for each.
  using Write = std::function<std::vector<Result<CommitReport>>(std::span<const Batch* const>)>;

  explicit WriteQueue(Write write) : write_(std::move(write)) {}

  /// Returns when the batch is written, by this thread or by another.
  Result<CommitReport> submit(const Batch& batch);

 private:
  struct Waiting {
    const Batch* batch;
    std::optional<Result<CommitReport>> answer;
    std::condition_variable woken;
  };
  void wait_for_company(std::unique_lock<std::mutex>& lock);
  std::vector<Waiting*> take_group();

  Write write_;
  std::mutex mutex_;
  std::condition_variable came_;  // Somebody joined the queue.
  std::deque<Waiting*> waiting_;
  bool writing_ = false;
  std::size_t company_ = 0;  // How many shared the last writes.
  std::chrono::microseconds patience_{0};
};

}  // namespace mangrove::graph
