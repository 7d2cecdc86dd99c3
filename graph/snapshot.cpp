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

std::shared_ptr<Outlook> make_outlook(const Snapshot& snapshot, Sight sight) {
  auto outlook = std::make_shared<Outlook>();
  outlook->version = seen_version(snapshot, snapshot.version, sight);
  outlook->relations = sorted_relations(snapshot);
  outlook->sight = std::move(sight);
  return outlook;
}

}  // namespace

Version seen_version(const Snapshot& snapshot, Version version, const Sight& sight) {
  const QuietCommits& quiet = *snapshot.quiet;
  return version - quiet.unseen(quiet.up_to(version, snapshot.quiet_count), sight);
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
  const ViewerKey key = catalogue->policies.key_of(viewer);
  const std::lock_guard lock(mutex);
  if (const auto known = viewers.find(key); known != viewers.end()) return known->second;
  if (viewers.size() >= kOutlooksMax) viewers.clear();
  if (outlooks.size() >= kOutlooksMax) outlooks.clear();
  Sight sight = catalogue->policies.sight_of(key);
  auto& outlook = outlooks[sight];
  if (outlook == nullptr) outlook = make_outlook(*this, std::move(sight));
  viewers.emplace(key, outlook);
  return outlook;
}

void Snapshot::take_over(const Snapshot& same) {
  const std::lock_guard lock(same.mutex);
  outlooks = same.outlooks;
  viewers = same.viewers;
}

bool Snapshot::has_heirs() const {
  const std::lock_guard lock(mutex);
  return std::any_of(outlooks.begin(), outlooks.end(),
                     [](const auto& each) { return each.second->derived.has_heirs(); });
}

void Snapshot::inherit(const Snapshot& before, std::span<const NodeIndex> touched,
                       std::span<const RecordNumber> changed) {
  plain_edges = std::make_shared<const PlainEdges>(sizes.records, *before.plain_edges, changed);
  const std::lock_guard lock(before.mutex);
  for (const auto& [sight, outlook] : before.outlooks) {
    if (!outlook->derived.has_heirs()) continue;
    auto next = make_outlook(*this, sight);
    outlook->derived.leave_to(next->derived, touched);
    outlooks.emplace(sight, std::move(next));
  }
}

}  // namespace mangrove::graph
