#include "ingest/assessments.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <span>
#include <utility>

#include "graph/base/date.h"
#include "graph/base/text.h"
#include "ingest/draft.h"

namespace mangrove::ingest {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::array<std::string_view, 4> kStatuses{"gap", "partial", "asset", "unknown"};
constexpr std::array<std::string_view, 2> kPoles{"risk", "protective"};
constexpr std::array<std::string_view, 5> kJudged{"Determinant", "TopicArea", "Target",
                                                  "ResponsePoint", "Group"};

Date today() {
  namespace chrono = std::chrono;
  const chrono::year_month_day day(chrono::floor<chrono::days>(chrono::system_clock::now()));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

template <typename Words>
bool is_one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Looks through the fields of a draft, and remembers what is wrong.
class Examination {
 public:
  Examination(const graph::View& view, const AssessmentDraft& draft) : view_(view), draft_(draft) {
    check_nodes();
    check_finding();
    check_date();
    check_author();
  }

  std::vector<FieldFault> take() { return std::move(faults_); }

 private:
  void refuse(std::string field, std::string detail) {
    faults_.push_back({std::move(field), std::move(detail)});
  }

  std::string_view kind_of(const std::string& id) const {
    const auto node = view_.find(id);
    return node ? view_.text(view_.kind(*node)) : std::string_view();
  }

  void check_nodes() {
    if (draft_.place.empty()) {
      refuse("place", "is missing: the id of a place, such as place:GH");
    } else if (kind_of(draft_.place) != "Place") {
      refuse("place", "there is no Place `" + shown(draft_.place) + "`");
    }
    if (!draft_.stage.empty() && kind_of(draft_.stage) != "Stage") {
      refuse("stage", "there is no Stage `" + shown(draft_.stage) + "`");
    }
    if (draft_.stage.empty() && draft_.on.empty()) {
      refuse("on", "is missing: what was judged, such as det:ind-debt; or a stage");
    }
    if (draft_.on.empty()) return;
    const std::string_view kind = kind_of(draft_.on);
    if (!draft_.stage.empty() && kind != "TopicArea") {
      refuse("on", "a stage is of a TopicArea or of the place as a whole; there is no TopicArea `" +
                       shown(draft_.on) + "`");
    } else if (!is_one_of(kJudged, kind)) {
      refuse("on", "there is no Determinant, TopicArea, Target, ResponsePoint or Group `" +
                       shown(draft_.on) + "`");
    }
  }

  void check_finding() {
    const std::string& status = draft_.status;
    const std::string& pole = draft_.pole;
    if (!draft_.stage.empty()) {
      if (!status.empty()) refuse("status", "says nothing of a stage: leave it out");
      if (!pole.empty()) refuse("pole", "says nothing of a stage: leave it out");
      return;
    }
    if (status.empty()) {
      refuse("status", "is missing: gap, partial, asset or unknown");
    } else if (!is_one_of(kStatuses, status)) {
      refuse("status", "is gap, partial, asset or unknown");
    }
    if (!pole.empty() && !is_one_of(kPoles, pole)) {
      refuse("pole", "is risk or protective");
    } else if ((status == "gap" && pole == "protective") || (status == "asset" && pole == "risk")) {
      refuse("pole", "contradicts the status " + status);
    }
  }

  void check_date() {
    const auto date = parse_date(draft_.date);
    if (draft_.date.empty()) {
      refuse("date", "is missing: when it was judged, such as 2026-03-31");
    } else if (!date) {
      refuse("date", "is no date such as 2026-03-31, 2026-03 or 2026");
    } else if (*date > today()) {
      refuse("date", "is still to come");
    }
  }

  void check_author() {
    if (trimmed(draft_.by).empty() && draft_.actor.empty()) {
      refuse("by", "say who judges: a name, or the id of an actor as `actor`");
    }
    check_text("by", draft_.by, kAuthorBytesMax);
    check_text("note", draft_.note, kNoteBytesMax);
    if (!draft_.actor.empty() && kind_of(draft_.actor) != "Actor") {
      refuse("actor", "there is no Actor `" + shown(draft_.actor) + "`");
    }
  }

  void check_text(const char* field, const std::string& text, std::size_t most) {
    if (text.size() > most) {
      refuse(field, "is longer than " + std::to_string(most) + " bytes");
    } else if (!is_utf8(text)) {
      refuse(field, "is no UTF-8");
    }
  }

  static std::string shown(const std::string& id) {
    constexpr std::size_t kShownMax = 200;
    return id.substr(0, kShownMax);
  }

  const graph::View& view_;
  const AssessmentDraft& draft_;
  std::vector<FieldFault> faults_;
};

void state(graph::Record& record, const char* name, const std::string& text) {
  if (!text.empty()) record.subject.properties.push_back({name, graph::Text{text, {}}});
}

graph::Record record_of(const AssessmentDraft& draft, const std::string& id,
                        std::string_view revised) {
  graph::Record record;
  record.source = kAssessmentsSource;
  record.subject = {id, "Assessment", {}};
  state(record, "status", draft.status);
  state(record, "pole", draft.pole);
  record.subject.properties.push_back({"date", *parse_date(draft.date)});
  state(record, "assessed_by", std::string(trimmed(draft.by)));
  state(record, "note", std::string(trimmed(draft.note)));
  record.subject.properties.push_back({"recorded", today()});
  record.mentions = {{std::string(kAssessmentsSource),
                      "Source",
                      {{"label", graph::Text{"Assessments made here", "en"}}}}};
  const auto tie = [&](const char* relation, const std::string& to) {
    if (!to.empty()) record.edges.push_back({id, relation, to, {}, {}, {}});
  };
  tie("OF", draft.place);
  tie("ON", draft.on);
  tie("ON", draft.stage);
  tie("ASSESSED_BY", draft.actor);
  tie("REVISES", std::string(revised));
  return record;
}

std::string id_of(const AssessmentDraft& draft, std::string_view revised) {
  std::string text;
  for (const std::string& field :
       {draft.place, draft.on, draft.stage, draft.status, draft.pole, draft.date, draft.by,
        draft.actor, draft.note, std::string(revised)}) {
    text += std::to_string(field.size()) + ":" + field;
  }
  return "assess:" + fingerprint_of(text);
}

Result<AssessmentOutcome> record(graph::Graph& graph, const AssessmentDraft& draft,
                                 std::string_view revised) {
  AssessmentOutcome outcome;
  outcome.id = id_of(draft, revised);
  if (graph.view(graph::Viewer::steward()).find(outcome.id)) return outcome;
  graph::Batch batch;
  batch.put(record_of(draft, outcome.id, revised));
  const graph::CommitReport report = TRY(graph.commit(batch));
  for (const graph::ChangeReport& change : report.changes) {
    if (change.outcome == graph::Outcome::refused) {
      return Error{ErrorCode::conflict, "the assessment was refused: " + change.message};
    }
    outcome.added = outcome.added || change.outcome == graph::Outcome::added;
  }
  return outcome;
}

/// The ends of a relation of one node, by id.
std::vector<NodeIndex> ends(const graph::View& view, NodeIndex node, std::string_view relation,
                            Direction direction) {
  std::vector<NodeIndex> all;
  const graph::Relation name = view.name(relation);
  if (name == graph::kNoName) return all;
  view.walk(std::span(&node, 1), name, direction,
            [&](std::size_t, const graph::Adjacent& edge) { all.push_back(edge.node); });
  std::sort(all.begin(), all.end(),
            [&](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); });
  return all;
}

/// Takes over from the old one what the new one leaves out; what may not change is a fault.
std::vector<FieldFault> take_over(const graph::View& view, NodeIndex old, AssessmentDraft& draft) {
  AssessmentDraft before;
  for (const NodeIndex place : ends(view, old, "OF", Direction::out)) {
    if (before.place.empty()) before.place = view.id(place);
  }
  for (const NodeIndex end : ends(view, old, "ON", Direction::out)) {
    std::string& field = view.text(view.kind(end)) == "Stage" ? before.stage : before.on;
    if (field.empty()) field = view.id(end);
  }
  std::vector<FieldFault> faults;
  if (draft.place.empty()) draft.place = before.place;
  if (draft.on.empty()) draft.on = before.on;
  if (draft.stage.empty()) draft.stage = before.stage;
  if (draft.place != before.place) {
    faults.push_back({"place", "cannot change: the assessment is of " + before.place});
  }
  if (draft.on != before.on) {
    faults.push_back({"on", before.on.empty() ? "cannot change: the place was judged as a whole"
                                              : "cannot change: it is on " + before.on});
  }
  if (draft.stage.empty() != before.stage.empty()) {
    faults.push_back({"stage", "cannot be added: no stage was judged"});
  }
  if (trimmed(draft.note).empty()) {
    faults.push_back({"note", "is missing: say why it is revised"});
  }
  return faults;
}

}  // namespace

Result<AssessmentOutcome> assess(graph::Graph& graph, const graph::View& view,
                                 const AssessmentDraft& draft) {
  if (auto faults = Examination(view, draft).take(); !faults.empty()) {
    return AssessmentOutcome{std::move(faults), {}, false};
  }
  return record(graph, draft, {});
}

Result<AssessmentOutcome> revise(graph::Graph& graph, std::string_view id,
                                 const graph::Viewer& viewer, AssessmentDraft draft) {
  // Of two who revise the same at once, one is told of the other.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  const graph::View view = graph.view(viewer);
  const auto old = view.find(id);
  if (!old || view.text(view.kind(*old)) != "Assessment") {
    return Error{ErrorCode::not_found,
                 "there is no Assessment `" + std::string(id.substr(0, 200)) + "`"};
  }
  std::vector<FieldFault> faults = take_over(view, *old, draft);
  if (faults.empty()) faults = Examination(view, draft).take();
  if (!faults.empty()) return AssessmentOutcome{std::move(faults), {}, false};
  const std::vector<NodeIndex> newer = ends(view, *old, "REVISES", Direction::in);
  if (!newer.empty() && view.id(newer.front()) != id_of(draft, id)) {
    return Error{ErrorCode::conflict, std::string(id) + " was revised by " +
                                          std::string(view.id(newer.front())) +
                                          "; revise that one"};
  }
  return record(graph, draft, id);
}

}  // namespace mangrove::ingest
