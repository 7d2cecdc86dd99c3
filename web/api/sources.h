#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/sources.h"
#include "web/api/answer.h"

namespace mangrove::web::api {

/// GET /sources?q=&order=: who publishes what, and how well.
Asked<query::SourcesQuestion> parse_sources(Parameters& parameters);
Result<std::string> sources(const query::Context& context,
                            const Asked<query::SourcesQuestion>& asked);

/// Which source.
struct SourceQuestion {
  std::string name;
};

/// GET /sources/{name}: what it could mend, by rule, with examples.
Asked<SourceQuestion> parse_source(Parameters& parameters);
Result<std::string> source(const query::Context& context, const Asked<SourceQuestion>& asked);

/// GET /sources/{name}/report.csv: the same as a table, to send to the publisher.
Result<Response> source_report(const Service& service, const Request& request);

}  // namespace mangrove::web::api
