#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/storage/storage.h"
#include "graph/text/layer.h"
#include "graph/text/segment.h"

namespace mangrove::graph {

/// A segment that is read from its beginning to its end, to be joined with others.
class JoinedSegment {
 public:
  virtual ~JoinedSegment() = default;

  virtual const SegmentOutline& outline() const = 0;
  /// All but the postings: documents, stems, words.
  virtual std::string_view sections() const = 0;
  /// A stretch of the postings, with kPostingPadding readable bytes behind it; asked for in
  /// ascending order. Valid until the next call.
  virtual Result<std::string_view> postings(std::uint64_t offset, std::uint64_t size) = 0;
};

/// A segment that is in memory, and must outlive this.
std::unique_ptr<JoinedSegment> open_segment_in_memory(const Segment& segment);

/// Segments in the store, with all but the postings read. The snapshot must outlive them. Errors:
/// `corrupt`, and those of the store.
Result<std::vector<std::unique_ptr<JoinedSegment>>> open_stored_segments(
    const storage::Snapshot& store, const std::vector<std::shared_ptr<const Segment>>& segments);

/// Writes the segment that says what these neighbours, oldest first, say together. `progress` is
/// called now and then, to take finished pages. `are_oldest`: no segment of the layer is older, so
/// that what was lost need not be remembered. Errors: `corrupt`, and those of what it calls.
Status join_segments(std::span<const std::unique_ptr<JoinedSegment>> segments, bool are_oldest,
                     SegmentWriter& writer, const std::function<Status()>& progress);

/// The same for small segments, which are in memory. The outline has no number yet.
struct SmallSegment {
  SegmentOutline outline;
  std::string bytes;
};
Result<SmallSegment> join_small_segments(std::span<const std::shared_ptr<const Segment>> segments,
                                         bool are_oldest);

}  // namespace mangrove::graph
