#pragma once

#include <cstddef>

namespace mangrove::graph {

/// How much memory to give to what is read from disk, for a process whose work it is to answer
/// questions on this machine: a sixteenth of all there is, from 64 MB to 1 GB.
std::size_t cache_bytes_for_serving();

}  // namespace mangrove::graph
