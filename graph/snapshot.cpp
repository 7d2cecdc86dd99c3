#include "graph/snapshot.h"

#include <algorithm>

namespace mangrove::graph {
namespace {

/// Viewers differ by a few audiences; past this many, what was remembered is forgotten.
constexpr std::size_t kOutlooksMax = 64;

std::vector<Relation> sorted_relations(const Snapshot& snapshot) {
  const auto all = snapshot.topology.relations();
  std::vector<Relation> relations(all.begin(), all.end());
  std::sort(relations.begin(), relations.end(), [&](Relation a, Relation b) {
    return snapshot.catalogue->name(a) < snapshot.catalogue->name(b);
  });
  return relations;
}

}  // namespace

Version seen_version(const Snapshot& snapshot, Version version, const Sight& sight) {
  Version seen = version;
  if (sight.sees_everything()) return seen;
  for (std::uint32_t i = 0; i < snapshot.quiet_count; ++i) {
    const QuietCommit& commit = (*snapshot.quiet)[i];
    if (commit.version <= version && !notices_any(sight, commit.notices)) --seen;
  }
  return seen;
}

Version stored_version(const Snapshot& snapshot, Version seen, const Sight& sight) {
  Version version = seen;
  if (sight.sees_everything()) return version;
  for (std::uint32_t i = 0; i < snapshot.quiet_count; ++i) {
    const QuietCommit& commit = (*snapshot.quiet)[i];
    if (commit.version <= version + 1 && !notices_any(sight, commit.notices)) ++version;
  }
  return version;
}

std::shared_ptr<const Outlook> Snapshot::outlook_of(const Viewer& viewer) const {
  Sight sight = catalogue->policies.sight_of(viewer);
  const std::lock_guard lock(mutex);
  if (const auto known = outlooks.find(sight); known != outlooks.end()) return known->second;
  if (outlooks.size() >= kOutlooksMax) outlooks.clear();
  auto outlook = std::make_shared<Outlook>();
  outlook->sight = sight;
  outlook->version = seen_version(*this, version, sight);
  outlook->relations = sorted_relations(*this);
  return outlooks.emplace(std::move(sight), std::move(outlook)).first->second;
}

}  // namespace mangrove::graph
