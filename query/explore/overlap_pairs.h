#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/explore/overlap_words.h"
#include "query/explore/overlaps.h"
#include "query/filter.h"

namespace mangrove::query {

struct OverlapPairsQuestion {
  Filter filter = {};  ///< Of both initiatives of a pair, and of what counts as a connection.
  Page page = {};      ///< Of the pairs.
};

/// Two initiatives that overlap; `a` is the one with the smaller id.
struct OverlapPairRow {
  Brief a;
  Brief b;
  double score = 0;
  std::optional<Years> years;
  std::string reading;
  std::vector<Reason> why;
  Advice advice;
};

/// Initiatives that hang together.
struct OverlapCluster {
  static constexpr std::size_t kShownMax = 20;

  std::size_t size = 0;
  double score = 0;                ///< Of its strongest pair.
  std::vector<Brief> initiatives;  ///< By id; the first kShownMax.
  std::vector<Brief> shared;       ///< What all of them have, the rarest first; at most 5.
};

/// How much each of some initiatives shares with each other one.
struct OverlapMatrix {
  static constexpr std::size_t kSizeMax = 30;

  std::vector<Brief> initiatives;           ///< Those that share most with all others; by that.
  std::vector<std::vector<double>> scores;  ///< Symmetric; 0 for itself.
};

struct DuplicatePair {
  Brief a;
  Brief b;
  std::string state;  ///< `accepted` or `suggested`.
};

struct OverlapPairsAnswer {
  std::size_t initiatives = 0;  ///< That the filter admits; records of one initiative count once.
  std::size_t compared = 0;     ///< Of these; the rest is left out of all that follows.
  std::string note;             ///< Says so where that is less than all; else empty.
  std::size_t total = 0;        ///< Pairs of those compared that share anything.
  std::vector<OverlapPairRow> items;
  std::size_t cluster_total = 0;
  std::vector<OverlapCluster> clusters;
  OverlapMatrix matrix;
  std::size_t duplicate_total = 0;
  std::vector<DuplicatePair> duplicates;
};

/// So many initiatives are compared, each with each.
inline constexpr std::size_t kComparedMax = 2'000;
/// Two hang together where each is among so many that the other shares most with.
inline constexpr std::size_t kNearest = 3;
/// Clusters and duplicates that are shown.
inline constexpr std::size_t kClustersShown = 50;
inline constexpr std::size_t kDuplicatesShown = 100;

/// All pairs of initiatives under a filter, such as those of a place or on a target, by score as
/// overlaps.h defines it, then by the ids of both. Where more than kComparedMax pass, those are
/// compared that have most to share: by the sum of weight(relation) / ln(2 + n) over all they have,
/// then by id.
///
/// Clusters are what hangs together through pairs of which each is among the kNearest that the
/// other scores highest with (of equal ones those with the smaller ids); the largest first, then by
/// score, then by id. Clusters and the matrix leave nothing out of what was compared but what their
/// bounds say. Records of one initiative are compared once, as the one with the smallest id; pairs
/// of records that are, or may be, of one stand in `duplicates`, by their ids.
///
/// O(sum over shared things of the square of how many compared initiatives have it).
Result<OverlapPairsAnswer> overlap_pairs(const Context& context,
                                         const OverlapPairsQuestion& question);

}  // namespace mangrove::query
