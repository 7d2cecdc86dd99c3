#include "web/api/ingest.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/json.h"
#include "graph/base/log.h"
#include "ingest/jobs/job.h"
#include "web/api/json.h"
#include "web/server/ascii.h"
#include "web/server/body_file.h"
#include "web/server/multipart.h"
#include "web/server/percent.h"

namespace mangrove::web::api {
namespace {

constexpr std::size_t kMappingBytesMax = std::size_t{1} << 20;
constexpr std::chrono::seconds kSilenceMax{15};

// --- Who may ------------------------------------------------------------------------------------

/// Whether a browser says that a page of another site sends this. Browsers tell the origin of every
/// request that changes something.
bool is_from_elsewhere(const Request& request) {
  const std::string* const origin = request.header("Origin");
  if (origin == nullptr) return false;
  const std::string* const host = request.header("Host");
  const std::size_t scheme = origin->find("://");
  if (scheme == std::string::npos || host == nullptr) return true;
  return !equal_in_any_case(std::string_view(*origin).substr(scheme + 3), *host);
}

std::optional<Problem> objection_to(const Service& service, const Request& request) {
  if (service.uploads == nullptr) {
    return Problem{.status = 403,
                   .code = "forbidden",
                   .detail =
                       "This server takes no files: it listens to more than its own machine, "
                       "and was started without --uploads."};
  }
  if (is_from_elsewhere(request)) {
    return Problem{.status = 403,
                   .code = "forbidden",
                   .detail =
                       "Files are taken from this server's own pages and from programs, not "
                       "from pages of other sites."};
  }
  return std::nullopt;
}

Problem no_room() {
  return {.status = 503,
          .code = "overloaded",
          .detail = "Too many files wait to be read; send this one again later.",
          .headers = {{"Retry-After", "60"}}};
}

// --- What was sent ------------------------------------------------------------------------------

ingest::Submission parse_submission(Parameters& parameters) {
  ingest::Submission submission;
  submission.name = parameters.text("name");
  if (std::string format = parameters.text("format"); !format.empty()) {
    submission.format = std::move(format);
  }
  submission.source = parameters.text("source");
  submission.sheet = parameters.text("sheet");
  submission.dry_run = parameters.choice("dry_run", {"false", "true"}) == "true";
  const std::string audiences = parameters.text("audience");
  for (std::string_view rest = audiences; !rest.empty();) {
    submission.audiences.emplace_back(trim(take_until(rest, ',')));
  }
  for (const ingest::Objection& objection : ingest::objections_to(submission)) {
    parameters.refuse(objection.member, objection.detail);
  }
  return submission;
}

std::vector<ParameterError> faults_in(const Service& service, const Request& request) {
  Parameters parameters(request, service.ontology.schema(), {});
  parse_submission(parameters);
  return parameters.errors();
}

Problem wrong_parameters(std::vector<ParameterError> faults) {
  return {.status = 400,
          .code = "invalid_input",
          .detail = "Something is wrong with what was said about the file.",
          .errors = std::move(faults)};
}

/// A file as it came, and what was said of it.
struct Sent {
  std::shared_ptr<BodyFile> file;
  std::string mapping;
};

/// The body as a file, also where it came in memory.
Result<std::shared_ptr<BodyFile>> body_of(const Service& service, const Request& request) {
  if (request.body_file) return request.body_file;
  auto file = TRY(BodyFile::create(service.uploads->incoming(), service.bytes_kept_free));
  TRY(file->append(request.body));
  return file;
}

Result<std::string> mapping_in(const BodyFile& file) {
  if (file.size() > kMappingBytesMax) {
    return Error{ErrorCode::too_large, "The mapping is larger than 1 MiB."};
  }
  std::ifstream stream(file.path(), std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (text.empty()) return Error{ErrorCode::invalid_input, "The mapping is empty."};
  return text;
}

/// Takes a form apart; its fields go where the query has them.
Result<Sent> take_form(const Service& service, Request& request, std::string_view boundary) {
  const auto body = TRY(body_of(service, request));
  const std::vector<FormPart> parts =
      TRY(read_form(body->path(), boundary, service.uploads->incoming(), service.bytes_kept_free));
  Sent sent;
  const auto say = [&request](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    request.query +=
        (request.query.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  };
  for (const FormPart& part : parts) {
    if (part.name == "file" && part.file) {
      if (sent.file) {
        return Error{ErrorCode::invalid_input, "The form has two files; send them one by one."};
      }
      sent.file = part.file;
      say("name", ingest::file_name_from(part.file_name));
    } else if (part.name == "mapping" && part.file) {
      // A form in a browser sends an empty one where none was chosen.
      if (part.file->size() > 0) sent.mapping = TRY(mapping_in(*part.file));
    } else if (part.name == "mapping") {
      sent.mapping = part.text;
    } else if (part.file) {
      return Error{ErrorCode::invalid_input, "The form has a file called '" + part.name +
                                                 "'; they are 'file' and 'mapping'."};
    } else {
      say(part.name, part.text);
    }
  }
  if (!sent.file) return Error{ErrorCode::invalid_input, "The form has no file called 'file'."};
  return sent;
}

// --- A job as JSON ------------------------------------------------------------------------------

std::string_view stage_of(const ingest::Job& job) {
  if (job.state == ingest::JobState::waiting) return "waiting";
  if (ingest::has_ended(job.state)) return "ended";
  return job.settling ? "settling" : "reading";
}

void write_progress(json::Writer& writer, const ingest::Job& job) {
  writer.key("progress");
  writer.begin_object();
  writer.member("stage", stage_of(job));
  writer.member("bytes", job.bytes_done);
  writer.member("records", job.records_done);
  writer.member("seconds", job.seconds);
  std::optional<double> rate;
  if (job.seconds > 0) rate = static_cast<double>(job.records_done) / job.seconds;
  writer.member("records_per_second", rate);
  writer.member("seconds_left", job.seconds_left);
  writer.end_object();
}

void write_counts(json::Writer& writer, const ingest::Job& job) {
  writer.key("counts");
  if (!job.has_report) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.member("records", job.counts.records);
  writer.member("added", job.counts.added);
  writer.member("replaced", job.counts.replaced);
  writer.member("unchanged", job.counts.unchanged);
  writer.member("outdated", job.counts.outdated);
  writer.member("skipped", job.counts.skipped);
  writer.member("refused", job.counts.refused);
  writer.member("findings", job.counts.findings);
  writer.end_object();
}

void write_members(json::Writer& writer, const ingest::Job& job) {
  const ingest::Submission& submission = job.submission;
  writer.member("id", job.id);
  writer.member("state", ingest::to_string(job.state));
  writer.member("name", submission.name);
  writer.member("bytes", job.bytes);
  writer.member("format", submission.format);
  write_or_null(writer, "source", submission.source);
  write_or_null(writer, "sheet", submission.sheet);
  writer.key("audiences");
  writer.begin_array();
  for (const std::string& audience : submission.audiences) writer.string(audience);
  writer.end_array();
  writer.member("dry_run", submission.dry_run);
  writer.member("mapping", job.has_mapping);
  writer.member("submitted", job.submitted);
  write_or_null(writer, "started", job.started);
  write_or_null(writer, "ended", job.ended);
  write_or_null(writer, "message", job.message);
  writer.member("cancelling", job.cancelling);
  writer.member("complete", job.complete);
  writer.member("report", job.has_report);
  write_progress(writer, job);
  write_counts(writer, job);
}

/// As an object; with the version of the graph where one is given.
std::string to_json(const ingest::Job& job, std::optional<graph::Version> version) {
  json::Writer writer;
  writer.begin_object();
  if (version) writer.member("version", *version);
  write_members(writer, job);
  writer.end_object();
  return writer.take();
}

graph::Version version_of(const Service& service) {
  return service.graph.view(service.viewer).version();
}

Error no_such_job() {
  return {ErrorCode::not_found, "There is no such job; those that ended long ago are forgotten."};
}

/// The job that the path names; or what there is to say instead.
Result<ingest::Job> job_in(const Service& service, const Request& request) {
  auto found = service.uploads->find(request.path_parameter("id"));
  if (!found) return no_such_job();
  return *std::move(found);
}

/// Whether it may stand in a list that everybody who may send files sees.
bool is_for_all(const Service& service, const ingest::Job& job) {
  const auto& audiences = job.submission.audiences;
  const auto& seen = service.viewer.audiences();
  return audiences.empty() || service.viewer.is_steward() ||
         std::any_of(audiences.begin(), audiences.end(), [&seen](const std::string& audience) {
           return std::find(seen.begin(), seen.end(), audience) != seen.end();
         });
}

// --- Events -------------------------------------------------------------------------------------

/// Tells how far a job is, as server-sent events.
class Teller {
 public:
  Teller(const ingest::Jobs& jobs, std::string id) : jobs_(&jobs), id_(std::move(id)) {}

  LivePart next() {
    const auto job = jobs_->find(id_);
    if (!job) return {.bytes = {}, .last = true};
    const bool ended = ingest::has_ended(job->state);
    std::string now = to_json(*job, std::nullopt);
    LivePart part{.bytes = {}, .last = ended};
    if (now != said_) {
      const std::string event(ended ? ingest::to_string(job->state) : "progress");
      part.bytes = "event: " + event + "\ndata: " + now + "\n\n";
      said_ = std::move(now);
    } else if (Clock::now() - last_ >= kSilenceMax) {
      part.bytes = ": still here\n\n";  // So that nothing in between takes the line for dead.
    }
    if (!part.bytes.empty()) last_ = Clock::now();
    return part;
  }

 private:
  using Clock = std::chrono::steady_clock;
  const ingest::Jobs* jobs_;
  std::string id_;
  std::string said_;
  Clock::time_point last_ = Clock::now();
};

Response table_response(std::string table, const std::string& name) {
  std::string plain;
  for (const char c : name) plain += is_letter(c) || is_digit(c) || c == '-' || c == '.' ? c : '_';
  return {.status = 200,
          .media_type = "text/csv; charset=utf-8",
          .body = std::move(table),
          .headers = {{"Content-Disposition", "attachment; filename=\"" + plain + "\""}}};
}

}  // namespace

std::optional<Problem> objection_to_sending(const Service& service, const Request& head) {
  if (auto objection = objection_to(service, head)) return objection;
  if (!service.uploads->has_room()) return no_room();
  if (auto faults = faults_in(service, head); !faults.empty()) {
    return wrong_parameters(std::move(faults));
  }
  return std::nullopt;
}

Result<Response> send_file(const Service& service, const Request& request) {
  if (const auto objection = objection_to_sending(service, request)) {
    return to_response(*objection, request.path);
  }
  Request told = request;
  Sent sent;
  const std::string* const type = request.header("Content-Type");
  const auto boundary = type == nullptr ? std::nullopt : form_boundary(*type);
  if (boundary) {
    sent = TRY(take_form(service, told, *boundary));
  } else {
    sent.file = TRY(body_of(service, request));
  }
  Parameters parameters(told, service.ontology.schema(), {});
  ingest::Submission submission = parse_submission(parameters);
  if (auto faults = parameters.errors(); !faults.empty()) {
    return to_response(wrong_parameters(std::move(faults)), request.path);
  }
  if (sent.file->size() == 0) {
    return Error{ErrorCode::invalid_input, "The file is empty."};
  }
  submission.mapping = std::move(sent.mapping);
  const auto submitted = service.uploads->submit(std::move(submission), sent.file->path());
  if (!submitted.ok()) {
    const Error& error = submitted.error();
    if (error.code == ErrorCode::too_large) return to_response(no_room(), request.path);
    if (error.code != ErrorCode::no_space) return error;
    log::error("an upload was not kept", {{"why", error.message}});
    return to_response({.status = 503,
                        .code = "no_space",
                        .detail = "The server's disk is full; nothing of the file was kept.",
                        .headers = {{"Retry-After", "600"}}},
                       request.path);
  }
  sent.file->release();
  Response response = Response::json(to_json(submitted.value(), version_of(service)));
  response.status = 202;
  response.headers.push_back({"Location", std::string(kIngestPath) + "/" + submitted.value().id});
  return response;
}

Result<Response> jobs(const Service& service, const Request& request) {
  if (const auto objection = objection_to(service, request)) {
    return to_response(*objection, request.path);
  }
  const graph::Version version = version_of(service);
  Parameters parameters(request, service.ontology.schema(),
                        {version, viewer_in_words(service.viewer)});
  const Page page = parameters.page();
  if (auto faults = parameters.errors(); !faults.empty()) {
    return invalid_parameters(std::move(faults), request.path);
  }
  std::vector<ingest::Job> list = service.uploads->list();
  std::erase_if(list, [&service](const ingest::Job& job) { return !is_for_all(service, job); });
  json::Writer writer;
  writer.begin_object();
  writer.member("version", version);
  writer.member("total", list.size());
  writer.key("items");
  writer.begin_array();
  const std::size_t from = std::min(page.rows.offset, list.size());
  const std::size_t to = std::min(from + page.rows.limit, list.size());
  for (std::size_t i = from; i < to; ++i) {
    writer.begin_object();
    write_members(writer, list[i]);
    writer.end_object();
  }
  writer.end_array();
  writer.member("next", page.next(list.size()));
  writer.end_object();
  return Response::json(writer.take());
}

Result<Response> job(const Service& service, const Request& request) {
  if (const auto objection = objection_to(service, request)) {
    return to_response(*objection, request.path);
  }
  return Response::json(to_json(TRY(job_in(service, request)), version_of(service)));
}

Result<Response> cancel_job(const Service& service, const Request& request) {
  if (const auto objection = objection_to(service, request)) {
    return to_response(*objection, request.path);
  }
  const auto cancelled = TRY(service.uploads->cancel(request.path_parameter("id")));
  return Response::json(to_json(cancelled, version_of(service)));
}

Result<Response> job_events(const Service& service, const Request& request) {
  if (const auto objection = objection_to(service, request)) {
    return to_response(*objection, request.path);
  }
  const ingest::Job known = TRY(job_in(service, request));
  Response response{.status = 200, .media_type = "text/event-stream"};
  // For what stands in between and would like to collect before it passes on.
  response.headers.push_back({"X-Accel-Buffering", "no"});
  response.live = [teller = Teller(*service.uploads, known.id)]() mutable { return teller.next(); };
  return response;
}

Result<Response> job_report(const Service& service, const Request& request) {
  if (const auto objection = objection_to(service, request)) {
    return to_response(*objection, request.path);
  }
  const ingest::Job known = TRY(job_in(service, request));
  const std::string report = TRY(service.uploads->report_json(known.id));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", version_of(service));
  writer.key("job");
  writer.begin_object();
  write_members(writer, known);
  writer.end_object();
  writer.key("report");
  constexpr json::Limits kReportLimits{
      .bytes = std::size_t{64} << 20, .depth = 64, .values = 1'000'000};
  writer.value(TRY(json::parse(report, kReportLimits)));
  writer.end_object();
  return Response::json(writer.take());
}

Result<Response> job_table(const Service& service, const Request& request) {
  if (const auto objection = objection_to(service, request)) {
    return to_response(*objection, request.path);
  }
  const ingest::Job known = TRY(job_in(service, request));
  return table_response(TRY(service.uploads->report_csv(known.id)),
                        known.submission.name + ".report.csv");
}

}  // namespace mangrove::web::api
