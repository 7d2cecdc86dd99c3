#include "query/exchange_rates.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <variant>

namespace mangrove::query {
namespace {

const ExchangeRates::Rate kOfDollar{1, {}};

/// `2020 0.77999`.
std::optional<std::pair<int, double>> parse_rate(std::string_view text) {
  const char* const end = text.data() + text.size();
  int year = 0;
  const auto [behind_year, bad_year] = std::from_chars(text.data(), end, year);
  if (bad_year != std::errc() || behind_year == end || *behind_year != ' ') return std::nullopt;
  double rate = 0;
  const auto [behind, bad] = std::from_chars(behind_year + 1, end, rate);
  if (bad != std::errc() || behind != end || !std::isfinite(rate) || rate <= 0) {
    return std::nullopt;
  }
  return std::pair(year, rate);
}

}  // namespace

Result<std::shared_ptr<const ExchangeRates>> ExchangeRates::of(const Context& context) {
  return context.view.derived().get<ExchangeRates>(
      "query/exchange_rates", [&]() -> Result<ExchangeRates> { return make(context); });
}

Result<ExchangeRates> ExchangeRates::make(const Context& context) {
  ExchangeRates made;
  made.rates_[std::string(kDollar)];
  const graph::Kind currency = context.view.name("Currency");
  if (currency == graph::kNoName) return made;
  auto nodes = context.view.nodes_of_kind(currency);
  std::sort(nodes.begin(), nodes.end(), [&](graph::NodeIndex a, graph::NodeIndex b) {
    return context.view.id(a) < context.view.id(b);
  });
  for (const graph::Node& node : TRY(context.view.read(nodes))) made.add(node);
  return made;
}

void ExchangeRates::add(const graph::Node& currency) {
  const std::string_view code = currency.text("code");
  if (code.empty() || code == kDollar) return;
  std::map<int, Rate> rates;
  for (const graph::StatedProperty& property : currency.properties) {
    const auto* const text = std::get_if<graph::Text>(&property.value);
    if (property.name != "per_dollar" || text == nullptr) continue;
    if (const auto rate = parse_rate(text->text)) {
      rates.try_emplace(rate->first, Rate{rate->second, property.sources.front()});
    }
  }
  if (!rates.empty()) rates_.try_emplace(std::string(code), std::move(rates));
}

const ExchangeRates::Rate* ExchangeRates::find(std::string_view currency, int year) const {
  if (currency == kDollar) return &kOfDollar;
  const auto rates = rates_.find(currency);
  if (rates == rates_.end()) return nullptr;
  const auto rate = rates->second.find(year);
  return rate == rates->second.end() ? nullptr : &rate->second;
}

std::optional<double> ExchangeRates::between(std::string_view from, std::string_view to,
                                             int year) const {
  if (from == to) return 1;
  const Rate* const of_from = find(from, year);
  const Rate* const of_to = find(to, year);
  if (of_from == nullptr || of_to == nullptr) return std::nullopt;
  return of_to->per_dollar / of_from->per_dollar;
}

std::vector<std::string> ExchangeRates::currencies() const {
  std::vector<std::string> codes;
  codes.reserve(rates_.size());
  for (const auto& [code, rates] : rates_) codes.push_back(code);
  return codes;
}

}  // namespace mangrove::query
