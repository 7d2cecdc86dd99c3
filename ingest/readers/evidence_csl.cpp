#include <array>
#include <utility>

#include "graph/base/json.h"
#include "graph/base/text.h"
#include "ingest/json_records.h"
#include "ingest/readers/evidence.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/reference.h"

namespace mangrove::ingest {
namespace {

struct ItemType {
  std::string_view item;
  std::string_view word;
};

/// The types of CSL 1.0.2 in our words; also those of Crossref. What is not here keeps its own.
constexpr std::array kTypes{
    ItemType{"article-journal", "article"},
    ItemType{"article-magazine", "article"},
    ItemType{"journal-article", "article"},
    ItemType{"article", "article"},
    ItemType{"article-newspaper", "news article"},
    ItemType{"review", "review"},
    ItemType{"book", "book"},
    ItemType{"monograph", "book"},
    ItemType{"collection", "book"},
    ItemType{"chapter", "chapter"},
    ItemType{"book-chapter", "chapter"},
    ItemType{"paper-conference", "conference paper"},
    ItemType{"proceedings-article", "conference paper"},
    ItemType{"report", "report"},
    ItemType{"thesis", "thesis"},
    ItemType{"dissertation", "thesis"},
    ItemType{"webpage", "web page"},
    ItemType{"post", "web page"},
    ItemType{"post-weblog", "web page"},
    ItemType{"dataset", "data set"},
    ItemType{"standard", "guidance"},
    ItemType{"manuscript", "manuscript"},
    ItemType{"posted-content", "manuscript"},
    ItemType{"pamphlet", "booklet"},
    ItemType{"legislation", "legislation"},
    ItemType{"bill", "legislation"},
    ItemType{"regulation", "legislation"},
    ItemType{"treaty", "treaty"},
    ItemType{"legal_case", "case"},
    ItemType{"motion_picture", "video"},
    ItemType{"broadcast", "video"},
    ItemType{"speech", "presentation"},
    ItemType{"interview", "interview"},
    ItemType{"personal_communication", "letter"},
    ItemType{"document", "document"},
};

bool is_item_type(std::string_view written) {
  for (const ItemType& type : kTypes) {
    if (written == type.item) return true;
  }
  return false;
}

std::string type_word(const std::string& item) {
  for (const ItemType& type : kTypes) {
    if (item == type.item) return std::string(type.word);
  }
  return item;
}

/// Without the marks of HTML and JATS that CSL lets stand in titles, and Crossref in abstracts.
std::string without_marks(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool mark = text[i] == '<' && i + 1 < text.size() &&
                      (text[i + 1] == '/' || (text[i + 1] >= 'a' && text[i + 1] <= 'z'));
    constexpr std::size_t kMarkMax = 200;
    const std::size_t end = mark ? text.substr(i, kMarkMax).find('>') : std::string_view::npos;
    if (end == std::string_view::npos) {
      plain += text[i];
    } else {
      i += end;
    }
  }
  return iati::clean(plain);
}

/// A text, a number as text, or the first of a list of them.
std::string text_of(const json::Value* value) {
  if (value == nullptr) return {};
  if (const json::Value::Array* list = value->as_array()) {
    return list->empty() || (*list)[0].as_array() != nullptr ? std::string()
                                                             : text_of(list->data());
  }
  if (const std::string* text = value->as_string()) return without_marks(*text);
  if (const auto whole = value->as_integer()) return std::to_string(*whole);
  return {};
}

std::string text_in(const json::Value& item, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (std::string text = text_of(item.find(key)); !text.empty()) return text;
  }
  return {};
}

/// All texts of a list, or those between commas and semicolons of one.
std::vector<std::string> words_in(const json::Value& item, std::string_view key) {
  std::vector<std::string> words;
  const json::Value* value = item.find(key);
  if (value == nullptr) return words;
  if (const json::Value::Array* list = value->as_array()) {
    for (const json::Value& one : *list) {
      if (one.as_array() == nullptr) words.push_back(text_of(&one));
    }
    return words;
  }
  const std::string text = text_of(value);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of(",;");
    words.emplace_back(trimmed(rest.substr(0, end)));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return words;
}

void take_authors(Reference& reference, const json::Value* names) {
  const json::Value::Array* list = names == nullptr ? nullptr : names->as_array();
  if (list == nullptr) return;
  for (const json::Value& name : *list) {
    if (const std::string* text = name.as_string()) {
      reference.authors.push_back(author_of(iati::clean(*text), SuffixPlace::last));
      continue;
    }
    Author author;
    author.family = text_in(name, {"family", "literal", "name"});
    author.given = text_in(name, {"given"});
    for (const std::string_view particle : {"dropping-particle", "non-dropping-particle"}) {
      const std::string text = text_in(name, {particle});
      if (!text.empty()) author.given += (author.given.empty() ? "" : " ") + text;
    }
    author.suffix = text_in(name, {"suffix"});
    reference.authors.push_back(std::move(author));
  }
}

/// `[[2020, 3, 1]]` -> `2020-03-01`, whether numbers or texts; of two dates the first.
std::string from_parts(const json::Value* parts) {
  const json::Value::Array* dates = parts == nullptr ? nullptr : parts->as_array();
  if (dates == nullptr || dates->empty()) return {};
  const json::Value::Array* first = (*dates)[0].as_array();
  const json::Value::Array& date = first == nullptr ? *dates : *first;
  std::string written;
  for (std::size_t i = 0; i < date.size() && i < 3; ++i) {
    std::string part = date[i].as_array() == nullptr ? text_of(&date[i]) : std::string();
    if (part.empty()) break;
    if (i > 0 && part.size() == 1) part.insert(0, "0");
    written += (i == 0 ? "" : "-") + part;
  }
  return written;
}

std::string date_in(const json::Value& item) {
  for (const std::string_view key :
       {"issued", "published-print", "published-online", "published", "original-date"}) {
    const json::Value* date = item.find(key);
    if (date == nullptr) continue;
    std::string written = from_parts(date->find("date-parts"));
    if (written.empty()) written = text_in(*date, {"raw", "literal", "year"});
    if (written.empty()) written = text_of(date);
    if (!written.empty()) return written;
  }
  return {};
}

Reference reference_of(const json::Value& item, std::uint64_t line) {
  Reference reference;
  reference.line = line;
  reference.key = text_in(item, {"id", "citation-key"});
  reference.type = type_word(text_in(item, {"type"}));
  reference.title = text_in(item, {"title"});
  reference.language = text_in(item, {"language"});
  take_authors(reference, item.find("author"));
  if (reference.authors.empty()) take_authors(reference, item.find("editor"));
  reference.published = date_in(item);
  reference.publisher = text_in(item, {"publisher", "institution"});
  reference.journal = text_in(item, {"container-title", "collection-title"});
  reference.doi = text_in(item, {"DOI", "doi"});
  if (std::string url = text_in(item, {"URL", "url"}); !url.empty()) {
    reference.urls.push_back(std::move(url));
  }
  reference.summary = text_in(item, {"abstract"});
  for (const std::string_view key : {"keyword", "keywords", "categories"}) {
    for (std::string& word : words_in(item, key)) reference.keywords.push_back(std::move(word));
  }
  for (const std::string_view key : {"note", "annote"}) {
    if (std::string note = text_in(item, {key}); !note.empty()) reference.notes.push_back(note);
  }
  return reference;
}

class CslReader final : public Reader {
 public:
  CslReader(std::unique_ptr<ByteStream> bytes, const std::string& file, const std::string& list,
            const ontology::Ontology& ontology)
      : records_(std::move(bytes), file, list), drafts_(file, "csl", ontology) {}

  Result<std::optional<Step>> next() override {
    const std::optional<JsonRecord> record = TRY(records_.next());
    if (!record) return std::optional<Step>{};
    if (!record->problem.empty()) return std::optional(skipped(record->line, record->problem));
    if (record->value.as_object() == nullptr) {
      return std::optional(skipped(record->line, "an item that is no object"));
    }
    return std::optional(drafts_.draft(reference_of(record->value, record->line)));
  }

 private:
  static Step skipped(std::uint64_t line, const std::string& why) {
    Step step;
    step.findings.push_back({{}, line, "json-record", why, Action::record_skipped});
    return step;
  }

  JsonRecords records_;
  ReferenceDrafts drafts_;
};

/// What stands behind `"name":` from this place on, without its opening quote; empty where none
/// does.
std::string_view behind_member(std::string_view text, std::string_view name, std::size_t& from) {
  const std::string quoted = '"' + std::string(name) + '"';
  for (std::size_t at = text.find(quoted, from); at != std::string_view::npos;
       at = text.find(quoted, at + 1)) {
    from = at + quoted.size();
    std::string_view rest = trimmed(text.substr(from, 100));
    if (!rest.starts_with(':')) continue;
    return trimmed(rest.substr(1));
  }
  from = std::string_view::npos;
  return {};
}

}  // namespace

std::unique_ptr<Reader> make_csl_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                        const std::string& list,
                                        const ontology::Ontology& ontology) {
  return std::make_unique<CslReader>(std::move(bytes), file, list, ontology);
}

bool looks_like_csl(std::string_view head) {
  if (!head.starts_with('{') && !head.starts_with('[')) return false;
  bool typed = false;
  for (std::size_t from = 0; from != std::string_view::npos && !typed;) {
    const std::string_view value = behind_member(head, "type", from);
    if (value.starts_with('"')) typed = is_item_type(value.substr(1, value.find('"', 1) - 1));
  }
  if (!typed) return false;
  for (const std::string_view mark : {"\"issued\"", "\"DOI\"", "\"URL\"", "\"container-title\"",
                                      "\"author\"", "\"date-parts\"", "\"accessed\""}) {
    if (head.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

std::string csl_list_in(std::string_view head) {
  if (!head.starts_with('{')) return {};
  for (const std::string_view name : {"items", "references"}) {
    for (std::size_t from = 0; from != std::string_view::npos;) {
      if (behind_member(head, name, from).starts_with('[')) return std::string(name);
    }
  }
  return {};
}

}  // namespace mangrove::ingest
