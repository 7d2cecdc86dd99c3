#pragma once

#include <memory>
#include <span>
#include <vector>

#include "graph/topology/long_row.h"

namespace mangrove::graph {

/// Makes long rows. Keeps its buffers from one to the next.
class LongRow::Writer {
 public:
  /// A row of these entries, which are sorted.
  std::shared_ptr<const LongRow> row_of(std::span<const Adjacent> entries);
  /// A row of chunks that were made before.
  std::shared_ptr<const LongRow> row_of(std::span<const Chunk> chunks);
  /// The row after these changes, which are sorted.
  std::shared_ptr<const LongRow> changed(const LongRow& row, std::span<const RowChange> changes);

 private:
  void change_group(const Group& group, std::span<const RowChange> changes, bool at_end);
  void change_chunk(const Chunk& chunk, std::span<const RowChange> changes, bool at_end);
  bool write_behind(const Chunk& chunk, std::span<const RowChange> changes);
  bool write_on(const Chunk& chunk, std::span<const RowChange> changes, bool at_end);
  void write_chunks(bool at_end);
  void append_group(std::span<const Chunk> chunks);
  void write_groups(bool at_end);
  rows::SharedBytes chunk_bytes(bool follows);
  std::shared_ptr<const LongRow> finish();

  std::vector<std::shared_ptr<const Group>> groups_;
  std::vector<Chunk> chunks_;      // Not yet in a group.
  std::vector<Adjacent> entries_;  // Not yet in a chunk.
  std::vector<Adjacent> rest_;
  std::vector<std::uint8_t> bytes_;
  rows::Labels labels_;
  rows::Encoder encoder_;
};

}  // namespace mangrove::graph
