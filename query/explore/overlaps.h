#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

struct OverlapsQuestion {
  std::string id = {};  ///< Of an initiative.
  Filter filter = {};   ///< Of the other initiatives, and of what counts as a connection.
  Page page = {};
};

struct Overlap {
  Brief node;
  double score = 0;
  std::optional<Years> years;  ///< In which both run; nothing where unknown or none.
  std::string reading;         ///< The whole in one English sentence.
  std::vector<Reason> why;     ///< What they share, the most telling first; weights add up to the
                               ///< score.
};

struct OverlapsAnswer {
  Brief of;
  std::size_t total = 0;
  std::vector<Overlap> items;
};

/// What sharing counts for when the dates say that the two surely never ran in the same year.
inline constexpr double kNeverTogether = 0.5;

/// Other initiatives by what they share with this one over the connections of the schema (targets,
/// goals, places, determinants, groups, forms, types of intervention, response points, sectors,
/// actors):
///
///     strength = sum over shared (relation, node) of  weight(relation) / ln(2 + n(relation, node))
///
/// where n is how many initiatives have that node, so that sharing something rare tells more. The
/// score of a pair that surely never ran together is kNeverTogether of its strength, else all of
/// it. Ranked by score, then by strength, then by id; beyond the two thousand strongest, each
/// further two thousand by themselves. With a filter by status, language or years, only the two
/// thousand strongest are looked at, and `total` counts those that pass.
///
/// A body that only passes on a record of others' work (Ties::working) shares it with nobody.
/// Other records of the same initiative (query/same.h) are left out.
Result<OverlapsAnswer> overlaps(const Context& context, const OverlapsQuestion& question);

}  // namespace mangrove::query
