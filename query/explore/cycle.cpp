#include "query/explore/cycle.h"

#include <algorithm>
#include <map>
#include <utility>

#include "query/explore/stage_signs.h"
#include "query/reading.h"
#include "query/surroundings.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

/// A track while it is worked out.
struct Draft {
  StageSigns::Scope scope;
  std::vector<const Judgement*> stages;      // Oldest first.
  const Judgement* last_assessed = nullptr;  // The newest that bears on it.
  std::optional<int> months;
  bool stalled = false;

  bool is_placed() const { return !stages.empty(); }
  double score() const { return is_placed() && months ? static_cast<double>(*months) : 0; }
};

class CycleFinder {
 public:
  CycleFinder(const Context& context, const CycleQuestion& question,
              const PreparedFilter& everything, const Surroundings& surroundings,
              std::vector<Judgement> judgements)
      : context_(context),
        question_(question),
        everything_(everything),
        surroundings_(surroundings),
        judgements_(std::move(judgements)),
        signs_(context, everything, surroundings, judgements_, question.as_of),
        reading_(context) {}

  Result<CycleAnswer> answer() {
    TRY(read_stages());
    TRY(list_tracks());
    CycleAnswer answer;
    for (const Draft& draft : drafts_) {
      answer.stalled += draft.stalled ? 1 : 0;
      answer.unassessed += draft.is_placed() ? 0 : 1;
    }
    answer.total = drafts_.size();
    const std::size_t from = std::min(question_.page.offset, drafts_.size());
    const std::size_t to = std::min(from + question_.page.limit, drafts_.size());
    std::vector<std::vector<StageSigns::Finding>> findings;
    reading_.want(surroundings_.place());
    for (std::size_t i = from; i < to; ++i) {
      findings.push_back(TRY(look_for_signs(drafts_[i])));
      want(drafts_[i], findings.back());
    }
    TRY(reading_.load());
    answer.place = reading_.brief(surroundings_.place());
    for (std::size_t i = from; i < to; ++i) {
      answer.items.push_back(track(drafts_[i], findings[i - from]));
    }
    return answer;
  }

 private:
  // --- The stages -----------------------------------------------------------------------------

  /// In their order; those of one order by id.
  Status read_stages() {
    const graph::Kind kind = context_.view.name("Stage");
    if (kind == graph::kNoName) return {};
    stages_ = context_.view.nodes_of_kind(kind);
    for (const NodeIndex stage : stages_) reading_.want_whole(stage);
    TRY(reading_.load());
    std::sort(stages_.begin(), stages_.end(), [&](NodeIndex a, NodeIndex b) {
      const std::int64_t order_of_a = order_of(a);
      const std::int64_t order_of_b = order_of(b);
      return order_of_a != order_of_b ? order_of_a < order_of_b
                                      : context_.view.id(a) < context_.view.id(b);
    });
    return {};
  }

  std::int64_t order_of(NodeIndex stage) const {
    const graph::Value* order = reading_.node(stage).find("order");
    const auto* number = order == nullptr ? nullptr : std::get_if<std::int64_t>(order);
    return number == nullptr ? INT64_MAX : *number;
  }

  NodeIndex next_of(NodeIndex stage) const {
    const auto at = std::find(stages_.begin(), stages_.end(), stage);
    return at + 1 == stages_.end() ? stages_.front() : *(at + 1);
  }

  // --- The tracks -----------------------------------------------------------------------------

  Status list_tracks() {
    Draft whole;
    whole.scope.determinants = nodes_of_kind("Determinant");
    drafts_.push_back(std::move(whole));
    std::vector<NodeIndex> topics = nodes_of_kind("TopicArea");
    std::sort(topics.begin(), topics.end(),
              [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
    for (const NodeIndex topic : topics) {
      Draft draft;
      draft.scope.topic = topic;
      draft.scope.determinants = TRY(determinants_of(topic));
      drafts_.push_back(std::move(draft));
    }
    for (Draft& draft : drafts_) settle(draft);
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
      return a.is_placed() != b.is_placed() ? a.is_placed() : a.score() > b.score();
    });
    return {};
  }

  std::vector<NodeIndex> nodes_of_kind(std::string_view name) const {
    const graph::Kind kind = context_.view.name(name);
    return kind == graph::kNoName ? std::vector<NodeIndex>() : context_.view.nodes_of_kind(kind);
  }

  Result<std::vector<NodeIndex>> determinants_of(NodeIndex topic) const {
    const graph::Relation part_of = context_.view.name("PART_OF");
    const graph::Kind determinant = context_.view.name("Determinant");
    if (part_of == graph::kNoName) return std::vector<NodeIndex>();
    std::vector<NodeIndex> parts =
        TRY(ends_of(context_, everything_, topic, part_of, Direction::in));
    std::erase_if(parts, [&](NodeIndex each) { return context_.view.kind(each) != determinant; });
    return parts;
  }

  void settle(Draft& draft) const {
    for (const Judgement& each : judgements_) {
      if (each.revised) continue;
      if (each.stage && each.on == draft.scope.topic) draft.stages.push_back(&each);
      if (draft.last_assessed == nullptr && bears_on(each, draft.scope)) {
        draft.last_assessed = &each;
      }
    }
    std::reverse(draft.stages.begin(), draft.stages.end());
    if (draft.last_assessed != nullptr && draft.last_assessed->date) {
      draft.months = months_between(*draft.last_assessed->date, question_.as_of);
    }
    draft.stalled = draft.is_placed() && (!draft.months || *draft.months > question_.stalled_after);
  }

  static bool bears_on(const Judgement& judgement, const StageSigns::Scope& scope) {
    if (!scope.topic) return true;
    return judgement.on == scope.topic ||
           (judgement.on && std::binary_search(scope.determinants.begin(), scope.determinants.end(),
                                               *judgement.on));
  }

  // --- What is shown --------------------------------------------------------------------------

  struct Looked {
    NodeIndex stage;
    bool entry;
  };
  /// Leaving the stage where the track stands, and entering the next one.
  std::vector<Looked> to_look_for(const Draft& draft) const {
    if (!draft.is_placed()) {
      return stages_.empty() ? std::vector<Looked>() : std::vector<Looked>{{stages_.front(), true}};
    }
    const NodeIndex stage = *draft.stages.back()->stage;
    return {{stage, false}, {next_of(stage), true}};
  }

  std::string_view sign_of(const Looked& looked) const {
    return reading_.node(looked.stage).text(looked.entry ? "entry_sign" : "exit_sign");
  }

  Result<std::vector<StageSigns::Finding>> look_for_signs(const Draft& draft) {
    std::vector<StageSigns::Finding> findings;
    for (const Looked& looked : to_look_for(draft)) {
      findings.push_back(TRY(signs_.look_for(sign_of(looked), draft.scope)));
    }
    return findings;
  }

  void want(const Draft& draft, const std::vector<StageSigns::Finding>& findings) {
    if (draft.scope.topic) reading_.want(*draft.scope.topic);
    for (const Judgement* each : draft.stages) query::want(reading_, *each);
    for (const StageSigns::Finding& finding : findings) {
      for (const NodeIndex each : finding.found) reading_.want(each);
    }
  }

  CycleTrack track(const Draft& draft, const std::vector<StageSigns::Finding>& findings) const {
    CycleTrack track;
    if (draft.scope.topic) track.topic = reading_.brief(*draft.scope.topic);
    track.history = history_of(draft);
    if (draft.is_placed()) {
      const NodeIndex stage = *draft.stages.back()->stage;
      track.stage = reading_.brief(stage);
      track.since = since(draft);
      track.pass = track.history.back().pass;
      track.next = reading_.brief(next_of(stage));
    }
    const std::vector<Looked> looked = to_look_for(draft);
    for (std::size_t i = 0; i < looked.size(); ++i) {
      track.checklist.push_back(sign(looked[i], findings[i]));
    }
    if (draft.last_assessed != nullptr) track.last_assessed = draft.last_assessed->date;
    track.months = draft.months;
    track.stalled = draft.stalled;
    track.score = draft.score();
    track.why.push_back(reason(draft, track));
    return track;
  }

  std::vector<StageReached> history_of(const Draft& draft) const {
    std::vector<StageReached> history;
    int pass = 1;
    const Judgement* before = nullptr;
    for (const Judgement* each : draft.stages) {
      const bool is_first = each->stage == stages_.front();
      if (before != nullptr && is_first && before->stage != each->stage) ++pass;
      before = each;
      history.push_back(
          {reading_.brief(*each->stage), brief_of(reading_, *each, surroundings_.place()), pass});
    }
    if (history.size() > kStagesMax) {
      history.erase(history.begin(), history.end() - static_cast<std::ptrdiff_t>(kStagesMax));
    }
    return history;
  }

  static std::optional<Date> since(const Draft& draft) {
    std::optional<Date> since;
    for (auto at = draft.stages.rbegin(); at != draft.stages.rend(); ++at) {
      if ((*at)->stage != draft.stages.back()->stage) break;
      since = (*at)->date;
    }
    return since;
  }

  EvidenceSign sign(const Looked& looked, const StageSigns::Finding& finding) const {
    const graph::Node& stage = reading_.node(looked.stage);
    EvidenceSign sign;
    sign.stage = reading_.brief(looked.stage);
    sign.entry = looked.entry;
    sign.text = stage.text(looked.entry ? "entry_evidence" : "exit_evidence", context_.language);
    sign.sign = sign_of(looked);
    sign.state = finding.state;
    for (const NodeIndex each : finding.found) sign.found.push_back(reading_.brief(each));
    sign.why = finding.why;
    return sign;
  }

  Reason reason(const Draft& draft, const CycleTrack& track) const {
    Reason reason;
    reason.node = track.topic ? *track.topic : reading_.brief(surroundings_.place());
    reason.weight = draft.score();
    const std::string place = reading_.name(surroundings_.place());
    const std::string where = track.topic ? " in " + track.topic->name : " as a whole";
    if (!draft.is_placed()) {
      reason.text = "Nobody has judged at which stage " + place + " stands" + where + ".";
      return reason;
    }
    reason.relation = "ON";
    reason.source = draft.stages.back()->source;
    reason.text = place + " stands at " + track.stage->name + where +
                  (track.since ? " since " + to_string(*track.since) : std::string()) + "; " +
                  age_in_words(track) + (track.stalled ? ": stalled." : ".");
    return reason;
  }

  std::string age_in_words(const CycleTrack& track) const {
    if (!track.months) return "when it was last assessed is unknown";
    const auto months = [](int number) {
      return counted(static_cast<std::uint64_t>(number), "month");
    };
    return "it was last assessed " + months(*track.months) + " ago" +
           (track.stalled ? ", and " + months(question_.stalled_after) + " are the bound" : "");
  }

  const Context& context_;
  const CycleQuestion& question_;
  const PreparedFilter& everything_;
  const Surroundings& surroundings_;
  const std::vector<Judgement> judgements_;
  StageSigns signs_;
  Reading reading_;
  std::vector<NodeIndex> stages_;
  std::vector<Draft> drafts_;
};

}  // namespace

std::string_view to_string(SignState state) {
  switch (state) {
    case SignState::there:
      return "there";
    case SignState::missing:
      return "missing";
    case SignState::judge:
      break;
  }
  return "judge";
}

Result<CycleAnswer> cycle(const Context& context, const CycleQuestion& question) {
  if (question.stalled_after <= 0) {
    return Error{ErrorCode::invalid_input, "stalled_after: must be above 0"};
  }
  const NodeIndex place = TRY(find_node(context, question.place, "Place"));
  const PreparedFilter everything = TRY(PreparedFilter::prepare(context, {}));
  const Surroundings surroundings = TRY(Surroundings::of(context, place));
  std::vector<Judgement> judgements = TRY(judgements_of(context, place, question.as_of));
  return CycleFinder(context, question, everything, surroundings, std::move(judgements)).answer();
}

}  // namespace mangrove::query
