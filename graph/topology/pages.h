#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/topology/adjacent.h"
#include "graph/topology/long_row.h"
#include "graph/topology/long_row_writer.h"
#include "graph/topology/page.h"
#include "graph/topology/page_builder.h"
#include "graph/topology/shared_table.h"

namespace mangrove::graph {

/// What rows are written with: kept from one to the next for its buffers.
struct RowWriters {
  page::Builder pages;
  LongRow::Writer long_rows;
};

/// The rows of one relation in one direction, in pages that versions share. Compressed: about four
/// bytes an entry where neighbours and records are numbered in the order they came.
class Adjacency {
 public:
  /// Calls `visit(Adjacent)` for every entry of the owner's row, sorted by neighbour, qualifier,
  /// record, policy. O(entries).
  template <typename Visit>
  void visit(NodeIndex owner, Visit&& visit) const {
    const std::uint8_t* const page = page_of(owner);
    if (page == nullptr) return;
    const std::uint8_t* const row = page::find_row(page, slot_of(owner));
    if (row == nullptr) return;
    if (page::is_long(row)) return long_row(owner).visit(visit);
    rows::Cursor cursor = page::cursor(page, row, owner.value);
    while (cursor.left() > 0) visit(cursor.next());
  }

  /// Number of entries in the owner's row. O(1).
  std::uint32_t size(NodeIndex owner) const {
    const std::uint8_t* const page = page_of(owner);
    if (page == nullptr) return 0;
    const std::uint8_t* const row = page::find_row(page, slot_of(owner));
    if (row == nullptr) return 0;
    return page::is_long(row) ? long_row(owner).size() : page::entries_of(row);
  }

  /// Number of different neighbours in the owner's row. O(1), but that up to kShortRowMax entries
  /// are walked.
  std::uint32_t distinct(NodeIndex owner) const;

  /// The rows after these changes, which are sorted in place. An entry may be added once, and only
  /// what is there may be taken out. Copies only the pages and chunks that they fall into.
  Adjacency with(std::span<RowChange> changes, RowWriters& writers) const;

  static constexpr std::uint32_t kShortRowMax = 256;

 private:
  friend class ImageReader;
  friend class ImageWriter;

  /// Those of the rows of a page that are long.
  struct LongRows {
    struct Row {
      std::uint32_t slot;
      std::shared_ptr<const LongRow> row;
    };
    std::vector<Row> rows;  // By slot.
  };
  class PageDraft;

  static std::uint32_t slot_of(NodeIndex owner) { return owner.value & (page::kOwners - 1); }
  const std::uint8_t* page_of(NodeIndex owner) const {
    return pages_.get(owner.value >> page::kOwnerBits);
  }
  /// There must be one.
  const LongRow& long_row(NodeIndex owner) const;

  SharedTable<std::uint8_t> pages_;
  SharedTable<LongRows> long_rows_;
};

}  // namespace mangrove::graph
