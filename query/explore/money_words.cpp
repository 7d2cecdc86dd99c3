#include "query/explore/money_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "query/reading.h"

namespace mangrove::query {
namespace {

constexpr double kWholeFrom = 100;
constexpr std::size_t kThousand = 3;

constexpr std::array<std::string_view, kMeasures> kNouns{"budgets",  "commitments", "spending",
                                                         "payments", "promises",    "plans"};

std::string with_separators(std::string digits) {
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > sign + kThousand;) {
    at -= kThousand;
    digits.insert(at, 1, ',');
  }
  return digits;
}

/// What initiatives belong to the row, in words for the two clauses.
struct Belonging {
  std::string_view alone;
  std::string_view shared;
};

Belonging belonging_of(MoneyBy by) {
  switch (by) {
    case MoneyBy::funder:
      return {"what it alone funds has ", "what it funds with others has "};
    case MoneyBy::recipient:
      return {"what it alone implements has ", "what it implements with others has "};
    case MoneyBy::place:
      return {"initiatives here have ", "those that also work elsewhere, undivided, "};
    case MoneyBy::target:
    case MoneyBy::goal:
      return {"initiatives towards it have ", "those with further aims, undivided, "};
    case MoneyBy::flow:
    case MoneyBy::year:
      break;
  }
  return {"initiatives have ", ""};
}

/// What the sentence begins with; for flows, with its verb.
std::string lead_of(const MoneyRow& row, MoneyBy by, bool has_flows) {
  switch (by) {
    case MoneyBy::funder:
      return row.node->name + (has_flows ? " gives " : ": ");
    case MoneyBy::recipient:
      return row.node->name + (has_flows ? " gets " : ": ");
    case MoneyBy::flow:
      return row.node->name + " gives " + row.to->name + " ";
    case MoneyBy::year:
      return "In " + std::to_string(*row.year) + ": ";
    case MoneyBy::place:
    case MoneyBy::target:
    case MoneyBy::goal:
      break;
  }
  return row.node->name + ": ";
}

}  // namespace

std::string money_text(double amount, std::string_view currency) {
  std::array<char, 64> written{};
  const int decimals = std::fabs(amount) >= kWholeFrom || amount == std::trunc(amount) ? 0 : 2;
  const int size = std::snprintf(written.data(), written.size(), "%.*f", decimals, amount);
  std::string text = with_separators({written.data(), static_cast<std::size_t>(size)});
  return text + " " + (currency.empty() ? "of no stated currency" : std::string(currency));
}

std::string amounts_text(const Amounts& amounts, std::string_view currency, bool flows) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < kMeasures; ++i) {
    const Amount& each = amounts[i];
    if (each.statements == 0 || is_flow(static_cast<MoneyMeasure>(i)) != flows) continue;
    std::vector<std::string> sums;
    if (each.amount != 0 || each.apart.empty()) sums.push_back(money_text(each.amount, currency));
    for (const auto& [own, amount] : each.apart) sums.push_back(money_text(amount, own));
    parts.push_back(std::string(kNouns[i]) + " of " + listed(sums));
  }
  return listed(parts);
}

std::string sentence_of(const MoneyRow& row, MoneyBy by, std::string_view currency) {
  const Belonging belonging = belonging_of(by);
  std::vector<std::string> clauses;
  const std::string flows = amounts_text(row.amounts, currency, true);
  const std::string stated = amounts_text(row.amounts, currency, false);
  const std::string undivided = amounts_text(row.undivided, currency, false);
  const std::string undivided_flows = amounts_text(row.undivided, currency, true);
  if (!flows.empty()) clauses.push_back(flows);
  if (!stated.empty()) clauses.push_back(std::string(belonging.alone) + stated);
  if (!undivided.empty()) clauses.push_back(std::string(belonging.shared) + undivided);
  if (!undivided_flows.empty()) clauses.push_back("undivided " + undivided_flows);
  std::string text = lead_of(row, by, !flows.empty());
  for (std::size_t i = 0; i < clauses.size(); ++i) text += (i > 0 ? "; " : "") + clauses[i];
  return text + ".";
}

}  // namespace mangrove::query
