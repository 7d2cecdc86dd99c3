#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/audience.h"
#include "graph/ids.h"
#include "graph/topology/shared_table.h"

namespace mangrove::graph {

inline constexpr std::uint32_t kPageBits = 10;
inline constexpr std::uint32_t kPageNodes = 1u << kPageBits;

/// Which nodes exist, for whom, and as what; in pages that versions share.
///
/// A node exists for a viewer who sees at least one statement that it does, and whom every guard on
/// it lets pass. A guard is a node statement that names audiences: it binds whatever else is said
/// about the node, by whomever.
class NodeTable {
 public:
  struct Change {
    NodeIndex node;
    Kind kind;
    Policy policy;
    std::int32_t statements;  ///< Statements more (or fewer) that say the node exists.
  };
  struct GuardChange {
    NodeIndex node;
    Policy policy;
    std::int32_t guards;  ///< Guards more (or fewer).
  };

  bool exists(NodeIndex node, const Sight& sight) const {
    const Page* const page = page_of(node);
    if (page == nullptr) return false;
    const std::uint32_t slot = slot_of(node);
    const bool for_all = (page->for_all[slot >> 6] >> (slot & 63) & 1) != 0;
    if (for_all || page->special.empty()) return for_all;
    return exists_specially(*page, slot, sight);
  }

  /// The kind that public statements give the node, one of them where they do not agree; kNoName
  /// where there are none.
  Kind public_kind(NodeIndex node) const {
    const Page* const page = page_of(node);
    return page == nullptr ? kNoName : page->kinds[slot_of(node)];
  }
  /// Whether nothing but public statements of one kind is made about the nodes next to this one,
  /// which nearly always decides over what it is without a look at `special`.
  bool is_plain_around(NodeIndex node) const {
    const Page* const page = page_of(node);
    return page == nullptr || page->special.empty();
  }
  /// Public statements that the node exists, of that kind.
  std::uint32_t public_statements(NodeIndex node) const {
    const Page* const page = page_of(node);
    return page == nullptr ? 0 : page->statements[slot_of(node)];
  }

  /// Guards, and statements that are not public, or of another kind than `public_kind`.
  struct Special {
    std::uint16_t slot;  ///< Of the node in its page.
    bool is_guard;
    Kind kind;  ///< kNoName for a guard.
    Policy policy;
    std::uint32_t count;  ///< Above 0.

    friend auto operator<=>(const Special&, const Special&) = default;
  };
  /// Those of one node; empty for nearly all nodes.
  std::span<const Special> special(NodeIndex node) const;

  std::uint32_t limit() const { return limit_; }

  /// The table after these changes, in any order. No count may go below zero.
  NodeTable with(std::span<const Change> changes, std::span<const GuardChange> guards) const;

 private:
  friend class ImageReader;
  friend class ImageWriter;

  struct Page {
    std::array<std::uint64_t, kPageNodes / 64> for_all{};  // Bit: exists, for everybody.
    std::array<std::uint32_t, kPageNodes> statements{};    // Public ones, of the kind below.
    std::array<Kind, kPageNodes> kinds{};
    std::vector<Special> special;  // Sorted.
  };
  struct Step;

  static std::uint32_t slot_of(NodeIndex node) { return node.value & (kPageNodes - 1); }
  const Page* page_of(NodeIndex node) const { return pages_.get(node.value >> kPageBits); }

  static std::vector<Step> settled(std::span<const Change> changes,
                                   std::span<const GuardChange> guards);
  static void change(Page& page, std::span<const Step> steps);
  static void count(Page& page, const Step& step);
  static void count_special(Page& page, const Step& step);
  static void settle_public_kind(Page& page, std::uint32_t slot);
  static std::span<const Special> special_of(const Page& page, std::uint32_t slot);
  static bool exists_specially(const Page& page, std::uint32_t slot, const Sight& sight);

  SharedTable<Page> pages_;
  std::uint32_t limit_ = 0;
};

}  // namespace mangrove::graph
