#pragma once

#include <string>

#include "graph/base/result.h"
#include "graph/view.h"

namespace mangrove::tests {

/// All that a view shows, as lines that are equal for equal graphs, whatever their inner numbers:
/// nodes with all properties, sources and origins; edges with what is stated on them; counts.
std::string dump(const graph::View& view);

/// The same, where reading may fail.
Result<std::string> dump_or_error(const graph::View& view);

}  // namespace mangrove::tests
