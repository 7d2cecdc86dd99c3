#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

struct SearchQuestion {
  std::string words = {};  ///< Empty: everything, the best connected first.
  Filter filter = {};
  Page page = {};
};

struct SearchHit {
  Brief node;
  std::string snippet;  ///< Plain text around the first match; may be empty.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> marks;  ///< [from, to) in code points.
  double score = 0;
  std::vector<Reason> why;
};

struct SearchAnswer {
  std::size_t total = 0;
  std::vector<SearchHit> items;
  std::map<std::string, std::uint64_t> kinds;  ///< Hits by kind, whatever kinds were asked for.
};

/// Nodes whose texts hold the words, best first. A node whose id or code is what was typed (`8.7`,
/// `SDG 8.7`, `GB-CHC-1049160`, `place:GH`) stands before all others.
///
/// With a filter by status or years, the best fifty thousand are looked at; `total` and `kinds`
/// count those that pass.
Result<SearchAnswer> search(const Context& context, const SearchQuestion& question);

}  // namespace mangrove::query
