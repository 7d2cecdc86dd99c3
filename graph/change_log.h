#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"

namespace mangrove::graph {

// How an entry of the change log lies in the store:
//
//   change := time:text count:varint subject:varint*

/// One entry, with subjects as numbers.
struct StoredChange {
  std::string time;  ///< UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  std::vector<NodeIndex> subjects;
};

std::string encode_change(const StoredChange& change);
Result<StoredChange> decode_change(std::string_view bytes);

/// Now, as the change log writes it.
std::string current_time();

}  // namespace mangrove::graph
