#include "graph/text/merge.h"

#include <algorithm>
#include <cassert>
#include <string_view>

#include "graph/text/join.h"
#include "graph/text/segment.h"

namespace mangrove::graph {
namespace {

constexpr std::size_t kWrittenAtOnce = std::size_t{1} << 20;

/// How many times larger than a small segment, in powers of kSegmentsJoined.
constexpr std::size_t kSegmentsJoined = 6;

std::size_t tier_of(const Segment& segment) {
  std::size_t tier = 0;
  for (std::uint64_t size = segment.outline().size() / Segment::kSmallBytes;
       size >= kSegmentsJoined; size /= kSegmentsJoined) {
    ++tier;
  }
  return tier;
}

}  // namespace

Status TextMerge::run(const storage::Snapshot& store,
                      const std::function<Status(const storage::WriteBatch&)>& commit) {
  const std::uint64_t number = joined_.number;
  storage::WriteBatch begin;
  begin.put(merging_key(number), {});
  TRY(commit(begin));

  const auto inputs = TRY(open_stored_segments(store, segments_));
  SegmentWriter writer;
  std::uint32_t pages = 0;
  const auto store_pages = [&](std::string_view bytes) -> Status {
    while (!bytes.empty()) {
      const std::string_view some = bytes.substr(0, kWrittenAtOnce);
      storage::WriteBatch writes;
      put_pages(number, pages, some, writes);
      TRY(commit(writes));
      pages += static_cast<std::uint32_t>(writes.writes.size());
      bytes.remove_prefix(some.size());
    }
    return {};
  };
  TRY(join_segments(inputs, are_oldest_, writer, [&]() -> Status {
    return writer.unfinished() < kWrittenAtOnce ? Status() : store_pages(writer.take_pages());
  }));
  std::string rest;
  joined_ = writer.finish(rest);
  joined_.number = number;
  TRY(store_pages(rest));
  if (pages > 0 && joined_.size() <= Segment::kSmallBytes) small_bytes_ = std::move(rest);
  return {};
}

std::shared_ptr<const Segment> TextMerge::result() const {
  return small_bytes_.empty() ? std::make_shared<const Segment>(joined_)
                              : std::make_shared<const Segment>(joined_, small_bytes_);
}

MergeChoice choose_merge(const TextLayer& layer) {
  // Small segments come last.
  const auto small = std::find_if(layer.segments.begin(), layer.segments.end(),
                                  [](const auto& segment) { return segment->is_small(); });
  const auto end = static_cast<std::size_t>(small - layer.segments.begin());
  std::size_t first = end;
  for (std::size_t tier = 0; first > 0; ++tier) {
    while (first > 0 && tier_of(*layer.segments[first - 1]) <= tier) --first;
    if (end - first >= kSegmentsJoined) return {first, end - first};
  }
  return {};
}

}  // namespace mangrove::graph
