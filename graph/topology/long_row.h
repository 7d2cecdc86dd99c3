#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/topology/rows.h"

namespace mangrove::graph {

/// The row of a hub, in chunks that versions share: a change copies the chunk that it falls into,
/// and the handles of some that lie beside it, however long the row.
///
///   chunk = bytes:4 entries:2 follows:2 controls_at:4 label:4{…} controls data padding:8
class LongRow {
 public:
  /// A part of the row, of 1 to kChunkEntries entries.
  struct Chunk {
    rows::SharedBytes bytes;
    Adjacent first;
    NodeIndex last;  ///< Neighbour.
    RecordNumber last_record;
    std::uint16_t entries;
    std::uint16_t distinct;  ///< Neighbours.
  };
  /// 1 to kGroupChunks chunks.
  struct Group {
    std::vector<Chunk> chunks;
    std::uint32_t entries = 0;
    std::uint32_t distinct = 0;
  };

  static constexpr std::uint32_t kChunkEntries = 256;
  static constexpr std::uint32_t kGroupChunks = 32;
  static constexpr std::size_t kLabelsAt = 12;  ///< In a chunk.

  class Writer;  ///< See long_row_writer.h.

  std::uint32_t size() const { return entries_; }
  /// Number of different neighbours. O(1).
  std::uint32_t distinct() const { return distinct_; }

  template <typename Visit>
  void visit(Visit&& visit) const {
    for (const auto& group : groups_) {
      for (const Chunk& chunk : group->chunks) {
        rows::Cursor cursor = cursor_of(chunk.bytes.get());
        while (cursor.left() > 0) visit(cursor.next());
      }
    }
  }
  std::vector<Adjacent> entries() const;

  std::span<const std::shared_ptr<const Group>> groups() const { return groups_; }

 private:
  static rows::Cursor cursor_of(const std::uint8_t* chunk) {
    const std::uint32_t entries = rows::load<std::uint16_t>(chunk + 4);
    const std::uint8_t* const controls = chunk + rows::load<std::uint32_t>(chunk + 8);
    rows::Frame frame;
    frame.labels = chunk + kLabelsAt;
    frame.follows = rows::load<std::uint16_t>(chunk + 6) != 0;
    return {controls, controls + entries, entries, frame};
  }

  std::vector<std::shared_ptr<const Group>> groups_;
  std::uint32_t entries_ = 0;
  std::uint32_t distinct_ = 0;
};

}  // namespace mangrove::graph
