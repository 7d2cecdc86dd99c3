#pragma once

#include "graph/base/result.h"
#include "graph/snapshot.h"
#include "graph/storage/storage.h"
#include "graph/verify/findings.h"
#include "graph/verify/tables.h"

namespace mangrove::graph {

/// Compares the small tables that an open graph holds in memory with those of its store, at the
/// same version. The topology is compared elsewhere: see recount.h.
void compare_memory(const Snapshot& state, const storage::Snapshot& store, const Tables& tables,
                    Findings& findings);

}  // namespace mangrove::graph
