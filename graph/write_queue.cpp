#include "graph/write_queue.h"

#include <algorithm>
#include <span>

namespace mangrove::graph {
namespace {

/// A group ends where it would hold more changes than this: large batches gain nothing by company.
constexpr std::size_t kGroupChangesMax = 4'000;
constexpr std::chrono::microseconds kPatienceMax{500};

}  // namespace

Result<CommitReport> WriteQueue::submit(const Batch& batch) {
  Waiting own{&batch, std::nullopt, {}};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  came_.notify_one();
  own.woken.wait(lock, [&] { return own.answer || (!writing_ && waiting_.front() == &own); });
  if (own.answer) return std::move(*own.answer);

  writing_ = true;
  wait_for_company(lock);
  const std::vector<Waiting*> group = take_group();
  lock.unlock();

  std::vector<const Batch*> batches;
  batches.reserve(group.size());
  for (const Waiting* one : group) batches.push_back(one->batch);
  const auto start = std::chrono::steady_clock::now();
  auto answers = write_(batches);
  const auto took = std::chrono::steady_clock::now() - start;

  lock.lock();
  // Waiting longer than a part of what a write takes would cost more than company gains.
  patience_ =
      std::min(std::chrono::duration_cast<std::chrono::microseconds>(took) / 2, kPatienceMax);
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i]->answer = std::move(answers[i]);
    if (group[i] != &own) group[i]->woken.notify_one();
  }
  writing_ = false;
  if (!waiting_.empty()) waiting_.front()->woken.notify_one();
  return std::move(*own.answer);
}

/// Writers who shared the last write come again at nearly the same time: without a moment's
/// patience, the first of them would go alone, and all the others wait for it.
void WriteQueue::wait_for_company(std::unique_lock<std::mutex>& lock) {
  if (company_ <= 1) return;
  came_.wait_for(lock, patience_, [&] { return waiting_.size() >= company_; });
}

std::vector<WriteQueue::Waiting*> WriteQueue::take_group() {
  std::vector<Waiting*> group;
  std::size_t changes = 0;
  while (!waiting_.empty()) {
    const std::size_t more = waiting_.front()->batch->size();
    if (!group.empty() && changes + more > kGroupChangesMax) break;
    changes += more;
    group.push_back(waiting_.front());
    waiting_.pop_front();
  }
  // Remember the larger of the last two groups, and forget slowly.
  company_ = std::max(group.size(), company_ / 2);
  return group;
}

}  // namespace mangrove::graph
