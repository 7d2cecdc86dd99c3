#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

class InitiativeFacts;

/// What a caller narrows a question to, in the caller's words. Every field means the same wherever
/// it can be used; an empty one admits all.
///
/// `kinds` and `bases` apply to every node and every connection. The rest speaks of initiatives:
/// with any of them set, only initiatives are admitted.
struct Filter {
  std::vector<std::string> kinds = {};  ///< Names of node kinds: any of them.
  std::vector<std::string> bases =
      {};                   ///< `reported`, …: what counts as a connection; any of them.
  std::string place = {};   ///< Works in this place or in one within it. Id, or what people write.
  std::string target = {};  ///< Contributes to this target, or to this goal or a target of it.
  std::string determinant = {};  ///< Addresses it.
  std::string sector = {};       ///< Is in it.
  std::string actor = {};        ///< This actor takes part in it.
  std::string status = {};       ///< Its `status`, in any case: `implementation`; or `retired`.
  std::string language = {};     ///< Has a title in this language.
  std::optional<int> from = {};  ///< Was surely not over before this year.
  std::optional<int> to = {};    ///< Did surely not begin after this year.
};

/// Which connections a question walks.
enum class Ties {
  all,
  /// Without those of a body that only passes on a record of others' work (the role
  /// `secondary-reporting`): it knows nobody in it, so it makes no two of them partners.
  working,
};

/// A filter with its names looked up in one view, ready to be asked of many nodes.
class PreparedFilter {
 public:
  /// Refuses (invalid_input, naming the field) what the graph or the schema has never heard of.
  static Result<PreparedFilter> prepare(const Context& context, const Filter& filter,
                                        Ties ties = Ties::all);

  /// Whether a connection with this qualifier counts. Qualifiers that name no basis are `reported`.
  /// What is only suggested, or refused, is no connection.
  bool counts(graph::Qualifier qualifier) const { return counted_(qualifier); }
  /// The same, for the lists of neighbours that a view keeps.
  const graph::QualifierChoice& choice() const { return choice_; }
  /// Whether every connection counts, whoever says so.
  bool counts_all() const { return counted_.all; }
  /// The same of one relation.
  bool counts_all_of(graph::Relation relation) const {
    return counted_.all && relation != same_as_ && relation != not_same_as_;
  }
  /// Whether the kind is wanted.
  bool wants(graph::Kind kind) const;

  /// Whether the node passes as far as kind and connections tell. Touches no disk.
  bool admits(const Context& context, graph::NodeIndex node) const;
  /// The same, whatever its kind.
  bool admits_ties(const Context& context, graph::NodeIndex node) const;
  /// Whether anything but the kind decides.
  bool narrows() const { return initiatives_only_; }

  /// A connection by which an initiative was admitted.
  struct Admission {
    graph::Relation relation;
    graph::Direction direction;  ///< From the initiative.
    graph::Adjacent edge;
  };
  /// For each field that asks for a connection, the best founded one; of equally good ones the
  /// first by id of its other end, then by source.
  std::vector<Admission> admissions(const Context& context, graph::NodeIndex initiative) const;

  /// Whether `admits(Node)` must be asked too, because properties decide.
  bool reads_properties() const { return asks_of_properties() && facts_ == nullptr; }
  /// Looks up what it asks of properties for all initiatives (query/initiative_facts.h), so that
  /// `admits(context, node)` tells all. For questions that count; does nothing where properties do
  /// not matter.
  Status know_facts(const Context& context);
  /// Whether the node passes as far as its properties tell.
  bool admits(const graph::Node& node) const;

 private:
  struct Tie {
    graph::Relation relation;
    graph::Direction direction;
    std::vector<graph::NodeIndex> ends;  ///< Any of these; sorted.
  };
  /// Which qualifiers count. Names are kNoName where the graph has none.
  struct Counted {
    graph::Qualifier suggested;
    graph::Qualifier refused;
    bool all = true;
    bool reported = true;  ///< Also for connections that name no basis.
    std::vector<std::pair<graph::Qualifier, bool>> named = {};  ///< Whether these count.

    bool operator()(graph::Qualifier qualifier) const {
      if (qualifier != graph::kNoName && (qualifier == suggested || qualifier == refused)) {
        return false;
      }
      if (all) return true;
      for (const auto& [name, counted] : named) {
        if (name == qualifier) return counted;
      }
      return reported;
    }
    /// Different for those that count differently.
    std::string key() const;
  };
  bool asks_of_properties() const;
  bool admits_facts(graph::NodeIndex node) const;
  Status prepare_bases(const graph::View& view, const std::vector<std::string>& bases);
  Status prepare_ties(const Context& context, const Filter& filter);

  std::vector<graph::Kind> kinds_;
  Counted counted_;
  graph::QualifierChoice choice_;
  graph::Relation same_as_;  // kNoName where the graph has none; so is the next.
  graph::Relation not_same_as_;
  std::vector<Tie> ties_;
  bool initiatives_only_ = false;
  graph::Kind initiative_ = graph::kNoName;
  Filter words_;
  std::shared_ptr<const InitiativeFacts> facts_;
};

/// When an initiative runs: actual dates, else planned ones, else nothing.
Years years_of(const graph::Node& initiative);

}  // namespace mangrove::query
