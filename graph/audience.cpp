#include "graph/audience.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "graph/base/log.h"

namespace mangrove::graph {
namespace {

/// A policy of more sets than that is taken for "nobody", as if numbers had run out: it hides more,
/// never less.
constexpr std::size_t kSetsMax = 256;
constexpr std::size_t kPoliciesMax = std::numeric_limits<std::uint16_t>::max() - 1;

/// Leaves the fewest sets that ask for the same: who is in one of a set is in one of any wider set.
void settle(std::vector<AudienceSet>& sets) {
  std::sort(sets.begin(), sets.end(), [](AudienceSet a, AudienceSet b) {
    return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b);
  });
  std::vector<AudienceSet> kept;
  for (const AudienceSet set : sets) {
    const bool is_wider = std::any_of(kept.begin(), kept.end(), [&](AudienceSet narrower) {
      return (set & narrower) == narrower;
    });
    if (!is_wider) kept.push_back(set);
    if (kept.size() > kSetsMax) break;
  }
  std::sort(kept.begin(), kept.end());
  sets = std::move(kept);
  if (sets.size() > kSetsMax) sets = {0};
}

}  // namespace

Sight::Sight(std::vector<bool> seen, bool everything)
    : seen_(std::move(seen)), everything_(everything) {
  // The same sight is the same bytes, however many hidden policies have been added since.
  while (!seen_.empty() && !seen_.back()) seen_.pop_back();
  const auto seen_count = std::count(seen_.begin(), seen_.end(), true);
  only_public_ = !everything_ && seen_count <= (seen_.empty() || !seen_[0] ? 0 : 1);
}

Policies::Policies() : sets_{{}}, numbers_{{{}, kPublic}} {}

std::optional<std::uint8_t> Policies::add_audience(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto at = std::find(audiences_.begin(), audiences_.end(), name);
  if (at != audiences_.end()) return static_cast<std::uint8_t>(at - audiences_.begin());
  if (audiences_.size() == kAudiencesMax) return std::nullopt;
  audiences_.emplace_back(name);
  return static_cast<std::uint8_t>(audiences_.size() - 1);
}

std::optional<std::uint8_t> Policies::find_audience(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto at = std::find(audiences_.begin(), audiences_.end(), name);
  if (at == audiences_.end()) return std::nullopt;
  return static_cast<std::uint8_t>(at - audiences_.begin());
}

std::vector<std::string> Policies::audiences() const {
  const std::lock_guard lock(mutex_);
  return audiences_;
}

Policy Policies::number_of(std::vector<AudienceSet> sets) {
  settle(sets);
  const auto known = numbers_.find(sets);
  if (known != numbers_.end()) return known->second;
  if (sets_.size() >= kPoliciesMax - 1) {
    if (sets_.size() == kPoliciesMax - 1) {
      log::error("too many combinations of audiences: what falls under new ones is hidden from all",
                 {{"combinations", std::to_string(sets_.size())}});
    }
    sets = {0};
    const auto nobody = numbers_.find(sets);
    if (nobody != numbers_.end()) return nobody->second;
  }
  const Policy number{static_cast<std::uint16_t>(sets_.size())};
  numbers_.emplace(sets, number);
  sets_.push_back(std::move(sets));
  return number;
}

bool Policies::knows(AudienceSet audiences) const {
  const std::lock_guard lock(mutex_);
  return numbers_.contains({audiences});
}

Policy Policies::either(Policy a, Policy b) {
  if (a == b || b == kPublic) return b;
  if (a == kPublic) return a;
  const std::lock_guard lock(mutex_);
  // Each set of the one together with each of the other: whoever meets all of one meets all these.
  std::vector<AudienceSet> sets;
  for (const AudienceSet first : sets_[a.value]) {
    for (const AudienceSet second : sets_[b.value]) sets.push_back(first | second);
  }
  return number_of(std::move(sets));
}

Policy Policies::both(Policy outer, Policy inner) {
  if (outer == kPublic || outer == inner) return inner;
  if (inner == kPublic) return outer;
  const std::lock_guard lock(mutex_);
  std::vector<AudienceSet> sets = sets_[outer.value];
  sets.insert(sets.end(), sets_[inner.value].begin(), sets_[inner.value].end());
  return number_of(std::move(sets));
}

Policy Policies::both(Policy outer, AudienceSet inner) {
  const std::lock_guard lock(mutex_);
  std::vector<AudienceSet> sets = sets_[outer.value];
  sets.push_back(inner);
  return number_of(std::move(sets));
}

std::vector<AudienceSet> Policies::sets(Policy policy) const {
  const std::lock_guard lock(mutex_);
  return sets_[policy.value];
}

bool Policies::restore(Policy policy, std::vector<AudienceSet> sets) {
  const std::lock_guard lock(mutex_);
  if (policy.value != sets_.size() || sets.empty()) return false;
  numbers_.emplace(sets, policy);
  sets_.push_back(std::move(sets));
  return true;
}

std::uint32_t Policies::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::uint32_t>(sets_.size());
}

ViewerKey Policies::key_of(const Viewer& viewer) const {
  const std::lock_guard lock(mutex_);
  ViewerKey key{0, viewer.is_steward(), static_cast<std::uint32_t>(sets_.size())};
  if (key.is_steward) return key;
  for (const std::string& name : viewer.audiences()) {
    const auto at = std::find(audiences_.begin(), audiences_.end(), name);
    if (at != audiences_.end()) key.audiences |= AudienceSet{1} << (at - audiences_.begin());
  }
  return key;
}

Sight Policies::sight_of(const ViewerKey& key) const {
  if (key.is_steward) return Sight({}, true);
  const std::lock_guard lock(mutex_);
  std::vector<bool> seen;
  seen.reserve(key.policies);
  for (std::uint32_t i = 0; i < key.policies; ++i) {
    seen.push_back(std::all_of(sets_[i].begin(), sets_[i].end(),
                               [&](AudienceSet set) { return (set & key.audiences) != 0; }));
  }
  return Sight(std::move(seen), false);
}

}  // namespace mangrove::graph
