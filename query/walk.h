#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "ontology/schema.h"
#include "query/answer.h"
#include "query/filter.h"

namespace mangrove::query {

/// A relation of this view, with what the schema says of it.
struct KnownRelation {
  graph::Relation relation;
  std::string_view name;
  const ontology::RelationInfo* info = nullptr;  ///< Null for a relation that the schema lacks.
  double weight = 1;
};

/// Whether the schema lets nodes of this kind stand where edges of the relation begin, or end; true
/// for relations that it does not know.
bool may_stand_before(const KnownRelation& relation, std::string_view kind);
bool may_stand_behind(const KnownRelation& relation, std::string_view kind);

/// The relations of one view in the order of the schema; those it lacks come last, by name.
class Relations {
 public:
  explicit Relations(const Context& context);

  std::span<const KnownRelation> all() const { return all_; }
  /// Only those of these names, or all where there are none. Refuses (invalid_input) a name that
  /// the schema lacks and no edge has.
  Result<std::vector<KnownRelation>> of(std::span<const std::string> names) const;
  /// Null where the view has no such relation.
  const KnownRelation* find(std::string_view name) const;

 private:
  const Context& context_;
  std::vector<KnownRelation> all_;
};

/// Two initiatives that share the far end of such a tie have something in common.
struct Ground {
  KnownRelation relation;
  graph::Direction away;  ///< From the initiative to what it may share.

  graph::Direction back() const {
    return away == graph::Direction::out ? graph::Direction::in : graph::Direction::out;
  }
};

/// All nodes of this kind, in order of index: from the shelf of the view, made there if need be.
Result<std::shared_ptr<const std::vector<graph::NodeIndex>>> all_of_kind(const Context& context,
                                                                         std::string_view kind);

/// The relations that the schema calls connections, as seen from an initiative.
std::vector<Ground> common_ground(const Relations& relations);

/// Walks like `View::walk`, within the budget, over connections that count. Returns cancelled once
/// the budget is used up; some neighbours have then been left out.
template <typename Visit>
Status walk(const Context& context, const PreparedFilter& filter,
            std::span<const graph::NodeIndex> frontier, graph::Relation relation,
            graph::Direction direction, Visit&& visit) {
  Budget& budget = context.budget;
  context.view.walk(frontier, relation, direction,
                    [&](std::size_t position, const graph::Adjacent& adjacent) {
                      if (!budget.step() || !filter.counts(adjacent.qualifier)) return;
                      visit(position, adjacent);
                    });
  return budget.status();
}

/// The different neighbours of nodes by one relation in one direction, over connections that count,
/// however many edges tie the two. Make one for a question, and ask it of many nodes: what is
/// walked again and again comes from the lists that the view keeps.
class Neighbours {
 public:
  /// All that is given must outlive it.
  Neighbours(const Context& context, const PreparedFilter& filter, graph::Relation relation,
             graph::Direction direction)
      : context_(context),
        filter_(filter),
        relation_(relation),
        direction_(direction),
        lists_(context.view.neighbour_lists(relation, direction, filter.choice())) {}
  ~Neighbours() {
    if (walked_ > 0) context_.view.note_walked(relation_, direction_, filter_.choice(), walked_);
  }
  Neighbours(const Neighbours&) = delete;
  Neighbours& operator=(const Neighbours&) = delete;

  /// In order of index; valid until it is asked again. Nothing more once the budget is used up:
  /// whoever asks looks at its status when done.
  std::span<const graph::NodeIndex> of(graph::NodeIndex node) {
    if (lists_ == nullptr) return walk_to(node);
    const auto neighbours = lists_->of(node);
    if (!context_.budget.step(neighbours.size())) return {};
    return neighbours;
  }

 private:
  std::span<const graph::NodeIndex> walk_to(graph::NodeIndex node);

  const Context& context_;
  const PreparedFilter& filter_;
  graph::Relation relation_;
  graph::Direction direction_;
  const graph::NeighbourLists* lists_;
  std::vector<graph::NodeIndex> walked_to_;
  std::uint64_t walked_ = 0;
};

/// Walks like `walk`, but to each neighbour of a node once, however many edges of the relation tie
/// the two.
template <typename Visit>
Status walk_once(const Context& context, const PreparedFilter& filter,
                 std::span<const graph::NodeIndex> frontier, graph::Relation relation,
                 graph::Direction direction, Visit&& visit) {
  Neighbours neighbours(context, filter, relation, direction);
  for (std::size_t position = 0; position < frontier.size(); ++position) {
    for (const graph::NodeIndex node : neighbours.of(frontier[position])) visit(position, node);
  }
  return context.budget.status();
}

/// All different neighbours of one node, in order of index.
Result<std::vector<graph::NodeIndex>> ends_of(const Context& context, const PreparedFilter& filter,
                                              graph::NodeIndex node, graph::Relation relation,
                                              graph::Direction direction);

/// How connected nodes are: their different neighbours over connections that count, by each
/// relation and direction.
class Connectedness {
 public:
  /// Over these relations, which must outlive it, as must the filter.
  Connectedness(const Context& context, std::span<const KnownRelation> relations,
                const PreparedFilter& filter)
      : context_(context), relations_(relations), filter_(filter) {}

  std::uint64_t operator()(graph::NodeIndex node);

 private:
  struct Slot {
    graph::Relation relation;
    graph::Direction direction;
  };
  /// Where the schema lets a kind stand: most kinds stand at few relations.
  const std::vector<Slot>& slots(graph::Kind kind);
  std::uint64_t neighbours(graph::NodeIndex node, const Slot& slot) const;

  const Context& context_;
  std::span<const KnownRelation> relations_;
  const PreparedFilter& filter_;
  std::vector<std::optional<std::vector<Slot>>> slots_;  // By kind.
};

/// How much common ground counts, by how many share it: weight / ln(2 + sharers).
///
/// This and `commonness` are rounded to multiples of 2^-32. Sums of such numbers are exact (up to
/// two million), and so do not depend on the order in which a walk meets what it adds up.
double specificity(double weight, std::uint64_t sharers);
/// How common a node with so many connections is: ln(2 + connections).
double commonness(std::uint64_t connections);

/// Who states a connection, as far as its qualifier tells.
Basis basis_of(const Context& context, graph::Qualifier qualifier);
/// The weaker of two: reviewed, then reported, mapped, text.
bool is_weaker(Basis a, Basis b);

/// The property that a relation keeps in its qualifier (`role` of TAKES_PART_IN); empty where it
/// keeps none.
std::string_view qualifier_property(std::string_view relation);

}  // namespace mangrove::query
