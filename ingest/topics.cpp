#include "ingest/topics.h"

#include <algorithm>

namespace mangrove::ingest {
namespace {

struct Start {
  std::string_view rule;  // How its name begins.
  std::string_view topic;
};

constexpr std::array kStarts{
    Start{"amount-", "money"},
    Start{"country-code", "places"},
    Start{"currency-", "money"},
    Start{"date-", "dates"},
    Start{"description-", "texts"},
    Start{"end-before-start", "dates"},
    Start{"funds-itself", "references"},
    Start{"identifier-", "references"},
    Start{"organisation-unnamed", "references"},
    Start{"percentage-", "percentages"},
    Start{"place-", "places"},
    Start{"point-form", "places"},
    Start{"receiver-missing", "money"},
    Start{"reference-", "references"},
    Start{"region-code", "places"},
    Start{"related-", "references"},
    Start{"reporting-org-missing", "references"},
    Start{"role-", "roles"},
    Start{"sdg-code-", "sdg-codes"},
    Start{"sector-", "sectors"},
    Start{"text-", "texts"},
    Start{"title-", "texts"},
    Start{"total-twice", "money"},
};

}  // namespace

std::string_view topic_of(std::string_view rule) {
  const auto* const found =
      std::find_if(kStarts.begin(), kStarts.end(),
                   [rule](const Start& start) { return rule.starts_with(start.rule); });
  return found == kStarts.end() ? std::string_view("form") : found->topic;
}

}  // namespace mangrove::ingest
