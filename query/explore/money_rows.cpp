#include "query/explore/money_rows.h"

#include <algorithm>
#include <cmath>

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

constexpr double kWhole = 100;
constexpr double kWholeWithin = 1;

/// To a multiple of 2^-32, so that sums are the same in any order.
double exact(double percentage) {
  constexpr double kSteps = 4294967296.0;
  return std::round(percentage * kSteps) / kSteps;
}

}  // namespace

Status MoneyRows::prepare() {
  const graph::View& view = context_.view;
  if (by_ == MoneyBy::place) {
    countries_.emplace(context_, filter_);
    places_.emplace(context_, filter_, view.name("WORKS_IN"), Direction::out);
    percentages_ = TRY(Percentages::of(context_, "WORKS_IN"));
  }
  if (by_ == MoneyBy::target || by_ == MoneyBy::goal) {
    const auto level =
        by_ == MoneyBy::goal ? Contributions::Level::goals : Contributions::Level::targets;
    contributions_ = TRY(Contributions::of(context_, filter_, level));
    percentages_ = TRY(Percentages::of(context_, "CONTRIBUTES_TO"));
  }
  return {};
}

std::span<const RowShare> MoneyRows::of(const MoneyEntry& entry) {
  switch (by_) {
    case MoneyBy::year:
      if (entry.year == 0) return {};
      return only(static_cast<RowKey>(entry.year));
    case MoneyBy::flow:
      if (!is_flow(entry.measure)) return {};
      return only((RowKey{entry.from.value} << kRowNodeBits) | entry.to.value);
    case MoneyBy::funder:
      if (is_flow(entry.measure)) return only(entry.from.value);
      break;
    case MoneyBy::recipient:
      if (is_flow(entry.measure)) return only(entry.to.value);
      break;
    case MoneyBy::place:
    case MoneyBy::target:
    case MoneyBy::goal:
      break;
  }
  return of_subject(entry.subject);
}

std::span<const RowShare> MoneyRows::only(RowKey row) {
  only_.assign(1, {row, 1});
  return only_;
}

std::span<const RowShare> MoneyRows::of_subject(NodeIndex subject) {
  if (subject_ != subject) {
    find_rows(subject);
    subject_ = subject;
  }
  return shares_;
}

void MoneyRows::find_rows(NodeIndex subject) {
  ends_.clear();
  add_ends(subject);
  for (const NodeIndex other : ledger_.other_records(subject)) add_ends(other);
  double whole = 0;
  bool is_divided = true;
  for (const auto& [row, percentage] : ends_) {
    whole += percentage.value_or(0);
    is_divided = is_divided && percentage.has_value();
  }
  is_divided = is_divided && whole >= kWhole - kWholeWithin && whole <= kWhole + kWholeWithin;
  shares_.clear();
  for (const auto& [row, percentage] : ends_) {
    if (ends_.size() == 1) {
      shares_.push_back({row, 1});
    } else {
      shares_.push_back({row, is_divided ? std::optional(*percentage / whole) : std::nullopt});
    }
  }
}

/// The rows of one record, each with its percentage.
void MoneyRows::add_ends(NodeIndex record) {
  switch (by_) {
    case MoneyBy::funder:
      return add_actors(record, "funding");
    case MoneyBy::recipient:
      return add_actors(record, "implementing");
    case MoneyBy::place:
      for (const NodeIndex place : places_->of(record)) {
        add_end(countries_->of(place), percentages_->find(record, place));
      }
      return;
    case MoneyBy::target:
    case MoneyBy::goal:
      return add_contributions(record);
    case MoneyBy::flow:
    case MoneyBy::year:
      return;
  }
}

void MoneyRows::add_end(NodeIndex end, std::optional<double> percentage) {
  auto& sum = ends_[end.value];
  if (percentage) sum = sum.value_or(0) + exact(*percentage);
}

void MoneyRows::add_actors(NodeIndex record, std::string_view role) {
  const graph::View& view = context_.view;
  const graph::Relation takes_part = view.name("TAKES_PART_IN");
  const graph::Qualifier wanted = view.name(role);
  if (takes_part == graph::kNoName || wanted == graph::kNoName || !filter_.counts(wanted)) return;
  std::vector<NodeIndex> actors;
  view.walk(std::span(&record, 1), takes_part, Direction::in,
            [&](std::size_t, const graph::Adjacent& actor) {
              if (actor.qualifier == wanted) actors.push_back(actor.node);
            });
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  for (const NodeIndex actor : actors) {
    const auto representative = same_.representative(actor);
    if (!representative.ok()) {
      status_ = representative.error();
      return;
    }
    add_end(representative.value(), std::nullopt);
  }
}

void MoneyRows::add_contributions(NodeIndex record) {
  const auto all = contributions_->initiatives();
  const auto place = std::lower_bound(all.begin(), all.end(), record);
  if (place == all.end() || *place != record) return;
  const auto number = static_cast<std::uint32_t>(place - all.begin());
  for (const Contribution& each : contributions_->of_initiative(number)) {
    const NodeIndex end = contributions_->ends()[each.end];
    add_end(end, percentages_->find(record, end));
  }
}

}  // namespace mangrove::query
