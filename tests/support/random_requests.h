#pragma once

#include <string>

#include "tests/support/random_records.h"

namespace mangrove::tests {

/// A random GET of the API about the nodes and words of RandomRecords, such as
/// "/api/v1/search?q=coc&place=GH": every call of the table of routes with its parameters, words
/// cut short and misspelt, ids that are not there, and parameters that are wrong.
std::string random_request(Chance& chance);

}  // namespace mangrove::tests
