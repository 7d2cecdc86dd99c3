#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "graph/audience.h"
#include "graph/ids.h"
#include "graph/topology/topology.h"

namespace mangrove::graph {

/// Which edges count, by their qualifiers. Equal keys must stand for equal functions.
struct QualifierChoice {
  std::string key;
  std::function<bool(Qualifier)> counts;
};

/// The different neighbours of all nodes by one relation in one direction, as one viewer sees them
/// at one version, over edges that count: decoded and filtered once, so that walking them costs no
/// more than an array. About 4 bytes a neighbour, and 4 an owner in the pages that have any.
class NeighbourLists {
 public:
  NeighbourLists(const Topology& topology, const Sight& sight, Relation relation,
                 Direction direction, const std::function<bool(Qualifier)>& counts);

  /// In order of index, each once. Valid as long as the lists.
  std::span<const NodeIndex> of(NodeIndex owner) const {
    const std::size_t page = owner.value >> kPageBits;
    if (page >= pages_.size() || pages_[page] == kNoPage) return {};
    const std::uint32_t* const begin = &begins_[pages_[page] + (owner.value & kSlotMask)];
    return {neighbours_.data() + begin[0], begin[1] - begin[0]};
  }

  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kPageBits = 8;
  static constexpr std::uint32_t kSlotMask = (1u << kPageBits) - 1;
  static constexpr std::uint32_t kNoPage = UINT32_MAX;

  std::vector<std::uint32_t> pages_;   // Where the owners of a page begin in `begins_`.
  std::vector<std::uint32_t> begins_;  // A page has one more than owners.
  std::vector<NodeIndex> neighbours_;
};

/// The lists that were worth making for one viewer and version. Rows are stored compressed, and
/// looked at edge by edge for who may see them; a relation that is walked again and again is
/// listed, once as many edges were walked as it has: so the listing at most doubles what was spent.
/// Safe from many threads.
class NeighbourListShelf {
 public:
  /// Of all shelves of the process together. What does not fit is walked as before.
  static constexpr std::size_t kBytesMax = std::size_t{768} << 20;

  NeighbourListShelf() = default;
  ~NeighbourListShelf();
  NeighbourListShelf(const NeighbourListShelf&) = delete;
  NeighbourListShelf& operator=(const NeighbourListShelf&) = delete;

  /// Null where they were not made yet. They stay as long as the shelf.
  const NeighbourLists* find(Relation relation, Direction direction,
                             const QualifierChoice& choice) const;

  /// Tells that so many edges were walked without lists; makes them once that is worth it.
  void note_walked(const Topology& topology, const Sight& sight, Relation relation,
                   Direction direction, const QualifierChoice& choice, std::uint64_t edges);

 private:
  struct Place {
    std::string choice;
    Relation relation;
    Direction direction;

    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Entry {
    std::uint64_t walked = 0;
    std::uint64_t worth = 0;  // Edges; 0: not counted yet.
    bool is_being_made = false;
    std::unique_ptr<const NeighbourLists> lists;
  };

  mutable std::shared_mutex mutex_;
  std::map<Place, Entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace mangrove::graph
