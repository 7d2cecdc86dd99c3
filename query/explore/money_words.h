#pragma once

#include <string>
#include <string_view>

#include "query/explore/money.h"

/// Money in words.
namespace mangrove::query {

/// `1,250 USD`, `12.50 USD`: whole from a hundred on.
std::string money_text(double amount, std::string_view currency);

/// `payments of 1,250 USD and 300 XXX without a rate, and promises of 20 USD`; of these measures,
/// empty where nothing is told of them.
std::string amounts_text(const Amounts& amounts, std::string_view currency, bool flows);

/// A row as one sentence.
std::string sentence_of(const MoneyRow& row, MoneyBy by, std::string_view currency);

}  // namespace mangrove::query
