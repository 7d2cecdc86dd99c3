// Two passes over the ledger: the first adds up all rows, the second tells what those shown are
// made of.

#include "query/explore/money.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "query/exchange_rates.h"
#include "query/explore/money_rows.h"
#include "query/explore/money_words.h"
#include "query/money_sum.h"
#include "query/reading.h"
#include "query/same.h"

namespace mangrove::query {
namespace {

using graph::NodeIndex;

constexpr std::array<std::pair<std::string_view, MoneyBy>, 7> kNames{
    {{"funder", MoneyBy::funder},
     {"recipient", MoneyBy::recipient},
     {"flow", MoneyBy::flow},
     {"place", MoneyBy::place},
     {"target", MoneyBy::target},
     {"goal", MoneyBy::goal},
     {"year", MoneyBy::year}}};

/// What `Amounts` is made of, while it is added up.
struct Sums {
  std::array<MoneySum, kMeasures> sums{};
  std::array<std::uint64_t, kMeasures> statements{};
  std::map<std::pair<MoneyMeasure, std::uint16_t>, MoneySum> apart{};

  MoneySum largest() const { return *std::max_element(sums.begin(), sums.end()); }
  bool empty() const {
    return std::all_of(statements.begin(), statements.end(), [](auto each) { return each == 0; });
  }
};

struct Row {
  RowKey key = 0;
  Sums sums{};
  Sums undivided{};
  std::uint64_t initiatives = 0;
  std::optional<NodeIndex> last{};  // The thing that was counted last.
};

/// One other end, or one initiative, of a row that is shown.
struct Part {
  Sums sums;
  const MoneyEntry* strongest = nullptr;
  int first_year = 0;
  int last_year = 0;
};
struct Parts {
  std::unordered_map<NodeIndex, Part> actors;
  std::unordered_map<NodeIndex, Part> initiatives;
};

class MoneyCounter {
 public:
  MoneyCounter(const Context& context, const MoneyQuestion& question)
      : context_(context), view_(context.view), question_(question), same_(context) {}

  Result<MoneyAnswer> answer() {
    TRY(prepare());
    TRY(visit([this](const MoneyEntry& entry) { add(entry); }));
    MoneyAnswer answer;
    answer.currency = question_.currency;
    answer.initiatives = initiatives_;
    answer.amounts = told(total_);
    answer.without_row = told(without_row_);
    answer.paid_first = paid_first();
    answer.undated = undated_;
    answer.standings = standings_;
    answer.rates = rates_used();
    answer.total = rows_.size();
    TRY(show(answer));
    return answer;
  }

 private:
  // --- What is asked ---------------------------------------------------------------------------

  Status prepare() {
    rates_ = TRY(ExchangeRates::of(context_));
    if (!rates_->knows(question_.currency)) {
      return Error{ErrorCode::invalid_input, "currency: there is no rate for '" +
                                                 question_.currency + "'; there is for " +
                                                 listed(rates_->currencies())};
    }
    Filter filter = question_.filter;
    filter.from.reset();
    filter.to.reset();
    filter_ = TRY(PreparedFilter::prepare(context_, filter));
    TRY(filter_->know_facts(context_));
    if (!filter.actor.empty()) {
      const NodeIndex actor = TRY(find_node(context_, filter.actor, "Actor"));
      actor_ = TRY(same_.representative(actor));
      filter.actor.clear();
    }
    flow_filter_ = TRY(PreparedFilter::prepare(context_, filter));
    TRY(flow_filter_->know_facts(context_));
    flows_count_ = filter.bases.empty() || std::find(filter.bases.begin(), filter.bases.end(),
                                                     "reported") != filter.bases.end();
    ledger_ = TRY(Ledger::of(context_));
    finder_.emplace(context_, *flow_filter_, *ledger_, question_.by);
    return finder_->prepare();
  }

  // --- What is admitted ------------------------------------------------------------------------

  /// Calls `count` for every amount that counts and is asked for.
  template <typename Count>
  Status visit(const Count& count) {
    standings_.fill(0);
    undated_ = 0;
    for (const MoneyEntry& entry : ledger_->entries()) {
      if (!context_.budget.step()) return context_.budget.status();
      if (!admits(entry)) continue;
      if (!is_in_years(entry)) continue;
      ++standings_[static_cast<std::size_t>(entry.standing)];
      if (entry.standing == Standing::counted) count(entry);
    }
    return finder_->status();
  }

  bool is_in_years(const MoneyEntry& entry) {
    const auto& [from, to] = std::tie(question_.filter.from, question_.filter.to);
    if (!from && !to) return true;
    if (entry.year == 0) {
      ++undated_;
      return false;
    }
    return !(from && entry.year < *from) && !(to && entry.year > *to);
  }

  bool admits(const MoneyEntry& entry) {
    if (!is_flow(entry.measure)) return admits(entry.subject, *filter_, admitted_);
    if (!flows_count_) return false;
    if (actor_ && entry.from != *actor_ && entry.to != *actor_) return false;
    return admits(entry.subject, *flow_filter_, flow_admitted_);
  }

  struct Verdict {
    NodeIndex subject;
    bool known = false;
    bool admitted = false;
  };
  /// Whether any record of the thing passes. Entries of one subject stand together.
  bool admits(NodeIndex subject, const PreparedFilter& filter, Verdict& verdict) {
    if (!filter.narrows()) return true;
    if (verdict.known && verdict.subject == subject) return verdict.admitted;
    const auto passes = [&](NodeIndex record) { return filter.admits(context_, record); };
    const auto others = ledger_->other_records(subject);
    verdict = {subject, true, passes(subject) || std::any_of(others.begin(), others.end(), passes)};
    return verdict.admitted;
  }

  // --- Adding up ---------------------------------------------------------------------------------

  std::optional<double> rate_of(const MoneyEntry& entry) {
    const auto key = std::pair(entry.currency, entry.year);
    const auto [rate, added] = factors_.try_emplace(key);
    if (added) {
      rate->second =
          rates_->between(ledger_->currency(entry.currency), question_.currency, entry.year);
    }
    return rate->second;
  }

  void add_to(Sums& sums, const MoneyEntry& entry, double part) {
    const auto measure = static_cast<std::size_t>(entry.measure);
    ++sums.statements[measure];
    if (const auto rate = rate_of(entry)) {
      sums.sums[measure].add(entry.amount * *rate * part);
    } else {
      sums.apart[{entry.measure, entry.currency}].add(entry.amount * part);
    }
  }

  NodeIndex thing_of(NodeIndex subject) const {
    NodeIndex first = subject;
    for (const NodeIndex other : ledger_->other_records(subject)) {
      if (view_.id(other) < view_.id(first)) first = other;
    }
    return first;
  }

  bool is_initiative(NodeIndex node) const { return view_.kind(node) == view_.name("Initiative"); }

  void add(const MoneyEntry& entry) {
    add_to(total_, entry, 1);
    const NodeIndex thing = thing_of(entry.subject);
    const bool of_initiative = is_initiative(entry.subject);
    if (of_initiative && seen_.insert(thing).second) ++initiatives_;
    if (entry.measure == MoneyMeasure::paid) add_paid(entry);
    const auto rows = finder_->of(entry);
    if (rows.empty()) add_to(without_row_, entry, 1);
    for (const RowShare& each : rows) {
      const auto [place, added] = places_.try_emplace(each.row, rows_.size());
      if (added) rows_.push_back({.key = each.row});
      Row& row = rows_[place->second];
      add_to(each.part ? row.sums : row.undivided, entry, each.part.value_or(1));
      if (!of_initiative || row.last == thing) continue;
      if (things_of_rows_.emplace(place->second, thing).second) ++row.initiatives;
      row.last = thing;
    }
  }

  void add_paid(const MoneyEntry& entry) {
    const auto rate = rate_of(entry);
    if (!rate) return;
    paid_out_[entry.from].add(entry.amount * *rate);
    paid_in_[entry.to].add(entry.amount * *rate);
  }

  double paid_first() const {
    MoneySum first;
    for (const auto& [actor, out] : paid_out_) {
      const auto in = paid_in_.find(actor);
      const MoneySum kept = in == paid_in_.end() ? out : out - in->second;
      if (MoneySum() < kept) first.add(kept);
    }
    return first.amount();
  }

  Amounts told(const Sums& sums) const {
    Amounts amounts;
    for (std::size_t i = 0; i < kMeasures; ++i) {
      amounts[i].amount = sums.sums[i].amount();
      amounts[i].statements = sums.statements[i];
    }
    for (const auto& [key, sum] : sums.apart) {
      amounts[static_cast<std::size_t>(key.first)].apart.emplace(ledger_->currency(key.second),
                                                                 sum.amount());
    }
    return amounts;
  }

  std::vector<MoneyAnswer::RateUsed> rates_used() const {
    std::vector<MoneyAnswer::RateUsed> used;
    const auto note = [&](const std::string& currency, int year) {
      const ExchangeRates::Rate* const rate = rates_->find(currency, year);
      used.push_back({currency, year, rate->per_dollar, rate->source});
    };
    std::set<int> years;
    for (const auto& [key, factor] : factors_) {
      const std::string& currency = ledger_->currency(key.first);
      if (!factor || currency == question_.currency) continue;
      if (currency != ExchangeRates::kDollar) note(currency, key.second);
      if (question_.currency != ExchangeRates::kDollar) years.insert(key.second);
    }
    for (const int year : years) note(question_.currency, year);
    std::sort(used.begin(), used.end(), [](const auto& a, const auto& b) {
      return std::tie(a.currency, a.year) < std::tie(b.currency, b.year);
    });
    return used;
  }

  // --- What is shown -----------------------------------------------------------------------------

  NodeIndex node_of(RowKey key) const {
    return question_.by == MoneyBy::flow ? giver_of(key) : node_in(key);
  }
  static NodeIndex other_end_of(RowKey key) { return node_in(key); }

  bool comes_before(const Row& a, const Row& b) const {
    if (question_.by == MoneyBy::year) return a.key < b.key;
    const auto money_of = [](const Row& row) {
      return std::pair(row.sums.largest(), row.undivided.largest());
    };
    if (money_of(b) < money_of(a)) return true;
    if (money_of(a) < money_of(b)) return false;
    if (node_of(a.key) != node_of(b.key))
      return view_.id(node_of(a.key)) < view_.id(node_of(b.key));
    return question_.by == MoneyBy::flow &&
           view_.id(other_end_of(a.key)) < view_.id(other_end_of(b.key));
  }

  Status show(MoneyAnswer& answer) {
    std::vector<const Row*> sorted;
    for (const Row& row : rows_) sorted.push_back(&row);
    const std::size_t begin = std::min(question_.page.offset, sorted.size());
    const std::size_t end = std::min(begin + question_.page.limit, sorted.size());
    std::partial_sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(end),
                      sorted.end(),
                      [this](const Row* a, const Row* b) { return comes_before(*a, *b); });
    const std::span<const Row* const> page(sorted.data() + begin, end - begin);
    TRY(gather_parts(page));
    Reading reading(context_);
    TRY(want(page, reading));
    for (const Row* const row : page) answer.items.push_back(row_of(*row, reading));
    return {};
  }

  /// What the rows of the page are made of.
  Status gather_parts(std::span<const Row* const> page) {
    for (const Row* const row : page) parts_[row->key];
    const auto standings = standings_;
    const auto undated = undated_;
    TRY(visit([this](const MoneyEntry& entry) {
      for (const RowShare& each : finder_->of(entry)) {
        const auto row = parts_.find(each.row);
        if (row != parts_.end()) add_parts(row->second, entry, each.part.value_or(1));
      }
    }));
    standings_ = standings;
    undated_ = undated;
    return {};
  }

  void add_parts(Parts& parts, const MoneyEntry& entry, double share) {
    const bool flows = is_flow(entry.measure);
    if (flows && question_.by != MoneyBy::flow) {
      add_part(parts.actors[question_.by == MoneyBy::funder ? entry.to : entry.from], entry, share);
    }
    if (is_initiative(entry.subject)) {
      add_part(parts.initiatives[thing_of(entry.subject)], entry, share);
    }
  }

  void add_part(Part& part, const MoneyEntry& entry, double share) {
    add_to(part.sums, entry, share);
    if (entry.year != 0) {
      part.first_year =
          part.first_year == 0 ? entry.year : std::min<int>(part.first_year, entry.year);
      part.last_year = std::max<int>(part.last_year, entry.year);
    }
    if (part.strongest == nullptr || is_stronger(entry, *part.strongest)) part.strongest = &entry;
  }

  bool is_stronger(const MoneyEntry& a, const MoneyEntry& b) {
    const double of_a = a.amount * rate_of(a).value_or(0);
    const double of_b = b.amount * rate_of(b).value_or(0);
    if (of_a != of_b) return of_a > of_b;
    return ledger_->source(a.source) < ledger_->source(b.source);
  }

  using Chosen = std::vector<std::pair<NodeIndex, const Part*>>;

  Chosen strongest(const std::unordered_map<NodeIndex, Part>& parts) const {
    Chosen chosen;
    for (const auto& [node, part] : parts) chosen.emplace_back(node, &part);
    const std::size_t most = std::min(chosen.size(), MoneyAnswer::kReasonsMax);
    std::partial_sort(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(most),
                      chosen.end(), [&](const auto& a, const auto& b) {
                        const MoneySum of_a = a.second->sums.largest();
                        const MoneySum of_b = b.second->sums.largest();
                        if (!(of_a == of_b)) return of_b < of_a;
                        return view_.id(a.first) < view_.id(b.first);
                      });
    chosen.resize(most);
    return chosen;
  }

  Status want(std::span<const Row* const> page, Reading& reading) const {
    for (const Row* const row : page) {
      if (question_.by != MoneyBy::year) reading.want(node_of(row->key));
      if (question_.by == MoneyBy::flow) reading.want(other_end_of(row->key));
      const Parts& parts = parts_.at(row->key);
      for (const auto& [node, part] : strongest(parts.actors)) reading.want(node);
      for (const auto& [node, part] : strongest(parts.initiatives)) reading.want(node);
    }
    return reading.load();
  }

  MoneyRow row_of(const Row& row, const Reading& reading) const {
    MoneyRow shown;
    if (question_.by == MoneyBy::year) {
      shown.year = static_cast<int>(row.key);
    } else {
      shown.node = reading.brief(node_of(row.key));
      if (question_.by == MoneyBy::flow) shown.to = reading.brief(other_end_of(row.key));
    }
    shown.initiatives = row.initiatives;
    shown.amounts = told(row.sums);
    shown.undivided = told(row.undivided);
    shown.score = row.sums.largest().amount();
    const Parts& parts = parts_.at(row.key);
    for (const auto& [node, part] : strongest(parts.actors)) {
      shown.why.push_back(reason_of(reading.brief(node), "FUNDS", *part));
    }
    for (const auto& [node, part] : strongest(parts.initiatives)) {
      shown.why.push_back(reason_of(reading.brief(node), "", *part));
    }
    shown.text = sentence_of(shown, question_.by, question_.currency);
    return shown;
  }

  Reason reason_of(Brief node, std::string relation, const Part& part) const {
    Reason reason;
    const Amounts amounts = told(part.sums);
    const std::string flows = amounts_text(amounts, question_.currency, true);
    const std::string stated = amounts_text(amounts, question_.currency, false);
    const bool is_actor = !relation.empty();
    const std::string_view link = !is_actor                         ? ": "
                                  : question_.by == MoneyBy::funder ? " gets "
                                                                    : " gives ";
    reason.text = node.name + std::string(link) + flows +
                  (flows.empty() || stated.empty() ? "" : "; ") + stated;
    if (part.first_year != 0) reason.text += in_years({part.first_year, part.last_year});
    reason.text += ".";
    reason.node = std::move(node);
    reason.relation = std::move(relation);
    reason.weight = part.sums.largest().amount();
    reason.source = ledger_->source(part.strongest->source);
    return reason;
  }

  const Context& context_;
  const graph::View& view_;
  const MoneyQuestion& question_;
  Same same_;
  std::shared_ptr<const ExchangeRates> rates_;
  std::shared_ptr<const Ledger> ledger_;
  std::optional<PreparedFilter> filter_;
  std::optional<PreparedFilter> flow_filter_;  // Without the actor.
  std::optional<NodeIndex> actor_;
  bool flows_count_ = true;

  std::optional<MoneyRows> finder_;
  Verdict admitted_;
  Verdict flow_admitted_;

  std::map<std::pair<std::uint16_t, std::int16_t>, std::optional<double>> factors_;
  std::vector<Row> rows_;
  std::unordered_map<RowKey, std::size_t> places_;
  std::set<std::pair<std::size_t, NodeIndex>> things_of_rows_;
  Sums total_;
  Sums without_row_;
  std::set<NodeIndex> seen_;
  std::uint64_t initiatives_ = 0;
  std::unordered_map<NodeIndex, MoneySum> paid_out_;
  std::unordered_map<NodeIndex, MoneySum> paid_in_;
  std::uint64_t undated_ = 0;
  std::array<std::uint64_t, kStandings> standings_{};
  std::unordered_map<RowKey, Parts> parts_;
};

}  // namespace

std::string_view to_string(MoneyBy by) {
  return std::find_if(kNames.begin(), kNames.end(),
                      [&](const auto& each) { return each.second == by; })
      ->first;
}

Result<MoneyAnswer> money(const Context& context, const MoneyQuestion& question) {
  return MoneyCounter(context, question).answer();
}

}  // namespace mangrove::query
