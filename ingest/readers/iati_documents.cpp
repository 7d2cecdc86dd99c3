#include <algorithm>
#include <utility>

#include "ingest/readers/iati_activity.h"

namespace mangrove::ingest::iati {
namespace {

constexpr std::size_t kUrlBytesMax = 4000;

/// The same address however it is written: scheme and host in lower case, no fragment, no default
/// port. Empty where the text is no address on the web.
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

/// `doc:url:gatesfoundation.org:0f3c…`: the host to read, the rest to be sure.
std::string document_id(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  std::string host = url.substr(begin, url.find_first_of("/?", begin) - begin);
  if (host.starts_with("www.")) host.erase(0, 4);
  return "doc:url:" + host.substr(0, 60) + ":" + fingerprint_of(url);
}

void state_categories(Activity& activity, const XmlElement& link, const std::string& id,
                      const std::string& url) {
  for (const XmlElement category : link.children("category")) {
    const std::string_view code = category.attribute("code");
    const std::string_view word = document_word(code);
    if (!word.empty()) {
      activity.out.state_of(id, "type", graph::Text{std::string(word), {}});
    } else if (!code.empty()) {
      activity.found(category, "code-unknown",
                     "document category '" + std::string(code.substr(0, 40)) + "'",
                     Action::value_skipped);
    }
    if (code == "A12") activity.out.state("homepage", url);
  }
}

void read_document(Activity& activity, const XmlElement& link) {
  activity.out.count("document-link");
  const std::string_view written = link.attribute("url");
  const std::string url = normal_url(written);
  if (url.empty()) {
    activity.found(link, "document-url",
                   "document-link to '" + std::string(written.substr(0, 80)) + "'",
                   Action::value_skipped);
    return;
  }
  const std::string id = document_id(url);
  activity.out.mention(id, "Evidence");
  activity.out.state_of(id, "url", graph::Text{url, {}});
  if (const std::optional<XmlElement> title = link.child("title")) {
    for (graph::Text& text : texts_of(activity, *title)) {
      activity.out.state_of(id, "title", std::move(text));
    }
  }
  state_categories(activity, link, id, url);
  for (const XmlElement language : link.children("language")) {
    const std::string tag = language_tag(code_or_text(language));
    if (!tag.empty()) activity.out.state_of(id, "language", graph::Text{tag, {}});
  }
  if (const std::optional<XmlElement> date = link.child("document-date")) {
    const std::optional<Date> published = date_of(activity, *date);
    if (published) activity.out.state_of(id, "published", *published);
  }
  activity.out.edge(id, "ABOUT", activity.out.subject(), "");
}

/// Also inside results, their indicators and periods.
void read_documents_in(Activity& activity, const XmlElement& parent) {
  for (const XmlElement child : parent.children()) {
    const std::string_view name = child.name();
    if (name == "document-link") read_document(activity, child);
    if (name == "result" || name == "indicator" || name == "period" || name == "baseline" ||
        name == "target" || name == "actual") {
      read_documents_in(activity, child);
    }
  }
}

}  // namespace

void read_documents(Activity& activity) {
  read_documents_in(activity, activity.element);
}

}  // namespace mangrove::ingest::iati
