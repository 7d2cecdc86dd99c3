#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/analytics/betweenness.h"
#include "query/analytics/pagerank.h"
#include "query/analytics/projection.h"
#include "query/answer.h"

namespace mangrove::query {

enum class Measure {
  pagerank,     ///< Who is found by following ties at random.
  betweenness,  ///< On whom the shortest ways between others lie.
  communities,  ///< Who is tied to each other more than to the rest.
  components,   ///< What hangs together at all.
  cores,        ///< Who stands in the thick of it.
  bridges,      ///< Who, and which tie, holds parts together.
};
std::string_view to_string(Measure measure);

struct AnalyticsQuestion {
  Measure measure = Measure::pagerank;
  ProjectionQuestion projection = {};
  std::vector<std::string> show = {};  ///< Only rows for nodes of these kinds; empty: all. Of
                                       ///< communities and components, members of these kinds.
  PageRankOptions pagerank = {};
  Page page = {};
};

inline constexpr std::size_t kMembersShown = 5;

struct AnalyticsRow {
  Brief node;  ///< Of a community or component: its member with most ties.
  /// PageRank: how many times the average. Betweenness: share of pairs. Cores: the core number.
  /// Bridges: nodes cut off. Communities and components: how many nodes it has.
  double score = 0;
  std::optional<double> error;  ///< Standard error of the score, where it was estimated.
  std::vector<Brief> members;   ///< Of a community or component: those with most ties.
  std::vector<Reason> why;      ///< What explains the score, the most telling first.
};

/// A tie that holds two parts together.
struct BridgeRow {
  Brief a;  ///< On the smaller side.
  Brief b;
  std::uint64_t cut_off = 0;  ///< Nodes on the smaller side.
  std::string text;
};

struct AnalyticsAnswer {
  std::uint64_t nodes = 0;  ///< Of the projection; and its edges.
  std::uint64_t edges = 0;
  std::vector<std::string> relations;  ///< Along which.
  std::string method;                ///< One English sentence: what was computed, and how exactly.
  std::optional<double> modularity;  ///< Of communities.
  std::size_t total = 0;
  std::vector<AnalyticsRow> items;
  std::vector<BridgeRow> bridges;  ///< Of the first page of bridges: those that cut off most.
};

/// Analytics over a filtered part of the graph. Highest score first, equal ones in the order of
/// public ids. Costs what the measure's own header says, and reads only what is shown.
Result<AnalyticsAnswer> analytics(const Context& context, const AnalyticsQuestion& question);

}  // namespace mangrove::query
