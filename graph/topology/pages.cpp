#include "graph/topology/pages.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace mangrove::graph {
namespace {

bool before(const RowChange& a, const RowChange& b) {
  return std::tie(a.owner, a.entry.node, a.entry.qualifier, a.entry.record) <
         std::tie(b.owner, b.entry.node, b.entry.qualifier, b.entry.record);
}

bool same_entry(const RowChange& a, const RowChange& b) {
  return a.owner == b.owner && a.entry == b.entry;
}

/// Sorts, and cancels what is both added and taken out.
void settle(std::vector<RowChange>& changes) {
  std::sort(changes.begin(), changes.end(), before);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < changes.size();) {
    int net = 0;
    std::size_t next = i;
    for (; next < changes.size() && same_entry(changes[next], changes[i]); ++next) {
      net += changes[next].added ? 1 : -1;
    }
    assert(net >= -1 && net <= 1);
    if (net != 0) {
      changes[kept] = changes[i];
      changes[kept++].added = net > 0;
    }
    i = next;
  }
  changes.resize(kept);
}

void append(AdjacencyPage& page, const Adjacent& entry) {
  page.nodes.push_back(entry.node.value);
  page.records.push_back(entry.record.value);
  page.qualifiers.push_back(entry.qualifier.value);
}

bool entry_before(const AdjacencyPage& page, std::uint32_t at, const Adjacent& entry) {
  return std::tie(page.nodes[at], page.qualifiers[at], page.records[at]) <
         std::tie(entry.node.value, entry.qualifier.value, entry.record.value);
}

void copy_entries(const AdjacencyPage& from, std::uint32_t begin, std::uint32_t end,
                  AdjacencyPage& to) {
  to.nodes.insert(to.nodes.end(), from.nodes.begin() + begin, from.nodes.begin() + end);
  to.records.insert(to.records.end(), from.records.begin() + begin, from.records.begin() + end);
  to.qualifiers.insert(to.qualifiers.end(), from.qualifiers.begin() + begin,
                       from.qualifiers.begin() + end);
}

/// Merges one old row with its changes, which are sorted like the row.
void merge_row(const AdjacencyPage& old, std::uint32_t slot, std::span<const RowChange> changes,
               AdjacencyPage& result) {
  std::uint32_t at = old.offsets[slot];
  const std::uint32_t end = old.offsets[slot + 1];
  for (const RowChange& change : changes) {
    std::uint32_t until = at;
    while (until < end && entry_before(old, until, change.entry)) ++until;
    copy_entries(old, at, until, result);
    at = until;
    if (change.added) {
      append(result, change.entry);
    } else {
      assert(at < end && old.nodes[at] == change.entry.node.value);
      ++at;
    }
  }
  copy_entries(old, at, end, result);
}

std::shared_ptr<const AdjacencyPage> merged_page(const AdjacencyPage& old,
                                                 std::span<const RowChange> changes) {
  auto page = std::make_shared<AdjacencyPage>();
  const std::size_t size = old.nodes.size() + changes.size();
  page->nodes.reserve(size);
  page->records.reserve(size);
  page->qualifiers.reserve(size);
  std::size_t from = 0;
  for (std::uint32_t slot = 0; slot < kPageNodes; ++slot) {
    std::size_t to = from;
    while (to < changes.size() && (changes[to].owner.value & (kPageNodes - 1)) == slot) ++to;
    merge_row(old, slot, changes.subspan(from, to - from), *page);
    page->offsets[slot + 1] = static_cast<std::uint32_t>(page->nodes.size());
    from = to;
  }
  return page;
}

}  // namespace

Adjacency Adjacency::with(std::vector<RowChange>& changes) const {
  settle(changes);
  static const AdjacencyPage empty_page{};
  Adjacency result = *this;
  for (std::size_t from = 0; from < changes.size();) {
    const std::size_t page = changes[from].owner.value >> kPageBits;
    std::size_t to = from;
    while (to < changes.size() && changes[to].owner.value >> kPageBits == page) ++to;
    if (page >= result.pages_.size()) result.pages_.resize(page + 1);
    const AdjacencyPage* old = result.pages_[page].get();
    result.pages_[page] = merged_page(old == nullptr ? empty_page : *old,
                                      std::span(changes).subspan(from, to - from));
    from = to;
  }
  return result;
}

NodeTable NodeTable::with(std::span<const Change> changes) const {
  NodeTable result = *this;
  std::vector<std::shared_ptr<Page>> copies(result.pages_.size());
  for (const Change& change : changes) {
    const std::size_t number = change.node.value >> kPageBits;
    if (number >= result.pages_.size()) {
      result.pages_.resize(number + 1);
      copies.resize(number + 1);
    }
    auto& copy = copies[number];
    if (copy == nullptr) {
      const Page* old = result.pages_[number].get();
      copy = old == nullptr ? std::make_shared<Page>() : std::make_shared<Page>(*old);
      result.pages_[number] = copy;
    }
    const std::uint32_t slot = change.node.value & (kPageNodes - 1);
    assert(change.statements >= 0 ||
           copy->statements[slot] >= static_cast<std::uint32_t>(-change.statements));
    copy->statements[slot] += static_cast<std::uint32_t>(change.statements);
    if (change.statements > 0) copy->kinds[slot] = change.kind;
    result.limit_ = std::max(result.limit_, change.node.value + 1);
  }
  return result;
}

}  // namespace mangrove::graph
