#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "graph/audience.h"
#include "graph/base/append_only.h"
#include "graph/change_log.h"
#include "graph/ids.h"

namespace mangrove::graph {

/// The commits that not everybody can have noticed, oldest first. Only grows, so all versions share
/// one; each knows how many of them there were. One may add while many read.
class QuietCommits {
 public:
  void add(QuietCommit commit) { commits_.push_back(std::move(commit)); }
  /// For whoever adds.
  std::uint32_t size() const { return commits_.size(); }
  const QuietCommit& operator[](std::uint32_t index) const { return commits_[index]; }

  /// How many of the first `count` belong to versions up to this one. O(log count).
  std::uint32_t up_to(Version version, std::uint32_t count) const;

  /// How many of the first `count` changed nothing that is seen. Goes on from where it was last
  /// asked for the same sight.
  std::uint32_t unseen(std::uint32_t count, const Sight& sight) const;

 private:
  struct Counted {
    std::uint32_t up_to = 0;
    std::uint32_t unseen = 0;
  };

  AppendOnly<QuietCommit> commits_;
  mutable std::mutex mutex_;  // Guards what follows.
  mutable std::map<Sight, Counted> counted_;
};

}  // namespace mangrove::graph
