#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "web/server/response.h"

namespace mangrove::web {

/// What is wrong with one parameter of a request.
struct ParameterError {
  std::string parameter;
  std::string detail;
};

/// A problem document (RFC 9457), before it is written.
struct Problem {
  int status = 500;
  std::string code;    ///< For programs: one lower-case word, such as "not_found".
  std::string detail;  ///< For people: one sentence on this occurrence.
  std::vector<ParameterError> errors = {};
  std::vector<Header> headers = {};  ///< Such as Allow.
};

/// The response for a problem: `{type, title, status, detail, instance, code, errors?}` as
/// application/problem+json. `instance` is the path asked for. 503 gets a Retry-After.
Response to_response(const Problem& problem, std::string_view instance);

/// The problem for an Error, and the only place where its code becomes a status:
///
///     invalid_input 400   not_found 404   conflict 409   too_large 413
///     unsupported   501   cancelled 503   corrupt, io 500
///
/// What is our fault (corrupt, io) is told to the log, and to the client only that it happened:
/// such messages name files of this machine.
Problem to_problem(const Error& error);

/// As to_response(to_problem(error), instance).
Response problem(const Error& error, std::string_view instance);

/// 400 with the parameters at fault, each with its own reason.
Response invalid_parameters(std::vector<ParameterError> errors, std::string_view instance);

/// The standard phrase of a status, such as "Not Found".
std::string_view reason_phrase(int status);

}  // namespace mangrove::web
