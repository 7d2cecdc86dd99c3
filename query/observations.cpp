#include "query/observations.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "graph/view.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

std::optional<double> number_of(const graph::Value* value) {
  if (value == nullptr) return std::nullopt;
  if (const auto* number = std::get_if<double>(value)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(value)) return static_cast<double>(*whole);
  return std::nullopt;
}

std::optional<Date> date_of(const graph::Node& node, std::string_view name) {
  const graph::Value* value = node.find(name);
  if (value == nullptr) return std::nullopt;
  if (const auto* date = std::get_if<Date>(value)) return *date;
  return parse_date(graph::to_string(*value));
}

Better parse_better(std::string_view word) {
  if (word == "up") return Better::up;
  if (word == "down") return Better::down;
  return word == "ambiguous" ? Better::ambiguous : Better::unknown;
}

Better better_of(const graph::Node& node) {
  std::set<Better> said;
  for (const graph::StatedProperty& property : node.properties) {
    const auto* text = std::get_if<graph::Text>(&property.value);
    if (property.name != "better" || text == nullptr) continue;
    if (const Better better = parse_better(text->text); better != Better::unknown) {
      said.insert(better);
    }
  }
  if (said.empty()) return Better::unknown;
  return said.size() == 1 ? *said.begin() : Better::ambiguous;
}

Observed observed_in(const graph::Node& node, NodeIndex measure) {
  Observed observed;
  observed.node = node.index;
  observed.id = node.id;
  observed.measure = measure;
  observed.from = date_of(node, "from");
  observed.to = date_of(node, "to");
  const graph::Value* value = node.find("value");
  observed.value = number_of(value);
  if (value == nullptr) value = node.find("value_as_written");
  if (value != nullptr) observed.written = graph::to_string(*value);
  observed.unit = node.text("unit");
  observed.method = node.text("method");
  observed.result_level = node.text("result_level");
  if (!node.sources.empty()) observed.source = node.sources.front();
  return observed;
}

/// The observations of a node, each with the first of its measures by id.
Result<std::map<NodeIndex, NodeIndex>> measures_by_observation(const Context& context,
                                                               NodeIndex of) {
  const graph::View& view = context.view;
  std::map<NodeIndex, NodeIndex> measures;
  const graph::Relation of_relation = view.name("OF");
  const graph::Relation on_relation = view.name("ON");
  if (of_relation == graph::kNoName || on_relation == graph::kNoName) return measures;
  const graph::Kind observation = view.name("Observation");
  const graph::Kind measure = view.name("Measure");
  std::vector<NodeIndex> observations;
  view.walk(std::span(&of, 1), of_relation, Direction::in,
            [&](std::size_t, const graph::Adjacent& edge) {
              if (!context.budget.step() || view.kind(edge.node) != observation) return;
              observations.push_back(edge.node);
            });
  TRY(context.budget.status());
  view.walk(observations, on_relation, Direction::out,
            [&](std::size_t i, const graph::Adjacent& edge) {
              if (!context.budget.step() || view.kind(edge.node) != measure) return;
              const auto [at, added] = measures.try_emplace(observations[i], edge.node);
              if (!added && view.id(edge.node) < view.id(at->second)) at->second = edge.node;
            });
  TRY(context.budget.status());
  return measures;
}

}  // namespace

std::string_view to_string(Better better) {
  switch (better) {
    case Better::up:
      return "up";
    case Better::down:
      return "down";
    case Better::ambiguous:
      return "ambiguous";
    case Better::unknown:
      break;
  }
  return "unknown";
}

std::string_view to_string(Change change) {
  switch (change) {
    case Change::better:
      return "better";
    case Change::worse:
      return "worse";
    case Change::same:
      return "same";
    case Change::unclear:
      break;
  }
  return "unclear";
}

Change change_between(Better better, double before, double after) {
  if (before == after) return Change::same;
  if (better != Better::up && better != Better::down) return Change::unclear;
  return (after > before) == (better == Better::up) ? Change::better : Change::worse;
}

Result<std::vector<Observed>> observations_of(const Context& context, NodeIndex of,
                                              const Date& until) {
  const auto measures = TRY(measures_by_observation(context, of));
  std::vector<NodeIndex> wanted;
  for (const auto& [observation, measure] : measures) wanted.push_back(observation);
  if (!context.budget.read(wanted.size())) return context.budget.status().error();
  const std::vector<graph::Node> nodes = TRY(context.view.read(wanted));
  std::vector<Observed> all;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Observed observed = observed_in(nodes[i], measures.at(wanted[i]));
    if (observed.time() && *observed.time() > until) continue;
    all.push_back(std::move(observed));
  }
  std::sort(all.begin(), all.end(), [&](const Observed& a, const Observed& b) {
    if (a.measure != b.measure) return context.view.id(a.measure) < context.view.id(b.measure);
    if (a.time().has_value() != b.time().has_value()) return a.time().has_value();
    return std::tuple(a.time(), a.from, std::string_view(a.id)) <
           std::tuple(b.time(), b.from, std::string_view(b.id));
  });
  return all;
}

Result<std::vector<MeasureFacts>> measure_facts(const Context& context,
                                                std::span<const NodeIndex> measures) {
  if (!context.budget.read(measures.size())) return context.budget.status().error();
  const std::vector<graph::Node> nodes = TRY(context.view.read(measures));
  std::vector<MeasureFacts> facts(measures.size());
  for (std::size_t i = 0; i < measures.size(); ++i) {
    facts[i].node = measures[i];
    facts[i].better = better_of(nodes[i]);
    facts[i].unit = nodes[i].text("unit");
    facts[i].method = nodes[i].text("method");
    facts[i].result_level = nodes[i].text("result_level");
  }
  const graph::Relation relation = context.view.name("MEASURES");
  if (relation == graph::kNoName) return facts;
  std::vector<graph::Edge> edges;
  std::vector<std::size_t> owners;
  context.view.walk(
      measures, relation, Direction::out, [&](std::size_t i, const graph::Adjacent& edge) {
        if (!context.budget.step()) return;
        edges.push_back({measures[i], relation, edge.node, edge.qualifier, edge.record});
        owners.push_back(i);
      });
  if (!context.budget.read(edges.size())) return context.budget.status().error();
  const auto stated = TRY(context.view.read_edges(edges));
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const graph::Value* value = graph::find_property(stated[i].properties, "proxy");
    const bool* said = value == nullptr ? nullptr : std::get_if<bool>(value);
    const bool proxy = said != nullptr && *said;
    std::vector<Measured>& list = facts[owners[i]].measured;
    const auto known = std::find_if(list.begin(), list.end(),
                                    [&](const Measured& each) { return each.node == edges[i].to; });
    if (known == list.end()) {
      list.push_back({edges[i].to, proxy});
    } else {
      known->proxy = known->proxy && proxy;
    }
  }
  for (MeasureFacts& each : facts) {
    std::sort(each.measured.begin(), each.measured.end(), [&](const auto& a, const auto& b) {
      return context.view.id(a.node) < context.view.id(b.node);
    });
  }
  return facts;
}

std::optional<LastChange> last_change(std::span<const Observed> of_one_measure) {
  const Observed* after = nullptr;
  const Observed* before = nullptr;
  for (auto at = of_one_measure.rbegin(); at != of_one_measure.rend(); ++at) {
    const Observed& each = *at;
    if (!each.value || !each.time()) continue;
    if (after == nullptr) {
      after = &each;
      continue;
    }
    if (each.method != after->method || each.unit != after->unit) continue;
    if (before == nullptr && each.time() < after->time()) {
      before = &each;
    } else if (before == nullptr || each.time() == before->time()) {
      // Another value of the same time: which of them holds is not known.
      const Observed* same_time = before == nullptr ? after : before;
      if (each.value != same_time->value) return std::nullopt;
    } else {
      break;
    }
  }
  if (before == nullptr) return std::nullopt;
  return LastChange{before, after};
}

}  // namespace mangrove::query
