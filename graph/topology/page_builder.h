#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/topology/page.h"

namespace mangrove::graph::page {

/// The new row of one owner.
struct RowEdit {
  std::uint32_t slot;                  ///< Of the owner in the page.
  std::uint32_t entries;               ///< None: the owner has no row any more.
  bool is_long;                        ///< The row lies elsewhere, whatever is said here.
  std::span<const RowChange> changes;  ///< To the row that stands.
  std::span<const Adjacent> whole{};   ///< If not empty, in place of what stands and its changes.
};

/// Makes pages out of older ones. Keeps its buffers from one page to the next.
class Builder {
 public:
  /// The page after these edits, which are sorted by slot; null where no row is left. `old` may be
  /// null.
  rows::SharedBytes build(const std::uint8_t* old, std::uint32_t first_owner,
                          std::span<const RowEdit> edits);

 private:
  /// A row that is written afresh: a part of `all_`; empty for a long one.
  struct Gathered {
    std::uint32_t slot;
    std::uint32_t begin;
    std::uint32_t end;
  };

  /// Whether the page can be patched: it knows the labels of what is new, and has not changed so
  /// much that writing it afresh would pay.
  bool can_patch(const std::uint8_t* old, std::span<const RowEdit> edits);
  bool knows_labels(const RowEdit& edit);

  /// Writes the edited rows only, and copies the bytes of the others.
  void patch(const std::uint8_t* old, std::span<const RowEdit> edits);
  void copy_rows(const std::uint8_t* old, std::uint32_t from, std::uint32_t to);
  void patch_row(const std::uint8_t* old, const RowEdit& edit);

  /// Writes all rows, in the manner that suits them best.
  void rewrite(const std::uint8_t* old, std::span<const RowEdit> edits);
  void gather(const std::uint8_t* old, std::uint32_t slot, const RowEdit* edit);
  void choose_manner();
  void choose_labels();

  std::span<const Adjacent> entries_of(const Gathered& row) const {
    return std::span(all_).subspan(row.begin, row.end - row.begin);
  }
  rows::Frame frame_of(std::uint32_t slot) const;
  template <typename Difference>
  std::uint32_t median_of(Difference&& difference);
  void begin_row(std::uint32_t slot);
  void append_encoded(std::uint32_t slot);
  rows::SharedBytes finish() const;

  std::uint32_t first_owner_ = 0;
  std::uint32_t entries_ = 0;
  std::uint32_t node_bias_ = 0;
  std::uint32_t record_bias_ = 0;
  bool relative_ = false;
  bool follows_ = false;
  rows::Labels labels_;
  std::array<std::uint64_t, kWords> present_{};
  std::vector<std::uint32_t> offsets_;
  std::vector<std::uint8_t> rows_;
  rows::Encoder encoder_;

  std::vector<Adjacent> row_;
  std::vector<Adjacent> all_;
  std::vector<Gathered> gathered_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace mangrove::graph::page
