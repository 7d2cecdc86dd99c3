#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/snapshot.h"
#include "graph/storage/storage.h"
#include "graph/texts.h"

namespace mangrove::graph {

/// A record as it is and as it was. Nothing stands for no record.
struct ChangedSince {
  NodeIndex subject;
  SourceIndex source;
  std::optional<std::string> then;
  std::optional<std::string> now;
  std::optional<std::string> before_removal{};  ///< What it was last, where it is gone now.
};

/// All records that changed after a version, up to the store's latest, with their bytes; sorted by
/// subject and source. `corrupt` where the change log is damaged. O(changes since).
Result<std::vector<ChangedSince>> changed_since(const storage::Snapshot& store, Version version);

/// The state at an older version: the latest with all later changes taken back, on top of the same
/// store. What is hidden today stays hidden. The caller is the one writer of the catalogue.
Result<std::shared_ptr<const Snapshot>> state_at(const Snapshot& latest, Version version,
                                                 const SearchedProperties& searched);

}  // namespace mangrove::graph
