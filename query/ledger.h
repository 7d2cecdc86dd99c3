#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

/// What an amount is the measure of. They tell of the same money from several sides, and are never
/// added to each other.
enum class MoneyMeasure : std::uint8_t {
  budget,     ///< Planned by the initiative as a whole.
  committed,  ///< Promised within the initiative, whoever gives and gets it.
  spend,      ///< Spent by the initiative.
  paid,       ///< Moved from one actor to another.
  promised,   ///< Promised by one actor to another.
  planned,    ///< Planned by one actor for another.
};
inline constexpr std::size_t kMeasures = 6;
std::string_view to_string(MoneyMeasure measure);
/// Whether it goes from one actor to another.
inline bool is_flow(MoneyMeasure measure) {
  return measure >= MoneyMeasure::paid;
}

/// Whether an amount counts, or why not: of what is told twice, one telling counts.
enum class Standing : std::uint8_t {
  counted,
  same_thing,      ///< Told again by another record of the same initiative.
  other_account,   ///< Told again by another source.
  within_family,   ///< Told of a whole and of its parts (query/hierarchy.h).
  to_itself,       ///< From an actor to another record of the same one.
  not_believable,  ///< More than there is (MoneySum::kCredible).
};
inline constexpr std::size_t kStandings = 6;
std::string_view to_string(Standing standing);

/// One amount as one source tells it.
struct MoneyEntry {
  graph::NodeIndex subject{};  ///< What the record is about: an initiative, or for flows an actor.
  graph::NodeIndex from{};     ///< Of a flow, the records that stand for the two actors
  graph::NodeIndex to{};       ///< (`Same::representative`).
  double amount = 0;
  std::uint16_t currency = 0;  ///< In `Ledger::currency`.
  std::uint16_t source = 0;    ///< In `Ledger::source`.
  std::int16_t year = 0;       ///< 0 where nobody says, or nobody means it (1900 to 2100).
  MoneyMeasure measure = MoneyMeasure::budget;
  Standing standing = Standing::counted;
};

/// All amounts but 0 that are stated in a graph, each of which counts or does not, so that whoever
/// adds up what counts adds no money twice:
///
/// - **One account.** Where several records are of one initiative, or several sources tell of it,
///   one of them is believed for each measure: that which tells the most in dollars of the year.
///   Likewise of the flows between two actors in one year, which funder and recipient both publish.
/// - **A whole or its parts**, never both (query/hierarchy.h).
///
/// "The most" compares what has a rate (query/exchange_rates.h) in dollars, and what has none by
/// itself, currency by currency. Ties are broken by ids.
///
/// What is left is paid on: money that an actor passes on to another has moved twice.
class Ledger {
 public:
  /// From the shelf of the view, made there if need be: reads all initiatives and all records that
  /// state FUNDS from the store once, some twenty microseconds for each initiative. That is not cut
  /// short by the time a question has, as with query/initiative_facts.h. 32 bytes an amount.
  static Result<std::shared_ptr<const Ledger>> of(const Context& context);

  /// Those of one subject stand together.
  std::span<const MoneyEntry> entries() const { return entries_; }
  /// Code of ISO 4217; empty where nobody says.
  const std::string& currency(std::uint16_t number) const { return currencies_[number]; }
  /// Id of the Source.
  const std::string& source(std::uint16_t number) const { return sources_[number]; }
  /// The other records of the initiative that this is a record of.
  std::span<const graph::NodeIndex> other_records(graph::NodeIndex subject) const;

 private:
  friend class LedgerMaker;

  std::vector<MoneyEntry> entries_;
  std::vector<std::string> currencies_;
  std::vector<std::string> sources_;
  std::unordered_map<graph::NodeIndex, std::vector<graph::NodeIndex>> others_;
};

}  // namespace mangrove::query
