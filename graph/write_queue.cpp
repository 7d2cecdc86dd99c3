#include "graph/write_queue.h"

#include <algorithm>

namespace mangrove::graph {
namespace {

/// A group ends where it would hold more changes than this: large batches gain nothing by company.
constexpr std::size_t kGroupChangesMax = 4'000;
constexpr std::chrono::microseconds kPatienceMax{500};

}  // namespace

Result<CommitReport> WriteQueue::submit(const Batch& batch) {
  std::unique_lock lock(mutex_);
  const std::shared_ptr<Group> group = join(batch);
  const std::size_t place = group->batches.size() - 1;
  if (place == 0) {
    lead(*group, std::move(lock));
  } else {
    const std::shared_future<void> written = group->written;
    const bool is_all = is_gathered(*waiting_.front());
    lock.unlock();
    if (is_all) gathered_.notify_one();
    written.wait();
  }
  return std::move(group->answers[place]);
}

std::shared_ptr<WriteQueue::Group> WriteQueue::join(const Batch& batch) {
  if (waiting_.empty() || waiting_.back()->changes + batch.size() > kGroupChangesMax) {
    waiting_.push_back(std::make_shared<Group>());
  }
  Group& last = *waiting_.back();
  last.batches.push_back(&batch);
  last.changes += batch.size();
  return waiting_.back();
}

/// Whether all have come who are to be expected. Writers who shared the last write come again at
/// nearly the same time: without a moment's patience, the first of them would go alone, and all the
/// others wait for it.
bool WriteQueue::is_gathered(const Group& group) const {
  return group.batches.size() >= company_ || waiting_.size() > 1;
}

void WriteQueue::lead(Group& group, std::unique_lock<std::mutex> lock) {
  gathered_.notify_one();  // Where there is a group before, it is full.
  turn_.wait(lock, [&] { return !writing_ && waiting_.front().get() == &group; });
  writing_ = true;
  gathered_.wait_for(lock, patience_, [&] { return is_gathered(group); });
  waiting_.pop_front();
  // Remember the larger of the last two groups, and forget slowly.
  company_ = std::max(group.batches.size(), company_ / 2);
  lock.unlock();

  const auto start = std::chrono::steady_clock::now();
  group.answers = write_(group.batches);
  const auto took = std::chrono::steady_clock::now() - start;

  lock.lock();
  // Waiting longer than a part of what a write takes would cost more than company gains.
  patience_ =
      std::min(std::chrono::duration_cast<std::chrono::microseconds>(took) / 2, kPatienceMax);
  writing_ = false;
  lock.unlock();
  turn_.notify_all();
  group.done.set_value();
}

}  // namespace mangrove::graph
