#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/snapshot.h"

namespace mangrove::graph {

/// What one source has in a graph. Nodes and edges are those that exist, each counted once.
struct SourceSummary {
  std::string id;
  std::uint64_t records = 0;
  std::map<std::string, std::uint64_t> kinds;  ///< Of the subjects of its records.
  std::vector<std::string> parts;              ///< Without the nameless one.

  std::uint64_t nodes = 0;          ///< That it states, as a subject or in passing.
  std::uint64_t nodes_alone = 0;    ///< Of these, that nobody else states: they would go with it.
  std::uint64_t edges = 0;          ///< That it states.
  std::uint64_t edges_staying = 0;  ///< Of these, that would stay without it.
  std::uint64_t edges_going =
      0;  ///< That would go with it: also those of others, to nodes that go.

  /// What a commit did to its records.
  struct Change {
    Version version = 0;
    std::string time;
    std::uint64_t added = 0;
    std::uint64_t replaced = 0;
    std::uint64_t removed = 0;
  };
  std::vector<Change> changes;  ///< The latest, newest last; as far as the change log reaches.
};

/// All sources that state something, sorted by id; hidden statements included. `floor` is the
/// version that the change log begins after. O(all records + edges + log); 8 bytes of memory for
/// each statement that a node exists.
Result<std::vector<SourceSummary>> summarise_sources(const Snapshot& snapshot, Version floor);

/// The source of this id, or else the one with this name behind its scheme. `not_found`, with the
/// nearest names, where there is none.
Result<SourceSummary> find_source(const std::vector<SourceSummary>& sources, std::string_view name);

}  // namespace mangrove::graph
