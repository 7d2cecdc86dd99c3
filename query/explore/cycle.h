#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/calendar.h"
#include "query/explore/assessments.h"

namespace mangrove::query {

struct CycleQuestion {
  std::string place = {};
  int stalled_after =
      24;                ///< Months without an assessment after which a stage is stalled; above 0.
  Date as_of = today();  ///< Ages are told as of this day; what is dated later is left out.
  Page page = {};
};

/// A stage that was reached.
struct StageReached {
  Brief stage;
  AssessmentBrief assessment;
  int pass = 1;  ///< Which time round the cycle.
};

/// What the graph can tell of a piece of evidence.
enum class SignState {
  there,    ///< It is there; `found` shows it.
  missing,  ///< It is not, or not all of it.
  judge,    ///< The graph cannot tell: people judge.
};
std::string_view to_string(SignState state);  ///< `there`, `missing`, `judge`.

/// One piece of evidence by which a stage is left or entered.
struct EvidenceSign {
  Brief stage;
  bool entry = false;  ///< Of entering the stage; else of leaving it.
  std::string text;    ///< From the vocabulary, in the language asked for.
  std::string sign;    ///< What is looked for (see ontology/vocabularies/stages.ttl); or empty.
  SignState state = SignState::judge;
  std::vector<Brief> found;  ///< The first kFoundMax by id.
  std::string why;           ///< What was looked for and found, in one English sentence.
};

/// A topic area of a place on its way through the cycle.
struct CycleTrack {
  std::optional<Brief> topic;           ///< Nothing: the place as a whole.
  std::optional<Brief> stage;           ///< Where it stands; nothing: nobody has judged.
  std::optional<Date> since;            ///< Since when, without another stage between.
  int pass = 0;                         ///< Which time round; 0 where nobody has judged.
  std::vector<StageReached> history;    ///< Oldest first; the latest kStagesMax.
  std::optional<Brief> next;            ///< The stage that follows; the first after the last.
  std::vector<EvidenceSign> checklist;  ///< Of leaving this stage, then of entering the next.
  std::optional<Date> last_assessed;    ///< Of any assessment that bears on the topic area.
  std::optional<int> months;            ///< Whole months since.
  bool stalled = false;                 ///< At a stage, and not assessed for too long.
  double score = 0;
  std::vector<Reason> why;
};

struct CycleAnswer {
  Brief place;
  std::uint64_t stalled = 0;     ///< Of all tracks.
  std::uint64_t unassessed = 0;  ///< Those of which nobody has judged the stage.
  std::size_t total = 0;
  std::vector<CycleTrack> items;
};

inline constexpr std::size_t kFoundMax = 3;
inline constexpr std::size_t kStagesMax = 100;

/// The resilience cycle of a place: itself as a whole and each topic area, the stage of each over
/// time, and what would show that it may go on to the next.
///
/// The stages are those of the vocabulary, in their order; after the last comes the first. A place
/// stands where its latest assessment (query/judgements.h) puts it. Going back is no failure; a new
/// pass begins when the first stage follows another one.
///
/// **Stalled** is a track at a stage whose last assessment of any kind (of its stage, of the topic
/// area, of a determinant of it; for the place as a whole, any) is more than `stalled_after` months
/// old, or undated.
///
/// **The checklist** is the exit evidence of the stage and the entry evidence of the next one, as
/// the vocabulary words it. Where that names a sign, the graph is asked whether it is there, for
/// the determinants of the topic area (all, for the place as a whole):
///
///     assessment         a dated assessment of the topic area or of a determinant of it
///     convenor           an actor that convenes an initiative here on one of the determinants
///     initiative         an initiative here, on a determinant assessed as needed, that runs
///     reach              for every determinant assessed as needed: an observation of the place by
///     a
///                        measure of it, or one of an initiative here that addresses it
///     two-measurements   two values of one measure, method and unit of one of the determinants
///     evaluation         an evaluation about the place
///
/// In the order of score = months since the last assessment for those at a stage, 0 for others;
/// those at a stage first, then the place as a whole, then by id.
Result<CycleAnswer> cycle(const Context& context, const CycleQuestion& question);

}  // namespace mangrove::query
