#include "query/explore/reach.h"

#include <deque>
#include <optional>
#include <utility>

#include "query/filter.h"
#include "query/reading.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

class Reacher {
 public:
  Reacher(const Context& context, const PreparedFilter& filter,
          std::span<const KnownRelation> relations)
      : context_(context), relations_(relations), seen_(context.view.node_limit()) {
    for (const KnownRelation& known : relations) {
      for (const Direction direction : {Direction::out, Direction::in}) {
        neighbours_.emplace_back(context, filter, known.relation, direction);
      }
    }
  }

  Result<ReachAnswer> answer(NodeIndex start, unsigned hops) {
    ReachAnswer answer;
    seen_.touch(start) = 1;
    std::size_t begin = 0;
    for (unsigned hop = 1; hop <= hops; ++hop) {
      const std::size_t end = seen_.touched().size();
      for (; begin < end; ++begin) expand(seen_.touched()[begin]);
      TRY(context_.budget.status());
      if (seen_.touched().size() == end) break;
      answer.items.push_back(row(hop, end));
    }
    answer.total = seen_.touched().size() - 1;
    return answer;
  }

 private:
  void expand(NodeIndex node) {
    for (const std::size_t each : slots(context_.view.kind(node))) {
      for (const NodeIndex next : neighbours_[each].of(node)) {
        if (seen_[next] == 0) seen_.touch(next) = 1;
      }
    }
  }

  /// The walks that can lead anywhere from a node of this kind: most kinds stand at few relations.
  const std::vector<std::size_t>& slots(graph::Kind kind) {
    if (kind.value >= slots_.size()) slots_.resize(std::size_t{kind.value} + 1);
    auto& slots = slots_[kind.value];
    if (slots) return *slots;
    slots.emplace();
    for (std::size_t i = 0; i < relations_.size(); ++i) {
      const std::string_view name = context_.view.text(kind);
      if (may_stand_before(relations_[i], name)) slots->push_back(2 * i);
      if (may_stand_behind(relations_[i], name)) slots->push_back(2 * i + 1);
    }
    return *slots;
  }

  ReachHop row(unsigned hop, std::size_t from) const {
    std::map<graph::Kind, std::uint64_t> kinds;
    for (std::size_t i = from; i < seen_.touched().size(); ++i) {
      ++kinds[context_.view.kind(seen_.touched()[i])];
    }
    ReachHop row{.hop = hop, .nodes = seen_.touched().size() - from, .kinds = {}};
    for (const auto& [kind, count] : kinds) {
      row.kinds[std::string(context_.view.text(kind))] = count;
    }
    return row;
  }

  const Context& context_;
  std::span<const KnownRelation> relations_;
  Scratch<std::uint8_t> seen_;
  std::deque<Neighbours> neighbours_;                           // Out and in, for each relation.
  std::vector<std::optional<std::vector<std::size_t>>> slots_;  // By kind.
};

}  // namespace

Result<ReachAnswer> reach(const Context& context, const ReachQuestion& question) {
  if (question.hops < 1 || question.hops > kReachHopsMax) {
    return Error{ErrorCode::invalid_input,
                 "hops: must be from 1 to " + std::to_string(kReachHopsMax)};
  }
  const NodeIndex node = TRY(find_node(context, question.id));
  const Relations known(context);
  const auto relations = TRY(known.of(question.relations));
  Filter bases;
  bases.bases = question.bases;
  const PreparedFilter filter = TRY(PreparedFilter::prepare(context, bases));
  ReachAnswer answer = TRY(Reacher(context, filter, relations).answer(node, question.hops));
  answer.of = TRY(briefs(context, std::span(&node, 1))).front();
  return answer;
}

}  // namespace mangrove::query
