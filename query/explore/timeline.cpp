#include "query/explore/timeline.h"

#include <algorithm>
#include <array>

#include "query/initiative_facts.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

constexpr std::size_t kYears = kLastYear - kFirstYear + 1;

class Calendar {
 public:
  void add(const InitiativeFacts::Facts& facts, TimelineAnswer& answer) {
    const bool begins = facts.from != 0;
    const bool ends = facts.to != 0;
    if (!begins && !ends) {
      ++answer.undated;
    } else if ((begins && !is_meant(facts.from)) || (ends && !is_meant(facts.to)) ||
               (begins && ends && facts.to < facts.from)) {
      ++answer.out_of_range;
    } else {
      if (begins) ++of(facts.from).started;
      if (ends) ++of(facts.to).ended;
      if (!begins || !ends) {
        ++answer.half_dated;
      } else {
        for (int year = facts.from; year <= facts.to; ++year) ++of(year).active;
      }
    }
  }

  /// From the first to the last year in which anything happens.
  std::vector<TimelineYear> rows() const {
    const auto happens = [](const TimelineYear& each) {
      return each.started + each.ended + each.active > 0;
    };
    const auto first = std::find_if(years_.begin(), years_.end(), happens);
    const auto last = std::find_if(years_.rbegin(), years_.rend(), happens).base();
    std::vector<TimelineYear> rows;
    for (auto each = first; each < last; ++each) {
      rows.push_back(*each);
      rows.back().year = kFirstYear + static_cast<int>(each - years_.begin());
    }
    return rows;
  }

 private:
  static bool is_meant(int year) { return year >= kFirstYear && year <= kLastYear; }
  TimelineYear& of(int year) { return years_[static_cast<std::size_t>(year - kFirstYear)]; }

  std::array<TimelineYear, kYears> years_{};
};

}  // namespace

Result<TimelineAnswer> timeline(const Context& context, const TimelineQuestion& question) {
  PreparedFilter filter = TRY(PreparedFilter::prepare(context, question.filter));
  TRY(filter.know_facts(context));
  const auto facts = TRY(InitiativeFacts::of(context));
  TimelineAnswer answer;
  Calendar calendar;
  const auto initiatives = TRY(all_of_kind(context, "Initiative"));
  for (const graph::NodeIndex initiative : *initiatives) {
    if (!context.budget.step()) return context.budget.status().error();
    if (filter.narrows() && !filter.admits_ties(context, initiative)) continue;
    ++answer.initiatives;
    calendar.add(facts->about(initiative), answer);
  }
  answer.items = calendar.rows();
  return answer;
}

}  // namespace mangrove::query
