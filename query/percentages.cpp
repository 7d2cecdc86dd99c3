#include "query/percentages.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <variant>

#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::size_t kReadAtOnce = 5'000;
constexpr double kWhole = 100;

std::optional<double> percentage_in(const std::vector<graph::Property>& properties) {
  const graph::Value* const value = graph::find_property(properties, "percentage");
  if (value == nullptr) return std::nullopt;
  double number = 0;
  if (const auto* const real = std::get_if<double>(value)) number = *real;
  if (const auto* const whole = std::get_if<std::int64_t>(value)) {
    number = static_cast<double>(*whole);
  }
  return number > 0 && number <= kWhole ? std::optional(number) : std::nullopt;
}

}  // namespace

Result<std::shared_ptr<const Percentages>> Percentages::of(const Context& context,
                                                           std::string_view relation) {
  return context.view.derived().get<Percentages>(
      "query/percentages " + std::string(relation),
      [&]() -> Result<Percentages> { return make(context, relation); });
}

Result<Percentages> Percentages::make(const Context& context, std::string_view relation) {
  Percentages made;
  const graph::Relation name = context.view.name(relation);
  if (name == graph::kNoName) return made;
  std::vector<graph::Edge> edges;
  const auto read = [&]() -> Status {
    if (context.budget.is_cancelled()) return context.budget.status();
    const auto stated = TRY(context.view.read_edges(edges));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const auto percentage = percentage_in(stated[i].properties);
      if (percentage) made.parts_.push_back({edges[i].from, edges[i].to, *percentage});
    }
    edges.clear();
    return {};
  };
  const auto initiatives = TRY(all_of_kind(context, "Initiative"));
  for (const NodeIndex initiative : *initiatives) {
    context.view.walk(std::span(&initiative, 1), name, graph::Direction::out,
                      [&](std::size_t, const graph::Adjacent& end) {
                        edges.push_back({initiative, name, end.node, end.qualifier, end.record});
                      });
    if (edges.size() >= kReadAtOnce) TRY(read());
  }
  TRY(read());
  std::sort(made.parts_.begin(), made.parts_.end(), [](const Part& a, const Part& b) {
    return std::tie(a.initiative, a.end, b.percentage) <
           std::tie(b.initiative, b.end, a.percentage);
  });
  return made;
}

std::optional<double> Percentages::find(NodeIndex initiative, NodeIndex end) const {
  const auto part = std::partition_point(parts_.begin(), parts_.end(), [&](const Part& each) {
    return std::tie(each.initiative, each.end) < std::tie(initiative, end);
  });
  if (part == parts_.end() || part->initiative != initiative || part->end != end) {
    return std::nullopt;
  }
  return part->percentage;
}

}  // namespace mangrove::query
