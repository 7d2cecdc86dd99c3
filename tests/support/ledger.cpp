#include "tests/support/ledger.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace mangrove::tests {
namespace {

using graph::Graph;
using graph::Version;
using graph::View;
using graph::Viewer;
using testing::AssertionFailure;
using testing::AssertionResult;
using testing::AssertionSuccess;

using Names = std::set<std::pair<std::string, std::string>>;

std::vector<graph::Record> standing_of(const std::vector<Lane>& lanes) {
  std::vector<graph::Record> all;
  for (const Lane& lane : lanes) {
    for (graph::Record& record : lane.standing()) all.push_back(std::move(record));
  }
  return all;
}

Names names_of(const std::vector<Lane>& lanes) {
  Names names;
  for (const Lane& lane : lanes) {
    for (auto& name : lane.standing_names()) names.insert(std::move(name));
  }
  return names;
}

/// Follows the log from the one state to the other.
AssertionResult log_leads(const View& view, Version from, Names names, const Names& to) {
  const auto changes = view.changes_after(from, SIZE_MAX);
  if (!changes.ok()) return AssertionFailure() << changes.error().message;
  Version version = from;
  for (const graph::Change& change : changes.value()) {
    if (change.version != ++version) {
      return AssertionFailure() << "the log has version " << change.version << " for " << version;
    }
    for (const graph::RecordChange& record : change.records) {
      if (record.outcome == graph::Outcome::removed) {
        names.erase({record.subject, record.source});
      } else {
        names.emplace(record.subject, record.source);
      }
    }
  }
  if (version != view.version()) {
    return AssertionFailure() << "the log ends at " << version << " of " << view.version();
  }
  if (names != to) return AssertionFailure() << "the log from " << from << " leads elsewhere";
  return AssertionSuccess();
}

}  // namespace

Ledger::Ledger(unsigned lanes) : versions_(lanes) {}

void Ledger::acknowledge(unsigned lane, std::uint32_t step, Version version) {
  const std::lock_guard lock(mutex_);
  std::vector<Version>& versions = versions_.at(lane);
  versions.resize(std::max<std::size_t>(versions.size(), step), version);
}

std::vector<std::uint32_t> Ledger::steps() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint32_t> steps;
  for (const auto& versions : versions_) {
    steps.push_back(static_cast<std::uint32_t>(versions.size()));
  }
  return steps;
}

/// The lanes as the view has them, which is of this version.
Result<std::vector<Lane>> Ledger::lanes_at(const View& view, Version version) const {
  std::vector<Lane> lanes;
  for (unsigned number = 0; number < versions_.size(); ++number) {
    const auto& versions = versions_[number];
    const auto acknowledged = static_cast<std::uint32_t>(
        std::upper_bound(versions.begin(), versions.end(), version) - versions.begin());
    Lane lane = lane_of(number);
    const std::uint32_t found = TRY(lane.steps_in(view, acknowledged));
    if (found < acknowledged || found > acknowledged + 1) {
      return Error{ErrorCode::corrupt, "lane " + std::to_string(number) + ": " +
                                           std::to_string(found) + " steps are in version " +
                                           std::to_string(version) + " of " +
                                           std::to_string(acknowledged) + " acknowledged"};
    }
    lane.skip_to(found);
    lanes.push_back(std::move(lane));
  }
  return lanes;
}

AssertionResult Ledger::agrees_with(const Graph& graph, std::mt19937& random) {
  const AssertionResult present = agrees_with_present(graph);
  if (!present) return present;
  const Version oldest = graph.oldest_version();
  const Version latest = graph.view(Viewer::steward()).version();
  return agrees_with_past(graph, oldest + random() % (latest - oldest + 1));
}

AssertionResult Ledger::agrees_with_present(const Graph& graph) {
  const View view = graph.view(Viewer::steward());
  for (const auto& versions : versions_) {
    if (!versions.empty() && versions.back() > view.version()) {
      return AssertionFailure() << "version " << versions.back() << " was acknowledged, and "
                                << view.version() << " is the latest";
    }
  }
  const auto lanes = lanes_at(view, view.version());
  if (!lanes.ok()) return AssertionFailure() << lanes.error().message;
  const auto found = read_by_all(graph);
  if (!found.ok()) return AssertionFailure() << found.error().message;
  const std::string expected = read_by_all(*graph_of(standing_of(lanes.value()))).value();
  if (found.value() != expected) {
    return AssertionFailure() << "the latest version is not what was committed: "
                              << first_difference(found.value(), expected);
  }
  for (const Lane& lane : lanes.value()) acknowledge(lane.number(), lane.steps(), view.version());
  return AssertionSuccess();
}

AssertionResult Ledger::agrees_with_past(const Graph& graph, Version version) {
  const auto past = graph.view_at(version, Viewer::steward());
  if (!past.ok()) return AssertionFailure() << past.error().message;
  const View now = graph.view(Viewer::steward());
  const auto then_lanes = lanes_at(past.value(), version);
  const auto now_lanes = lanes_at(now, now.version());
  if (!then_lanes.ok()) return AssertionFailure() << then_lanes.error().message;
  if (!now_lanes.ok()) return AssertionFailure() << now_lanes.error().message;
  const auto found = read_all(past.value());
  if (!found.ok()) return AssertionFailure() << found.error().message;
  const auto right = graph_of(standing_of(then_lanes.value()));
  const std::string expected = read_all(right->view(Viewer::steward())).value();
  if (found.value() != expected) {
    return AssertionFailure() << "version " << version << " of " << now.version()
                              << " is not what was committed: "
                              << first_difference(found.value(), expected);
  }
  return log_leads(now, version, names_of(then_lanes.value()), names_of(now_lanes.value()));
}

}  // namespace mangrove::tests
