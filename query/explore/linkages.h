#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

struct LinkagesQuestion {
  std::string target = {};  ///< `sdg:8.7`, `8.7`, …
  Filter filter =
      {};  ///< Of the initiatives that are counted, and of what counts as a contribution.
  Page page = {};
};

/// Seen together in what initiatives contribute to.
struct Together {
  std::uint64_t n = 0;     ///< Initiatives that contribute to both.
  double expected = 0;     ///< n(a) * n(b) / N, were the two independent.
  double lift = 0;         ///< n / expected.
  std::uint64_t said = 0;  ///< Of the n, those of which publishers say both; the rest is derived.
  double p_value = 1;      ///< That chance alone gives n or more (query/chance.h).
  double q_value = 1;      ///< The same, corrected for asking of all other targets at once.
};

/// One statement that progress on one target changes the other.
struct Influence {
  bool to = true;               ///< The other acts on the one asked; else the one asked acts on it.
  std::optional<double> score;  ///< -3..+3; nothing is unknown, not 0.
  std::string status;           ///< `proposed`, …; may be empty, as may the scope.
  std::string scope;
  std::string date;      ///< When it was found: a year, a month or a day; may be empty.
  std::string evidence;  ///< What it was found in, as a citation; may be empty.
  std::string source;
};

/// An actor that takes part in initiatives which contribute to both.
struct Carrier {
  Brief node;
  std::uint64_t initiatives = 0;  ///< In so many of them.
};

/// How one target hangs together with the one asked: three readings, never blended.
struct Linkage {
  Brief node;
  double score = 0;  ///< For the order of the rows, and nothing else.
  std::optional<Together> together;
  std::vector<Influence> influence;
  std::vector<Brief> determinants;  ///< Bear on both.
  std::vector<Brief> examples;      ///< Up to kExamplesMax initiatives; those with fewest targets.
  std::vector<Carrier> carriers;    ///< Up to kCarriersMax; in most of the initiatives first.
  std::vector<Reason> why;          ///< One for each reading; weights add up to the score.
};

struct LinkagesAnswer {
  Brief target;
  std::uint64_t with_target = 0;      ///< n(a)
  std::uint64_t with_any_target = 0;  ///< N
  std::size_t total = 0;
  std::vector<Linkage> items;
};

inline constexpr std::size_t kExamplesMax = 3;
inline constexpr std::size_t kCarriersMax = 3;

/// Every other target that has any of the three readings. The order is by
///
///     score = min(1, -log10(p) / 10)       where they are seen together more often than expected
///           + max |influence| / 3          of the statements in either direction that are more
///                                          than proposed: a starting value of ours is no finding
///           + shared / (shared + 2)        determinants that bear on both
///
/// so that each reading adds at most 1; equal scores in the order of codes.
Result<LinkagesAnswer> linkages(const Context& context, const LinkagesQuestion& question);

}  // namespace mangrove::query
