#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/view.h"
#include "query/answer.h"

namespace mangrove::query {

/// What currencies were worth, year by year, as far as the graph knows: the nodes of kind Currency
/// state in `per_dollar` how many units a dollar of the United States cost on the average of a year
/// (`2020 0.77999`). Those that ship lie in ontology/vocabularies/currencies.ttl; any source may
/// state more.
///
/// A year without a rate has none: nothing is taken from the years around it.
class ExchangeRates {
 public:
  static constexpr std::string_view kDollar = "USD";

  struct Rate {
    double per_dollar = 0;  ///< Units for one dollar; above 0.
    std::string source;     ///< Id of the Source that states it; empty for the dollar itself.
  };

  /// From the shelf of the view, made there if need be: reads all currencies from the store once.
  static Result<std::shared_ptr<const ExchangeRates>> of(const Context& context);

  /// Null where nobody states one. Of several for one year, the value that the node shows first.
  const Rate* find(std::string_view currency, int year) const;
  /// How many units of `to` one unit of `from` was worth in this year; 1 between a currency and
  /// itself, whatever the year.
  std::optional<double> between(std::string_view from, std::string_view to, int year) const;
  /// Whether there is a rate for any year.
  bool knows(std::string_view currency) const { return rates_.contains(currency); }
  /// Codes of ISO 4217, sorted; the dollar is among them.
  std::vector<std::string> currencies() const;

 private:
  static Result<ExchangeRates> make(const Context& context);
  void add(const graph::Node& currency);

  std::map<std::string, std::map<int, Rate>, std::less<>> rates_;
};

}  // namespace mangrove::query
