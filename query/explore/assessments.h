#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/calendar.h"
#include "query/judgements.h"
#include "query/reading.h"

namespace mangrove::query {

struct AssessmentsQuestion {
  std::string place = {};  ///< Only of this place. Empty: of all.
  std::string on = {};     ///< Only on this determinant, topic area, target, …; or this stage.
  std::string actor = {};  ///< Only by this actor.
  Date as_of = today();    ///< What is dated later is left out.
  Page page = {};
};

/// One judgement, for people.
struct AssessmentBrief {
  Brief node;
  std::optional<Brief> place;  ///< The first by id; nothing for one of an initiative.
  std::optional<Brief> on;
  std::optional<Brief> stage;
  std::string status;
  std::string pole;
  std::optional<Date> date;
  std::string by;              ///< A free name; or empty.
  std::vector<Brief> authors;  ///< Actors, by id.
  std::string source;
  std::string note;
};

/// The nodes that a judgement names, to be read; then the judgement for people, of that place.
void want(Reading& reading, const Judgement& judgement);
AssessmentBrief brief_of(const Reading& reading, const Judgement& judgement,
                         std::optional<graph::NodeIndex> place);

/// One that stands, and what it took the place of.
struct AssessmentRow {
  AssessmentBrief latest;
  std::vector<AssessmentBrief> history;  ///< Newest first; the first kHistoryMax.
};

struct AssessmentsAnswer {
  std::size_t total = 0;
  std::vector<AssessmentRow> items;
};

inline constexpr std::size_t kHistoryMax = 50;

/// The assessments that stand (nobody has revised them), newest first, in the order of
/// query/judgements.h; each with what it revised, and what that revised in turn.
Result<AssessmentsAnswer> assessments(const Context& context, const AssessmentsQuestion& question);

}  // namespace mangrove::query
