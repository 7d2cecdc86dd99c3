#pragma once

#include <optional>
#include <string_view>

#include "graph/base/result.h"
#include "web/api/answer.h"
#include "web/server/problem.h"
#include "web/server/request.h"
#include "web/server/response.h"

/// Files that are sent to be read into the graph, one job each (ingest/jobs/jobs.h).
///
/// All of these are 403 where the server takes no files (Service::uploads), or where the request
/// comes from a page of another site. A job for certain audiences is in no list: its id, which
/// nobody can guess, is for who sent it.
namespace mangrove::web::api {

inline constexpr std::string_view kIngestPath = "/api/v1/ingest";

/// Why this request to send a file is refused, as far as its head tells; before its body is read.
std::optional<Problem> objection_to_sending(const Service& service, const Request& head);

/// POST /ingest?name=&format=&source=&sheet=&audience=&dry_run=: the body is the file; or a form
/// with `file`, perhaps `mapping`, and fields of these names. 202 with the job.
Result<Response> send_file(const Service& service, const Request& request);

/// GET /ingest: the latest first.
Result<Response> jobs(const Service& service, const Request& request);

/// GET /ingest/{id}
Result<Response> job(const Service& service, const Request& request);

/// DELETE /ingest/{id}: 409 where it has ended.
Result<Response> cancel_job(const Service& service, const Request& request);

/// GET /ingest/{id}/events: server-sent events, `progress` until one that is called as the state in
/// which the job ended.
Result<Response> job_events(const Service& service, const Request& request);

/// GET /ingest/{id}/report and report.csv
Result<Response> job_report(const Service& service, const Request& request);
Result<Response> job_table(const Service& service, const Request& request);

}  // namespace mangrove::web::api
