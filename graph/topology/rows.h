#pragma once

#include <array>
#include <bit>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "graph/topology/adjacent.h"

// The entries of a row as bytes. All numbers are little-endian.
//
//   controls  a byte an entry: label * 16 + record code * 4 + neighbour bytes - 1
//   data      for each entry: neighbour record label?
//
//   neighbour  1 to 4 bytes: what to add to the neighbour before. For the first one: the neighbour
//              itself, or where the frame is `relative` how far it is from the base (zigzag).
//   record     0, 1, 2 or 4 bytes (by record code): how far the record is from the expected one
//              (zigzag). Expected is the record before, for the first one the base of the frame;
//              or where the frame `follows`, the neighbour less the base of the frame, and then
//              the record before, moved on as far as the neighbour.
//   label      an index into a table of (qualifier, policy): in the control byte below 15, else in
//              two bytes here.
//
// Nodes and records are numbered as they come: so those of one row are close to each other, or
// move on together. Controls lie apart from the data so that a processor finds out the lengths of
// many entries at once.

namespace mangrove::graph::rows {

static_assert(std::endian::native == std::endian::little);

/// Bytes that versions share: their own, or a part of a loaded image.
using SharedBytes = std::shared_ptr<const std::uint8_t>;

/// Bytes that must lie behind a row, since a reader takes eight at a time.
inline constexpr std::size_t kPadding = 8;

template <typename Number>
Number load(const std::uint8_t* at) {
  Number number;
  std::memcpy(&number, at, sizeof number);
  return number;
}
template <typename Number>
void store(std::uint8_t* at, Number number) {
  std::memcpy(at, &number, sizeof number);
}

inline std::uint32_t zigzag(std::uint32_t difference) {
  return (difference << 1) ^ (0u - (difference >> 31));
}
inline std::uint32_t unzigzag(std::uint32_t code) {
  return (code >> 1) ^ (0u - (code & 1));
}

inline std::uint32_t load_varint(const std::uint8_t*& at) {
  std::uint32_t number = *at & 0x7Fu;
  for (std::uint32_t shift = 7; (*at++ & 0x80u) != 0; shift += 7) {
    number |= (*at & 0x7Fu) << shift;
  }
  return number;
}
void append_varint(std::vector<std::uint8_t>& out, std::uint32_t number);

/// What a row is read against.
struct Frame {
  const std::uint8_t* labels = nullptr;  ///< Four bytes each.
  std::uint32_t node_base = 0;
  std::uint32_t record_base = 0;
  bool relative = false;
  bool follows = false;
};

inline constexpr std::uint32_t kLabelInData = 15;

/// Qualifier and policy in one number.
inline std::uint32_t label_of(const Adjacent& entry) {
  return entry.qualifier.value | std::uint32_t{entry.policy.value} << 16;
}

/// Bytes of data by control byte.
inline constexpr auto kDataBytes = [] {
  std::array<std::uint8_t, 256> bytes{};
  for (std::uint32_t control = 0; control < 256; ++control) {
    const std::uint32_t code = control >> 2 & 3;
    bytes[control] = static_cast<std::uint8_t>((control & 3) + 1 + code + (code == 3 ? 1 : 0) +
                                               (control >> 4 == kLabelInData ? 2 : 0));
  }
  return bytes;
}();

inline std::uint32_t data_bytes(const std::uint8_t* controls, std::uint32_t count) {
  std::uint32_t bytes = 0;
  for (std::uint32_t i = 0; i < count; ++i) bytes += kDataBytes[controls[i]];
  return bytes;
}

/// Walks the entries of one row.
class Cursor {
 public:
  /// Of a row without entries.
  Cursor() = default;
  Cursor(const std::uint8_t* controls, const std::uint8_t* data, std::uint32_t count,
         const Frame& frame)
      : labels_(frame.labels),
        control_(controls),
        data_(data),
        left_(count),
        follow_(frame.follows ? ~0u : 0u) {
    const std::uint32_t step = masked(load<std::uint64_t>(data), (*controls & 3u) * 8 + 8);
    // Sets out from where the first step leads to the first entry.
    node_ = frame.relative ? frame.node_base + unzigzag(step) - step : 0;
    record_ = frame.follows ? node_ - frame.record_base : frame.record_base;
  }

  std::uint32_t left() const { return left_; }
  bool follows() const { return follow_ != 0; }
  /// Of the entry that came last. There must have been one.
  NodeIndex passed_node() const { return NodeIndex{node_}; }
  RecordNumber passed_record() const { return RecordNumber{record_}; }

  /// The neighbour of the next entry. There must be one left.
  NodeIndex next_node() const {
    return NodeIndex{node_ + masked(load<std::uint64_t>(data_), (*control_ & 3u) * 8 + 8)};
  }

  /// Goes to the end of the row, of which the last entry is known, and where its data end.
  void go_to_end(const std::uint8_t* data_end, NodeIndex last, RecordNumber last_record) {
    control_ += left_;
    data_ = data_end;
    left_ = 0;
    node_ = last.value;
    record_ = last_record.value;
  }

  /// The next entry. There must be one left.
  Adjacent next() {
    const std::uint32_t control = *control_++;
    const std::uint32_t node_bits = (control & 3) * 8 + 8;
    const std::uint32_t code = control >> 2 & 3;
    const std::uint32_t record_bits = (code + (code == 3 ? 1 : 0)) * 8;
    const auto bytes = load<std::uint64_t>(data_);
    const std::uint32_t step = masked(bytes, node_bits);
    data_ += (node_bits + record_bits) / 8;
    node_ += step;
    record_ += (step & follow_) + unzigzag(masked(bytes >> node_bits, record_bits));
    std::uint32_t label = control >> 4;
    if (label == kLabelInData) [[unlikely]] {
      label = load<std::uint16_t>(data_);
      data_ += 2;
    }
    --left_;
    const auto names = load<std::uint32_t>(labels_ + std::size_t{label} * 4);
    return {NodeIndex{node_}, RecordNumber{record_}, Qualifier{static_cast<std::uint16_t>(names)},
            Policy{static_cast<std::uint16_t>(names >> 16)}};
  }

 private:
  friend class Encoder;

  static std::uint32_t masked(std::uint64_t bytes, std::uint32_t bits) {
    return static_cast<std::uint32_t>(bytes & ((std::uint64_t{1} << bits) - 1));
  }

  const std::uint8_t* labels_ = nullptr;
  const std::uint8_t* control_ = nullptr;
  const std::uint8_t* data_ = nullptr;
  std::uint32_t left_ = 0;
  std::uint32_t follow_ = 0;  // All bits, or none.
  std::uint32_t node_ = 0;
  std::uint32_t record_ = 0;
};

/// Moves the cursor on to the first entry that does not come before this one. Returns how many
/// different neighbours it passed.
std::uint32_t skip_to(Cursor& cursor, const Adjacent& entry);

/// Appends the entries from the cursor on, with the changes made, which are sorted.
void merge(Cursor cursor, std::span<const RowChange> changes, std::vector<Adjacent>& out);

/// A table of labels, while it is being made.
class Labels {
 public:
  /// Begins with those of an older table, or with none.
  void reset(std::span<const std::uint8_t> table = {});
  /// The label's place; new if need be.
  std::uint32_t index_of(std::uint32_t label);
  bool has(std::uint32_t label);
  std::span<const std::uint32_t> all() const { return labels_; }
  /// Orders them by how often they occur, the most frequent one first: the first ones take no room
  /// in the data. `occurrences` holds every label as often as it does; it is sorted.
  void order_by_frequency(std::span<std::uint32_t> occurrences);

 private:
  static constexpr std::size_t kFewLabels = 16;

  /// Where it is; how many there are, where it is not among them.
  std::uint32_t find(std::uint32_t label);
  std::uint32_t search(std::uint32_t label);

  std::array<std::uint32_t, 16> found_{};  // Where labels were found lately.
  std::vector<std::uint32_t> labels_;
  boost::unordered_flat_map<std::uint32_t, std::uint32_t> indexes_;  // Once they are many.
};

/// Bytes that the first neighbour of a row takes.
std::uint32_t node_cost(std::uint32_t step);
/// Bytes that the records of these entries take.
std::uint32_t record_cost(std::span<const Adjacent> entries, std::uint32_t base, bool follows);

/// Writes rows. Keeps its buffers from one to the next.
class Encoder {
 public:
  /// Makes the row of these entries, which are sorted, and at least one.
  void encode(std::span<const Adjacent> entries, const Frame& frame, Labels& labels);

  /// Makes the row that begins like another one, of the same frame and labels, up to `at`, where
  /// `at` has been moved on from `begin`, and goes on with these entries: copies what is the same.
  void encode_on(const Cursor& begin, const Cursor& at, std::span<const Adjacent> entries,
                 Labels& labels);

  std::uint32_t size() const { return static_cast<std::uint32_t>(controls_.size()); }
  /// Appends controls and data of the row that was made last.
  void append_to(std::vector<std::uint8_t>& out) const;

 private:
  void put(std::uint32_t step, const Adjacent& entry, Labels& labels);

  /// Makes room for so many entries more.
  void reserve(std::size_t entries);

  std::vector<std::uint8_t> controls_;
  std::vector<std::uint8_t> data_;  // The first `data_size_` bytes; the others are room for more.
  std::size_t data_size_ = 0;
  std::uint32_t node_ = 0;
  std::uint32_t record_ = 0;
  std::uint32_t follow_ = 0;
};

}  // namespace mangrove::graph::rows
