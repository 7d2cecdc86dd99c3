#include "web/api/answer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "query/calendar.h"
#include "web/api/cursor.h"

namespace mangrove::web::api {

namespace {

std::string_view trimmed_tag(std::string_view tag) {
  while (!tag.empty() && (tag.front() == ' ' || tag.front() == '\t')) tag.remove_prefix(1);
  while (!tag.empty() && (tag.back() == ' ' || tag.back() == '\t')) tag.remove_suffix(1);
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

}  // namespace

std::string viewer_in_words(const graph::Viewer& viewer) {
  if (viewer.is_steward()) return "steward";
  const auto names = viewer.audiences();
  const std::set<std::string_view> sorted(names.begin(), names.end());
  std::string words;
  for (const std::string_view name : sorted) words.append("\n").append(name);
  return words;
}

std::string entity_tag(const Service& service, graph::Version latest, const Request& request) {
  const std::uint64_t asked =
      fingerprint(std::to_string(service.edition) + '\n' + viewer_in_words(service.viewer) + '\n' +
                  to_string(query::today()) + '\n' + request.path + '?' + request.query);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "\"%llu-%016llx\"",
                static_cast<unsigned long long>(latest), static_cast<unsigned long long>(asked));
  return text.data();
}

std::optional<Response> not_modified(const Request& request, std::string_view tag) {
  const std::string* known = request.header("If-None-Match");
  if (known == nullptr) return std::nullopt;
  // The server names the compressed form of an answer so.
  const std::string compressed = std::string(tag.substr(0, tag.size() - 1)) + "-gz\"";
  std::string_view rest = *known;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view candidate = trimmed_tag(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (candidate != tag && candidate != compressed) continue;
    return Response{.status = 304,
                    .media_type = {},
                    .body = {},
                    .headers = {{"ETag", std::string(candidate)},
                                {"Cache-Control", "no-cache"},
                                {"Vary", "Accept-Encoding"}}};
  }
  return std::nullopt;
}

Response json_response(std::string tag, std::string body) {
  Response response = Response::json(std::move(body));
  response.headers.push_back({"ETag", std::move(tag)});
  return response;
}

Result<Response> explained(Error error, const Parameters& parameters, const Request& request) {
  if (error.code == ErrorCode::not_found && parameters.asks_for_node()) {
    error.message += "; search finds ids by name: /api/v1/search?q=WORDS";
  }
  if (error.code == ErrorCode::invalid_input) {
    const std::size_t colon = std::min(error.message.find(": "), error.message.size());
    const auto& known = parameters.known();
    if (std::find(known.begin(), known.end(), error.message.substr(0, colon)) != known.end()) {
      return invalid_parameters({{error.message.substr(0, colon), error.message.substr(colon + 2)}},
                                request.path);
    }
  }
  return error;
}

}  // namespace mangrove::web::api
