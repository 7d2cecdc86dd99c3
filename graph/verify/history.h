#pragma once

#include <cstdint>
#include <functional>

#include "graph/base/result.h"
#include "graph/change_log.h"
#include "graph/storage/storage.h"
#include "graph/verify/findings.h"
#include "graph/verify/tables.h"

namespace mangrove::graph {

struct HistoryCounts {
  std::uint64_t entries = 0;
  std::uint64_t past = 0;  ///< Records as they were.
};

/// Checks the change log: that no entry is missing since the oldest version that can be read, that
/// for each record that was replaced or removed since then the past is kept, and for no other, and
/// that quiet commits are listed. `visit` hears of every change of a record, oldest first.
/// `cancelled` where the meter is told to stop.
Result<HistoryCounts> check_history(const storage::Snapshot& store, const Tables& tables,
                                    Findings& findings, Meter& meter,
                                    const std::function<void(const StoredRecordChange&)>& visit);

}  // namespace mangrove::graph
