#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "graph/audience.h"
#include "graph/catalogue.h"
#include "graph/counts.h"
#include "graph/derived.h"
#include "graph/neighbour_lists.h"
#include "graph/plain_edges.h"
#include "graph/quiet_commits.h"
#include "graph/recent_nodes.h"
#include "graph/storage/storage.h"
#include "graph/text/index.h"
#include "graph/topology/topology.h"

namespace mangrove::graph {

/// What one viewer sees of one version, and what is remembered of it once asked for.
struct Outlook {
  Sight sight;
  Version version = 0;              ///< How many commits changed anything for this viewer.
  std::vector<Relation> relations;  ///< Sorted by their texts.

  mutable std::once_flag counted;
  mutable Counts counts;
  mutable NeighbourListShelf neighbour_lists;
  mutable RecentNodes recent_nodes;
  DerivedShelf derived;
};

/// All that one version consists of. Immutable but for what is remembered.
struct Snapshot {
  Version version = 0;
  std::shared_ptr<Catalogue> catalogue;
  CatalogueSizes sizes;  ///< What of the catalogue is in the store.
  Topology topology;
  std::shared_ptr<const storage::Snapshot> store;
  std::shared_ptr<const TextIndex> text;
  std::shared_ptr<const QuietCommits> quiet;
  std::uint32_t quiet_count = 0;  ///< How many of them there were.
  Version floor = 0;              ///< The oldest version that can be read.
  /// What is known of its records; never null.
  std::shared_ptr<const PlainEdges> plain_edges = std::make_shared<const PlainEdges>();

  /// What this viewer sees. Safe from many threads.
  std::shared_ptr<const Outlook> outlook_of(const Viewer& viewer) const;

  /// For a version that says the same as that one, in other places: remembers what it does.
  void take_over(const Snapshot& same);
  /// Whether any viewer has something that the next version can use.
  bool has_heirs() const;
  /// For the next version, in which something is stated or taken back of these nodes by these
  /// records: leaves its viewers what can still be used.
  void inherit(const Snapshot& before, std::span<const NodeIndex> touched,
               std::span<const RecordNumber> changed);

  mutable std::mutex mutex;  ///< Guards what follows.
  mutable std::map<Sight, std::shared_ptr<const Outlook>> outlooks;
  mutable std::map<ViewerKey, std::shared_ptr<const Outlook>> viewers;
};

/// How many of the commits up to `version` changed anything that is seen.
Version seen_version(const Snapshot& snapshot, Version version, const Sight& sight);

/// The last of the commits after which that many had changed anything that is seen.
Version stored_version(const Snapshot& snapshot, Version seen, const Sight& sight);

}  // namespace mangrove::graph
