#pragma once

#include <string>

#include "graph/base/result.h"
#include "query/explore/assessments.h"
#include "web/api/answer.h"
#include "web/server/request.h"
#include "web/server/response.h"

namespace mangrove::web::api {

/// GET /assessments?place=&on=&actor=: judgements that stand, each with what it revised.
Asked<query::AssessmentsQuestion> parse_assessments(Parameters& parameters);
Result<std::string> assessments(const query::Context& context,
                                const Asked<query::AssessmentsQuestion>& asked);

/// POST /assessments `{place, on, stage, status, pole, date, by, actor, note}`: adds one. 201, or
/// 200 where exactly this was added before; 422 with every field that is wrong; 403 where this
/// server takes no decisions (Service::decisions), 415 where the body is not sent as JSON.
Result<Response> add_assessment(const Service& service, const Request& request);

/// POST /assessments/{id} with the same body: puts a new judgement in the place of one that stands.
/// 404 where there is none; 409 where it was revised already.
Result<Response> revise_assessment(const Service& service, const Request& request);

}  // namespace mangrove::web::api
