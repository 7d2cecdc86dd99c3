#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/ids.h"

namespace mangrove::graph {

/// One end of an edge, seen from the other.
struct Adjacent {
  NodeIndex node;
  RecordNumber record;
  Qualifier qualifier;

  friend auto operator<=>(const Adjacent&, const Adjacent&) = default;
};

/// The neighbours of one node; columns of equal length, valid as long as their page.
struct AdjacencyRow {
  const std::uint32_t* nodes = nullptr;
  const std::uint32_t* records = nullptr;
  const std::uint16_t* qualifiers = nullptr;
  std::uint32_t size = 0;
};

inline constexpr std::uint32_t kPageBits = 10;
inline constexpr std::uint32_t kPageNodes = 1u << kPageBits;

/// Compressed sparse rows for kPageNodes nodes in a row: immutable once built.
struct AdjacencyPage {
  std::array<std::uint32_t, kPageNodes + 1> offsets{};
  std::vector<std::uint32_t> nodes;
  std::vector<std::uint32_t> records;
  std::vector<std::uint16_t> qualifiers;
};

/// An entry to add to a row, or to take out of it.
struct RowChange {
  NodeIndex owner;
  Adjacent entry;
  bool added;
};

/// The rows of one relation in one direction, in pages that versions share.
class Adjacency {
 public:
  AdjacencyRow row(NodeIndex owner) const {
    const std::size_t page = owner.value >> kPageBits;
    if (page >= pages_.size() || pages_[page] == nullptr) return {};
    const AdjacencyPage& rows = *pages_[page];
    const std::uint32_t slot = owner.value & (kPageNodes - 1);
    const std::uint32_t begin = rows.offsets[slot];
    return {rows.nodes.data() + begin, rows.records.data() + begin, rows.qualifiers.data() + begin,
            rows.offsets[slot + 1] - begin};
  }

  /// The rows after these changes, which are sorted in place. Rows stay sorted by neighbour,
  /// qualifier, record. An entry may be added once, and only what is there may be taken out.
  Adjacency with(std::vector<RowChange>& changes) const;

 private:
  std::vector<std::shared_ptr<const AdjacencyPage>> pages_;
};

/// Kind and number of statements of each node, in pages that versions share.
class NodeTable {
 public:
  struct Page {
    std::array<std::uint32_t, kPageNodes> statements{};
    std::array<Kind, kPageNodes> kinds{};
  };
  struct Change {
    NodeIndex node;
    Kind kind;
    int statements;  ///< Statements more (or fewer) that say the node exists.
  };

  std::uint32_t statements(NodeIndex node) const {
    const std::size_t page = node.value >> kPageBits;
    return page < pages_.size() && pages_[page] != nullptr
               ? pages_[page]->statements[node.value & (kPageNodes - 1)]
               : 0;
  }
  Kind kind(NodeIndex node) const {
    const std::size_t page = node.value >> kPageBits;
    return page < pages_.size() && pages_[page] != nullptr
               ? pages_[page]->kinds[node.value & (kPageNodes - 1)]
               : kNoName;
  }
  std::uint32_t limit() const { return limit_; }

  NodeTable with(std::span<const Change> changes) const;

 private:
  std::vector<std::shared_ptr<const Page>> pages_;
  std::uint32_t limit_ = 0;
};

}  // namespace mangrove::graph
