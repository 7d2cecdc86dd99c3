#include "web/server/files.h"

#include <algorithm>
#include <utility>

#include "web/server/ascii.h"
#include "web/server/gzip.h"
#include "web/server/percent.h"
#include "web/server/problem.h"

namespace mangrove::web {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{64} << 20;

constexpr std::pair<std::string_view, std::string_view> kMediaTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
};

bool is_under(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

/// Whether a segment of the path would lead elsewhere ("..", "..%2F..") or is empty, the last one
/// apart. Cut before it is decoded, since ids have slashes in them.
bool has_odd_segment(std::string_view encoded_path) {
  std::string_view rest = encoded_path.substr(std::min<std::size_t>(encoded_path.size(), 1));
  while (!rest.empty()) {
    const bool is_last = rest.find('/') == std::string_view::npos;
    const auto segment = percent_decode(take_until(rest, '/'));
    if (!segment.ok() || segment.value() == "." || segment.value().starts_with("..")) return true;
    if (segment.value().empty() && !is_last) return true;
  }
  return false;
}

/// Ids have points in them ("sdg:8.7"), so only an ending that we serve makes a path a file.
bool is_address_of_ui(std::string_view encoded_path) {
  const auto path = percent_decode(encoded_path);
  if (!path.ok() || has_odd_segment(encoded_path)) return false;
  return !is_under(path.value(), "/api") && !is_under(path.value(), "/health") &&
         !is_under(path.value(), "/assets") && media_type_of(path.value()).empty();
}

Response method_not_allowed(const Request& request) {
  return to_response({.status = 405,
                      .code = "method_not_allowed",
                      .detail = "Files can only be read.",
                      .headers = {{"Allow", "GET, HEAD, OPTIONS"}}},
                     request.path);
}

Result<Response> send(const EmbeddedFile& file, const Request& request) {
  Response response;
  response.media_type = media_type_of(file.path);
  if (response.media_type.empty()) response.media_type = "application/octet-stream";
  const bool has_hashed_name = is_under(file.path, "/assets");
  response.headers = {
      {"Cache-Control", has_hashed_name ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Vary", "Accept-Encoding"}};

  const std::string* const accepted = request.header("Accept-Encoding");
  const bool compressed = accepted != nullptr && accepts_gzip(*accepted);
  const std::string tag = '"' + std::string(file.hash) + (compressed ? "-gz\"" : "\"");
  response.headers.push_back({"ETag", tag});
  if (compressed) response.headers.push_back({"Content-Encoding", "gzip"});
  response.body = compressed ? std::string(file.gzip) : TRY(gunzip(file.gzip, kFileBytesMax));
  return response;
}

}  // namespace

Files::Files(std::span<const EmbeddedFile> files) {
  for (const EmbeddedFile& file : files) files_.emplace(file.path, file);
}

Result<Response> Files::answer(const Request& request) const {
  const EmbeddedFile* file = find(request.path);
  if (file == nullptr && is_address_of_ui(request.path)) file = find("/index.html");
  if (file == nullptr) return Error{ErrorCode::not_found, "There is nothing at this address."};
  if (request.method == "OPTIONS") {
    return Response{.status = 204, .headers = {{"Allow", "GET, HEAD, OPTIONS"}}};
  }
  if (request.method != "GET" && request.method != "HEAD") return method_not_allowed(request);
  return send(*file, request);
}

const EmbeddedFile* Files::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::string_view media_type_of(std::string_view name) {
  const std::size_t point = name.rfind('.');
  if (point == std::string_view::npos) return {};
  for (const auto& [ending, type] : kMediaTypes) {
    if (equal_in_any_case(name.substr(point), ending)) return type;
  }
  return {};
}

}  // namespace mangrove::web
