#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/money.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /money: who funds whom and what, by funder, recipient, place, target, goal or year.
Asked<query::MoneyQuestion> parse_money(Parameters& parameters);
Result<std::string> money(const query::Context& context, const Asked<query::MoneyQuestion>& asked);

}  // namespace mangrove::web::api
