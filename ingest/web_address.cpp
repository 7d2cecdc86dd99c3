#include "ingest/web_address.h"

#include <algorithm>

#include "ingest/draft.h"
#include "ingest/readers/iati_codes.h"

namespace mangrove::ingest {
namespace {

using iati::clean;
using iati::lower;

constexpr std::size_t kUrlBytesMax = 4000;

}  // namespace

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
  const std::size_t begin = url.find("://") + 3;
  std::string host = url.substr(begin, url.find_first_of("/?", begin) - begin);
  if (host.starts_with("www.")) host.erase(0, 4);
  return "doc:url:" + host.substr(0, 60) + ":" + fingerprint_of(url);
}

}  // namespace mangrove::ingest
