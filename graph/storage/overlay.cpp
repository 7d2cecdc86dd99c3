#include "graph/storage/overlay.h"

#include <algorithm>
#include <cassert>

namespace mangrove::storage {
namespace {

const std::optional<std::string> absent;

/// Takes out those that begin with the prefix.
template <typename Ordered, typename KeyOf>
void erase_prefix(Ordered& ordered, std::string_view prefix, KeyOf key_of) {
  const auto first = ordered.lower_bound(prefix);
  auto end = first;
  while (end != ordered.end() && key_of(*end).starts_with(prefix)) ++end;
  ordered.erase(first, end);
}

}  // namespace

void Overlay::add(const WriteBatch& writes) {
  for (const WriteBatch::Write& write : writes.writes) {
    switch (write.action) {
      case WriteBatch::Action::put:
        written_.insert_or_assign(write.key, write.value);
        break;
      case WriteBatch::Action::remove:
        written_.insert_or_assign(write.key, std::nullopt);
        break;
      case WriteBatch::Action::remove_prefix:
        remove_prefix(write.key);
        break;
    }
  }
}

void Overlay::remove_prefix(const std::string& prefix) {
  assert(!prefix.empty());
  erase_prefix(
      written_, prefix, [](const auto& entry) -> const auto& { return entry.first; });
  if (is_removed(prefix)) return;
  erase_prefix(
      removed_prefixes_, prefix, [](const auto& longer) -> const auto& { return longer; });
  removed_prefixes_.insert(prefix);
}

bool Overlay::is_removed(std::string_view key) const {
  // The last one not after the key is the only candidate: any between a prefix of the key and the
  // key itself would begin with that prefix, and none does.
  const auto after = removed_prefixes_.upper_bound(key);
  return after != removed_prefixes_.begin() && key.starts_with(*std::prev(after));
}

const std::optional<std::string>* Overlay::decided(std::string_view key) const {
  const auto found = written_.find(key);
  if (found != written_.end()) return &found->second;
  return is_removed(key) ? &absent : nullptr;
}

Result<std::optional<std::string>> Overlay::get(std::string_view key) const {
  if (const auto* value = decided(key)) return *value;
  return below_->get(key);
}

Result<std::vector<std::optional<std::string>>> Overlay::multi_get(
    std::span<const std::string> keys) const {
  std::vector<std::optional<std::string>> values(keys.size());
  std::vector<std::string> asked;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (const auto* value = decided(keys[i])) {
      values[i] = *value;
    } else {
      asked.push_back(keys[i]);
      places.push_back(i);
    }
  }
  if (asked.empty()) return values;
  auto found = TRY(below_->multi_get(asked));
  for (std::size_t i = 0; i < places.size(); ++i) values[places[i]] = std::move(found[i]);
  return values;
}

Status Overlay::scan(std::string_view prefix, std::string_view from,
                     const std::function<bool(std::string_view, std::string_view)>& visit) const {
  auto next = written_.lower_bound(std::max(prefix, from));
  const auto is_left = [&] { return next != written_.end() && next->first.starts_with(prefix); };
  bool more = true;
  const auto visit_next = [&] {
    if (next->second) more = visit(next->first, *next->second);
    ++next;
  };
  TRY(below_->scan(prefix, from, [&](std::string_view key, std::string_view value) {
    while (more && is_left() && next->first < key) visit_next();
    if (!more) return false;
    if (is_left() && next->first == key) {
      visit_next();
    } else if (!is_removed(key)) {
      more = visit(key, value);
    }
    return more;
  }));
  while (more && is_left()) visit_next();
  return {};
}

std::shared_ptr<const Snapshot> overlay(std::shared_ptr<const Snapshot> below,
                                        const WriteBatch& writes) {
  auto result = std::make_shared<Overlay>(std::move(below));
  result->add(writes);
  return result;
}

}  // namespace mangrove::storage
