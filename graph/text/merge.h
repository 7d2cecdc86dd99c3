#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/storage/storage.h"
#include "graph/text/layer.h"

namespace mangrove::graph {

/// Joins some neighbouring segments of an index into one. Made by `TextIndex::merge_due`, run by
/// one thread beside commits, without the lock of the writers:
///
///     while (auto merge = latest()->merge_due()) {
///       TRY(merge->run(*snapshot, commit));        // reads `snapshot`, as old as the index or
///       newer const std::lock_guard lock(writers); storage::WriteBatch writes; const auto next =
///       latest()->with_merged(*merge, writes); TRY(commit(writes));                       // small
///       if (next != nullptr) publish(next);        // with a snapshot taken after the commit
///     }
class TextMerge {
 public:
  /// For TextIndex. `segments` are neighbours, oldest first; `are_oldest`: none of the layer is
  /// older. `number` is that of the new segment.
  TextMerge(Policy policy, std::vector<std::shared_ptr<const Segment>> segments, bool are_oldest,
            std::uint64_t number)
      : policy_(policy), segments_(std::move(segments)), are_oldest_(are_oldest) {
    joined_.number = number;
  }

  /// Reads the segments from the snapshot and hands what must be stored to `commit`, in batches of
  /// about 1 MB, under keys that nothing refers to yet. What an interrupted run leaves is removed
  /// after the next opening. Errors: those of the store and of `commit`; `corrupt`.
  Status run(const storage::Snapshot& store,
             const std::function<Status(const storage::WriteBatch&)>& commit);

  Policy policy() const { return policy_; }
  const std::vector<std::shared_ptr<const Segment>>& segments() const { return segments_; }
  bool are_oldest() const { return are_oldest_; }
  /// The new segment, once `run` is through.
  std::shared_ptr<const Segment> result() const;
  std::uint64_t number() const { return joined_.number; }

 private:
  Policy policy_;
  std::vector<std::shared_ptr<const Segment>> segments_;
  bool are_oldest_;
  SegmentOutline joined_;
  std::string small_bytes_;  // All of it, if it is small.
};

/// The oldest of the neighbouring segments to join, and how many; a count of 0: none. Segments that
/// are small are left to the commits. So that each document is rewritten O(log documents) times,
/// only segments of like size are joined.
struct MergeChoice {
  std::size_t first = 0;
  std::size_t count = 0;
};
MergeChoice choose_merge(const TextLayer& layer);

}  // namespace mangrove::graph
