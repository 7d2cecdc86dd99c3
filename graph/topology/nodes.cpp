#include "graph/topology/nodes.h"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "graph/topology/number_sort.h"

namespace mangrove::graph {

/// A change of either sort.
struct NodeTable::Step {
  NodeIndex node;
  bool is_guard;
  Kind kind;
  Policy policy;
  std::int32_t more;

  auto key() const { return std::tuple(node, is_guard, kind, policy); }
};

/// Sorted; what counts the same is added up, and what comes to nothing is left out.
std::vector<NodeTable::Step> NodeTable::settled(std::span<const Change> changes,
                                                std::span<const GuardChange> guards) {
  std::vector<Step> steps;
  steps.reserve(changes.size() + guards.size());
  for (const Change& change : changes) {
    steps.push_back({change.node, false, change.kind, change.policy, change.statements});
  }
  for (const GuardChange& guard : guards) {
    steps.push_back({guard.node, true, kNoName, guard.policy, guard.guards});
  }
  sort_by_number(std::span(steps), [](const Step& step) { return step.node.value; });
  const auto before = [](const Step& a, const Step& b) { return a.key() < b.key(); };
  for (auto begin = steps.begin(); begin != steps.end();) {
    const auto end = std::find_if(begin, steps.end(),
                                  [&](const Step& step) { return step.node != begin->node; });
    if (!std::is_sorted(begin, end, before)) std::sort(begin, end, before);
    begin = end;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < steps.size();) {
    Step sum = steps[i];
    for (++i; i < steps.size() && steps[i].key() == sum.key(); ++i) sum.more += steps[i].more;
    if (sum.more != 0) steps[kept++] = sum;
  }
  steps.resize(kept);
  return steps;
}

std::span<const NodeTable::Special> NodeTable::special_of(const Page& page, std::uint32_t slot) {
  const auto begin = std::partition_point(page.special.begin(), page.special.end(),
                                          [&](const Special& at) { return at.slot < slot; });
  const auto end = std::partition_point(begin, page.special.end(),
                                        [&](const Special& at) { return at.slot <= slot; });
  return {begin, end};
}

std::span<const NodeTable::Special> NodeTable::special(NodeIndex node) const {
  const Page* const page = page_of(node);
  return page == nullptr ? std::span<const Special>() : special_of(*page, slot_of(node));
}

bool NodeTable::exists_specially(const Page& page, std::uint32_t slot, const Sight& sight) {
  bool stated = page.statements[slot] > 0;
  for (const Special& special : special_of(page, slot)) {
    const bool seen = sight.sees(special.policy);
    if (special.is_guard && !seen) return false;
    if (!special.is_guard && seen) stated = true;
  }
  return stated;
}

void NodeTable::count_special(Page& page, const Step& step) {
  const auto key = [](const Special& special) {
    return std::tie(special.slot, special.is_guard, special.kind, special.policy);
  };
  const Special wanted{static_cast<std::uint16_t>(slot_of(step.node)), step.is_guard, step.kind,
                       step.policy, 0};
  auto at = std::lower_bound(page.special.begin(), page.special.end(), wanted,
                             [&](const Special& a, const Special& b) { return key(a) < key(b); });
  if (at == page.special.end() || key(*at) != key(wanted)) at = page.special.insert(at, wanted);
  assert(step.more > 0 || at->count >= 0u - static_cast<std::uint32_t>(step.more));
  at->count += static_cast<std::uint32_t>(step.more);
  if (at->count == 0) page.special.erase(at);
}

void NodeTable::count(Page& page, const Step& step) {
  if (step.is_guard || step.policy != kPublic) return count_special(page, step);
  std::uint32_t& statements = page.statements[slot_of(step.node)];
  Kind& kind = page.kinds[slot_of(step.node)];
  if (statements == 0) kind = step.kind;
  if (step.kind != kind) return count_special(page, step);
  assert(step.more > 0 || statements >= 0u - static_cast<std::uint32_t>(step.more));
  statements += static_cast<std::uint32_t>(step.more);
  if (statements == 0) settle_public_kind(page, slot_of(step.node));
}

/// With the last statement of the public kind gone, another public one takes its place.
void NodeTable::settle_public_kind(Page& page, std::uint32_t slot) {
  page.kinds[slot] = kNoName;
  for (const Special& special : special_of(page, slot)) {
    if (special.is_guard || special.policy != kPublic) continue;
    page.kinds[slot] = special.kind;
    page.statements[slot] = special.count;
    page.special.erase(page.special.begin() + (&special - page.special.data()));
    return;
  }
}

/// All changes of one node.
void NodeTable::change(Page& page, std::span<const Step> steps) {
  // Down before up: where a node gets another kind, the old one has gone by then.
  for (const bool up : {false, true}) {
    for (const Step& step : steps) {
      if ((step.more > 0) == up) count(page, step);
    }
  }
  const std::uint32_t slot = slot_of(steps[0].node);
  const std::uint64_t bit = std::uint64_t{1} << (slot & 63);
  const auto special = special_of(page, slot);
  const bool guarded =
      std::any_of(special.begin(), special.end(), [](const Special& one) { return one.is_guard; });
  if (page.statements[slot] > 0 && !guarded) {
    page.for_all[slot >> 6] |= bit;
  } else {
    page.for_all[slot >> 6] &= ~bit;
  }
}

NodeTable NodeTable::with(std::span<const Change> changes,
                          std::span<const GuardChange> guards) const {
  NodeTable result = *this;
  for (const Change& change : changes) {
    result.limit_ = std::max(result.limit_, change.node.value + 1);
  }
  for (const GuardChange& guard : guards) {
    result.limit_ = std::max(result.limit_, guard.node.value + 1);
  }
  const std::vector<Step> steps = settled(changes, guards);
  std::shared_ptr<Page> page;
  for (std::size_t i = 0; i < steps.size();) {
    const NodeIndex node = steps[i].node;
    std::size_t end = i;
    while (end < steps.size() && steps[end].node == node) ++end;
    if (page == nullptr) {
      const Page* const old = page_of(node);
      page = old == nullptr ? std::make_shared<Page>() : std::make_shared<Page>(*old);
    }
    change(*page, std::span(steps).subspan(i, end - i));
    i = end;
    const std::size_t number = node.value >> kPageBits;
    const bool page_ends = i == steps.size() || steps[i].node.value >> kPageBits != number;
    if (page_ends) result.pages_.set(number, std::exchange(page, nullptr));
  }
  return result;
}

}  // namespace mangrove::graph
