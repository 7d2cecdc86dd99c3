#include "query/explore/assessments.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

/// What a question is narrowed to.
struct Wanted {
  std::optional<NodeIndex> place;
  std::optional<NodeIndex> on;
  std::optional<NodeIndex> actor;

  bool admits(const Judgement& judgement) const {
    if (on && judgement.on != on && judgement.stage != on) return false;
    const auto& authors = judgement.authors;
    return !actor || std::find(authors.begin(), authors.end(), *actor) != authors.end();
  }
};

Result<std::optional<NodeIndex>> named(const Context& context, std::string_view field,
                                       const std::string& words, std::string_view kind) {
  if (words.empty()) return std::optional<NodeIndex>();
  const auto found = find_node(context, words, kind);
  if (!found.ok()) {
    return Error{ErrorCode::invalid_input, std::string(field) + ": " + found.error().message};
  }
  return std::optional(found.value());
}

class AssessmentLister {
 public:
  AssessmentLister(const Context& context, const AssessmentsQuestion& question,
                   const PreparedFilter& everything)
      : context_(context), question_(question), everything_(everything), reading_(context) {}

  Result<AssessmentsAnswer> answer(const Wanted& wanted) {
    judgements_ = wanted.place ? TRY(judgements_of(context_, *wanted.place, question_.as_of))
                               : TRY(read_judgements(context_, all_assessments(), question_.as_of));
    for (const Judgement& each : judgements_) by_node_[each.node] = &each;
    std::vector<const Judgement*> standing;
    for (const Judgement& each : judgements_) {
      if (!each.revised && wanted.admits(each)) standing.push_back(&each);
    }
    AssessmentsAnswer answer;
    answer.total = standing.size();
    const std::size_t from = std::min(question_.page.offset, standing.size());
    const std::size_t to = std::min(from + question_.page.limit, standing.size());
    std::vector<std::vector<const Judgement*>> rows;
    for (std::size_t i = from; i < to; ++i) {
      rows.push_back(with_history(standing[i]));
      for (const Judgement* each : rows.back()) TRY(want(*each));
    }
    TRY(reading_.load());
    for (const auto& row : rows) {
      AssessmentRow& shown = answer.items.emplace_back();
      shown.latest = brief(*row.front());
      for (std::size_t i = 1; i < row.size(); ++i) shown.history.push_back(brief(*row[i]));
    }
    return answer;
  }

 private:
  std::vector<NodeIndex> all_assessments() const {
    const graph::Kind kind = context_.view.name("Assessment");
    return kind == graph::kNoName ? std::vector<NodeIndex>() : context_.view.nodes_of_kind(kind);
  }

  /// It, and all that it took the place of, newest first.
  std::vector<const Judgement*> with_history(const Judgement* latest) const {
    std::vector<const Judgement*> found{latest};
    std::set<NodeIndex> seen{latest->node};
    for (std::size_t i = 0; i < found.size(); ++i) {
      for (const NodeIndex older : found[i]->revises) {
        const auto known = by_node_.find(older);
        if (known != by_node_.end() && seen.insert(older).second) found.push_back(known->second);
      }
    }
    if (found.size() > kHistoryMax + 1) found.resize(kHistoryMax + 1);
    return found;
  }

  Status want(const Judgement& judgement) {
    const graph::Relation of = context_.view.name("OF");
    const graph::Kind place = context_.view.name("Place");
    std::optional<NodeIndex> first;
    TRY(walk_once(context_, everything_, std::span(&judgement.node, 1), of, Direction::out,
                  [&](std::size_t, NodeIndex end) {
                    if (context_.view.kind(end) != place) return;
                    if (!first || context_.view.id(end) < context_.view.id(*first)) first = end;
                  }));
    if (first) places_[judgement.node] = *first;
    if (first) reading_.want(*first);
    query::want(reading_, judgement);
    return {};
  }

  AssessmentBrief brief(const Judgement& judgement) const {
    const auto place = places_.find(judgement.node);
    return brief_of(reading_, judgement,
                    place == places_.end() ? std::nullopt : std::optional(place->second));
  }

  const Context& context_;
  const AssessmentsQuestion& question_;
  const PreparedFilter& everything_;
  Reading reading_;
  std::vector<Judgement> judgements_;
  std::unordered_map<NodeIndex, const Judgement*> by_node_;
  std::unordered_map<NodeIndex, NodeIndex> places_;
};

}  // namespace

void want(Reading& reading, const Judgement& judgement) {
  reading.want(judgement.node);
  if (judgement.on) reading.want(*judgement.on);
  if (judgement.stage) reading.want(*judgement.stage);
  for (const NodeIndex author : judgement.authors) reading.want(author);
}

AssessmentBrief brief_of(const Reading& reading, const Judgement& judgement,
                         std::optional<NodeIndex> place) {
  AssessmentBrief brief;
  brief.node = reading.brief(judgement.node);
  if (place) brief.place = reading.brief(*place);
  if (judgement.on) brief.on = reading.brief(*judgement.on);
  if (judgement.stage) brief.stage = reading.brief(*judgement.stage);
  brief.status = judgement.status;
  brief.pole = judgement.pole;
  brief.date = judgement.date;
  brief.by = judgement.by;
  for (const NodeIndex author : judgement.authors) brief.authors.push_back(reading.brief(author));
  brief.source = judgement.source;
  brief.note = judgement.note;
  return brief;
}

Result<AssessmentsAnswer> assessments(const Context& context, const AssessmentsQuestion& question) {
  const Wanted wanted{TRY(named(context, "place", question.place, "Place")),
                      TRY(named(context, "on", question.on, {})),
                      TRY(named(context, "actor", question.actor, "Actor"))};
  const PreparedFilter everything = TRY(PreparedFilter::prepare(context, {}));
  return AssessmentLister(context, question, everything).answer(wanted);
}

}  // namespace mangrove::query
