#include "web/api/money.h"

#include <algorithm>
#include <array>

#include "web/api/json.h"

namespace mangrove::web::api {
namespace {

constexpr std::size_t kCodeLetters = 3;

/// Only the measures of which anything is told.
void write_amounts(json::Writer& writer, std::string_view name, const query::Amounts& amounts) {
  writer.key(name);
  writer.begin_object();
  for (std::size_t i = 0; i < query::kMeasures; ++i) {
    const query::Amount& amount = amounts[i];
    if (amount.statements == 0) continue;
    writer.key(query::to_string(static_cast<query::MoneyMeasure>(i)));
    writer.begin_object();
    writer.member("amount", amount.amount);
    writer.member("statements", amount.statements);
    writer.key("apart");
    writer.begin_object();
    for (const auto& [currency, sum] : amount.apart) {
      writer.member(currency.empty() ? "none" : currency, sum);
    }
    writer.end_object();
    writer.end_object();
  }
  writer.end_object();
}

void write_row(json::Writer& writer, const query::MoneyRow& row) {
  writer.begin_object();
  if (row.node) write_members(writer, *row.node);
  if (row.to) {
    writer.key("to");
    write(writer, *row.to);
  }
  if (row.year) writer.member("year", static_cast<std::int64_t>(*row.year));
  writer.member("initiatives", row.initiatives);
  write_amounts(writer, "amounts", row.amounts);
  write_amounts(writer, "undivided", row.undivided);
  writer.member("score", row.score);
  writer.member("text", row.text);
  writer.key("why");
  write(writer, row.why);
  writer.end_object();
}

void write_rates(json::Writer& writer, const query::MoneyAnswer& answer) {
  writer.key("rates");
  writer.begin_array();
  for (const query::MoneyAnswer::RateUsed& rate : answer.rates) {
    writer.begin_object();
    writer.member("currency", rate.currency);
    writer.member("year", static_cast<std::int64_t>(rate.year));
    writer.member("per_dollar", rate.per_dollar);
    write_or_null(writer, "source", rate.source);
    writer.end_object();
  }
  writer.end_array();
}

void write_standings(json::Writer& writer, const query::MoneyAnswer& answer) {
  writer.key("statements");
  writer.begin_object();
  for (std::size_t i = 0; i < query::kStandings; ++i) {
    writer.member(query::to_string(static_cast<query::Standing>(i)), answer.standings[i]);
  }
  writer.member("undated", answer.undated);
  writer.end_object();
}

query::MoneyBy by_of(std::string_view name) {
  for (const query::MoneyBy by :
       {query::MoneyBy::recipient, query::MoneyBy::flow, query::MoneyBy::place,
        query::MoneyBy::target, query::MoneyBy::goal, query::MoneyBy::year}) {
    if (query::to_string(by) == name) return by;
  }
  return query::MoneyBy::funder;
}

/// `eur` is taken for `EUR`.
std::string currency_of(Parameters& parameters) {
  std::string code = parameters.text("currency");
  if (code.empty()) return "USD";
  std::transform(code.begin(), code.end(), code.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  const bool is_code =
      code.size() == kCodeLetters &&
      std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code) parameters.refuse("currency", "is the code of a currency, such as USD");
  return code;
}

}  // namespace

Asked<query::MoneyQuestion> parse_money(Parameters& parameters) {
  Asked<query::MoneyQuestion> asked;
  asked.question.filter = parameters.filter();
  asked.question.by = by_of(
      parameters.choice("by", {"funder", "recipient", "flow", "place", "target", "goal", "year"}));
  asked.question.currency = currency_of(parameters);
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> money(const query::Context& context, const Asked<query::MoneyQuestion>& asked) {
  const query::MoneyAnswer answer = TRY(query::money(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("by", query::to_string(asked.question.by));
  writer.member("currency", answer.currency);
  writer.member("initiatives", answer.initiatives);
  write_amounts(writer, "amounts", answer.amounts);
  write_amounts(writer, "without_row", answer.without_row);
  writer.member("paid_first", answer.paid_first);
  write_standings(writer, answer);
  write_rates(writer, answer);
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::MoneyRow& row : answer.items) write_row(writer, row);
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

}  // namespace mangrove::web::api
