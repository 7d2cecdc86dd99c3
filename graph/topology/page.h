#pragma once

#include <cstdint>

#include "graph/topology/rows.h"

// A page: the short rows of 256 owners in a row, as one piece of bytes that never changes. An image
// holds pages as they are in memory.
//
//   page    = present:8{4} rank:1{4} offsets_at:4 rows_at:4 flags:4 node_bias:4 record_bias:4
//             bytes:4 entries:4 label:4{…} offset:(wide ? 4 : 2){rows} row{rows} padding:8
//   row     = entries:varint controls data              (as in rows.h); or a 0: the row is a long
//             one, and lies elsewhere
//
//   present  a bit for each owner that has a row; rank: how many are set in the words before
//   flags    relative * 1 + follows * 2 + wide * 4: with the biases, the frame of all rows, but for
//            what depends on the owner
//   offset   of each row, from rows_at; rows lie in order, without gaps

namespace mangrove::graph::page {

inline constexpr std::uint32_t kOwnerBits = 8;
inline constexpr std::uint32_t kOwners = 1u << kOwnerBits;
inline constexpr std::uint32_t kWords = kOwners / 64;

enum Field : std::uint32_t {
  kPresentAt = 0,
  kRanksAt = 32,
  kOffsetsAtAt = 36,
  kRowsAtAt = 40,
  kFlagsAt = 44,
  kNodeBiasAt = 48,
  kRecordBiasAt = 52,
  kBytesAt = 56,
  kEntriesAt = 60,
  kLabelsAt = 64,
};
inline constexpr std::uint32_t kRelative = 1;
inline constexpr std::uint32_t kFollows = 2;
inline constexpr std::uint32_t kWide = 4;

inline std::uint32_t field(const std::uint8_t* page, Field at) {
  return rows::load<std::uint32_t>(page + at);
}

/// How many bits are set. Written out, since on the least processors we build for the library's way
/// is a call.
inline std::uint32_t count_bits(std::uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555;
  bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
  return static_cast<std::uint32_t>(bits * 0x0101010101010101 >> 56);
}

inline std::uint64_t present(const std::uint8_t* page, std::uint32_t word) {
  return rows::load<std::uint64_t>(page + kPresentAt + word * std::size_t{8});
}

/// What the offset of the row with this rank says.
inline std::uint32_t offset(const std::uint8_t* page, std::uint32_t rank) {
  const std::uint8_t* const offsets = page + field(page, kOffsetsAtAt);
  return (field(page, kFlagsAt) & kWide) != 0
             ? rows::load<std::uint32_t>(offsets + rank * std::size_t{4})
             : rows::load<std::uint16_t>(offsets + rank * std::size_t{2});
}

/// The bytes of an owner's row; null where there is none.
inline const std::uint8_t* find_row(const std::uint8_t* page, std::uint32_t slot) {
  const std::uint64_t bits = present(page, slot >> 6);
  const std::uint64_t bit = std::uint64_t{1} << (slot & 63);
  if ((bits & bit) == 0) return nullptr;
  const std::uint32_t rank = page[kRanksAt + (slot >> 6)] + count_bits(bits & (bit - 1));
  return page + field(page, kRowsAtAt) + offset(page, rank);
}

inline bool is_long(const std::uint8_t* row) {
  return *row == 0;
}

/// How many entries the row has in the page.
inline std::uint32_t entries_of(const std::uint8_t* row) {
  return row == nullptr ? 0 : rows::load_varint(row);
}

/// How to read a row of this owner.
inline rows::Frame frame(const std::uint8_t* page, std::uint32_t owner) {
  const std::uint32_t flags = field(page, kFlagsAt);
  const bool follows = (flags & kFollows) != 0;
  const std::uint32_t record_bias = field(page, kRecordBiasAt);
  return {page + kLabelsAt, owner - field(page, kNodeBiasAt),
          follows ? record_bias : owner - record_bias, (flags & kRelative) != 0, follows};
}

/// Walks a row; nothing, where it is null.
inline rows::Cursor cursor(const std::uint8_t* page, const std::uint8_t* row, std::uint32_t owner) {
  const std::uint32_t entries = row == nullptr ? 0 : rows::load_varint(row);
  if (entries == 0) return {};
  return {row, row + entries, entries, frame(page, owner)};
}

}  // namespace mangrove::graph::page
