#include "web/server/router.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

#include "web/server/ascii.h"
#include "web/server/percent.h"
#include "web/server/problem.h"

namespace mangrove::web {
namespace {

bool is_name(std::string_view segment) {
  return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}

/// The parts between the slashes; the one that the path begins with is left out.
std::vector<std::string> cut(std::string_view path) {
  std::vector<std::string> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  for (;;) {
    const std::size_t slash = path.find('/');
    segments.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                    [](const std::string& expected, const std::string& segment) {
                      return is_name(expected) ? !segment.empty() : expected == segment;
                    });
}

Response empty_answer_allowing(std::string methods) {
  return {.status = 204, .media_type = {}, .body = {}, .headers = {{"Allow", std::move(methods)}}};
}

}  // namespace

Router::Router(std::vector<Route> routes, RouteHandler otherwise)
    : routes_(std::move(routes)), otherwise_(std::move(otherwise)) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Route& route : routes_) {
    [[maybe_unused]] const bool is_new = seen.emplace(route.method, route.pattern).second;
    assert(is_new && route.pattern.starts_with('/'));
    patterns_.push_back(cut(route.pattern));
  }
}

Response Router::answer(const Request& request) const {
  Result<Response> result = find_and_call(request);
  if (!result.ok()) return problem(result.error(), request.path);
  return std::move(result).value();
}

Result<Response> Router::find_and_call(const Request& request) const {
  if (request.path == "*") return empty_answer_allowing("DELETE, GET, HEAD, OPTIONS, POST");
  Segments path = cut(request.path);
  for (std::string& segment : path) segment = TRY(percent_decode(segment));

  const std::vector<std::size_t> found = matches(path);
  if (found.empty()) {
    if (otherwise_) return otherwise_(request);
    return Error{ErrorCode::not_found, "There is nothing at this address."};
  }
  const std::string_view method =
      request.method == "HEAD" ? std::string_view("GET") : std::string_view(request.method);
  for (const std::size_t route : found) {
    if (routes_[route].method == method) return call(route, path, request);
  }
  if (method == "OPTIONS") return empty_answer_allowing(allowed(found));
  return to_response({.status = 405,
                      .code = "method_not_allowed",
                      .detail = "This address does not take " + request.method + '.',
                      .headers = {{"Allow", allowed(found)}}},
                     request.path);
}

std::vector<std::size_t> Router::matches(const Segments& path) const {
  std::vector<std::size_t> found;
  for (std::size_t route = 0; route < routes_.size(); ++route) {
    if (fits(patterns_[route], path)) found.push_back(route);
  }
  const auto is_more_literal = [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(
        patterns_[a].begin(), patterns_[a].end(), patterns_[b].begin(), patterns_[b].end(),
        [](const std::string& x, const std::string& y) { return is_name(x) < is_name(y); });
  };
  std::stable_sort(found.begin(), found.end(), is_more_literal);
  return found;
}

Result<Response> Router::call(std::size_t route, const Segments& path,
                              const Request& request) const {
  Request named = request;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string& segment = patterns_[route][i];
    if (!is_name(segment)) continue;
    named.path_parameters.emplace_back(segment.substr(1, segment.size() - 2), path[i]);
  }
  return routes_[route].handler(named);
}

std::string Router::allowed(const std::vector<std::size_t>& routes) const {
  std::set<std::string> methods{"OPTIONS"};
  for (const std::size_t route : routes) {
    methods.insert(routes_[route].method);
    if (routes_[route].method == "GET") methods.insert("HEAD");
  }
  std::string list;
  for (const std::string& method : methods) list += (list.empty() ? "" : ", ") + method;
  return list;
}

}  // namespace mangrove::web
