#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"
#include "query/contributions.h"
#include "query/countries.h"
#include "query/explore/money.h"
#include "query/filter.h"
#include "query/ledger.h"
#include "query/percentages.h"
#include "query/same.h"
#include "query/walk.h"

namespace mangrove::query {

/// What a row of `money` is: two nodes of a flow, one node, or a year.
using RowKey = std::uint64_t;
inline constexpr unsigned kRowNodeBits = 32;

inline graph::NodeIndex node_in(RowKey key) {
  return graph::NodeIndex{static_cast<std::uint32_t>(key)};
}
/// Of a flow: who gives; `node_in` gets.
inline graph::NodeIndex giver_of(RowKey key) {
  return graph::NodeIndex{static_cast<std::uint32_t>(key >> kRowNodeBits)};
}

/// A row that an amount belongs to, and which part of the amount is the row's: nothing where it
/// belongs to several, and nobody says which part is whose.
struct RowShare {
  RowKey row = 0;
  std::optional<double> part;
};

/// Which rows amounts belong to. Quick where the amounts of one subject come one after the other.
class MoneyRows {
 public:
  /// All that is given must outlive it.
  MoneyRows(const Context& context, const PreparedFilter& filter, const Ledger& ledger, MoneyBy by)
      : context_(context), filter_(filter), ledger_(ledger), by_(by), same_(context) {}

  Status prepare();

  /// Valid until it is asked again. None where nobody says where the amount belongs.
  std::span<const RowShare> of(const MoneyEntry& entry);
  /// Whether all went well so far.
  const Status& status() const { return status_; }

 private:
  std::span<const RowShare> only(RowKey row);
  std::span<const RowShare> of_subject(graph::NodeIndex subject);
  void find_rows(graph::NodeIndex subject);
  void add_ends(graph::NodeIndex record);
  void add_end(graph::NodeIndex end, std::optional<double> percentage);
  void add_actors(graph::NodeIndex record, std::string_view role);
  void add_contributions(graph::NodeIndex record);

  const Context& context_;
  const PreparedFilter& filter_;
  const Ledger& ledger_;
  MoneyBy by_;
  Same same_;
  std::optional<Countries> countries_;
  std::optional<Neighbours> places_;
  std::shared_ptr<const Percentages> percentages_;
  std::shared_ptr<const Contributions> contributions_;
  Status status_;
  std::optional<graph::NodeIndex> subject_;  // That `shares_` are of.
  std::map<RowKey, std::optional<double>> ends_;
  std::vector<RowShare> shares_;
  std::vector<RowShare> only_;
};

}  // namespace mangrove::query
