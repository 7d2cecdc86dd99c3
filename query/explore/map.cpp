#include "query/explore/map.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "query/countries.h"
#include "query/reading.h"
#include "query/scratch.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::Direction;
using graph::NodeIndex;

class MapMaker {
 public:
  MapMaker(const Context& context, const PreparedFilter& filter,
           std::shared_ptr<const Contributions> contributions)
      : context_(context),
        filter_(filter),
        contributions_(std::move(contributions)),
        works_in_(context, filter, context.view.name("WORKS_IN"), Direction::out),
        countries_(context, filter),
        numbers_(context.view.node_limit()) {}

  Result<MapAnswer> answer() {
    MapAnswer answer;
    const auto initiatives = TRY(all_of_kind(context_, "Initiative"));
    for (const NodeIndex initiative : *initiatives) {
      if (!context_.budget.step()) return context_.budget.status().error();
      if (filter_.narrows() && !filter_.admits_ties(context_, initiative)) continue;
      ++answer.initiatives;
      if (!count(initiative)) ++answer.without_place;
    }
    TRY(context_.budget.status());
    if (contributions_ != nullptr) {
      answer.ends = TRY(briefs(context_, contributions_->ends()));
    }
    answer.items = TRY(rows());
    return answer;
  }

 private:
  /// Adds the initiative to its places; whether it has any.
  bool count(NodeIndex initiative) {
    places_.clear();
    for (const NodeIndex place : works_in_.of(initiative)) {
      const std::uint32_t number = number_of(place);
      if (std::find(places_.begin(), places_.end(), number) == places_.end()) {
        places_.push_back(number);
      }
    }
    const auto ends = contributions_of(initiative);
    for (const std::uint32_t number : places_) {
      ++counts_[number];
      for (const Contribution& each : ends) ++cells_[number * width() + each.end];
    }
    return !places_.empty();
  }

  std::size_t width() const {
    return contributions_ == nullptr ? 0 : contributions_->ends().size();
  }

  /// Initiatives come in order of index, in the table too.
  std::span<const Contribution> contributions_of(NodeIndex initiative) {
    if (contributions_ == nullptr) return {};
    const auto all = contributions_->initiatives();
    while (next_ < all.size() && all[next_] < initiative) ++next_;
    if (next_ == all.size() || all[next_] != initiative) return {};
    return contributions_->of_initiative(next_);
  }

  /// The number of the place that stands for this one.
  std::uint32_t number_of(NodeIndex place) {
    if (const std::uint32_t known = numbers_[place]; known != 0) return known - 1;
    const NodeIndex shown = countries_.of(place);
    std::uint32_t number = numbers_[shown];
    if (number == 0) {
      shown_.push_back(shown);
      counts_.push_back(0);
      cells_.resize(cells_.size() + width());
      number = static_cast<std::uint32_t>(shown_.size());
      numbers_.touch(shown) = number;
    }
    if (place != shown) numbers_.touch(place) = number;
    return number - 1;
  }

  Result<std::vector<PlaceCount>> rows() {
    Reading reading(context_);
    for (const NodeIndex place : shown_) reading.want_whole(place);
    TRY(reading.load());
    std::vector<PlaceCount> rows;
    rows.reserve(shown_.size());
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      PlaceCount row;
      row.node = reading.brief(shown_[i]);
      row.initiatives = counts_[i];
      add_point(reading.node(shown_[i]), row);
      for (std::uint16_t end = 0; end < width(); ++end) {
        const std::uint64_t cell = cells_[i * width() + end];
        if (cell > 0) row.ends.push_back({end, cell});
      }
      rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end(), [](const PlaceCount& a, const PlaceCount& b) {
      return a.initiatives != b.initiatives ? a.initiatives > b.initiatives : a.node.id < b.node.id;
    });
    return rows;
  }

  static void add_point(const graph::Node& node, PlaceCount& row) {
    const auto number = [&](std::string_view name) -> std::optional<double> {
      const graph::Value* value = node.find(name);
      const auto* real = value == nullptr ? nullptr : std::get_if<double>(value);
      const auto* whole = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
      if (real != nullptr) return *real;
      return whole == nullptr ? std::nullopt : std::optional(static_cast<double>(*whole));
    };
    row.latitude = number("latitude");
    row.longitude = number("longitude");
  }

  const Context& context_;
  const PreparedFilter& filter_;
  std::shared_ptr<const Contributions> contributions_;
  Neighbours works_in_;
  Countries countries_;
  Scratch<std::uint32_t> numbers_;  // Plus 1; 0: not looked up yet.
  std::vector<NodeIndex> shown_;    // By number, and so the next two.
  std::vector<std::uint64_t> counts_;
  std::vector<std::uint32_t> cells_;   // width() for each place.
  std::vector<std::uint32_t> places_;  // Of the initiative that is being counted.
  std::uint32_t next_ = 0;             // In the table of contributions.
};

}  // namespace

Result<MapAnswer> map(const Context& context, const MapQuestion& question) {
  PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter));
  TRY(filter.know_facts(context));
  std::shared_ptr<const Contributions> contributions;
  if (question.by) contributions = TRY(Contributions::of(context, filter, *question.by));
  return MapMaker(context, filter, std::move(contributions)).answer();
}

}  // namespace mangrove::query
