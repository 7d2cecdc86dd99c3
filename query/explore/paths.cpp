#include "query/explore/paths.h"

#include <array>
#include <string>
#include <utility>

#include "query/reading.h"
#include "query/route.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

Status check(const PathsQuestion& question) {
  if (question.max_hops < 1 || question.max_hops > kHopsMax) {
    return Error{ErrorCode::invalid_input,
                 "max_hops: must be from 1 to " + std::to_string(kHopsMax)};
  }
  if (question.k < 1 || question.k > kPathsMax) {
    return Error{ErrorCode::invalid_input, "k: must be from 1 to " + std::to_string(kPathsMax)};
  }
  return {};
}

/// How common the nodes on the way are: that is what the path is ranked by.
Result<std::vector<Reason>> reasons_of(RouteFinder& finder, const Route& route, const Path& path) {
  std::vector<Reason> why;
  for (std::size_t i = 1; i + 1 < route.nodes.size(); ++i) {
    const std::uint64_t connections = TRY(finder.connections(route.nodes[i]));
    const Step& step = path.steps[i];
    Reason reason;
    reason.node = step.from;
    reason.relation = step.relation;
    reason.weight = specificity(1, connections);
    reason.basis = step.basis;
    reason.source = step.source;
    reason.text = "Through " + step.from.name + ", which has " +
                  counted(connections, "connection") + " in all.";
    why.push_back(std::move(reason));
  }
  return why;
}

}  // namespace

Result<PathsAnswer> paths(const Context& context, const PathsQuestion& question) {
  TRY(check(question));
  const graph::NodeIndex from = TRY(find_node(context, question.from));
  const graph::NodeIndex to = TRY(find_node(context, question.to));
  const Relations known(context);
  const auto relations = TRY(known.of(question.relations));
  PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter, Ties::working));
  TRY(filter.know_facts(context));

  RouteFinder finder(context, relations, filter, &filter);
  const auto routes = TRY(finder.best(from, to, question.max_hops, question.k));
  auto steps = TRY(finder.steps(routes));

  PathsAnswer answer;
  const std::array<graph::NodeIndex, 2> ends{from, to};
  auto named = TRY(briefs(context, ends));
  answer.from = std::move(named[0]);
  answer.to = std::move(named[1]);
  for (std::size_t i = 0; i < routes.size(); ++i) {
    Path path{1 / (1 + routes[i].cost), std::move(steps[i]), {}};
    path.why = TRY(reasons_of(finder, routes[i], path));
    answer.items.push_back(std::move(path));
  }
  if (answer.items.empty()) {
    answer.message = "no path within " + counted(question.max_hops, "hop");
  }
  return answer;
}

}  // namespace mangrove::query
