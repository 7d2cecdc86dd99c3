#include "query/ledger.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "query/exchange_rates.h"
#include "query/hierarchy.h"
#include "query/money_sum.h"
#include "query/same.h"
#include "query/walk.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::size_t kReadAtOnce = 2'000;
constexpr int kFirstYear = 1900;  // What lies beyond is no year of money.
constexpr int kLastYear = 2100;

constexpr std::array<std::string_view, kMeasures> kMeasureNames{"budget", "committed", "spend",
                                                                "paid",   "promised",  "planned"};
constexpr std::array<std::string_view, kStandings> kStandingNames{
    "counted", "same_thing", "other_account", "within_family", "to_itself", "not_believable"};

/// What initiatives state of themselves, by the names of the properties.
constexpr std::array<MoneyMeasure, 3> kStated{MoneyMeasure::budget, MoneyMeasure::committed,
                                              MoneyMeasure::spend};
/// What stands on FUNDS.
constexpr std::array<std::pair<std::string_view, MoneyMeasure>, 3> kOnFunds{
    {{"amount", MoneyMeasure::paid},
     {"committed", MoneyMeasure::promised},
     {"planned", MoneyMeasure::planned}}};

template <typename Alternatives>
std::optional<double> number_in(const Alternatives& value) {
  if (const auto* const real = std::get_if<double>(&value)) return *real;
  if (const auto* const whole = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*whole);
  }
  return std::nullopt;
}

std::int16_t year_in(const std::optional<double>& number) {
  const bool is_year = number && *number >= kFirstYear && *number <= kLastYear;
  return is_year ? static_cast<std::int16_t>(*number) : std::int16_t{0};
}

/// Numbers for texts. What comes after the last number there is shares the last.
class Numbering {
 public:
  explicit Numbering(std::vector<std::string>& texts) : texts_(texts) {}
  std::uint16_t of(std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
    if (texts_.size() > UINT16_MAX) return UINT16_MAX;
    const auto number = static_cast<std::uint16_t>(texts_.size());
    texts_.emplace_back(text);
    numbers_.emplace(text, number);
    return number;
  }

 private:
  std::vector<std::string>& texts_;
  std::map<std::string, std::uint16_t, std::less<>> numbers_;
};

/// Amounts that may be compared: those that have a rate, in dollars, or those of one currency.
using Comparable = std::uint16_t;
constexpr Comparable kInDollars = UINT16_MAX;

/// Sums that may be compared with those of another account, one by one in this order.
struct Worth {
  std::map<Comparable, MoneySum, std::greater<>> sums;  // Dollars come first.

  friend bool operator<(const Worth& a, const Worth& b) {
    return std::lexicographical_compare(a.sums.begin(), a.sums.end(), b.sums.begin(), b.sums.end());
  }
};

}  // namespace

std::string_view to_string(MoneyMeasure measure) {
  return kMeasureNames[static_cast<std::size_t>(measure)];
}

std::string_view to_string(Standing standing) {
  return kStandingNames[static_cast<std::size_t>(standing)];
}

/// Gathers all amounts, and settles which of them count.
class LedgerMaker {
 public:
  LedgerMaker(const Context& context, const ExchangeRates& rates)
      : context_(context),
        view_(context.view),
        rates_(rates),
        same_(context),
        currencies_(made_.currencies_),
        sources_(made_.sources_) {}

  Result<Ledger> make() {
    const auto initiatives = TRY(all_of_kind(context_, "Initiative"));
    TRY(gather_stated(*initiatives));
    TRY(gather_flows());
    hierarchy_ = TRY(Hierarchy::of(context_, same_, *initiatives));
    sort_currencies();
    make_comparable();
    settle_stated();
    settle_flows();
    std::sort(made_.entries_.begin(), made_.entries_.end(),
              [](const MoneyEntry& a, const MoneyEntry& b) { return a.subject < b.subject; });
    return std::move(made_);
  }

 private:
  // --- What is told --------------------------------------------------------------------------

  Status gather_stated(std::span<const NodeIndex> initiatives) {
    for (std::size_t at = 0; at < initiatives.size(); at += kReadAtOnce) {
      if (context_.budget.is_cancelled()) return context_.budget.status();
      const auto some = initiatives.subspan(at, std::min(kReadAtOnce, initiatives.size() - at));
      for (const graph::Node& node : TRY(view_.read(some))) add_stated(node);
      for (const NodeIndex each : some) TRY(note_thing(each));
    }
    return {};
  }

  /// Of several values that one source states for a currency and a year, the first that is shown.
  void add_stated(const graph::Node& node) {
    std::set<std::tuple<MoneyMeasure, std::uint16_t, std::uint16_t, std::int16_t>> told;
    for (const graph::StatedProperty& property : node.properties) {
      const auto* const sum = std::get_if<graph::Structure>(&property.value);
      const auto measure = std::find_if(kStated.begin(), kStated.end(), [&](MoneyMeasure each) {
        return to_string(each) == property.name;
      });
      if (measure == kStated.end() || sum == nullptr) continue;
      MoneyEntry entry{.subject = node.index, .from = node.index, .to = node.index};
      const graph::Scalar* const amount = sum->find("amount");
      const auto number = amount == nullptr ? std::nullopt : number_in(*amount);
      if (!number) continue;
      entry.amount = *number;
      entry.measure = *measure;
      const graph::Scalar* const currency = sum->find("currency");
      const auto* const code = currency == nullptr ? nullptr : std::get_if<std::string>(currency);
      entry.currency = currencies_.of(code == nullptr ? std::string_view() : *code);
      const graph::Scalar* const year = sum->find("year");
      entry.year = year == nullptr ? std::int16_t{0} : year_in(number_in(*year));
      for (const std::string& source : property.sources) {
        entry.source = sources_.of(source);
        if (told.emplace(entry.measure, entry.source, entry.currency, entry.year).second) {
          add(entry);
        }
      }
    }
  }

  Status gather_flows() {
    const graph::Relation funds = view_.name("FUNDS");
    if (funds == graph::kNoName) return {};
    const auto actors = TRY(all_of_kind(context_, "Actor"));
    std::vector<graph::Edge> edges;
    for (const NodeIndex actor : *actors) {
      view_.walk(std::span(&actor, 1), funds, graph::Direction::out,
                 [&](std::size_t, const graph::Adjacent& to) {
                   edges.push_back({actor, funds, to.node, to.qualifier, to.record});
                 });
      if (edges.size() < kReadAtOnce) continue;
      if (context_.budget.is_cancelled()) return context_.budget.status();
      TRY(add_flows(edges));
      edges.clear();
    }
    return add_flows(edges);
  }

  Status add_flows(std::span<const graph::Edge> edges) {
    const auto stated = TRY(view_.read_edges(edges));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      MoneyEntry entry{.subject = view_.subject_of(edges[i].record),
                       .from = TRY(note_thing(edges[i].from)),
                       .to = TRY(note_thing(edges[i].to))};
      TRY(note_thing(entry.subject));
      const auto& properties = stated[i].properties;
      entry.source = sources_.of(stated[i].source);
      entry.currency = currencies_.of(graph::text_of(properties, "currency"));
      const graph::Value* const year = graph::find_property(properties, "year");
      entry.year = year == nullptr ? std::int16_t{0} : year_in(number_in(*year));
      if (entry.from == entry.to) entry.standing = Standing::to_itself;
      for (const auto& [name, measure] : kOnFunds) {
        const graph::Value* const amount = graph::find_property(properties, name);
        const auto number = amount == nullptr ? std::nullopt : number_in(*amount);
        if (!number) continue;
        entry.amount = *number;
        entry.measure = measure;
        add(entry);
      }
    }
    return {};
  }

  void add(MoneyEntry entry) {
    if (entry.amount == 0) return;
    if (!MoneySum::is_credible(entry.amount)) entry.standing = Standing::not_believable;
    made_.entries_.push_back(entry);
  }

  /// The record that stands for the thing, and what others there are.
  Result<NodeIndex> note_thing(NodeIndex node) {
    if (const auto known = things_.find(node); known != things_.end()) return known->second;
    auto others = TRY(same_.others(node));
    if (others.empty()) return node;
    NodeIndex first = node;
    for (const NodeIndex other : others) {
      if (view_.id(other) < view_.id(first)) first = other;
    }
    made_.others_.emplace(node, std::move(others));
    things_.emplace(node, first);
    return first;
  }

  // --- What of it counts ---------------------------------------------------------------------

  NodeIndex thing_of(const MoneyEntry& entry) const {
    const auto known = things_.find(entry.subject);
    return known == things_.end() ? entry.subject : known->second;
  }

  /// By their codes, so that no order hangs on which was met first.
  void sort_currencies() {
    std::vector<std::string> sorted = made_.currencies_;
    std::sort(sorted.begin(), sorted.end());
    for (MoneyEntry& entry : made_.entries_) {
      const auto place =
          std::lower_bound(sorted.begin(), sorted.end(), made_.currency(entry.currency));
      entry.currency = static_cast<std::uint16_t>(place - sorted.begin());
    }
    made_.currencies_ = std::move(sorted);
  }

  void make_comparable() {
    std::map<std::pair<std::uint16_t, std::int16_t>, std::optional<double>> rates;
    for (const MoneyEntry& entry : made_.entries_) {
      const auto [rate, added] = rates.try_emplace({entry.currency, entry.year});
      if (added) {
        rate->second =
            rates_.between(made_.currency(entry.currency), ExchangeRates::kDollar, entry.year);
      }
      comparables_.push_back(rate->second ? kInDollars : entry.currency);
      comparable_amounts_.push_back(entry.amount * rate->second.value_or(1));
    }
  }

  std::size_t place_of(const MoneyEntry& entry) const {
    return static_cast<std::size_t>(&entry - made_.entries_.data());
  }
  Comparable comparable(const MoneyEntry& entry) const { return comparables_[place_of(entry)]; }

  using Entries = std::vector<MoneyEntry*>;

  Worth worth_of(std::span<MoneyEntry* const> entries) const {
    Worth worth;
    for (const MoneyEntry* each : entries) {
      if (each->standing != Standing::counted) continue;
      worth.sums[comparable(*each)].add(comparable_amounts_[place_of(*each)]);
    }
    return worth;
  }

  /// What entries of a group agree in, and those that do.
  template <typename Key>
  std::vector<Entries> grouped(std::span<MoneyEntry* const> entries, const Key& key) const {
    Entries sorted(entries.begin(), entries.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const MoneyEntry* a, const MoneyEntry* b) { return key(*a) < key(*b); });
    std::vector<Entries> groups;
    for (MoneyEntry* const each : sorted) {
      if (groups.empty() || key(*groups.back().front()) < key(*each)) groups.emplace_back();
      groups.back().push_back(each);
    }
    return groups;
  }

  /// Believes the account that tells the most, of equal ones the first by name; the others are left
  /// out, as `standing` says.
  template <typename Name>
  void believe_one(std::vector<Entries>& accounts, Standing standing, const Name& name) const {
    if (accounts.size() < 2) return;
    std::vector<Worth> worths;
    for (const Entries& each : accounts) worths.push_back(worth_of(each));
    std::size_t best = 0;
    for (std::size_t i = 1; i < accounts.size(); ++i) {
      const bool more = worths[best] < worths[i];
      const bool less = worths[i] < worths[best];
      const bool first = name(*accounts[i].front()) < name(*accounts[best].front());
      if (more || (!less && first)) best = i;
    }
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      if (i != best) leave_out(accounts[i], standing);
    }
  }

  void believe_one_source(std::vector<Entries>& sources) const {
    believe_one(sources, Standing::other_account, [this](const MoneyEntry& each) {
      return std::string_view(made_.source(each.source));
    });
  }
  void believe_one_record(std::vector<Entries>& records) const {
    believe_one(records, Standing::same_thing,
                [this](const MoneyEntry& each) { return view_.id(each.subject); });
  }

  static void leave_out(std::span<MoneyEntry* const> entries, Standing standing) {
    for (MoneyEntry* each : entries) {
      if (each->standing == Standing::counted) each->standing = standing;
    }
  }

  /// Of the entries, which are of one comparable kind, leaves out wholes or parts.
  void count_families_once(std::span<MoneyEntry* const> entries) const {
    const auto things = grouped(entries, [this](const MoneyEntry& each) { return thing_of(each); });
    std::vector<Hierarchy::Told> told;
    for (const Entries& each : things) {
      told.push_back({thing_of(*each.front()), worth_of(each).sums.begin()->second});
    }
    const std::vector<bool> counts = hierarchy_.once(told);
    for (std::size_t i = 0; i < things.size(); ++i) {
      if (!counts[i]) leave_out(things[i], Standing::within_family);
    }
  }

  template <typename Wanted>
  Entries counted(const Wanted& wanted) {
    Entries entries;
    for (MoneyEntry& each : made_.entries_) {
      if (each.standing == Standing::counted && wanted(each)) entries.push_back(&each);
    }
    return entries;
  }

  void settle_stated() {
    const auto is_stated = [](const MoneyEntry& each) { return !is_flow(each.measure); };
    const auto all = counted(is_stated);
    for (const Entries& of_one : grouped(all, [this](const MoneyEntry& each) {
           return std::pair(thing_of(each), each.measure);
         })) {
      settle_accounts(of_one);
    }
    const auto left = counted(is_stated);
    for (const Entries& comparable_ones : grouped(left, [this](const MoneyEntry& each) {
           return std::pair(each.measure, comparable(each));
         })) {
      count_families_once(comparable_ones);
    }
  }

  /// One source of one record.
  void settle_accounts(std::span<MoneyEntry* const> of_one_thing) const {
    auto records = grouped(of_one_thing, [](const MoneyEntry& each) { return each.subject; });
    for (const Entries& record : records) {
      auto sources = grouped(record, [](const MoneyEntry& each) { return each.source; });
      believe_one_source(sources);
    }
    believe_one_record(records);
  }

  /// Funder and recipient both tell of what went from one to the other.
  void settle_flows() {
    const auto all = counted([](const MoneyEntry& each) { return is_flow(each.measure); });
    for (const Entries& flow : grouped(all, [this](const MoneyEntry& each) {
           return std::tuple(each.from, each.to, each.year, each.measure, comparable(each));
         })) {
      auto sources = grouped(flow, [](const MoneyEntry& each) { return each.source; });
      for (const Entries& source : sources) {
        for (const Entries& thing :
             grouped(source, [this](const MoneyEntry& each) { return thing_of(each); })) {
          auto records = grouped(thing, [](const MoneyEntry& each) { return each.subject; });
          believe_one_record(records);
        }
        Entries left;
        std::copy_if(source.begin(), source.end(), std::back_inserter(left),
                     [](const MoneyEntry* each) { return each->standing == Standing::counted; });
        count_families_once(left);
      }
      believe_one_source(sources);
    }
  }

  const Context& context_;
  const graph::View& view_;
  const ExchangeRates& rates_;
  Same same_;
  Ledger made_;
  Numbering currencies_;
  Numbering sources_;
  std::vector<Comparable> comparables_;     // By place in the entries, until those are sorted;
  std::vector<double> comparable_amounts_;  // so is this.
  Hierarchy hierarchy_;
  std::unordered_map<NodeIndex, NodeIndex> things_;  // Only of those with several records.
};

Result<std::shared_ptr<const Ledger>> Ledger::of(const Context& context) {
  return context.view.derived().get<Ledger>("query/ledger", [&]() -> Result<Ledger> {
    const auto rates = TRY(ExchangeRates::of(context));
    return LedgerMaker(context, *rates).make();
  });
}

std::span<const NodeIndex> Ledger::other_records(NodeIndex subject) const {
  const auto found = others_.find(subject);
  if (found == others_.end()) return {};
  return found->second;
}

}  // namespace mangrove::query
