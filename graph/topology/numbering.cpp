#include "graph/topology/numbering.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

namespace mangrove::graph {
namespace {

constexpr std::uint32_t kTableBitsMin = 4;
constexpr std::size_t kArenaChunk = std::size_t{1} << 16;

// A table is a power of two of slots, more than the texts in it. A slot is 0, or the text's place
// plus one, with what room is left above it taken up by bits of the hash: so texts that are not the
// one looked for are seldom looked at. A text goes into the first free slot from where its hash
// says.

std::uint64_t hash_of(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

/// At most three quarters full.
std::uint32_t table_bits_for(std::uint64_t count) {
  return std::max(kTableBitsMin, static_cast<std::uint32_t>(std::bit_width(count * 4 / 3)));
}

std::uint32_t bits_of(std::size_t slots) {
  return static_cast<std::uint32_t>(std::bit_width(slots)) - 1;
}

std::uint32_t tag_of(std::uint64_t hash, std::uint32_t bits) {
  return static_cast<std::uint32_t>(hash >> 32) >> bits << bits;
}

/// Calls `is_it(place)` for what may be the text with this hash, until it says yes; or returns
/// nothing.
template <typename Slot, typename IsIt>
std::optional<std::uint32_t> look_up(std::size_t slots, Slot&& slot, std::uint64_t hash,
                                     IsIt&& is_it) {
  const std::uint32_t bits = bits_of(slots);
  const std::uint32_t tag = tag_of(hash, bits);
  const auto below = static_cast<std::uint32_t>(slots - 1);
  for (std::size_t at = hash & below;; at = (at + 1) & below) {
    const std::uint32_t found = slot(at);
    if (found == 0) return std::nullopt;
    if ((found & ~below) != tag) continue;
    const std::uint32_t place = (found & below) - 1;
    if (is_it(place)) return place;
  }
}

}  // namespace

struct Numbering::Table {
  explicit Table(std::uint32_t bits) : slots(std::size_t{1} << bits) {}

  std::vector<std::atomic<std::uint32_t>> slots;
};

Numbering::Numbering() {
  grow();
}

Numbering::Numbering(Frozen frozen)
    : frozen_(std::move(frozen)),
      frozen_count_(static_cast<std::uint32_t>(frozen_.begins.size() - 1)) {
  grow();
}

Numbering::~Numbering() = default;

std::optional<std::uint32_t> Numbering::find(std::string_view text) const {
  const std::uint64_t hash = hash_of(text);
  if (frozen_count_ > 0) {
    const auto number = look_up(
        frozen_.table.size(), [&](std::size_t at) { return frozen_.table[at]; }, hash,
        [&](std::uint32_t place) { return this->text(place) == text; });
    if (number) return number;
  }
  // Whoever sees a slot filled sees the text that it is of.
  const Table& table = *table_.load(std::memory_order_acquire);
  const auto place = look_up(
      table.slots.size(),
      [&](std::size_t at) { return table.slots[at].load(std::memory_order_acquire); }, hash,
      [&](std::uint32_t at) { return texts_[at] == text; });
  if (!place) return std::nullopt;
  return frozen_count_ + *place;
}

std::uint32_t Numbering::add(std::string_view text) {
  if (const auto known = find(text)) return *known;
  const std::uint32_t place = texts_.push_back(keep(text));
  Table* const table = table_.load(std::memory_order_relaxed);
  if (table_bits_for(texts_.size()) > bits_of(table->slots.size())) {
    grow();
  } else {
    insert(*table, hash_of(text), place);
  }
  return frozen_count_ + place;
}

/// A copy of the text that stays where it is.
std::string_view Numbering::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > arena_left_) {
    const std::size_t size = std::max(kArenaChunk, text.size());
    arena_.emplace_back(new char[size]);
    arena_left_ = size;
    arena_size_ = size;
  }
  char* const to = arena_.back().get() + (arena_size_ - arena_left_);
  std::memcpy(to, text.data(), text.size());
  arena_left_ -= text.size();
  return {to, text.size()};
}

void Numbering::insert(Table& table, std::uint64_t hash, std::uint32_t place) {
  const std::size_t below = table.slots.size() - 1;
  std::size_t at = hash & below;
  while (table.slots[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & below;
  table.slots[at].store((place + 1) | tag_of(hash, bits_of(table.slots.size())),
                        std::memory_order_release);
}

void Numbering::grow() {
  auto table = std::make_unique<Table>(table_bits_for(std::uint64_t{texts_.size()} + 1));
  for (std::uint32_t i = 0; i < texts_.size(); ++i) insert(*table, hash_of(texts_[i]), i);
  table_.store(table.get(), std::memory_order_release);
  tables_.push_back(std::move(table));
}

std::vector<std::uint32_t> Numbering::table_of(std::uint32_t count) const {
  if (count == frozen_count_ && count > 0) return {frozen_.table.begin(), frozen_.table.end()};
  std::vector<std::uint32_t> slots(std::size_t{1} << table_bits_for(count));
  const auto below = static_cast<std::uint32_t>(slots.size() - 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t hash = hash_of(text(i));
    std::size_t at = hash & below;
    while (slots[at] != 0) at = (at + 1) & below;
    slots[at] = (i + 1) | tag_of(hash, bits_of(slots.size()));
  }
  return slots;
}

}  // namespace mangrove::graph
