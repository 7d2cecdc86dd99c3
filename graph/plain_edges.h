#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
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
  explicit PlainEdges(std::uint32_t records) { cover(records); }
  /// For the next version: what was known, but of the records that changed. Pages in which none did
  /// are shared, so that what is read of one version is known of both.
  PlainEdges(std::uint32_t records, const PlainEdges& before, std::span<const RecordNumber> changed)
      : pages_(before.pages_) {
    cover(records);
    std::vector<std::uint32_t> own;
    for (const RecordNumber record : changed) {
      if (page_of(record) < pages_.size()) own.push_back(page_of(record));
    }
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    for (const std::uint32_t page : own) pages_[page] = std::make_shared<Page>(*pages_[page]);
    for (const RecordNumber record : changed) {
      if (page_of(record) < pages_.size()) note_of(record).store(0, std::memory_order_relaxed);
    }
  }

  /// Tells by which relations the record states more.
  void note(RecordNumber record, RelationSet stating_more) const {
    if (page_of(record) >= pages_.size()) return;
    note_of(record).store(stating_more.bits_ | RelationSet::kKnown, std::memory_order_relaxed);
  }
  /// Whether the record is known to state nothing but the edges by this relation.
  bool are_plain(RecordNumber record, Relation relation) const {
    if (page_of(record) >= pages_.size()) return false;
    const RelationSet noted(note_of(record).load(std::memory_order_relaxed));
    return (noted.bits_ & RelationSet::kKnown) != 0 && !noted.may_hold(relation);
  }

 private:
  static constexpr std::uint32_t kPageRecords = 4096;
  using Note = std::atomic<std::uint64_t>;

  struct Page {
    Page() = default;
    Page(const Page& other) {
      for (std::size_t i = 0; i < notes.size(); ++i) {
        notes[i].store(other.notes[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
      }
    }
    std::array<Note, kPageRecords> notes{};
  };

  static std::uint32_t page_of(RecordNumber record) { return record.value / kPageRecords; }
  Note& note_of(RecordNumber record) const {
    return pages_[page_of(record)]->notes[record.value % kPageRecords];
  }
  void cover(std::uint32_t records) {
    while (pages_.size() * kPageRecords < records) pages_.push_back(std::make_shared<Page>());
  }

  std::vector<std::shared_ptr<Page>> pages_;
};

}  // namespace mangrove::graph
