#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/explore/overlap_words.h"
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
  Advice advice;               ///< What speaks for coordinating, differing and merging.
};

/// Another record that is, or may be, of the initiative asked.
struct Duplicate {
  Brief node;
  std::string state;  ///< `accepted` or `suggested`.
};

struct OverlapsAnswer {
  Brief of;
  std::size_t total = 0;
  std::vector<Overlap> items;
  std::vector<Duplicate> duplicates;  ///< No overlaps; accepted ones first, then by id.
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
/// Records that are, or may be, of the same initiative (query/same.h) are no overlaps: they stand
/// in `duplicates`.
Result<OverlapsAnswer> overlaps(const Context& context, const OverlapsQuestion& question);

/// Something that a draft is tied to, in words of the graph.
struct DraftTie {
  std::string relation;  ///< `CONTRIBUTES_TO`, `WORKS_IN`, …: away from the draft.
  std::string id;        ///< Of the other end.
  Basis basis = Basis::reported;
};

/// An initiative that is only planned, and stored nowhere.
struct DraftOverlapsQuestion {
  static constexpr std::size_t kTiesMax = 1'000;

  std::string title = {};
  Years years = {};
  std::vector<DraftTie> ties = {};  ///< At most kTiesMax.
  Filter filter = {};
  Page page = {};
};

/// The same for a draft, which adds nothing to how many have a thing. What this view does not have
/// (a tie's end, its relation, or one that is no connection of initiatives) is left out, as is what
/// the bases of the filter do not admit. `of` has no id. invalid_input for too many ties.
Result<OverlapsAnswer> overlaps_of_draft(const Context& context,
                                         const DraftOverlapsQuestion& question);

}  // namespace mangrove::query
