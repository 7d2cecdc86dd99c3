#include "ingest/fetch/location.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kUrlBytesMax = 8'000;
constexpr std::string_view kHidden = "***";

// Parameters whose values open something, by what their names, without punctuation, end in…
constexpr std::array<std::string_view, 16> kSecretEndings{
    "key",    "token",       "secret",        "password", "passwd",    "passphrase",
    "pwd",    "signature",   "credential",    "session",  "sessionid", "auth",
    "cookie", "credentials", "authorization", "jwt"};
// …or are.
constexpr std::array<std::string_view, 5> kSecretNames{"sig", "sid", "pass", "pw", "ticket"};
constexpr std::size_t kTokenBytesMin = 20;
constexpr std::size_t kHexTokenBytesMin = 32;

struct Closing {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

/// A part of the address; empty where it has none.
std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
  std::string copy = text;
  curl_free(text);
  return copy;
}

bool is_secret_name(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') letters += static_cast<char>(c | 0x20);
  }
  return std::find(kSecretNames.begin(), kSecretNames.end(), letters) != kSecretNames.end() ||
         std::any_of(kSecretEndings.begin(), kSecretEndings.end(),
                     [&letters](std::string_view ending) { return letters.ends_with(ending); });
}

/// Whether it looks drawn by lot: long and in one piece, hexadecimal or of capitals, small letters
/// and digits mixed. The identifiers of data catalogues (UUIDs) have hyphens, and are none.
bool is_token(std::string_view text) {
  bool digit = false;
  bool small = false;
  bool capital = false;
  bool hex = true;
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_small = c >= 'a' && c <= 'z';
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (!is_digit && !is_small && !is_capital &&
        std::string_view("+/=_%~").find(c) == std::string_view::npos) {
      return false;
    }
    digit = digit || is_digit;
    small = small || is_small;
    capital = capital || is_capital;
    hex = hex && (is_digit || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'));
  }
  return (text.size() >= kTokenBytesMin && digit && small && capital) ||
         (text.size() >= kHexTokenBytesMin && hex);
}

template <typename Visit>
void for_each_parameter(std::string_view text, Visit&& visit) {
  while (true) {
    const std::size_t end = text.find('&');
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::string without_secrets(std::string_view query, bool& hidden) {
  std::string shown;
  for_each_parameter(query, [&](std::string_view parameter) {
    if (!shown.empty()) shown += '&';
    const std::size_t equals = parameter.find('=');
    const std::string_view name = parameter.substr(0, equals);
    const bool has_value = equals != std::string_view::npos;
    const std::string_view value = has_value ? parameter.substr(equals + 1) : std::string_view();
    const bool secret = has_value ? is_secret_name(name) || is_token(value) : is_token(name);
    hidden = hidden || secret;
    if (!secret) {
      shown += parameter;
    } else {
      shown += has_value ? std::string(name) + "=" + std::string(kHidden) : std::string(kHidden);
    }
  });
  return shown;
}

Error not_one(std::string_view why) {
  return {ErrorCode::invalid_input, "the web address " + std::string(why)};
}

}  // namespace

bool is_location(std::string_view argument) {
  return argument.find("://") != std::string_view::npos;
}

Result<Location> parse_location(const std::string& url) {
  if (url.size() > kUrlBytesMax) return not_one("is longer than 8,000 bytes");
  const bool has_controls = std::any_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
  });
  if (has_controls || !is_utf8(url)) return not_one("has spaces or unreadable signs in it");
  const std::unique_ptr<CURLU, Closing> parsed(curl_url());
  const CURLUcode code =
      curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) {
    return not_one("cannot be read: " + std::string(curl_url_strerror(code)));
  }
  const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") {
    return not_one("begins with " + scheme + "://; only http and https are fetched");
  }
  Location location;
  location.url = url;
  location.host = part_of(parsed.get(), CURLUPART_HOST);
  for (char& c : location.host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  location.has_secrets = !part_of(parsed.get(), CURLUPART_USER).empty() ||
                         !part_of(parsed.get(), CURLUPART_PASSWORD).empty();
  const std::string port = part_of(parsed.get(), CURLUPART_PORT);
  const std::string place = location.host + (port.empty() ? "" : ":" + port);
  const std::string path = part_of(parsed.get(), CURLUPART_PATH);
  const std::string query = part_of(parsed.get(), CURLUPART_QUERY);
  location.shown = scheme + "://" + place + path;
  if (!query.empty()) location.shown += "?" + without_secrets(query, location.has_secrets);
  location.name = location.host + path;
  while (location.name.ends_with('/')) location.name.pop_back();
  return location;
}

}  // namespace mangrove::ingest
