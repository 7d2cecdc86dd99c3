#include "query/walk.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr std::string_view kInitiative = "Initiative";

bool names(const std::vector<std::string>& kinds, std::string_view kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

double rounded(double number) {
  constexpr double kParts = 4'294'967'296.0;  // 2^32
  return std::nearbyint(number * kParts) / kParts;
}

/// Whether the schema lets nodes of this kind stand at this end.
bool may_stand(const std::vector<std::string>& kinds, std::string_view kind) {
  return kinds.empty() || names(kinds, kind);
}

}  // namespace

bool may_stand_before(const KnownRelation& relation, std::string_view kind) {
  return relation.info == nullptr || may_stand(relation.info->from, kind);
}

bool may_stand_behind(const KnownRelation& relation, std::string_view kind) {
  return relation.info == nullptr || may_stand(relation.info->to, kind);
}

Relations::Relations(const Context& context) : context_(context) {
  const auto& schema = context.schema.relations();
  for (const graph::Relation relation : context.view.relations()) {
    const std::string_view name = context.view.text(relation);
    const ontology::RelationInfo* info = context.schema.relation(name);
    all_.push_back({relation, name, info, info == nullptr ? 1.0 : info->weight});
  }
  // Infos stand in one vector, so that their addresses are in the order of the schema.
  const auto place = [&](const KnownRelation& known) {
    return known.info == nullptr ? schema.size()
                                 : static_cast<std::size_t>(known.info - schema.data());
  };
  std::sort(all_.begin(), all_.end(), [&](const KnownRelation& a, const KnownRelation& b) {
    return std::pair(place(a), a.name) < std::pair(place(b), b.name);
  });
}

const KnownRelation* Relations::find(std::string_view name) const {
  for (const KnownRelation& known : all_) {
    if (known.name == name) return &known;
  }
  return nullptr;
}

Result<std::vector<KnownRelation>> Relations::of(std::span<const std::string> wanted) const {
  if (wanted.empty()) return all_;
  for (const std::string& name : wanted) {
    // Of a relation that the schema lacks, only edges tell: what nobody here may see, nobody has
    // heard of.
    if (context_.schema.relation(name) == nullptr && !context_.view.counts().edges.contains(name)) {
      return Error{ErrorCode::invalid_input, "relation: there is no relation `" + name + "`"};
    }
  }
  std::vector<KnownRelation> known;
  for (const KnownRelation& each : all_) {
    if (std::find(wanted.begin(), wanted.end(), each.name) != wanted.end()) known.push_back(each);
  }
  return known;
}

std::span<const NodeIndex> Neighbours::walk_to(NodeIndex node) {
  walked_to_.clear();
  context_.view.walk(std::span(&node, 1), relation_, direction_,
                     [&](std::size_t, const graph::Adjacent& edge) {
                       ++walked_;
                       if (!context_.budget.step() || !filter_.counts(edge.qualifier)) return;
                       if (walked_to_.empty() || walked_to_.back() != edge.node) {
                         walked_to_.push_back(edge.node);
                       }
                     });
  return walked_to_;
}

Result<std::shared_ptr<const std::vector<NodeIndex>>> all_of_kind(const Context& context,
                                                                  std::string_view kind) {
  using Nodes = std::vector<NodeIndex>;
  return context.view.derived().get<Nodes>(
      "query/nodes/" + std::string(kind), [&]() -> Result<Nodes> {
        return context.view.nodes_of_kind(context.view.name(kind));
      });
}

std::vector<Ground> common_ground(const Relations& relations) {
  std::vector<Ground> ground;
  for (const KnownRelation& known : relations.all()) {
    if (known.info == nullptr || !known.info->connection) continue;
    const bool away = names(known.info->from, kInitiative);
    ground.push_back({known, away ? Direction::out : Direction::in});
  }
  return ground;
}

Result<std::vector<NodeIndex>> ends_of(const Context& context, const PreparedFilter& filter,
                                       NodeIndex node, graph::Relation relation,
                                       Direction direction) {
  std::vector<NodeIndex> ends;
  TRY(walk_once(context, filter, std::span(&node, 1), relation, direction,
                [&](std::size_t, NodeIndex end) { ends.push_back(end); }));
  return ends;
}

const std::vector<Connectedness::Slot>& Connectedness::slots(graph::Kind kind) {
  if (kind.value >= slots_.size()) slots_.resize(std::size_t{kind.value} + 1);
  std::optional<std::vector<Slot>>& slots = slots_[kind.value];
  if (slots) return *slots;
  slots.emplace();
  const std::string_view name = context_.view.text(kind);
  for (const KnownRelation& known : relations_) {
    if (may_stand_before(known, name)) slots->push_back({known.relation, Direction::out});
    if (may_stand_behind(known, name)) slots->push_back({known.relation, Direction::in});
  }
  return *slots;
}

std::uint64_t Connectedness::operator()(NodeIndex node) {
  std::uint64_t count = 0;
  for (const Slot& slot : slots(context_.view.kind(node))) {
    count += neighbours(node, slot);
  }
  context_.budget.step(count);
  return count;
}

std::uint64_t Connectedness::neighbours(NodeIndex node, const Slot& slot) const {
  if (filter_.counts_all_of(slot.relation))
    return context_.view.degree(node, slot.relation, slot.direction);
  std::uint64_t count = 0;
  NodeIndex last{};
  context_.view.walk(std::span(&node, 1), slot.relation, slot.direction,
                     [&](std::size_t, const graph::Adjacent& adjacent) {
                       if (!filter_.counts(adjacent.qualifier)) return;
                       if (count > 0 && adjacent.node == last) return;
                       last = adjacent.node;
                       ++count;
                     });
  return count;
}

double specificity(double weight, std::uint64_t sharers) {
  return rounded(weight / std::log(2.0 + static_cast<double>(sharers)));
}

double commonness(std::uint64_t connections) {
  return rounded(std::log(2.0 + static_cast<double>(connections)));
}

Basis basis_of(const Context& context, graph::Qualifier qualifier) {
  if (qualifier == graph::kNoName) return Basis::reported;
  return parse_basis(context.view.text(qualifier)).value_or(Basis::reported);
}

bool is_weaker(Basis a, Basis b) {
  const auto strength = [](Basis basis) {
    switch (basis) {
      case Basis::reviewed:
        return 3;
      case Basis::reported:
        return 2;
      case Basis::mapped:
        return 1;
      case Basis::text:
        return 0;
    }
    return 0;
  };
  return strength(a) < strength(b);
}

std::string_view qualifier_property(std::string_view relation) {
  if (relation == "TAKES_PART_IN") return "role";
  if (relation == "RELATED_TO") return "type";
  return {};
}

}  // namespace mangrove::query
