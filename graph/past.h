#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
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
/// store. What is hidden today stays hidden. One at a time for a catalogue, beside whoever commits.
Result<std::shared_ptr<const Snapshot>> state_at(const Snapshot& latest, Version version,
                                                 const SearchedProperties& searched);

/// The older versions that were read last, kept at hand. Safe from many threads; who asks for one
/// waits for others who do, and never for a writer.
class Pasts {
 public:
  /// The state at this version, which is older than the latest.
  Result<std::shared_ptr<const Snapshot>> at(const Snapshot& latest, Version version,
                                             const SearchedProperties& searched);
  void forget();

 private:
  struct Kept {
    Version latest;
    std::shared_ptr<const Snapshot> snapshot;
  };
  std::mutex mutex_;  // Guards what follows.
  std::deque<Kept> kept_;
};

}  // namespace mangrove::graph
