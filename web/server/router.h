#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "web/server/request.h"
#include "web/server/response.h"

namespace mangrove::web {

/// Answers the requests of one route. It runs on several threads at once. An Error that it returns
/// becomes a problem document.
using RouteHandler = std::function<Result<Response>(const Request&)>;

/// One call: a method, a path as one whole literal, and who answers.
struct Route {
  std::string method;
  std::string pattern;  ///< Such as "/api/v1/nodes/{id}/neighbours".
  RouteHandler handler;
};

/// Finds who answers a request.
///
/// A name in braces stands for one whole segment, not empty, which is percent-decoded after the
/// path is cut, so that an encoded slash stays inside its segment. Where several patterns fit, a
/// literal segment wins over a name, from left to right; the order of the table does not matter.
///
/// HEAD is answered wherever GET is, OPTIONS everywhere with Allow. A path that is known, but not
/// with this method, is 405 with Allow; an unknown one goes to `otherwise`, or is 404.
///
/// Never changes once made, so threads may share it.
class Router {
 public:
  /// A pattern given twice with one method is a bug, caught by an assertion.
  explicit Router(std::vector<Route> routes, RouteHandler otherwise = nullptr);

  Response answer(const Request& request) const;

  /// The table, for a test against the OpenAPI document. HEAD and OPTIONS are not in it.
  const std::vector<Route>& routes() const { return routes_; }

 private:
  using Segments = std::vector<std::string>;

  /// The routes that fit, whatever their method, the most literal first.
  std::vector<std::size_t> matches(const Segments& path) const;
  Result<Response> find_and_call(const Request& request) const;
  Result<Response> call(std::size_t route, const Segments& path, const Request& request) const;
  std::string allowed(const std::vector<std::size_t>& routes) const;

  std::vector<Route> routes_;
  std::vector<Segments> patterns_;  ///< Of each route, cut at the slashes.
  RouteHandler otherwise_;
};

}  // namespace mangrove::web
