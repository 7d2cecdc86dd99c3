#pragma once

#include <cstddef>
#include <string_view>

namespace mangrove::graph {

/// Number of letters to insert, drop, replace or swap with their neighbour to make one word of the
/// other (optimal string alignment over bytes of folded words), or `bound + 1` where it is more
/// than the bound. O(length x length).
std::size_t spelling_distance(std::string_view a, std::string_view b, std::size_t bound);

}  // namespace mangrove::graph
