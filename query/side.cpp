#include "query/side.h"

#include <algorithm>
#include <tuple>

namespace mangrove::query {

using graph::Adjacent;
using graph::NodeIndex;

Sides::Sides(const Context& context, const PreparedFilter& filter)
    : context_(context),
      relations_(context),
      ground_(common_ground(relations_)),
      filter_(filter),
      back_(ground_.size()),
      counts_(ground_.size()) {}

std::optional<std::size_t> Sides::find(std::string_view relation) const {
  for (std::size_t i = 0; i < ground_.size(); ++i) {
    if (ground_[i].relation.name == relation) return i;
  }
  return std::nullopt;
}

Result<std::vector<Side>> Sides::of(std::span<const NodeIndex> initiatives) const {
  std::vector<Side> sides(initiatives.size());
  for (std::size_t i = 0; i < initiatives.size(); ++i) sides[i].node = initiatives[i];
  for (std::size_t i = 0; i < ground_.size(); ++i) {
    TRY(walk(context_, filter_, initiatives, ground_[i].relation.relation, ground_[i].away,
             [&](std::size_t position, const Adjacent& edge) {
               auto& ties = sides[position].ties;
               const Basis basis = basis_of(context_, edge.qualifier);
               const std::string_view source = context_.view.source_of(edge.record);
               // Edges to one end come one after the other.
               if (ties.empty() || ties.back().ground != i || ties.back().end != edge.node) {
                 ties.push_back({i, edge.node, basis, source});
                 return;
               }
               SideTie& tie = ties.back();
               if (is_weaker(basis, tie.basis)) return;
               if (basis == tie.basis && tie.source <= source) return;
               tie.basis = basis;
               tie.source = source;
             }));
  }
  return sides;
}

std::span<const NodeIndex> Sides::sharers(std::size_t ground, NodeIndex end) {
  auto& back = back_[ground];
  if (!back) {
    back.emplace(context_, filter_, ground_[ground].relation.relation, ground_[ground].back());
  }
  return back->of(end);
}

std::size_t Sides::count(std::size_t ground, NodeIndex end) {
  const auto known = counts_[ground].find(end);
  if (known != counts_[ground].end()) return known->second;
  const std::size_t count = sharers(ground, end).size();
  counts_[ground].emplace(end, count);
  return count;
}

double Sides::weight(std::size_t ground, NodeIndex end) {
  return specificity(ground_[ground].relation.weight, count(ground, end));
}

Result<std::vector<SharedEnd>> Sides::shared(const Side& mine, const Side& theirs) {
  std::vector<SharedEnd> both;
  auto other = theirs.ties.begin();
  const auto key = [](const SideTie& tie) { return std::pair(tie.ground, tie.end); };
  for (const SideTie& tie : mine.ties) {
    while (other != theirs.ties.end() && key(*other) < key(tie)) ++other;
    if (other == theirs.ties.end()) break;
    if (key(*other) != key(tie)) continue;
    both.push_back({tie.ground, tie.end, weight(tie.ground, tie.end), &tie, &*other});
  }
  TRY(context_.budget.status());
  std::sort(both.begin(), both.end(), [&](const SharedEnd& a, const SharedEnd& b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    if (a.ground != b.ground) return a.ground < b.ground;
    return a.end != b.end && context_.view.id(a.end) < context_.view.id(b.end);
  });
  return both;
}

}  // namespace mangrove::query
