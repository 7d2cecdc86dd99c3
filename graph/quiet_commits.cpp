#include "graph/quiet_commits.h"

namespace mangrove::graph {
namespace {

/// Past this many sights, what was counted is forgotten.
constexpr std::size_t kSightsMax = 64;

}  // namespace

std::uint32_t QuietCommits::up_to(Version version, std::uint32_t count) const {
  std::uint32_t first = 0;
  while (first < count) {
    const std::uint32_t middle = first + (count - first) / 2;
    if (commits_[middle].version <= version) {
      first = middle + 1;
    } else {
      count = middle;
    }
  }
  return first;
}

std::uint32_t QuietCommits::unseen(std::uint32_t count, const Sight& sight) const {
  if (count == 0 || sight.sees_everything()) return 0;
  Counted counted;
  {
    const std::lock_guard lock(mutex_);
    const auto known = counted_.find(sight);
    // An older version is asked for seldom, and counted from the beginning.
    if (known != counted_.end() && known->second.up_to <= count) counted = known->second;
  }
  for (; counted.up_to < count; ++counted.up_to) {
    if (!notices_any(sight, commits_[counted.up_to].notices)) ++counted.unseen;
  }
  const std::lock_guard lock(mutex_);
  if (counted_.size() >= kSightsMax && !counted_.contains(sight)) counted_.clear();
  Counted& kept = counted_[sight];
  if (kept.up_to < counted.up_to) kept = counted;
  return counted.unseen;
}

}  // namespace mangrove::graph
