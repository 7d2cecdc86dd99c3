#include "query/analytics/projection.h"

#include <algorithm>

namespace mangrove::query {

using graph::Direction;
using graph::NodeIndex;

Result<Projection> Projection::make(const Context& context, const ProjectionQuestion& question) {
  Projection made(context);
  const Relations known(context);
  made.asked_ = question.relations;
  if (made.asked_.empty()) made.asked_ = {"TAKES_PART_IN"};
  made.relations_ = TRY(known.of(made.asked_));
  Filter narrowed = question.filter;
  narrowed.kinds = question.kinds;
  PreparedFilter filter = TRY(PreparedFilter::prepare(context, narrowed, Ties::working));
  TRY(filter.know_facts(context));
  TRY(made.take_lists(filter));
  TRY(made.choose_nodes(filter));
  return made;
}

Status Projection::take_lists(const PreparedFilter& filter) {
  const graph::View& view = context_->view;
  for (const KnownRelation& known : relations_) {
    for (const Direction direction : {Direction::out, Direction::in}) {
      const auto* lists = view.neighbour_lists(known.relation, direction, filter.choice());
      if (lists == nullptr) {
        view.note_walked(known.relation, direction, filter.choice(), UINT32_MAX);
        lists = view.neighbour_lists(known.relation, direction, filter.choice());
      }
      if (lists == nullptr) {
        return Error{ErrorCode::cancelled,
                     "the connections do not fit into the memory that is set aside for them; ask "
                     "along fewer relations"};
      }
      lists_.push_back(lists);
    }
  }
  return {};
}

Status Projection::choose_nodes(PreparedFilter& filter) {
  const graph::View& view = context_->view;
  const graph::Kind initiative = view.name("Initiative");
  included_.assign(view.node_limit(), 0);
  std::vector<NodeIndex> candidates;
  for (std::uint32_t i = 0; i < view.node_limit(); ++i) {
    const NodeIndex node{i};
    const bool is_tied = std::any_of(lists_.begin(), lists_.end(),
                                     [&](const auto* lists) { return !lists->of(node).empty(); });
    if (!is_tied || !view.exists(node)) continue;
    if (!context_->budget.step()) return context_->budget.status();
    const graph::Kind kind = view.kind(node);
    if (!filter.wants(kind)) continue;
    if (kind == initiative && filter.narrows() && !filter.admits_ties(*context_, node)) continue;
    included_[i] = 1;
    candidates.push_back(node);
  }
  // Whoever has no neighbour left is not part of it. That takes no neighbour from anybody.
  std::uint64_t ends = 0;
  for (const NodeIndex node : candidates) {
    const std::uint32_t neighbours = degree(node);
    ends += neighbours;
    if (neighbours > 0) nodes_.push_back(node);
  }
  TRY(context_->budget.status());
  for (const NodeIndex node : candidates) included_[node.value] = 0;
  places_.resize(included_.size());
  for (std::uint32_t place = 0; place < nodes_.size(); ++place) {
    included_[nodes_[place].value] = 1;
    places_[nodes_[place].value] = place;
  }
  edges_ = ends / 2;
  return {};
}

std::vector<NodeIndex> Projection::by_id() const {
  const graph::View& view = context_->view;
  std::vector<NodeIndex> sorted = nodes_;
  std::sort(sorted.begin(), sorted.end(),
            [&](NodeIndex a, NodeIndex b) { return view.id(a) < view.id(b); });
  return sorted;
}

}  // namespace mangrove::query
