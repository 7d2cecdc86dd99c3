#pragma once

#include <cstddef>
#include <string>

#include "graph/storage/storage.h"

namespace mangrove::tests {

/// All that a store holds of a graph that an older version of this program wrote: a file of
/// tests/data/graph. Format 1 can have that many nodes more, each with a title, so that an upgrade
/// takes its time.
storage::WriteBatch stored_graph(const std::string& file, std::size_t more_nodes = 0);

}  // namespace mangrove::tests
