#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/filter.h"
#include "query/ledger.h"

namespace mangrove::query {

/// What the rows of the answer are.
enum class MoneyBy : std::uint8_t { funder, recipient, flow, place, target, goal, year };

struct MoneyQuestion {
  /// As everywhere, but for two of its fields: `from` and `to` are years of the money, so amounts
  /// without a year are left out where one is set; and what moves from one actor to another counts
  /// under `actor` where that actor is one of the two.
  Filter filter = {};
  MoneyBy by = MoneyBy::funder;
  std::string currency = "USD";  ///< Of reference; refused where there is no rate for it.
  Page page = {};
};

/// Amounts of one measure.
struct Amount {
  double amount = 0;             ///< In the currency of reference; of what has a rate.
  std::uint64_t statements = 0;  ///< That were added up, here and below.
  /// What has no rate, by its own currency; empty text for amounts without one.
  std::map<std::string, double> apart = {};
};
using Amounts = std::array<Amount, kMeasures>;  ///< By MoneyMeasure.

struct MoneyRow {
  std::optional<Brief> node;  ///< The funder, recipient, place, target or goal; none for years.
  std::optional<Brief> to;    ///< Of a flow: who gets it; `node` gives it.
  std::optional<int> year;
  std::uint64_t initiatives = 0;  ///< That any of it is told of; records of one thing once.
  /// What is told of the row itself: flows; and money of initiatives that belong to no other row,
  /// or to this one by a stated percentage.
  Amounts amounts;
  /// Money of initiatives that belong to other rows too, while nobody says which part is whose: all
  /// of it, in each of the rows.
  Amounts undivided;
  double score = 0;  ///< The largest of `amounts`.
  std::vector<Reason>
      why;           ///< The other ends of the flows, then the initiatives, most money first,
                     ///< kReasonsMax of each; `weight` is in the currency of reference.
  std::string text;  ///< One English sentence.
};

struct MoneyAnswer {
  static constexpr std::size_t kReasonsMax = 5;

  struct RateUsed {
    std::string currency;
    int year = 0;
    double per_dollar = 0;
    std::string source;
  };

  std::string currency;
  std::uint64_t initiatives = 0;
  Amounts amounts;            ///< Of all that the filter admits, whatever the rows.
  double paid_first = 0;      ///< Of what was paid, what was not passed on: for each actor,
                              ///< what it paid beyond what it was paid. With a rate only.
  Amounts without_row;        ///< What belongs to no row: nobody says who, where or when.
  std::uint64_t undated = 0;  ///< Amounts left out because years are asked for.
  std::array<std::uint64_t, kStandings> standings{};  ///< How many amounts count, or why not.
  std::vector<RateUsed> rates;                        ///< By currency and year.
  std::size_t total = 0;                              ///< Rows there are.
  std::vector<MoneyRow>
      items;  ///< Highest score first, then most undivided, then by id; years rise.
};

/// Names of `MoneyBy`, as the caller writes them.
std::string_view to_string(MoneyBy by);

/// Who funds whom and what: amounts by funder, recipient, both, place, target, goal or year, each
/// once (query/ledger.h), in one currency of reference at the rate of the year
/// (query/exchange_rates.h). What has no rate stands apart in its own currency; nothing is dropped
/// or guessed. Budgets, commitments, spending and flows are never added to each other.
///
/// An initiative that belongs to several rows gives each its percentage, where the source states
/// one for all of them and they make up a whole (within 1); else all of it is `undivided` in each.
/// Under `flow` there are flows alone. O(amounts).
Result<MoneyAnswer> money(const Context& context, const MoneyQuestion& question);

}  // namespace mangrove::query
