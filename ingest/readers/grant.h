#pragma once

#include <cstdint>
#include <string>

#include "graph/base/json.h"
#include "ingest/reader.h"

namespace mangrove::ingest {

/// What one grant in the 360Giving standard says, in the graph's terms: an Initiative `360g:ID`
/// with its money, dates and places, the funder and the recipient, and the money between them.
///
/// Grants to individuals are left out before anything of them is read, with a finding that names
/// nobody. Of organisations, neither contacts nor addresses beyond the country are taken.
Step read_grant(const json::Value& grant, std::uint64_t line, const std::string& file);

}  // namespace mangrove::ingest
