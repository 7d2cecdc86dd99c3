#include "graph/topology/pages.h"

#include <algorithm>
#include <cassert>

#include "graph/topology/number_sort.h"

namespace mangrove::graph {
namespace {

/// A long row that falls below is a short one again: far enough below the limit that a row does not
/// go to and fro.
constexpr std::uint32_t kLongRowMin = Adjacency::kShortRowMax / 2;

bool same_entry(const RowChange& a, const RowChange& b) {
  return a.owner == b.owner && a.entry == b.entry;
}

void sort(std::span<RowChange> changes) {
  sort_by_number(changes, [](const RowChange& change) { return change.owner.value; });
  const auto before = [](const RowChange& a, const RowChange& b) {
    return comes_before(a.entry, b.entry);
  };
  for (auto begin = changes.begin(); begin != changes.end();) {
    const auto end = std::find_if(begin, changes.end(), [&](const RowChange& change) {
      return change.owner != begin->owner;
    });
    // Mostly the neighbours have come in order of their numbers.
    if (!std::is_sorted(begin, end, before)) std::sort(begin, end, before);
    begin = end;
  }
}

/// Sorts, and cancels what is both added and taken out.
std::span<const RowChange> settle(std::span<RowChange> changes) {
  sort(changes);
  const auto twice = std::adjacent_find(changes.begin(), changes.end(), same_entry);
  auto kept = twice;
  for (auto at = twice; at != changes.end();) {
    const RowChange change = *at;
    int net = 0;
    for (; at != changes.end() && same_entry(*at, change); ++at) net += at->added ? 1 : -1;
    assert(net >= -1 && net <= 1);
    if (net != 0) *kept++ = {change.owner, change.entry, net > 0};
  }
  return {changes.begin(), kept};
}

/// Takes off the first of the changes, as long as they fall into the same of the parts that
/// `part_of` tells apart.
template <typename PartOf>
std::span<const RowChange> take_part(std::span<const RowChange>& changes, PartOf&& part_of) {
  std::size_t count = 1;
  while (count < changes.size() && part_of(changes[count]) == part_of(changes[0])) ++count;
  const auto taken = changes.first(count);
  changes = changes.subspan(count);
  return taken;
}

std::uint32_t size_after(std::uint32_t size, std::span<const RowChange> changes) {
  for (const RowChange& change : changes) size += change.added ? 1 : -1;
  return size;
}

}  // namespace

/// What becomes of one page. Can be used for one after the other.
class Adjacency::PageDraft {
 public:
  explicit PageDraft(RowWriters& writers) : writers_(writers) {}

  void begin(const Adjacency& adjacency, std::uint32_t number) {
    number_ = number;
    page_ = adjacency.pages_.get(number);
    edits_.clear();
    shortened_.clear();
    long_rows_.rows.clear();
    long_changed_ = false;
    const LongRows* const long_rows = adjacency.long_rows_.get(number);
    if (long_rows != nullptr) long_rows_ = *long_rows;
  }

  void change(std::uint32_t slot, std::span<const RowChange> changes) {
    const std::uint8_t* const row = page_ == nullptr ? nullptr : page::find_row(page_, slot);
    if (row != nullptr && page::is_long(row)) return change_long(slot, changes);
    const std::uint32_t size = size_after(page::entries_of(row), changes);
    if (size > kShortRowMax) return lengthen(slot, row, changes);
    edits_.push_back({slot, size, false, changes});
  }

  void store(Adjacency& result) {
    if (!edits_.empty()) {
      result.pages_.set(number_, writers_.pages.build(page_, first_owner(), edits_));
    }
    if (!long_changed_) return;
    result.long_rows_.set(number_, long_rows_.rows.empty()
                                       ? nullptr
                                       : std::make_shared<const LongRows>(std::move(long_rows_)));
  }

 private:
  std::uint32_t first_owner() const { return number_ << page::kOwnerBits; }

  auto long_place(std::uint32_t slot) {
    return std::lower_bound(
        long_rows_.rows.begin(), long_rows_.rows.end(), slot,
        [](const LongRows::Row& row, std::uint32_t wanted) { return row.slot < wanted; });
  }

  void change_long(std::uint32_t slot, std::span<const RowChange> changes) {
    const auto place = long_place(slot);
    long_changed_ = true;
    place->row = writers_.long_rows.changed(*place->row, changes);
    if (place->row->size() >= kLongRowMin) return;
    shortened_.push_back(place->row->entries());
    edits_.push_back({slot, place->row->size(), false, {}, shortened_.back()});
    long_rows_.rows.erase(place);
  }

  void lengthen(std::uint32_t slot, const std::uint8_t* row, std::span<const RowChange> changes) {
    std::vector<Adjacent> entries;
    rows::merge(page::cursor(page_, row, first_owner() + slot), changes, entries);
    long_rows_.rows.insert(long_place(slot), {slot, writers_.long_rows.row_of(entries)});
    long_changed_ = true;
    edits_.push_back({slot, 0, true, {}});
  }

  RowWriters& writers_;
  std::uint32_t number_ = 0;
  const std::uint8_t* page_ = nullptr;
  std::vector<page::RowEdit> edits_;
  std::vector<std::vector<Adjacent>> shortened_;  // What some edits point to.
  LongRows long_rows_;
  bool long_changed_ = false;
};

const LongRow& Adjacency::long_row(NodeIndex owner) const {
  const LongRows* const rows = long_rows_.get(owner.value >> page::kOwnerBits);
  assert(rows != nullptr);
  const std::uint32_t slot = slot_of(owner);
  const auto at = std::partition_point(rows->rows.begin(), rows->rows.end(),
                                       [&](const LongRows::Row& row) { return row.slot < slot; });
  assert(at != rows->rows.end() && at->slot == slot);
  return *at->row;
}

std::uint32_t Adjacency::distinct(NodeIndex owner) const {
  const std::uint8_t* const page = page_of(owner);
  if (page == nullptr) return 0;
  const std::uint8_t* const row = page::find_row(page, slot_of(owner));
  if (row == nullptr) return 0;
  if (page::is_long(row)) return long_row(owner).distinct();
  std::uint32_t distinct = 0;
  NodeIndex last{};
  visit(owner, [&](const Adjacent& entry) {
    if (distinct == 0 || entry.node != last) ++distinct;
    last = entry.node;
  });
  return distinct;
}

Adjacency Adjacency::with(std::span<RowChange> changes, RowWriters& writers) const {
  Adjacency result = *this;
  PageDraft draft(writers);
  std::span<const RowChange> left = settle(changes);
  while (!left.empty()) {
    const std::uint32_t number = left[0].owner.value >> page::kOwnerBits;
    auto of_page = take_part(
        left, [](const RowChange& change) { return change.owner.value >> page::kOwnerBits; });
    draft.begin(*this, number);
    while (!of_page.empty()) {
      const std::uint32_t slot = slot_of(of_page[0].owner);
      draft.change(slot,
                   take_part(of_page, [](const RowChange& change) { return change.owner.value; }));
    }
    draft.store(result);
  }
  return result;
}

}  // namespace mangrove::graph
