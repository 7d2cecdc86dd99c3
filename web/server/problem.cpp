#include "web/server/problem.h"

#include <utility>

#include "graph/base/json.h"
#include "graph/base/log.h"

namespace mangrove::web {
namespace {

constexpr std::string_view kRetryAfterSeconds = "1";

Problem own_fault(const Error& error) {
  log::error("request failed", {{"why", error.message}});
  return {.status = 500,
          .code = error.code == ErrorCode::corrupt ? "corrupt" : "io",
          .detail = "The server could not read its own data; its log says more."};
}

}  // namespace

Response to_response(const Problem& problem, std::string_view instance) {
  json::Writer writer;
  writer.begin_object();
  writer.member("type", "urn:mangrove:problem:" + problem.code);
  writer.member("title", reason_phrase(problem.status));
  writer.member("status", problem.status);
  writer.member("detail", problem.detail);
  writer.member("instance", instance);
  writer.member("code", problem.code);
  if (!problem.errors.empty()) {
    writer.key("errors");
    writer.begin_array();
    for (const ParameterError& error : problem.errors) {
      writer.begin_object();
      writer.member("parameter", error.parameter);
      writer.member("detail", error.detail);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();

  Response response{.status = problem.status,
                    .media_type = "application/problem+json",
                    .body = writer.take(),
                    .headers = problem.headers};
  if (problem.status == 503 && response.header("Retry-After") == nullptr) {
    response.headers.push_back({"Retry-After", std::string(kRetryAfterSeconds)});
  }
  return response;
}

Problem to_problem(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid_input:
      return {.status = 400, .code = "invalid_input", .detail = error.message};
    case ErrorCode::not_found:
      return {.status = 404, .code = "not_found", .detail = error.message};
    case ErrorCode::conflict:
      return {.status = 409, .code = "conflict", .detail = error.message};
    case ErrorCode::too_large:
      return {.status = 413, .code = "too_large", .detail = error.message};
    case ErrorCode::unsupported:
      return {.status = 501, .code = "unsupported", .detail = error.message};
    case ErrorCode::cancelled:
      return {.status = 503, .code = "cancelled", .detail = error.message};
    case ErrorCode::corrupt:
    case ErrorCode::io:
    case ErrorCode::no_space:
      return own_fault(error);
  }
  return own_fault(error);
}

Response problem(const Error& error, std::string_view instance) {
  return to_response(to_problem(error), instance);
}

Response invalid_parameters(std::vector<ParameterError> errors, std::string_view instance) {
  std::string detail;
  for (const ParameterError& error : errors) {
    if (!detail.empty()) detail += "; ";
    if (!error.parameter.empty()) detail += error.parameter + ": ";
    detail += error.detail;
  }
  return to_response({.status = 400,
                      .code = "invalid_input",
                      .detail = std::move(detail),
                      .errors = std::move(errors)},
                     instance);
}

std::string_view reason_phrase(int status) {
  constexpr std::pair<int, std::string_view> kPhrases[] = {
      {100, "Continue"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
  };
  for (const auto& [known, phrase] : kPhrases) {
    if (known == status) return phrase;
  }
  return "Unknown";
}

}  // namespace mangrove::web
