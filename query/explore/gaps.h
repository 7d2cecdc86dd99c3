#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/calendar.h"
#include "query/explore/capacity.h"
#include "query/filter.h"
#include "query/judgements.h"
#include "query/observations.h"

namespace mangrove::query {

/// By which concepts a place is looked at.
enum class Scheme { determinants, topics, targets, stages, response_points, groups };
std::string_view to_string(Scheme scheme);  ///< `determinants`, …, `response-points`, `groups`.
std::optional<Scheme> parse_scheme(std::string_view name);

/// Need against coverage.
enum class CellState {
  covered_need,  ///< Something is needed, and covered.
  gap,           ///< Something is needed, and not covered.
  no_need,       ///< Known not to be needed; `covered` tells whether work goes on all the same.
  unknown,       ///< Nobody has looked, or who did could not tell. Never counts as fine.
};
std::string_view to_string(CellState state);  ///< `covered_need`, `gap`, `no_need`, `unknown`.

struct GapsQuestion {
  std::string place = {};
  Scheme scheme = Scheme::determinants;
  Filter filter = {};         ///< Of the initiatives that cover; its place is left out. `from` and
                              ///< `to` are the period: without them, initiatives of all years.
  double covered_from = 1.0;  ///< The coverage from which on a need is covered; above 0.
  Date as_of = today();       ///< Ages are told as of this day; what is dated later is left out.
  Page page = {};
};

/// The latest assessment of something, and how old it is.
struct LastAssessment {
  Brief node;
  std::string status;
  std::string pole;
  std::optional<Date> date;
  std::optional<int> years_old;  ///< Whole years.
  std::string by;                ///< Who judged: a free name, or names of actors; may be empty.
  std::string source;
  std::string note;
};

/// The last two comparable values of a measure that tells of the concept.
struct LastMeasurement {
  Brief observation;
  Brief measure;
  bool proxy = false;
  Change change = Change::unclear;
  double before = 0;
  double after = 0;
  Date before_date;
  Date date;
  int years_old = 0;
  std::string unit;
  std::string source;
  bool adverse = false;  ///< Worse than before, and no older than the latest assessment.
};

/// An initiative that covers.
struct CoveringInitiative {
  Brief node;
  double weight = 0;
  Brief place;  ///< Where it works, so that it counts here: the nearest, then the first by id.
};

/// One concept in one place.
struct Cell {
  Brief node;
  CellState state = CellState::unknown;
  Need need = Need::unknown;
  bool covered = false;
  double coverage = 0;
  double score = 0;
  std::uint64_t here = 0;     ///< Initiatives that work in the place or within it.
  std::uint64_t around = 0;   ///< Those that only work in a place that contains it.
  std::uint64_t running = 0;  ///< Of those here, not surely over or yet to begin as of the day.
  std::uint64_t actors = 0;   ///< Bodies that take part in those here.
  std::map<std::string, double> spend;          ///< By currency, of those here.
  std::vector<CoveringInitiative> initiatives;  ///< The first kCoveringMax.
  std::optional<LastAssessment> assessment;
  std::uint64_t dissent = 0;  ///< Other assessments of the same date that see it otherwise.
  std::vector<LastMeasurement> measurements;  ///< The adverse first; up to kMeasurementsMax.
  std::vector<Brief> evidence;  ///< About the assessment, or about both place and concept; up to
                                ///< kEvidenceMax.
  std::vector<AbleActor> able;  ///< Only of gaps; up to kAbleMax.
  std::vector<MissingKind> missing_kinds;  ///< Where somebody works here; most widespread first.
  std::vector<Reason> why;                 ///< Need and coverage; weights add up to the score.
};

struct GapsAnswer {
  Brief place;
  Scheme scheme = Scheme::determinants;
  std::vector<Brief> containing;  ///< Places whose initiatives count here too, the nearest first.
  std::map<CellState, std::uint64_t> states;  ///< Cells by state; all four are there.
  std::size_t total = 0;
  std::vector<Cell> items;
};

inline constexpr std::size_t kCoveringMax = 3;
inline constexpr std::size_t kMeasurementsMax = 3;
inline constexpr std::size_t kEvidenceMax = 3;

/// A place by every concept of a scheme: is something needed, is it covered, and how is that known?
///
/// **Coverage** is the sum, over initiatives that have the concept and pass the filter, of 1 where
/// one works in the place or within it, else of 2^-d where it works in a place that contains it d
/// steps up (query/surroundings.h). Records of one initiative count once (query/same.h). A topic
/// area has the initiatives that address a determinant of it; a stage, those that address a
/// determinant of a topic area in which the place stands at that stage (any determinant, where the
/// place as a whole does). Covered is what has `covered_from` of it.
///
/// **Need** is present where the latest assessment of the concept in this place is `gap` or
/// `partial` (or, without a status, of the risk pole), or where an observation of this very place
/// is adverse: the last of two values of one measure, method and unit is the worse one, by what the
/// measure says of better, and it is not older than that assessment. Need is none where the latest
/// assessment is `asset` (or of the protective pole). Else it is unknown: a value alone says
/// neither. Of several assessments of the latest date a need comes first. A topic area has need
/// where one of its determinants has or it was itself judged so, and none where everything that is
/// known of it is none and something is. A stage is needed where the place stands at it (in a topic
/// area, or as a whole), not where others are known to hold instead.
///
/// **Score** orders the rows: 3 for a gap, 2 for unknown, 1 for a covered need, 0 for no need, and
/// 1 / (1 + coverage); then by id. So what is most needed and least covered comes first.
///
/// **Spend** adds up what initiatives here have spent in the years asked for, currency by currency,
/// the whole of it in each cell of theirs: cells must not be added up.
///
/// **Able** to fill a gap are bodies that take part in initiatives of the concept, of whatever
/// years, here or nearby: score = sum over these initiatives of 2^-steps, with 0 steps here, d in a
/// place d steps up, 2 in one beside (within the same place); then by id. **Missing kinds** of
/// actors are those that at least half of the places beside have for this concept (and two at
/// least), and this place lacks: of up to kPeersMax places beside.
Result<GapsAnswer> gaps(const Context& context, const GapsQuestion& question);

}  // namespace mangrove::query
