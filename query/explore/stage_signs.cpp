#include "query/explore/stage_signs.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "query/reading.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

bool holds(const std::vector<NodeIndex>& sorted, NodeIndex node) {
  return std::binary_search(sorted.begin(), sorted.end(), node);
}

bool measures_one_of(const MeasureFacts& facts, const std::vector<NodeIndex>& determinants) {
  return std::any_of(facts.measured.begin(), facts.measured.end(),
                     [&](const Measured& each) { return holds(determinants, each.node); });
}

}  // namespace

StageSigns::StageSigns(const Context& context, const PreparedFilter& everything,
                       const Surroundings& surroundings, const std::vector<Judgement>& judgements,
                       const Date& as_of)
    : context_(context),
      everything_(everything),
      surroundings_(surroundings),
      judgements_(judgements),
      as_of_(as_of) {}

Status StageSigns::load() {
  if (is_loaded_) return {};
  is_loaded_ = true;
  std::vector<NodeIndex> places;
  for (const NodeIndex place : surroundings_.within_reach()) {
    if (surroundings_.weight(place) >= 1) places.push_back(place);
  }
  const graph::Relation works_in = context_.view.name("WORKS_IN");
  if (works_in != graph::kNoName) {
    TRY(walk_once(context_, everything_, places, works_in, Direction::in,
                  [&](std::size_t, NodeIndex initiative) { here_.push_back(initiative); }));
  }
  std::sort(here_.begin(), here_.end());
  here_.erase(std::unique(here_.begin(), here_.end()), here_.end());
  observed_ = TRY(observations_of(context_, surroundings_.place(), as_of_));
  std::vector<NodeIndex> measures;
  for (const Observed& each : observed_) {
    if (measures.empty() || measures.back() != each.measure) measures.push_back(each.measure);
  }
  measures_ = TRY(measure_facts(context_, measures));
  return {};
}

Result<StageSigns::Finding> StageSigns::look_for(std::string_view sign, const Scope& scope) {
  TRY(load());
  if (sign == "assessment") return assessment(scope);
  if (sign == "convenor") return convenor(scope);
  if (sign == "initiative") return initiative(scope);
  if (sign == "reach") return reach(scope);
  if (sign == "two-measurements") return two_measurements(scope);
  if (sign == "evaluation") return evaluation();
  return Finding{SignState::judge, {}, "The graph cannot tell: people judge."};
}

StageSigns::Finding StageSigns::found(std::vector<NodeIndex> nodes, std::string what) const {
  std::sort(nodes.begin(), nodes.end(),
            [&](NodeIndex a, NodeIndex b) { return context_.view.id(a) < context_.view.id(b); });
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  Finding finding;
  finding.state = nodes.empty() ? SignState::missing : SignState::there;
  finding.why = nodes.empty() ? "There is no " + what + "."
                              : "Found " + std::to_string(nodes.size()) + ": " + what + ".";
  if (nodes.size() > kFoundMax) nodes.resize(kFoundMax);
  finding.found = std::move(nodes);
  return finding;
}

StageSigns::Finding StageSigns::assessment(const Scope& scope) const {
  std::vector<NodeIndex> nodes;
  for (const Judgement& each : judgements_) {
    if (each.revised || each.stage || !each.date || !each.on) continue;
    if (each.on == scope.topic || holds(scope.determinants, *each.on)) nodes.push_back(each.node);
  }
  return found(std::move(nodes), "dated assessment of the topic area or of a determinant of it");
}

/// Those here that address one of these.
Result<std::vector<NodeIndex>> StageSigns::initiatives_on(
    std::span<const NodeIndex> determinants) const {
  std::vector<NodeIndex> initiatives;
  const graph::Relation addresses = context_.view.name("ADDRESSES");
  if (addresses == graph::kNoName) return initiatives;
  TRY(walk_once(context_, everything_, determinants, addresses, Direction::in,
                [&](std::size_t, NodeIndex initiative) {
                  if (holds(here_, initiative)) initiatives.push_back(initiative);
                }));
  std::sort(initiatives.begin(), initiatives.end());
  initiatives.erase(std::unique(initiatives.begin(), initiatives.end()), initiatives.end());
  return initiatives;
}

Result<StageSigns::Finding> StageSigns::convenor(const Scope& scope) const {
  std::vector<NodeIndex> actors;
  const graph::Relation takes_part = context_.view.name("TAKES_PART_IN");
  const graph::Qualifier convening = context_.view.name("convening");
  const std::vector<NodeIndex> initiatives = TRY(initiatives_on(scope.determinants));
  if (takes_part != graph::kNoName && convening != graph::kNoName) {
    TRY(walk(context_, everything_, initiatives, takes_part, Direction::in,
             [&](std::size_t, const graph::Adjacent& edge) {
               if (edge.qualifier == convening) actors.push_back(edge.node);
             }));
  }
  return found(std::move(actors), "actor that convenes an initiative here on its determinants");
}

/// The determinants whose latest assessment is a need.
std::vector<NodeIndex> StageSigns::needed(const Scope& scope) const {
  std::vector<NodeIndex> nodes;
  for (const NodeIndex determinant : scope.determinants) {
    const Judgement* latest = latest_on(judgements_, determinant);
    if (latest != nullptr && need_of(*latest) == Need::present) nodes.push_back(determinant);
  }
  return nodes;
}

Result<StageSigns::Finding> StageSigns::initiative(const Scope& scope) const {
  const std::vector<NodeIndex> determinants = needed(scope);
  const std::vector<NodeIndex> initiatives = TRY(initiatives_on(determinants));
  if (!context_.budget.read(initiatives.size())) return context_.budget.status().error();
  const std::vector<graph::Node> nodes = TRY(context_.view.read(initiatives));
  std::vector<NodeIndex> running;
  for (const graph::Node& node : nodes) {
    const Years years = years_of(node);
    const bool is_over = years.to && *years.to < as_of_.year;
    const bool is_to_come = years.from && *years.from > as_of_.year;
    if (!is_over && !is_to_come) running.push_back(node.index);
  }
  return found(std::move(running), "initiative here that runs on a determinant assessed as needed");
}

Result<bool> StageSigns::is_reached(NodeIndex determinant) const {
  for (const MeasureFacts& facts : measures_) {
    if (measures_one_of(facts, {determinant})) return true;
  }
  const graph::Relation of = context_.view.name("OF");
  const graph::Kind observation = context_.view.name("Observation");
  if (of == graph::kNoName || observation == graph::kNoName) return false;
  bool is_reached = false;
  const std::vector<NodeIndex> initiatives = TRY(initiatives_on(std::span(&determinant, 1)));
  TRY(walk_once(context_, everything_, initiatives, of, Direction::in,
                [&](std::size_t, NodeIndex node) {
                  is_reached = is_reached || context_.view.kind(node) == observation;
                }));
  return is_reached;
}

Result<StageSigns::Finding> StageSigns::reach(const Scope& scope) const {
  const std::vector<NodeIndex> determinants = needed(scope);
  std::vector<NodeIndex> reached;
  for (const NodeIndex determinant : determinants) {
    if (TRY(is_reached(determinant))) reached.push_back(determinant);
  }
  const std::size_t number = reached.size();
  Finding finding = found(std::move(reached), "observation for a determinant assessed as needed");
  if (determinants.empty()) {
    finding.why = "No determinant is assessed as needed, so there is nothing to measure yet.";
    return finding;
  }
  if (number < determinants.size()) finding.state = SignState::missing;
  finding.why = "Observations are there for " + std::to_string(number) + " of " +
                counted(determinants.size(), "determinant") + " assessed as needed.";
  return finding;
}

StageSigns::Finding StageSigns::two_measurements(const Scope& scope) const {
  std::vector<NodeIndex> measures;
  std::size_t from = 0;
  for (const MeasureFacts& facts : measures_) {
    std::size_t to = from;
    while (to < observed_.size() && observed_[to].measure == facts.node) ++to;
    const auto change = last_change(std::span(observed_).subspan(from, to - from));
    from = to;
    if (change && measures_one_of(facts, scope.determinants)) measures.push_back(facts.node);
  }
  return found(std::move(measures), "measure of its determinants with two values to compare");
}

Result<StageSigns::Finding> StageSigns::evaluation() const {
  const graph::Relation about = context_.view.name("ABOUT");
  std::vector<NodeIndex> evaluations;
  if (about != graph::kNoName) {
    const std::vector<NodeIndex> documents =
        TRY(ends_of(context_, everything_, surroundings_.place(), about, Direction::in));
    if (!context_.budget.read(documents.size())) return context_.budget.status().error();
    const std::vector<graph::Node> nodes = TRY(context_.view.read(documents));
    for (const graph::Node& node : nodes) {
      const std::string_view type = node.text("type");
      if (type.find("evaluation") != std::string_view::npos) evaluations.push_back(node.index);
    }
  }
  return found(std::move(evaluations), "evaluation about the place");
}

}  // namespace mangrove::query
