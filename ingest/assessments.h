#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"

/// Judgements of people on places, as they are made: added, and revised without losing what was
/// said before.
namespace mangrove::ingest {

/// The source whose records these are.
inline constexpr std::string_view kAssessmentsSource = "src:assessments";

inline constexpr std::size_t kNoteBytesMax = 4'000;
inline constexpr std::size_t kAuthorBytesMax = 200;

/// One judgement, in the words of who makes it. Nodes are named by their ids; what does not apply
/// is empty.
struct AssessmentDraft {
  std::string place;  ///< A Place.
  std::string on;     ///< A Determinant, TopicArea, Target, ResponsePoint or Group; with `stage`, a
                      ///< TopicArea, or empty for the place as a whole.
  std::string stage;  ///< The Stage that the place has reached; then without status and pole.
  std::string status;  ///< `gap`, `partial`, `asset` or `unknown`.
  std::string pole;    ///< `risk` or `protective`; fits the status.
  std::string date;    ///< When it was judged: a year, month or day that is not to come.
  std::string by;      ///< Who judged, in words; at most kAuthorBytesMax bytes.
  std::string actor;   ///< An Actor that judged. One of the two must be there.
  std::string note;    ///< Why; at most kNoteBytesMax bytes. A revision must have one.
};

/// What is wrong with one field.
struct FieldFault {
  std::string field;
  std::string detail;
};

/// What became of it.
struct AssessmentOutcome {
  std::vector<FieldFault> faults;  ///< Where there are any, nothing was written.
  std::string id;                  ///< Of the Assessment.
  bool added = false;              ///< False where exactly this had been recorded before.
};

/// Adds a judgement as a node of its own. Its id follows from what it says, so that the same sent
/// twice is one. `view` is what whoever judges may see: what is hidden from it does not exist.
Result<AssessmentOutcome> assess(graph::Graph& graph, const graph::View& view,
                                 const AssessmentDraft& draft);

/// Puts a new judgement in the place of one that stands. The old one stays as it is, tied to the
/// new one by REVISES. Place, `on` and `stage` that are empty are those of the old one; the place
/// cannot change, nor what is judged, but for one stage becoming another.
/// `not_found` where there is no such assessment; `conflict` where it was revised already, naming
/// the one that stands.
Result<AssessmentOutcome> revise(graph::Graph& graph, std::string_view id,
                                 const graph::Viewer& viewer, AssessmentDraft draft);

}  // namespace mangrove::ingest
