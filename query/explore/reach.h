#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "query/answer.h"

namespace mangrove::query {

struct ReachQuestion {
  std::string id = {};
  unsigned hops = 2;                        ///< 1..kReachHopsMax.
  std::vector<std::string> relations = {};  ///< Empty: all.
  std::vector<std::string> bases = {};      ///< As in Filter.
};

inline constexpr unsigned kReachHopsMax = 6;

/// What is reached by so many hops, and by no fewer.
struct ReachHop {
  unsigned hop = 0;
  std::uint64_t nodes = 0;
  std::map<std::string, std::uint64_t> kinds;
};

struct ReachAnswer {
  Brief of;
  std::uint64_t total = 0;  ///< Different nodes, without the one asked.
  std::vector<ReachHop> items;
};

/// How much lies within so many hops of a node, edges taken in both directions: how well connected
/// it is, and how far one has to look. O(edges of what is reached by one hop less).
Result<ReachAnswer> reach(const Context& context, const ReachQuestion& question);

}  // namespace mangrove::query
