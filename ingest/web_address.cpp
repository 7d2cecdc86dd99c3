#include "ingest/web_address.h"

#include <algorithm>

#include "graph/base/text.h"
#include "ingest/draft.h"
#include "ingest/readers/iati_codes.h"

namespace mangrove::ingest {
namespace {

using iati::clean;
using iati::lower;

constexpr std::size_t kUrlBytesMax = 4000;
constexpr std::size_t kDoiBytesMax = 500;

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// `10.1000%2Fabc` -> `10.1000/abc`.
std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
                        digit_of(text[i + 2]) >= 0;
    if (!escape) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
    i += 2;
  }
  return decoded;
}

/// What stands behind the ways in which a DOI is introduced; empty where none does.
std::string_view behind_doi_mark(std::string_view text) {
  if (text.starts_with("10.")) return text;
  for (const std::string_view mark :
       {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/",
        "https://www.doi.org/", "http://www.doi.org/", "doi.org/", "dx.doi.org/", "doi:"}) {
    if (text.starts_with(mark)) return text.substr(mark.size());
  }
  return {};
}

}  // namespace

std::string normal_doi(std::string_view text) {
  const std::string written = lower(clean(text));
  std::string_view rest = behind_doi_mark(written);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  // An address may end in a query or a fragment; a DOI by itself may hold these signs.
  if (written.find("doi.org/") != std::string::npos)
    rest = rest.substr(0, rest.find_first_of("?#"));
  std::string doi = clean(percent_decoded(rest));
  while (!doi.empty() && std::string_view(".,;").find(doi.back()) != std::string_view::npos) {
    doi.pop_back();
  }
  const std::size_t slash = doi.find('/');
  const bool formed = doi.starts_with("10.") && slash != std::string::npos && slash > 5 &&
                      slash + 1 < doi.size() && doi.size() <= kDoiBytesMax &&
                      doi.find_first_not_of("0123456789.", 3) == slash &&
                      doi.find(' ') == std::string::npos && is_utf8(doi);
  return formed ? lower(doi) : std::string();
}

std::string normal_url(std::string_view text) {
  std::string url = clean(text);
  if (lower(std::string_view(url).substr(0, 4)) == "www.") url = "http://" + url;
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string::npos || url.size() > kUrlBytesMax) return {};
  const std::string scheme = lower(std::string_view(url).substr(0, scheme_end));
  if (scheme != "http" && scheme != "https" && scheme != "ftp") return {};
  url.resize(std::min(url.size(), url.find('#')));
  if (url.size() <= scheme_end + 3) return {};
  const std::size_t host_begin = scheme_end + 3;
  const std::size_t host_end = std::min(url.size(), url.find_first_of("/?", host_begin));
  std::string host = lower(std::string_view(url).substr(host_begin, host_end - host_begin));
  const std::string_view port = scheme == "https" ? ":443" : ":80";
  if (host.ends_with(port)) host.resize(host.size() - port.size());
  if (host.empty() || host.find(' ') != std::string::npos) return {};
  return scheme + "://" + host + url.substr(host_end);
}

std::string document_id(const std::string& url) {
  if (const std::string doi = normal_doi(url); !doi.empty()) return "doc:doi:" + doi;
  const std::size_t begin = url.find("://") + 3;
  std::string host = url.substr(begin, url.find_first_of("/?", begin) - begin);
  if (host.starts_with("www.")) host.erase(0, 4);
  return "doc:url:" + host.substr(0, 60) + ":" + fingerprint_of(url);
}

}  // namespace mangrove::ingest
