#include <utility>

#include "ingest/readers/iati_activity.h"
#include "ingest/web_address.h"

namespace mangrove::ingest::iati {
namespace {

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
    if (code == "A12" || code == "B16") activity.out.state("homepage", url);
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
  for (const XmlElement country : link.children("recipient-country")) {  // In organisation files.
    const std::string place = read_country(activity, country);
    if (!place.empty()) activity.out.edge(id, "ABOUT", place, "");
  }
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
