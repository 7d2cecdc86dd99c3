#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/storage/storage.h"
#include "graph/text/segment.h"

namespace mangrove::graph {

struct SegmentContent;  // content.h

/// A segment of an index: where it lies, and its bytes if they are few.
class Segment {
 public:
  explicit Segment(const SegmentOutline& outline) : outline_(outline) {}
  /// With all its bytes, which stay in memory.
  Segment(const SegmentOutline& outline, std::string bytes)
      : outline_(outline), bytes_(std::move(bytes)) {
    bytes_.append(kPostingPadding, '\0');
  }

  const SegmentOutline& outline() const { return outline_; }

  /// Segments up to this size are always in memory, and are joined by the commits themselves.
  static constexpr std::size_t kSmallBytes = std::size_t{64} << 10;
  bool is_small() const { return outline_.size() <= kSmallBytes; }

  bool in_memory() const { return !bytes_.empty(); }
  /// Bytes of a segment in memory, with kPostingPadding readable bytes behind them.
  std::string_view bytes(std::uint64_t offset, std::uint64_t size) const {
    return std::string_view(bytes_).substr(static_cast<std::size_t>(offset),
                                           static_cast<std::size_t>(size));
  }

  /// What `load_contents` read. Only under the mutex that it asks for.
  mutable std::shared_ptr<const SegmentContent> content;

 private:
  SegmentOutline outline_;
  std::string bytes_;
};

/// The texts under one policy, at one version; immutable.
struct TextLayer {
  Policy policy;
  std::uint64_t documents = 0;  ///< Nodes that have words under this policy.
  std::uint64_t length = 0;     ///< Sum of the lengths of these.
  std::vector<std::shared_ptr<const Segment>> segments;  ///< Oldest first.
};

std::string encode_layer(const TextLayer& layer);

/// Reads the layers of a store, with the bytes of small segments. Errors: `corrupt`, and those of
/// the store.
Result<std::vector<std::shared_ptr<const TextLayer>>> read_layers(const storage::Snapshot& store);

/// Bytes [from, to) of a segment.
struct SegmentStretch {
  const Segment* segment;
  std::uint64_t from;
  std::uint64_t to;
};
/// Reads these stretches, in one round trip. Errors likewise.
Result<std::vector<std::string>> read_stretches(const storage::Snapshot& store,
                                                const std::vector<SegmentStretch>& stretches);

}  // namespace mangrove::graph
