#include "graph/neighbour_lists.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace mangrove::graph {
namespace {

/// Choices of filters differ by a few sets of bases; past this many, no more are listed.
constexpr std::size_t kEntriesMax = 512;

/// Held by all shelves of the process.
std::atomic<std::size_t>& bytes_of_all() {
  static std::atomic<std::size_t> bytes{0};
  return bytes;
}

bool reserve(std::size_t bytes) {
  if (bytes_of_all().fetch_add(bytes) + bytes <= NeighbourListShelf::kBytesMax) return true;
  bytes_of_all().fetch_sub(bytes);
  return false;
}

std::uint64_t edges_of(const Topology& topology, Relation relation, Direction direction) {
  const Adjacency* const adjacency = topology.adjacency(relation, direction);
  std::uint64_t edges = 0;
  for (std::uint32_t i = 0; adjacency != nullptr && i < topology.node_limit(); ++i) {
    edges += adjacency->size(NodeIndex{i});
  }
  return edges;
}

}  // namespace

NeighbourLists::NeighbourLists(const Topology& topology, const Sight& sight, Relation relation,
                               Direction direction, const std::function<bool(Qualifier)>& counts) {
  const Adjacency* const adjacency = topology.adjacency(relation, direction);
  if (adjacency == nullptr) return;
  // There are few qualifiers, and many edges: each is asked about once.
  enum : std::uint8_t { kUnknown, kCounts, kDoesNot };
  std::vector<std::uint8_t> known(std::size_t{UINT16_MAX} + 1, kUnknown);
  const auto does_count = [&](Qualifier qualifier) {
    std::uint8_t& answer = known[qualifier.value];
    if (answer == kUnknown) answer = counts(qualifier) ? kCounts : kDoesNot;
    return answer == kCounts;
  };
  pages_.assign((std::size_t{topology.node_limit()} >> kPageBits) + 1, kNoPage);
  for (std::uint32_t first = 0; first < topology.node_limit(); first += kSlotMask + 1) {
    const auto begins = static_cast<std::uint32_t>(begins_.size());
    const std::size_t before = neighbours_.size();
    for (std::uint32_t i = first; i <= first + kSlotMask; ++i) {
      begins_.push_back(static_cast<std::uint32_t>(neighbours_.size()));
      const NodeIndex owner{i};
      if (adjacency->size(owner) == 0 || !topology.exists(owner, sight)) continue;
      const std::size_t own = neighbours_.size();
      adjacency->visit(owner, [&](const Adjacent& edge) {
        if (neighbours_.size() > own && neighbours_.back() == edge.node) return;
        if (!sight.sees(edge.policy) || !does_count(edge.qualifier)) return;
        if (topology.exists(edge.node, sight)) neighbours_.push_back(edge.node);
      });
    }
    begins_.push_back(static_cast<std::uint32_t>(neighbours_.size()));
    if (neighbours_.size() == before) {
      begins_.resize(begins);
    } else {
      pages_[first >> kPageBits] = begins;
    }
  }
  begins_.shrink_to_fit();
  neighbours_.shrink_to_fit();
}

std::size_t NeighbourLists::bytes() const {
  return pages_.capacity() * sizeof(std::uint32_t) + begins_.capacity() * sizeof(std::uint32_t) +
         neighbours_.capacity() * sizeof(NodeIndex);
}

NeighbourListShelf::~NeighbourListShelf() {
  bytes_of_all().fetch_sub(bytes_);
}

const NeighbourLists* NeighbourListShelf::find(Relation relation, Direction direction,
                                               const QualifierChoice& choice) const {
  const std::shared_lock lock(mutex_);
  const auto entry = entries_.find({choice.key, relation, direction});
  return entry == entries_.end() ? nullptr : entry->second.lists.get();
}

void NeighbourListShelf::note_walked(const Topology& topology, const Sight& sight,
                                     Relation relation, Direction direction,
                                     const QualifierChoice& choice, std::uint64_t edges) {
  std::unique_lock lock(mutex_);
  const Place place{choice.key, relation, direction};
  if (!entries_.contains(place) && entries_.size() >= kEntriesMax) return;
  Entry& entry = entries_[place];
  if (entry.is_being_made || entry.lists != nullptr) return;
  if (entry.worth == 0) entry.worth = edges_of(topology, relation, direction) + 1;
  entry.walked += edges;
  if (entry.walked < entry.worth) return;
  entry.is_being_made = true;
  lock.unlock();

  auto lists =
      std::make_unique<const NeighbourLists>(topology, sight, relation, direction, choice.counts);
  lock.lock();
  // What does not fit stays marked as being made: it is not tried again.
  if (!reserve(lists->bytes())) return;
  bytes_ += lists->bytes();
  entry.lists = std::move(lists);
}

}  // namespace mangrove::graph
