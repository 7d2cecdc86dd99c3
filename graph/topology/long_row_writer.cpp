#include "graph/topology/long_row_writer.h"

#include <algorithm>
#include <optional>

namespace mangrove::graph {
namespace {

using Chunk = LongRow::Chunk;
using Group = LongRow::Group;

/// A chunk with fewer entries is joined with the next one when it is written.
constexpr std::size_t kChunkEntriesMin = LongRow::kChunkEntries / 4;
/// From so many entries on, the bytes of what is kept of a chunk are copied rather than written
/// anew.
constexpr std::size_t kKeptMin = 16;
/// A row with fewer entries a group is made anew; not counted are its last groups.
constexpr std::size_t kGroupEntriesMin = LongRow::kChunkEntries * LongRow::kGroupChunks / 16;

/// How long the pieces are into which to cut `all` of something, of which a piece holds `most`:
/// equal, so that there is room for more in each; or full, where more will come at the end.
std::size_t piece_of(std::size_t all, std::size_t most, bool at_end) {
  if (at_end) return most;
  const std::size_t pieces = (all + most - 1) / most;
  return (all + pieces - 1) / pieces;
}

/// Calls `take` with each piece in turn.
template <typename Entry, typename Take>
void cut(std::span<const Entry> all, std::size_t most, bool at_end, Take&& take) {
  if (all.empty()) return;
  const std::size_t piece = piece_of(all.size(), most, at_end);
  for (std::size_t at = 0; at < all.size(); at += piece) {
    take(all.subspan(at, std::min(piece, all.size() - at)));
  }
}

std::uint32_t distinct_in(std::span<const Adjacent> entries) {
  std::uint32_t distinct = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i == 0 || entries[i].node != entries[i - 1].node) ++distinct;
  }
  return distinct;
}

NodeIndex first_of(const Chunk& chunk) {
  return chunk.first.node;
}
NodeIndex last_of(const Chunk& chunk) {
  return chunk.last;
}
NodeIndex first_of(const std::shared_ptr<const Group>& group) {
  return group->chunks.front().first.node;
}
NodeIndex last_of(const std::shared_ptr<const Group>& group) {
  return group->chunks.back().last;
}
std::uint32_t distinct_of(const Chunk& chunk) {
  return chunk.distinct;
}
std::uint32_t distinct_of(const std::shared_ptr<const Group>& group) {
  return group->distinct;
}

/// Different neighbours of parts that lie side by side; one may go on from a part to the next.
template <typename Part>
std::uint32_t distinct_in_parts(std::span<const Part> parts) {
  std::uint32_t distinct = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool goes_on = i > 0 && first_of(parts[i]) == last_of(parts[i - 1]);
    distinct += distinct_of(parts[i]) - (goes_on ? 1 : 0);
  }
  return distinct;
}

/// Takes off those of the sorted changes that come before the entry.
std::span<const RowChange> take_before(std::span<const RowChange>& changes, const Adjacent& entry) {
  const auto end = std::partition_point(
      changes.begin(), changes.end(),
      [&](const RowChange& change) { return comes_before(change.entry, entry); });
  const auto taken = changes.first(static_cast<std::size_t>(end - changes.begin()));
  changes = changes.subspan(taken.size());
  return taken;
}

}  // namespace

/// The way for a chunk that is nearly full and gets more at its end: leaves it as it is.
bool LongRow::Writer::write_behind(const Chunk& chunk, std::span<const RowChange> changes) {
  if (changes[0].entry.node <= chunk.last) return false;
  if (chunk.entries + changes.size() <= kChunkEntries) return false;
  chunks_.push_back(chunk);
  rows::merge({}, changes, entries_);
  write_chunks(true);
  return true;
}

/// The way for a chunk that changes in its later part: takes the bytes of what is before.
bool LongRow::Writer::write_on(const Chunk& chunk, std::span<const RowChange> changes,
                               bool at_end) {
  const std::uint8_t* const bytes = chunk.bytes.get();
  const rows::Cursor begin = cursor_of(bytes);
  rows::Cursor at = begin;
  std::uint32_t distinct = chunk.distinct;
  if (changes[0].entry.node > chunk.last) {
    const std::size_t size = rows::load<std::uint32_t>(bytes) - rows::kPadding;
    at.go_to_end(bytes + size, chunk.last, chunk.last_record);
  } else {
    distinct = rows::skip_to(at, changes[0].entry);
  }
  const std::uint32_t kept = begin.left() - at.left();
  if (kept < kKeptMin) return false;
  rest_.clear();
  rows::merge(at, changes, rest_);
  const std::size_t entries = kept + rest_.size();
  if (entries > kChunkEntries || (entries < kChunkEntriesMin && !at_end)) return false;
  const auto controls_at = rows::load<std::uint32_t>(bytes + 8);
  labels_.reset({bytes + kLabelsAt, controls_at - kLabelsAt});
  if (labels_.all().size() > kChunkEntries) return false;
  encoder_.encode_on(begin, at, rest_, labels_);
  const bool goes_on = !rest_.empty() && rest_.front().node == at.passed_node();
  chunks_.push_back({chunk_bytes(begin.follows()), chunk.first,
                     rest_.empty() ? at.passed_node() : rest_.back().node,
                     rest_.empty() ? at.passed_record() : rest_.back().record,
                     static_cast<std::uint16_t>(entries),
                     static_cast<std::uint16_t>(distinct + distinct_in(rest_) - goes_on)});
  return true;
}

/// Makes chunks of the entries at hand. At the end of a row chunks are filled, since most rows grow
/// there.
void LongRow::Writer::write_chunks(bool at_end) {
  cut(std::span<const Adjacent>(entries_), kChunkEntries, at_end,
      [&](std::span<const Adjacent> piece) {
        rows::Frame frame;
        frame.follows = rows::record_cost(piece, 0, true) < rows::record_cost(piece, 0, false);
        labels_.reset();
        encoder_.encode(piece, frame, labels_);
        chunks_.push_back({chunk_bytes(frame.follows), piece.front(), piece.back().node,
                           piece.back().record, static_cast<std::uint16_t>(piece.size()),
                           static_cast<std::uint16_t>(distinct_in(piece))});
      });
  entries_.clear();
}

void LongRow::Writer::append_group(std::span<const Chunk> chunks) {
  auto group = std::make_shared<Group>();
  group->chunks.assign(chunks.begin(), chunks.end());
  for (const Chunk& chunk : chunks) group->entries += chunk.entries;
  group->distinct = distinct_in_parts(chunks);
  groups_.push_back(std::move(group));
}

/// Makes groups of the chunks at hand. The last chunk of a row gets a group of its own, so that
/// what is added to the row leaves the others alone.
void LongRow::Writer::write_groups(bool at_end) {
  write_chunks(at_end);
  if (chunks_.empty()) return;
  const auto last = at_end ? std::optional(std::move(chunks_.back())) : std::nullopt;
  if (last) chunks_.pop_back();
  if (last && !chunks_.empty() && !groups_.empty()) {
    const auto& before = groups_.back()->chunks;
    if (before.size() < kGroupChunks) {
      chunks_.insert(chunks_.begin(), before.begin(), before.end());
      groups_.pop_back();
    }
  }
  cut(std::span<const Chunk>(chunks_), kGroupChunks, at_end,
      [&](std::span<const Chunk> piece) { append_group(piece); });
  if (last) append_group({&*last, 1});
  chunks_.clear();
}

/// The row that was encoded last, as a chunk.
rows::SharedBytes LongRow::Writer::chunk_bytes(bool follows) {
  const auto labels = labels_.all();
  bytes_.assign(kLabelsAt + labels.size_bytes(), 0);
  rows::store(bytes_.data() + 4, static_cast<std::uint16_t>(encoder_.size()));
  rows::store(bytes_.data() + 6, std::uint16_t{follows});
  rows::store(bytes_.data() + 8, static_cast<std::uint32_t>(bytes_.size()));
  std::memcpy(bytes_.data() + kLabelsAt, labels.data(), labels.size_bytes());
  encoder_.append_to(bytes_);
  bytes_.resize(bytes_.size() + rows::kPadding);
  rows::store(bytes_.data(), static_cast<std::uint32_t>(bytes_.size()));
  const auto chunk = std::make_shared_for_overwrite<std::uint8_t[]>(bytes_.size());
  std::memcpy(chunk.get(), bytes_.data(), bytes_.size());
  return {chunk, chunk.get()};
}

std::shared_ptr<const LongRow> LongRow::Writer::finish() {
  auto row = std::make_shared<LongRow>();
  row->groups_.assign(groups_.begin(), groups_.end());
  for (const auto& group : groups_) row->entries_ += group->entries;
  row->distinct_ = distinct_in_parts(row->groups());
  groups_.clear();
  return row;
}

std::shared_ptr<const LongRow> LongRow::Writer::row_of(std::span<const Adjacent> entries) {
  entries_.assign(entries.begin(), entries.end());
  write_groups(true);
  return finish();
}

std::shared_ptr<const LongRow> LongRow::Writer::row_of(std::span<const Chunk> chunks) {
  chunks_.assign(chunks.begin(), chunks.end());
  write_groups(true);
  return finish();
}

void LongRow::Writer::change_chunk(const Chunk& chunk, std::span<const RowChange> changes,
                                   bool at_end) {
  // Entries of the chunk before may be waiting to be joined with those of this one.
  if (entries_.empty()) {
    if (changes.empty()) return chunks_.push_back(chunk);
    if (at_end && write_behind(chunk, changes)) return;
    if (write_on(chunk, changes, at_end)) return;
  }
  rows::merge(cursor_of(chunk.bytes.get()), changes, entries_);
  if (entries_.size() >= kChunkEntriesMin) write_chunks(at_end);
}

void LongRow::Writer::change_group(const Group& group, std::span<const RowChange> changes,
                                   bool at_end) {
  const std::span<const Chunk> chunks = group.chunks;
  for (std::size_t at = 0; at < chunks.size(); ++at) {
    const bool last = at + 1 == chunks.size();
    const auto of_chunk = last ? changes : take_before(changes, chunks[at + 1].first);
    change_chunk(chunks[at], of_chunk, last && at_end);
  }
  write_groups(at_end);
}

std::shared_ptr<const LongRow> LongRow::Writer::changed(const LongRow& row,
                                                        std::span<const RowChange> changes) {
  for (std::size_t i = 0; i < row.groups_.size(); ++i) {
    const bool last = i + 1 == row.groups_.size();
    const auto of_group =
        last ? changes : take_before(changes, row.groups_[i + 1]->chunks.front().first);
    if (of_group.empty()) {
      groups_.push_back(row.groups_[i]);
    } else {
      change_group(*row.groups_[i], of_group, last);
    }
  }
  auto result = finish();
  const std::size_t groups = result->groups_.size();
  if (groups > 2 && result->entries_ < (groups - 2) * kGroupEntriesMin) {
    return row_of(result->entries());
  }
  return result;
}

std::vector<Adjacent> LongRow::entries() const {
  std::vector<Adjacent> entries;
  entries.reserve(entries_);
  visit([&](const Adjacent& entry) { entries.push_back(entry); });
  return entries;
}

}  // namespace mangrove::graph
