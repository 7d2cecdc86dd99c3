#include "graph/cache_size.h"

#include <unistd.h>

#include <algorithm>

namespace mangrove::graph {

std::size_t cache_bytes_for_serving() {
  constexpr std::size_t kLeast = std::size_t{64} << 20;
  constexpr std::size_t kMost = std::size_t{1} << 30;
  constexpr std::size_t kShare = 16;
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return kLeast;
  const std::size_t memory = static_cast<std::size_t>(pages) * static_cast<std::size_t>(page_bytes);
  return std::clamp(memory / kShare, kLeast, kMost);
}

}  // namespace mangrove::graph
