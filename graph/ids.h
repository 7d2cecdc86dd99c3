#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace mangrove::graph {

/// A number that cannot be mistaken for another kind of number.
template <typename Tag, typename Number>
struct StrongNumber {
  Number value{};

  friend auto operator<=>(const StrongNumber&, const StrongNumber&) = default;
};

/// The dense number of a node inside one graph: 0, 1, 2, … in order of first mention. Never leaves
/// the process in place of the public id, and stays the same for as long as the graph lives.
using NodeIndex = StrongNumber<struct NodeTag, std::uint32_t>;

/// An interned name: of a kind, a relation, a property, or a qualifier. 0 is the empty name.
using Name = StrongNumber<struct NameTag, std::uint16_t>;
using Kind = Name;
using Relation = Name;
using Qualifier = Name;

/// The number of a record (what one source states about one subject) in a graph.
using RecordNumber = StrongNumber<struct RecordTag, std::uint32_t>;

/// The number of a source, that is of one part of one data set.
using SourceIndex = StrongNumber<struct SourceTag, std::uint32_t>;

/// Counts commits. 0 is the empty graph before its first commit.
using Version = std::uint64_t;

enum class Direction : std::uint8_t {
  out,  ///< From the node, along the relation.
  in,   ///< To the node, against the relation.
};

inline constexpr Name kNoName{0};

}  // namespace mangrove::graph

template <typename Tag, typename Number>
struct std::hash<mangrove::graph::StrongNumber<Tag, Number>> {
  std::size_t operator()(const mangrove::graph::StrongNumber<Tag, Number>& number) const noexcept {
    return std::hash<Number>{}(number.value);
  }
};
