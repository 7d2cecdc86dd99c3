#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/analytics/analytics.h"
#include "web/api/answer.h"

/// GET /analytics/…: measures of the network, over a filtered part of it.
namespace mangrove::web::api {

Asked<query::AnalyticsQuestion> parse_pagerank(Parameters& parameters);
Asked<query::AnalyticsQuestion> parse_betweenness(Parameters& parameters);
Asked<query::AnalyticsQuestion> parse_communities(Parameters& parameters);
Asked<query::AnalyticsQuestion> parse_components(Parameters& parameters);
Asked<query::AnalyticsQuestion> parse_cores(Parameters& parameters);
Asked<query::AnalyticsQuestion> parse_bridges(Parameters& parameters);
Result<std::string> analytics(const query::Context& context,
                              const Asked<query::AnalyticsQuestion>& asked);

}  // namespace mangrove::web::api
