#include <array>
#include <tuple>
#include <utility>

#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {

std::optional<Money> money_of(Activity& activity, const XmlElement& parent) {
  const std::optional<XmlElement> value = parent.child("value");
  if (!value || value->text().empty()) {
    activity.found(parent, "amount-form", std::string(parent.name()) + " without a value",
                   Action::value_skipped);
    return std::nullopt;
  }
  const std::optional<Number> number = parse_amount(value->text());
  const std::string written =
      std::string(parent.name()) + " of '" + std::string(value->text().substr(0, 40)) + "'";
  if (!number || !number->exact) {
    activity.found(*value, "amount-form", written,
                   number ? Action::value_repaired : Action::value_skipped);
  }
  if (!number) return std::nullopt;
  std::string currency = currency_of(activity, *value, "currency");
  if (value->attribute("currency").empty()) currency = activity.currency;
  if (currency.empty()) {
    activity.found(*value, "currency-missing", written + " without a currency", Action::noted);
  }
  return Money{number->value, std::move(currency)};
}

int year_of(Activity& activity, const XmlElement& parent, std::string_view date_name) {
  if (const std::optional<XmlElement> element = parent.child(date_name)) {
    const std::string_view iso = element->attribute("iso-date");
    const std::string_view written = iso.empty() ? element->text() : iso;
    if (const std::optional<Date> date = parse_written_date(written)) return date->year;
  }
  if (const std::optional<XmlElement> value = parent.child("value")) {
    const std::optional<Date> date = parse_written_date(value->attribute("value-date"));
    if (date) return date->year;
  }
  activity.found(parent, "date-form", std::string(parent.name()) + " without a date",
                 Action::noted);
  return 0;
}

std::string qualifier_of(const SumKey& key) {
  std::string qualifier = key.year == 0 ? std::string() : std::to_string(key.year);
  if (!key.currency.empty()) qualifier += (qualifier.empty() ? "" : " ") + key.currency;
  return qualifier;
}

void state_key(graph::EdgeStatement& edge, const SumKey& key) {
  if (!key.currency.empty()) state_on(edge, "currency", key.currency);
  if (key.year != 0) state_on(edge, "year", graph::Value(std::int64_t{key.year}));
}

void state_sums(Activity& activity, std::string_view property, const Sums& sums) {
  for (const auto& [key, amount] : sums) {
    graph::Structure value;
    if (!key.currency.empty()) value.fields.emplace_back("currency", key.currency);
    if (key.year != 0) value.fields.emplace_back("year", std::int64_t{key.year});
    value.fields.emplace_back("amount", amount);
    activity.out.state(property, std::move(value));
  }
}

// --- Budgets ------------------------------------------------------------------------------------

Sums sum_budgets(Activity& activity, const std::vector<XmlElement>& budgets, Repeated repeated) {
  using Period = std::tuple<std::string, std::string, std::string>;  // Start, end, currency.
  struct Part {
    double amount = 0;
    int year = 0;
    bool later = false;
  };
  std::map<Period, Part> parts;
  for (const XmlElement& budget : budgets) {
    activity.out.count(std::string(budget.name()));
    const std::optional<Money> money = money_of(activity, budget);
    if (!money) continue;
    const std::string_view type = budget.attribute("type");
    const bool later = type == "2" || lower(type) == "revised" || budget.attribute("status") == "2";
    const int year = year_of(activity, budget, "period-start");
    const auto date = [&budget](std::string_view name) {
      const std::optional<XmlElement> element = budget.child(name);
      return element ? std::string(element->attribute("iso-date")) : std::string();
    };
    const auto [place, first] =
        parts.try_emplace({date("period-start"), date("period-end"), money->currency});
    Part& part = place->second;
    if (part.later && !later) continue;
    if (later != part.later) {
      part.amount = 0;
    } else if (!first && repeated == Repeated::replaces) {
      activity.found(budget, "total-twice",
                     std::string(budget.name()) + " of a period that another was given for",
                     Action::noted);
      part.amount = 0;
    }
    part = {part.amount + money->amount, year, later};
  }
  Sums sums;
  for (const auto& [period, part] : parts) {
    sums[{std::get<2>(period), part.year}] += part.amount;
  }
  return sums;
}

// --- Transactions -------------------------------------------------------------------------------

namespace {

struct FundingKey {
  std::string from;
  std::string to;
  SumKey when;
  friend auto operator<=>(const FundingKey&, const FundingKey&) = default;
};
struct Funding {
  std::optional<double> paid;
  std::optional<double> committed;
  bool assumed = false;  // One end was left out, which the standard reads as the publisher.
};

struct Ledger {
  Sums received;
  Sums spent;
  Sums committed;
  std::map<FundingKey, Funding> funding;
  std::uint64_t to_itself = 0;
};

std::string_view type_of(const XmlElement& transaction) {
  const std::optional<XmlElement> type = transaction.child("transaction-type");
  return type ? code_or_text(*type) : std::string_view{};
}

void add(std::optional<double>& sum, double amount) {
  sum = sum.value_or(0) + amount;
}

void add_flow(Ledger& ledger, Flow flow, const SumKey& key, double amount) {
  if (flow == Flow::received) ledger.received[key] += amount;
  if (flow == Flow::spent) ledger.spent[key] += amount;
  if (flow == Flow::committed) ledger.committed[key] += amount;
}

/// The two ends of the money. Where the standard lets one be left out, it is the publisher: the
/// provider of outgoing money, the receiver of incoming money.
struct Ends {
  std::string provider;
  std::string receiver;
  bool assumed = false;
};

Ends read_ends(Activity& activity, const XmlElement& transaction, bool incoming) {
  Ends ends;
  const std::optional<XmlElement> provider = transaction.child("provider-org");
  const std::optional<XmlElement> receiver = transaction.child("receiver-org");
  if (provider) {
    activity.out.count("provider-org");
    ends.provider = read_actor(activity, *provider);
    relate(activity, *provider, provider->attribute("provider-activity-id"), "money");
  }
  if (receiver) {
    activity.out.count("receiver-org");
    ends.receiver = read_actor(activity, *receiver);
    relate(activity, *receiver, receiver->attribute("receiver-activity-id"), "money");
  }
  if (!provider && receiver && !incoming) ends = {activity.publisher_id, ends.receiver, true};
  if (!receiver && provider && incoming) ends = {ends.provider, activity.publisher_id, true};
  return ends;
}

void read_transaction(Activity& activity, const XmlElement& transaction, Ledger& ledger) {
  activity.out.count("transaction");
  const std::string_view type = type_of(transaction);
  const Flow flow = transaction_flow(type);
  if (!is_transaction_type(type)) {
    activity.found(transaction, "code-unknown", "transaction of type '" + std::string(type) + "'",
                   Action::value_skipped);
  }
  const Ends ends = read_ends(activity, transaction, is_incoming(type));
  read_places_of_transaction(activity, transaction);
  read_sectors(activity, transaction);
  const std::optional<Money> money = money_of(activity, transaction);
  if (!money || flow == Flow::none) return;
  const SumKey when{money->currency, year_of(activity, transaction, "transaction-date")};
  add_flow(ledger, flow, when, money->amount);
  if (ends.provider.empty() || ends.receiver.empty()) return;
  if (ends.provider == ends.receiver) {
    ++ledger.to_itself;
    return;
  }
  Funding& funding = ledger.funding[{ends.provider, ends.receiver, when}];
  add(flow == Flow::committed ? funding.committed : funding.paid, money->amount);
  funding.assumed = funding.assumed || ends.assumed;
}

void state_funding(Activity& activity, const Ledger& ledger) {
  for (const auto& [key, funding] : ledger.funding) {
    graph::EdgeStatement& edge =
        activity.out.edge(key.from, "FUNDS", key.to, qualifier_of(key.when));
    if (funding.paid) state_on(edge, "amount", graph::Value(*funding.paid));
    if (funding.committed) state_on(edge, "committed", graph::Value(*funding.committed));
    state_key(edge, key.when);
    if (funding.assumed) state_on(edge, "assumed", "one end is the publisher, by the standard");
  }
  if (ledger.to_itself == 0) return;
  activity.found(activity.element, "funds-itself",
                 std::to_string(ledger.to_itself) + " transactions of an organisation with itself",
                 Action::noted);
}

}  // namespace

void read_money(Activity& activity) {
  std::vector<XmlElement> budgets;
  for (const XmlElement budget : activity.element.children("budget")) budgets.push_back(budget);
  state_sums(activity, "budget", sum_budgets(activity, budgets, Repeated::adds));
  Ledger ledger;
  for (const XmlElement transaction : activity.element.children("transaction")) {
    read_transaction(activity, transaction, ledger);
  }
  state_sums(activity, "spend", ledger.spent);
  state_sums(activity, "received", ledger.received);
  state_sums(activity, "committed", ledger.committed);
  state_funding(activity, ledger);
}

}  // namespace mangrove::ingest::iati
