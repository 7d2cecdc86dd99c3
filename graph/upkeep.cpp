#include "graph/upkeep.h"

namespace mangrove::graph {

Upkeep::Upkeep(std::function<bool()> work) : work_(std::move(work)), thread_([this] { run(); }) {}

Upkeep::~Upkeep() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Upkeep::wake() {
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  changed_.notify_all();
}

void Upkeep::wait_until_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !wanted_ && !busy_; });
}

void Upkeep::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return wanted_ || ending_; });
    if (ending_) return;
    wanted_ = false;
    busy_ = true;
    lock.unlock();
    const bool more = work_();
    lock.lock();
    busy_ = false;
    wanted_ = wanted_ || more;
    changed_.notify_all();
  }
}

}  // namespace mangrove::graph
