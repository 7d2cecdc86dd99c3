#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/ids.h"

namespace mangrove::graph {

/// Relations, of which there may be a few too many: those of equal `value % 63` go together.
class RelationSet {
 public:
  static RelationSet all() { return RelationSet(~kKnown); }
  RelationSet() = default;

  void add(Relation relation) { bits_ |= std::uint64_t{1} << (relation.value % 63); }
  bool may_hold(Relation relation) const { return (bits_ >> (relation.value % 63) & 1) != 0; }

 private:
  friend class PlainEdges;
  static constexpr std::uint64_t kKnown = std::uint64_t{1} << 63;

  explicit RelationSet(std::uint64_t bits) : bits_(bits) {}

  std::uint64_t bits_ = 0;
};

/// What is known of the records of one version that were read: by which relations they state edges
/// and nothing more, neither properties nor who may see them, so that a question about such an edge
/// need not read its record again. Eight bytes a record. Safe from many threads.
class PlainEdges {
 public:
  PlainEdges() = default;
  /// Nothing known of so many records.
  explicit PlainEdges(std::uint32_t records) : notes_(records) {}
  /// For the next version: what was known, but of the records that changed.
  PlainEdges(std::uint32_t records, const PlainEdges& before, std::span<const RecordNumber> changed)
      : notes_(records) {
    for (std::size_t i = 0; i < before.notes_.size() && i < notes_.size(); ++i) {
      notes_[i].store(before.notes_[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
    }
    for (const RecordNumber record : changed) {
      if (record.value < notes_.size()) notes_[record.value].store(0, std::memory_order_relaxed);
    }
  }

  /// Tells by which relations the record states more.
  void note(RecordNumber record, RelationSet stating_more) const {
    if (record.value >= notes_.size()) return;
    notes_[record.value].store(stating_more.bits_ | RelationSet::kKnown, std::memory_order_relaxed);
  }
  /// Whether the record is known to state nothing but the edges by this relation.
  bool are_plain(RecordNumber record, Relation relation) const {
    if (record.value >= notes_.size()) return false;
    const RelationSet noted(notes_[record.value].load(std::memory_order_relaxed));
    return (noted.bits_ & RelationSet::kKnown) != 0 && !noted.may_hold(relation);
  }

 private:
  mutable std::vector<std::atomic<std::uint64_t>> notes_;
};

}  // namespace mangrove::graph
