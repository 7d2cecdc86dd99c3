#include "graph/topology/page_builder.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace mangrove::graph::page {
namespace {

constexpr std::size_t kNarrowMax = std::numeric_limits<std::uint16_t>::max();

std::uint32_t row_count(const std::uint8_t* page) {
  const std::uint32_t bytes = field(page, kRowsAtAt) - field(page, kOffsetsAtAt);
  return bytes / ((field(page, kFlagsAt) & kWide) != 0 ? 4 : 2);
}

/// How many rows lie before that of `slot`, which may be one past the last.
std::uint32_t rows_before(const std::uint8_t* page, std::uint32_t slot) {
  if (slot == kOwners) return row_count(page);
  const std::uint64_t before = (std::uint64_t{1} << (slot & 63)) - 1;
  return page[kRanksAt + (slot >> 6)] + count_bits(present(page, slot >> 6) & before);
}

std::span<const std::uint8_t> labels_of(const std::uint8_t* page) {
  return {page + kLabelsAt, field(page, kOffsetsAtAt) - kLabelsAt};
}

}  // namespace

rows::Frame Builder::frame_of(std::uint32_t slot) const {
  const std::uint32_t owner = first_owner_ + slot;
  return {nullptr, owner - node_bias_, follows_ ? record_bias_ : owner - record_bias_, relative_,
          follows_};
}

void Builder::begin_row(std::uint32_t slot) {
  present_[slot >> 6] |= std::uint64_t{1} << (slot & 63);
  offsets_.push_back(static_cast<std::uint32_t>(rows_.size()));
}

/// The row that the encoder holds.
void Builder::append_encoded(std::uint32_t slot) {
  begin_row(slot);
  rows::append_varint(rows_, encoder_.size());
  encoder_.append_to(rows_);
}

// --- Patching ------------------------------------------------------------------------------------

bool Builder::knows_labels(const RowEdit& edit) {
  const auto knows = [&](const Adjacent& entry) { return labels_.has(rows::label_of(entry)); };
  return std::all_of(
             edit.changes.begin(), edit.changes.end(),
             [&](const RowChange& change) { return !change.added || knows(change.entry); }) &&
         std::all_of(edit.whole.begin(), edit.whole.end(), knows);
}

bool Builder::can_patch(const std::uint8_t* old, std::span<const RowEdit> edits) {
  labels_.reset(labels_of(old));
  const std::uint32_t entries_before = field(old, kEntriesAt);
  entries_ = entries_before;
  for (const RowEdit& edit : edits) {
    if (!edit.is_long && !knows_labels(edit)) return false;
    entries_ += edit.is_long ? 0 : edit.entries;
    entries_ -= page::entries_of(find_row(old, edit.slot));
  }
  return std::bit_width(entries_) == std::bit_width(entries_before) &&
         labels_.all().size() <= 2 * std::size_t{entries_} + 64;
}

void Builder::copy_rows(const std::uint8_t* old, std::uint32_t from, std::uint32_t to) {
  const std::uint32_t first = rows_before(old, from);
  const std::uint32_t last = rows_before(old, to);
  if (first == last) return;
  for (std::uint32_t word = from >> 6; word < kWords && word * 64 < to; ++word) {
    std::uint64_t bits = present(old, word);
    if (from > word * 64) bits &= ~std::uint64_t{0} << (from & 63);
    if (to < word * 64 + 64) bits &= (std::uint64_t{1} << (to & 63)) - 1;
    present_[word] |= bits;
  }
  const std::uint32_t rows_at = field(old, kRowsAtAt);
  const std::uint32_t rows_end = field(old, kBytesAt) - std::uint32_t{rows::kPadding} - rows_at;
  const std::uint32_t begin = offset(old, first);
  const std::uint32_t end = last == row_count(old) ? rows_end : offset(old, last);
  const std::uint32_t moved = static_cast<std::uint32_t>(rows_.size()) - begin;
  for (std::uint32_t i = first; i < last; ++i) offsets_.push_back(offset(old, i) + moved);
  rows_.insert(rows_.end(), old + rows_at + begin, old + rows_at + end);
}

void Builder::patch_row(const std::uint8_t* old, const RowEdit& edit) {
  if (edit.is_long) {
    begin_row(edit.slot);
    return rows_.push_back(0);
  }
  if (edit.entries == 0) return;
  if (!edit.whole.empty()) {
    encoder_.encode(edit.whole, frame_of(edit.slot), labels_);
    return append_encoded(edit.slot);
  }
  const rows::Cursor begin = cursor(old, find_row(old, edit.slot), first_owner_ + edit.slot);
  rows::Cursor at = begin;
  if (at.left() > 0) rows::skip_to(at, edit.changes[0].entry);
  row_.clear();
  rows::merge(at, edit.changes, row_);
  if (at.left() == begin.left()) {
    encoder_.encode(row_, frame_of(edit.slot), labels_);
  } else {
    encoder_.encode_on(begin, at, row_, labels_);
  }
  append_encoded(edit.slot);
}

void Builder::patch(const std::uint8_t* old, std::span<const RowEdit> edits) {
  node_bias_ = field(old, kNodeBiasAt);
  record_bias_ = field(old, kRecordBiasAt);
  relative_ = (field(old, kFlagsAt) & kRelative) != 0;
  follows_ = (field(old, kFlagsAt) & kFollows) != 0;
  std::uint32_t next = 0;
  for (const RowEdit& edit : edits) {
    copy_rows(old, next, edit.slot);
    patch_row(old, edit);
    next = edit.slot + 1;
  }
  copy_rows(old, next, kOwners);
}

// --- Writing afresh ------------------------------------------------------------------------------

void Builder::gather(const std::uint8_t* old, std::uint32_t slot, const RowEdit* edit) {
  const std::uint8_t* const row = old == nullptr ? nullptr : find_row(old, slot);
  if (edit == nullptr && row == nullptr) return;
  const auto begin = static_cast<std::uint32_t>(all_.size());
  const bool is_long = edit == nullptr ? page::is_long(row) : edit->is_long;
  if (!is_long && edit != nullptr && !edit->whole.empty()) {
    all_.insert(all_.end(), edit->whole.begin(), edit->whole.end());
  } else if (!is_long) {
    rows::merge(cursor(old, row, first_owner_ + slot),
                edit == nullptr ? std::span<const RowChange>() : edit->changes, all_);
  }
  const auto end = static_cast<std::uint32_t>(all_.size());
  if (is_long || begin < end) gathered_.push_back({slot, begin, end});
}

/// Of what is told of the first entry of each row; of some rows, where there are many.
template <typename Difference>
std::uint32_t Builder::median_of(Difference&& difference) {
  constexpr std::size_t kSample = 32;
  const std::size_t every = gathered_.size() / kSample + 1;
  numbers_.clear();
  for (std::size_t i = 0; i < gathered_.size(); i += every) {
    const Gathered& row = gathered_[i];
    if (row.begin == row.end) continue;
    numbers_.push_back(difference(first_owner_ + row.slot, all_[row.begin]));
  }
  if (numbers_.empty()) return 0;
  const auto middle = numbers_.begin() + static_cast<std::ptrdiff_t>(numbers_.size() / 2);
  std::nth_element(numbers_.begin(), middle, numbers_.end());
  return *middle;
}

void Builder::choose_manner() {
  node_bias_ = median_of(
      [](std::uint32_t owner, const Adjacent& first) { return owner - first.node.value; });
  const std::uint32_t behind_owner = median_of(
      [](std::uint32_t owner, const Adjacent& first) { return owner - first.record.value; });
  const std::uint32_t behind_node = median_of(
      [](std::uint32_t, const Adjacent& first) { return first.node.value - first.record.value; });
  std::uint32_t relative = 0, absolute = 0, following = 0, standing = 0;
  for (const Gathered& row : gathered_) {
    const auto entries = entries_of(row);
    if (entries.empty()) continue;
    const std::uint32_t owner = first_owner_ + row.slot;
    const std::uint32_t first = entries[0].node.value;
    absolute += rows::node_cost(first);
    relative += rows::node_cost(rows::zigzag(first - (owner - node_bias_)));
    standing += rows::record_cost(entries, owner - behind_owner, false);
    following += rows::record_cost(entries, behind_node, true);
  }
  relative_ = relative < absolute;
  follows_ = following < standing;
  record_bias_ = follows_ ? behind_node : behind_owner;
}

void Builder::choose_labels() {
  labels_.reset();
  numbers_.clear();
  for (const Adjacent& entry : all_) {
    numbers_.push_back(rows::label_of(entry));
    labels_.index_of(numbers_.back());
  }
  if (labels_.all().size() > rows::kLabelInData) labels_.order_by_frequency(numbers_);
}

void Builder::rewrite(const std::uint8_t* old, std::span<const RowEdit> edits) {
  all_.clear();
  gathered_.clear();
  auto edit = edits.begin();
  for (std::uint32_t slot = 0; slot < kOwners; ++slot) {
    const bool edited = edit != edits.end() && edit->slot == slot;
    gather(old, slot, edited ? &*edit++ : nullptr);
  }
  entries_ = static_cast<std::uint32_t>(all_.size());
  choose_manner();
  choose_labels();
  for (const Gathered& row : gathered_) {
    if (row.begin == row.end) {
      begin_row(row.slot);
      rows_.push_back(0);
    } else {
      encoder_.encode(entries_of(row), frame_of(row.slot), labels_);
      append_encoded(row.slot);
    }
  }
}

rows::SharedBytes Builder::finish() const {
  const auto labels = labels_.all();
  const bool wide = rows_.size() > kNarrowMax;
  const std::size_t offsets_at = kLabelsAt + labels.size_bytes();
  const std::size_t rows_at = offsets_at + offsets_.size() * (wide ? 4 : 2);
  const std::size_t bytes = rows_at + rows_.size() + rows::kPadding;
  const auto page = std::make_shared_for_overwrite<std::uint8_t[]>(bytes);
  std::uint8_t* const at = page.get();
  std::uint32_t rank = 0;
  for (std::uint32_t word = 0; word < kWords; ++word) {
    rows::store(at + kPresentAt + word * std::size_t{8}, present_[word]);
    at[kRanksAt + word] = static_cast<std::uint8_t>(rank);
    rank += count_bits(present_[word]);
  }
  rows::store(at + kOffsetsAtAt, static_cast<std::uint32_t>(offsets_at));
  rows::store(at + kRowsAtAt, static_cast<std::uint32_t>(rows_at));
  rows::store(at + kFlagsAt,
              (relative_ ? kRelative : 0) | (follows_ ? kFollows : 0) | (wide ? kWide : 0));
  rows::store(at + kNodeBiasAt, node_bias_);
  rows::store(at + kRecordBiasAt, record_bias_);
  rows::store(at + kBytesAt, static_cast<std::uint32_t>(bytes));
  rows::store(at + kEntriesAt, entries_);
  if (!labels.empty()) std::memcpy(at + kLabelsAt, labels.data(), labels.size_bytes());
  for (std::size_t i = 0; i < offsets_.size(); ++i) {
    if (wide) {
      rows::store(at + offsets_at + i * 4, offsets_[i]);
    } else {
      rows::store(at + offsets_at + i * 2, static_cast<std::uint16_t>(offsets_[i]));
    }
  }
  std::memcpy(at + rows_at, rows_.data(), rows_.size());
  std::memset(at + rows_at + rows_.size(), 0, rows::kPadding);
  return {page, at};
}

rows::SharedBytes Builder::build(const std::uint8_t* old, std::uint32_t first_owner,
                                 std::span<const RowEdit> edits) {
  first_owner_ = first_owner;
  present_ = {};
  offsets_.clear();
  rows_.clear();
  if (old != nullptr && can_patch(old, edits)) {
    patch(old, edits);
  } else {
    rewrite(old, edits);
  }
  return offsets_.empty() ? nullptr : finish();
}

}  // namespace mangrove::graph::page
