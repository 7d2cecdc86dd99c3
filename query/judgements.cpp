#include "query/judgements.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "graph/view.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

std::optional<Date> date_of(const graph::Node& node) {
  const graph::Value* value = node.find("date");
  if (value == nullptr) return std::nullopt;
  if (const auto* date = std::get_if<Date>(value)) return *date;
  if (const auto* text = std::get_if<graph::Text>(value)) return parse_date(text->text);
  if (const auto* year = std::get_if<std::int64_t>(value)) return parse_date(std::to_string(*year));
  return std::nullopt;
}

/// Need first, then none, then unknown.
int rank(const Judgement& judgement) {
  switch (need_of(judgement)) {
    case Need::present:
      return 0;
    case Need::none:
      return 1;
    case Need::unknown:
      break;
  }
  return 2;
}

bool stands_before(const Judgement& a, const Judgement& b) {
  if (a.date != b.date) return a.date > b.date;  // Nothing comes after any date.
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return a.id < b.id;
}

/// The ends of a relation for each of many nodes, by id.
std::vector<std::vector<NodeIndex>> ends_of_each(const Context& context,
                                                 std::span<const NodeIndex> nodes,
                                                 std::string_view relation, Direction direction) {
  std::vector<std::vector<NodeIndex>> ends(nodes.size());
  const graph::Relation name = context.view.name(relation);
  if (name == graph::kNoName) return ends;
  context.view.walk(nodes, name, direction, [&](std::size_t i, const graph::Adjacent& edge) {
    if (!context.budget.step()) return;
    if (ends[i].empty() || ends[i].back() != edge.node) ends[i].push_back(edge.node);
  });
  for (auto& list : ends) {
    std::sort(list.begin(), list.end(),
              [&](NodeIndex a, NodeIndex b) { return context.view.id(a) < context.view.id(b); });
  }
  return ends;
}

/// The stage apart from all else; of several things the first by id.
void take_subject(const Context& context, const std::vector<NodeIndex>& on, Judgement& judgement) {
  for (const NodeIndex end : on) {
    const bool is_stage = context.view.text(context.view.kind(end)) == "Stage";
    auto& place = is_stage ? judgement.stage : judgement.on;
    if (!place) place = end;
  }
}

}  // namespace

std::string_view to_string(Need need) {
  switch (need) {
    case Need::present:
      return "present";
    case Need::none:
      return "none";
    case Need::unknown:
      break;
  }
  return "unknown";
}

Need need_of(const Judgement& judgement) {
  if (judgement.status == "gap" || judgement.status == "partial") return Need::present;
  if (judgement.status == "asset") return Need::none;
  if (!judgement.status.empty()) return Need::unknown;
  if (judgement.pole == "risk") return Need::present;
  return judgement.pole == "protective" ? Need::none : Need::unknown;
}

Result<std::vector<Judgement>> judgements_of(const Context& context, NodeIndex place,
                                             const Date& until) {
  const graph::Kind assessment = context.view.name("Assessment");
  std::vector<NodeIndex> found =
      ends_of_each(context, std::span(&place, 1), "OF", Direction::in).front();
  std::erase_if(found, [&](NodeIndex node) { return context.view.kind(node) != assessment; });
  return read_judgements(context, found, until);
}

Result<std::vector<Judgement>> read_judgements(const Context& context,
                                               std::span<const NodeIndex> assessments,
                                               const Date& until) {
  const auto on = ends_of_each(context, assessments, "ON", Direction::out);
  const auto authors = ends_of_each(context, assessments, "ASSESSED_BY", Direction::out);
  const auto revises = ends_of_each(context, assessments, "REVISES", Direction::out);
  TRY(context.budget.status());
  if (!context.budget.read(assessments.size())) return context.budget.status().error();
  const std::vector<graph::Node> nodes = TRY(context.view.read(assessments));
  std::vector<Judgement> judgements;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const graph::Node& node = nodes[i];
    Judgement judgement;
    judgement.node = assessments[i];
    judgement.id = node.id;
    judgement.date = date_of(node);
    if (judgement.date && *judgement.date > until) continue;
    take_subject(context, on[i], judgement);
    judgement.status = node.text("status");
    judgement.pole = node.text("pole");
    judgement.note = node.text("note", context.language);
    judgement.by = node.text("assessed_by");
    judgement.authors = authors[i];
    judgement.revises = revises[i];
    if (!node.sources.empty()) judgement.source = node.sources.front();
    judgements.push_back(std::move(judgement));
  }
  std::unordered_set<NodeIndex> replaced;
  for (const Judgement& each : judgements) {
    replaced.insert(each.revises.begin(), each.revises.end());
  }
  for (Judgement& each : judgements) each.revised = replaced.contains(each.node);
  std::sort(judgements.begin(), judgements.end(), stands_before);
  return judgements;
}

const Judgement* latest_on(const std::vector<Judgement>& judgements, NodeIndex subject) {
  for (const Judgement& each : judgements) {
    if (!each.revised && !each.stage && each.on == subject) return &each;
  }
  return nullptr;
}

std::string in_words(const Judgement& judgement) {
  const auto finding = [&]() -> std::string {
    if (judgement.status == "gap") return "assessed as a gap";
    if (judgement.status == "partial") return "assessed as met in part";
    if (judgement.status == "asset") return "assessed as an asset";
    if (judgement.status == "unknown") return "assessed as unknown";
    if (judgement.pole == "risk") return "assessed as a risk";
    if (judgement.pole == "protective") return "assessed as protective";
    return "assessed without a finding";
  };
  std::string text = finding();
  text += judgement.date ? " on " + to_string(*judgement.date) : " at an unknown time";
  if (!judgement.by.empty()) text += " by " + judgement.by;
  return text;
}

}  // namespace mangrove::query
