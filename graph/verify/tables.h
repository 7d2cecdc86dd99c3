#pragma once

#include <cstdint>
#include <string_view>

#include "graph/audience.h"
#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/storage/records.h"
#include "graph/storage/storage.h"
#include "graph/verify/findings.h"

namespace mangrove::graph {

/// What the small tables of a store say, as far as they can be read: what all other numbers refer
/// to.
struct Tables {
  Version version = 0;
  Version floor = 0;
  std::uint32_t names = 1;  ///< One past the highest; the empty name included.
  std::uint32_t nodes = 0;
  std::uint32_t sources = 0;
  std::uint32_t stored_policies = 1;
  Policies policies;  ///< Grows by what is met only while the store is being checked.
  bool are_good = true;

  bool knows(Name name) const { return name.value < names; }
  bool knows(NodeIndex node) const { return node.value < nodes; }
  bool knows(SourceIndex source) const { return source.value < sources; }
  bool knows(Policy policy) const { return policy.value < stored_policies; }
};

/// Checks every key that is in none of the tables, the single values, and the tables of names, ids,
/// sources, audiences and policies. `cancelled` where the meter is told to stop.
Status check_tables(const storage::Snapshot& store, Tables& tables, Findings& findings,
                    Meter& meter);

/// What of a record refers to something that is not there: "a node", "a name"; empty where all is
/// there.
std::string_view unknown_in(const StoredRecord& record, const Tables& tables);

}  // namespace mangrove::graph
