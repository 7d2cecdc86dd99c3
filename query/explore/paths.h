#pragma once

#include <string>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

struct PathsQuestion {
  std::string from = {};
  std::string to = {};
  unsigned max_hops = 6;                    ///< 1..kHopsMax.
  unsigned k = 3;                           ///< 1..kPathsMax.
  std::vector<std::string> relations = {};  ///< Empty: all.
  /// Of what lies between the two: `kinds` of every node, the other fields of initiatives (other
  /// kinds pass them). Its bases say what counts as a connection.
  Filter filter = {};
};

inline constexpr unsigned kHopsMax = 8;
inline constexpr unsigned kPathsMax = 10;

struct Path {
  double score = 0;         ///< 1 / (1 + cost); 1 for a direct connection.
  std::vector<Step> steps;  ///< As many as hops.
  std::vector<Reason> why;  ///< One for each node on the way: how common it is.
};

struct PathsAnswer {
  Brief from;
  Brief to;
  std::vector<Path> items;
  std::string message;  ///< Where there is none: `no path within 6 hops`. Else empty.
};

/// The k shortest simple paths between two nodes, edges taken in both directions; of equally long
/// ones those first that lead through less common nodes:
///
///     cost = sum over the nodes on the way of ln(2 + number of their connections)
///
/// and then those with the smaller ids.
///
/// Two paths differ in their nodes; where several edges tie two nodes, the step shows the most
/// telling relation and lists its roles. From a node to itself is one path without steps.
///
/// The ends need not pass the filter.
///
/// A body that only passes on a record of others' work (Ties::working) is not tied to it here.
Result<PathsAnswer> paths(const Context& context, const PathsQuestion& question);

}  // namespace mangrove::query
