#include "web/server/finish.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <optional>

#include "web/server/ascii.h"
#include "web/server/gzip.h"
#include "web/server/problem.h"

namespace mangrove::web {
namespace {

// Below this, what compression saves is lost again in one packet.
constexpr std::size_t kWorthCompressing = 1024;

// Scripts, styles and workers of our own; nothing inline and nothing from elsewhere. Attributes
// named style are let through, since drawing libraries place their layers with them; a worker may
// come from a blob, since graphology starts its layout so.
constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'";

bool is_read(const Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

bool is_compressible(std::string_view media_type) {
  const std::string_view type = trim(media_type.substr(0, media_type.find(';')));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") ||
         type.ends_with("javascript");
}

/// 64 bits that differ when the bytes do: eight bytes at a time, each mixed by a wide
/// multiplication (as wyhash does). Not for secrets.
std::uint64_t fingerprint(std::string_view bytes) {
  __extension__ using Wide = unsigned __int128;
  std::uint64_t hash = 0x9E3779B97F4A7C15U ^ bytes.size();
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), size);
    bytes.remove_prefix(size);
    const Wide product = static_cast<Wide>(hash ^ word) * 0xA0761D6478BD642FU;
    // The first term keeps a product of zero from swallowing what came before.
    hash = (hash << 5 | hash >> 59) ^ static_cast<std::uint64_t>(product) ^
           static_cast<std::uint64_t>(product >> 64);
  }
  return hash;
}

std::string strong_tag(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string tag = "\"";
  const std::uint64_t hash = fingerprint(bytes);
  for (int shift = 60; shift >= 0; shift -= 4) tag += kDigits[(hash >> shift) & 15];
  return tag + '"';
}

/// The compressed form is another sequence of bytes, so a strong tag must differ.
std::string compressed_tag(std::string tag) {
  if (tag.ends_with('"')) tag.insert(tag.size() - 1, "-gz");
  return tag;
}

bool matches(std::string_view if_none_match, std::string_view tag) {
  while (!if_none_match.empty()) {
    std::string_view candidate = trim(take_until(if_none_match, ','));
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == tag || candidate == "*") return true;
  }
  return false;
}

void set(Response& response, std::string_view name, std::string value) {
  for (Header& header : response.headers) {
    if (equal_in_any_case(header.name, name)) {
      header.value = std::move(value);
      return;
    }
  }
  response.headers.push_back({std::string(name), std::move(value)});
}

void set_if_absent(Response& response, std::string_view name, std::string_view value) {
  if (response.header(name) == nullptr) set(response, name, std::string(value));
}

void add_vary(Response& response, std::string_view name) {
  const std::string* const vary = response.header("Vary");
  if (vary != nullptr && has_token(*vary, name)) return;
  set(response, "Vary", vary == nullptr ? std::string(name) : *vary + ", " + std::string(name));
}

void drop_body(Response& response) {
  response.body.clear();
  response.media_type.clear();
  std::erase_if(response.headers, [](const Header& header) {
    return equal_in_any_case(header.name, "Content-Encoding");
  });
}

void secure(Response& response) {
  const bool is_page = response.media_type.starts_with("text/html");
  set_if_absent(response, "X-Content-Type-Options", "nosniff");
  set_if_absent(response, "Content-Security-Policy", is_page ? kPagePolicy : kDataPolicy);
  set_if_absent(response, "Referrer-Policy", "same-origin");
  set_if_absent(response, "Cross-Origin-Opener-Policy", "same-origin");
  set_if_absent(response, "Cross-Origin-Resource-Policy", "same-origin");
}

std::string http_date(std::chrono::system_clock::time_point now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  // The names of days and months are English: the program never sets a locale.
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text.data();
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  for (const char c : value) head += is_control(c) ? ' ' : c;
  head += "\r\n";
}

bool may_have_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

}  // namespace

Response finish(const Request& request, Response response) {
  if (response.live) {
    secure(response);
    set_if_absent(response, "Cache-Control", "no-store");
    return response;
  }
  const bool worth_compressing = response.body.size() > kWorthCompressing &&
                                 is_compressible(response.media_type) &&
                                 response.header("Content-Encoding") == nullptr;
  const std::string* const accepted = request.header("Accept-Encoding");
  const bool compress = worth_compressing && accepted != nullptr && accepts_gzip(*accepted);
  if (worth_compressing) add_vary(response, "Accept-Encoding");

  secure(response);
  const bool may_be_kept = response.status == 200 || response.status == 304;
  set_if_absent(response, "Cache-Control", may_be_kept ? "no-cache" : "no-store");
  if (response.status == 200 && is_read(request)) {
    const std::string* const given = response.header("ETag");
    std::string tag = given != nullptr ? *given : strong_tag(response.body);
    if (compress) tag = compressed_tag(std::move(tag));
    set(response, "ETag", tag);
    const std::string* const known = request.header("If-None-Match");
    if (known != nullptr && matches(*known, tag)) {
      response.status = 304;
      drop_body(response);
      return response;
    }
  }
  if (compress) {
    response.body = gzip(response.body);
    set(response, "Content-Encoding", "gzip");
  }
  return response;
}

std::string message_head(const Response& response, bool keep_alive,
                         std::chrono::system_clock::time_point now) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ' +
                     std::string(reason_phrase(response.status)) + "\r\n";
  append_field(head, "Date", http_date(now));
  append_field(head, "Connection", keep_alive ? "keep-alive" : "close");
  if (!response.media_type.empty()) append_field(head, "Content-Type", response.media_type);
  // A live body ends where the connection does.
  if (may_have_body(response.status) && !response.live) {
    append_field(head, "Content-Length", std::to_string(response.body.size()));
  }
  for (const Header& header : response.headers) append_field(head, header.name, header.value);
  return head + "\r\n";
}

bool sends_body(const Response& response, std::string_view method) {
  return method != "HEAD" && may_have_body(response.status);
}

}  // namespace mangrove::web
