#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "graph/catalogue.h"
#include "graph/storage/storage.h"
#include "graph/text/search.h"
#include "graph/topology/topology.h"
#include "graph/view.h"

namespace mangrove::graph {

/// All that one version consists of. Immutable but for the counts, which are remembered once asked
/// for.
struct Snapshot {
  Version version = 0;
  std::shared_ptr<const Catalogue> catalogue;
  Topology topology;
  std::shared_ptr<const storage::Snapshot> store;
  std::shared_ptr<TextSearch> text;

  mutable std::once_flag counted;
  mutable Counts counts;
};

}  // namespace mangrove::graph
