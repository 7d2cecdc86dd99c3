#include "ingest/readers/reference.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/base/text.h"
#include "ingest/draft.h"
#include "ingest/identity/references.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/statements.h"
#include "ingest/web_address.h"

namespace mangrove::ingest {
namespace {

using iati::clean;
using iati::lower;

constexpr std::size_t kAuthorsMax = 500;
constexpr std::size_t kKeywordsMax = 500;
constexpr std::size_t kIdBytesMax = 900;
constexpr std::size_t kTitleWordsBytesMax = 60;

// --- Names --------------------------------------------------------------------------------------

/// Words that belong to the family name where they stand before it: `de la Cruz`.
bool is_particle(std::string_view word) {
  return !word.empty() && word[0] >= 'a' && word[0] <= 'z';
}

Author in_order(std::string_view name) {
  std::size_t begin = name.rfind(' ');
  if (begin == std::string_view::npos) return {{}, std::string(name), {}};
  while (begin > 0) {
    const std::size_t before = name.rfind(' ', begin - 1);
    const std::size_t word = before == std::string_view::npos ? 0 : before + 1;
    if (word == 0 || !is_particle(name.substr(word, begin - word))) break;
    begin = before;
  }
  return {std::string(name.substr(0, begin)), std::string(name.substr(begin + 1)), {}};
}

std::string written(const Author& author) {
  std::string name = author.given;
  if (!author.family.empty()) name += (name.empty() ? "" : " ") + author.family;
  if (!author.suffix.empty()) name += ", " + author.suffix;
  return name;
}

// --- Languages ----------------------------------------------------------------------------------

struct Language {
  std::string_view word;  // Folded.
  std::string_view tag;
};

/// Names as babel, publishers and ISO 639-2 have them.
constexpr std::array kLanguages{
    Language{"english", "en"},    Language{"american", "en"},   Language{"british", "en"},
    Language{"usenglish", "en"},  Language{"ukenglish", "en"},  Language{"eng", "en"},
    Language{"anglais", "en"},    Language{"ingles", "en"},     Language{"french", "fr"},
    Language{"francais", "fr"},   Language{"frances", "fr"},    Language{"fre", "fr"},
    Language{"fra", "fr"},        Language{"spanish", "es"},    Language{"espanol", "es"},
    Language{"castellano", "es"}, Language{"espagnol", "es"},   Language{"spa", "es"},
    Language{"arabic", "ar"},     Language{"ara", "ar"},        Language{"chinese", "zh"},
    Language{"chi", "zh"},        Language{"zho", "zh"},        Language{"russian", "ru"},
    Language{"rus", "ru"},        Language{"portuguese", "pt"}, Language{"portugues", "pt"},
    Language{"brazilian", "pt"},  Language{"brazil", "pt"},     Language{"por", "pt"},
    Language{"german", "de"},     Language{"ngerman", "de"},    Language{"deutsch", "de"},
    Language{"ger", "de"},        Language{"deu", "de"},        Language{"italian", "it"},
    Language{"italiano", "it"},   Language{"ita", "it"},        Language{"dutch", "nl"},
    Language{"nederlands", "nl"}, Language{"dut", "nl"},        Language{"nld", "nl"},
    Language{"swedish", "sv"},    Language{"swe", "sv"},        Language{"norwegian", "no"},
    Language{"nor", "no"},        Language{"danish", "da"},     Language{"dan", "da"},
    Language{"finnish", "fi"},    Language{"fin", "fi"},        Language{"polish", "pl"},
    Language{"pol", "pl"},        Language{"turkish", "tr"},    Language{"tur", "tr"},
    Language{"japanese", "ja"},   Language{"jpn", "ja"},        Language{"korean", "ko"},
    Language{"kor", "ko"},        Language{"hindi", "hi"},      Language{"hin", "hi"},
    Language{"bengali", "bn"},    Language{"ben", "bn"},        Language{"swahili", "sw"},
    Language{"swa", "sw"},        Language{"thai", "th"},       Language{"tha", "th"},
    Language{"vietnamese", "vi"}, Language{"vie", "vi"},        Language{"indonesian", "id"},
    Language{"ind", "id"},        Language{"greek", "el"},      Language{"gre", "el"},
    Language{"ukrainian", "uk"},  Language{"ukr", "uk"},        Language{"romanian", "ro"},
    Language{"rum", "ro"},        Language{"catalan", "ca"},    Language{"cat", "ca"},
};

// --- Dates --------------------------------------------------------------------------------------

/// `2020`, `2020-03`, `2020/03/01/`, `2020/03//`, `March 2020` (its year), `c2019`.
std::optional<Date> date_of(std::string_view text) {
  std::string plain = clean(text);
  std::replace(plain.begin(), plain.end(), '/', '-');
  while (!plain.empty() && plain.back() == '-') plain.pop_back();
  for (const std::size_t size : {std::size_t{10}, std::size_t{7}, std::size_t{4}}) {
    if (plain.size() < size || (plain.size() > size && plain[size] >= '0' && plain[size] <= '9')) {
      continue;
    }
    if (const std::optional<Date> date = parse_date(plain.substr(0, size))) return date;
  }
  if (const std::optional<Date> date = iati::parse_written_date(clean(text))) return date;
  for (std::size_t i = 0; i + 4 <= plain.size(); ++i) {
    const bool alone = (i == 0 || plain[i - 1] < '0' || plain[i - 1] > '9') &&
                       (i + 4 == plain.size() || plain[i + 4] < '0' || plain[i + 4] > '9');
    const std::string_view year = std::string_view(plain).substr(i, 4);
    if (!alone || (!year.starts_with("1") && !year.starts_with("2"))) continue;
    if (const std::optional<Date> date = parse_date(year)) return date;
  }
  return std::nullopt;
}

// --- What it names ------------------------------------------------------------------------------

/// Whether a word may name something by id: most do not, and cost one look.
bool may_be_id(std::string_view word) {
  const std::size_t colon = word.find(':');
  return colon != std::string_view::npos && colon > 1 && colon + 1 < word.size() &&
         word.size() <= kIdBytesMax && word.substr(colon, 3) != "://";
}

/// The words of a note; signs around an id are no part of it.
std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" \t\n\r,;|");
    std::string_view word = text.substr(0, end);
    while (!word.empty() && std::string_view("([{<\"'").find(word.front()) != word.npos) {
      word.remove_prefix(1);
    }
    while (!word.empty() && std::string_view(")]}>\"'.:!?").find(word.back()) != word.npos) {
      word.remove_suffix(1);
    }
    if (may_be_id(word)) words.emplace_back(word);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return words;
}

/// One reference on its way to a draft.
class Document {
 public:
  Document(const Reference& reference, const std::string& id, const ontology::Ontology& ontology)
      : reference_(reference), ontology_(ontology), out_(id, "Evidence") {
    out_.draft().line = reference.line;
    out_.count("document");
  }

  Step read(const std::string& file, std::string part) {
    out_.record().origin = file + ":" + std::to_string(reference_.line);
    out_.record().part = std::move(part);
    read_texts();
    read_authors();
    read_date();
    read_publisher();
    read_addresses();
    read_themes();
    return out_.take();
  }

  void found(std::string_view rule, const std::string& detail, Action action) {
    const std::string name = reference_.key.empty() ? out_.subject() : reference_.key;
    out_.found(reference_.line, rule, name + ": " + detail, action);
  }

 private:
  void read_texts() {
    const std::string language = language_of_words(reference_.language);
    if (reference_.title.empty()) {
      found("title-missing", "a document without a title", Action::noted);
    } else {
      out_.state("title", graph::Text{reference_.title, language});
    }
    if (!reference_.summary.empty()) {
      out_.state("summary", graph::Text{reference_.summary, language});
    }
    if (!reference_.type.empty()) out_.state("type", reference_.type);
    if (!language.empty()) out_.state("language", language);
    if (!reference_.language.empty() && language.empty()) {
      found("code-unknown", "language '" + reference_.language.substr(0, 40) + "'",
            Action::value_skipped);
    }
  }

  void read_authors() {
    std::size_t taken = 0;
    for (const Author& author : reference_.authors) {
      const std::string name = written(author);
      if (name.empty()) continue;
      if (++taken > kAuthorsMax) {
        found("record-limit", "more than 500 authors; the first 500 stay", Action::value_skipped);
        return;
      }
      out_.state("authors", name);
    }
  }

  void read_date() {
    if (reference_.published.empty()) return;
    const std::optional<Date> date = date_of(reference_.published);
    if (date) out_.state("published", *date);
    if (date) return;
    found("date-form", "published '" + reference_.published.substr(0, 40) + "'",
          Action::value_kept_as_text);
    out_.state("published_as_written", reference_.published.substr(0, 200));
  }

  void read_publisher() {
    if (!reference_.journal.empty()) out_.state("journal", reference_.journal);
    if (reference_.publisher.empty()) return;
    out_.state("publisher", reference_.publisher);
    const std::string key = name_slug(reference_.publisher);
    if (key.empty() || is_no_identity(reference_.publisher)) return;
    const std::string id = "org:name:" + key;
    out_.mention(id, "Actor");
    out_.state_of(id, "name", graph::Text{reference_.publisher, {}});
    out_.edge(id, "PUBLISHED", out_.subject(), "");
  }

  void read_addresses() {
    const std::string doi = normal_doi(reference_.doi);
    const std::string_view subject = out_.subject();
    constexpr std::string_view kDoiIds = "doc:doi:";
    if (subject.starts_with(kDoiIds)) out_.state("doi", subject.substr(kDoiIds.size()));
    if (!reference_.doi.empty() && doi.empty()) {
      found("doi-form", "'" + reference_.doi.substr(0, 80) + "'", Action::value_kept_as_text);
      out_.state("doi", reference_.doi.substr(0, 200));
    }
    for (const std::string& address : reference_.urls) {
      const std::string url = normal_url(address);
      if (!url.empty()) out_.state("url", url);
      if (!url.empty() || !normal_doi(address).empty()) continue;
      found("document-url", "'" + address.substr(0, 80) + "'", Action::value_skipped);
    }
    const bool without = std::all_of(reference_.urls.begin(), reference_.urls.end(),
                                     [](const auto& url) { return normal_url(url).empty(); });
    if (without && subject.starts_with(kDoiIds)) {
      out_.state("url", "https://doi.org/" + std::string(subject.substr(kDoiIds.size())));
    }
  }

  void read_themes() {
    std::size_t taken = 0;
    for (const std::string& keyword : reference_.keywords) {
      if (keyword.empty()) continue;
      if (++taken > kKeywordsMax) {
        found("record-limit", "more than 500 keywords; the first 500 stay", Action::value_skipped);
        break;
      }
      if (!read_id(keyword, true)) out_.state("keywords", keyword);
    }
    for (const std::string& note : reference_.notes) {
      bool names = false;
      for (const std::string& word : words_in(note)) names = read_id(word, false) || names;
      const bool nothing_else = names && note.find(' ') == std::string::npos;
      if (!note.empty() && !nothing_else) out_.state("notes", note);
    }
  }

  /// Whether the word names something by id, or could not; then nothing is left to do.
  bool read_id(const std::string& word, bool whole) {
    const std::string folded_word = lower(word);
    if (folded_word.starts_with("sdg")) return read_sdg(word, whole);
    if (!may_be_id(word) || word.find(' ') != std::string::npos) return false;
    const std::size_t colon = word.find(':');
    const std::string id = lower(word.substr(0, colon)) + word.substr(colon);
    const ontology::KindInfo* kind = ontology_.schema().kind_of_id(id);
    if (kind == nullptr) return false;
    if (kind->name == "EvidenceGrade") return read_grade(id);
    if (kind->name == "Source") return false;
    const bool open = kind->name == "Initiative" || kind->name == "Actor" ||
                      kind->name == "Place" || kind->name == "Evidence" || kind->name == "Sector";
    // The tie to a concept that is not there sleeps until some vocabulary brings it.
    tie(id, kind->name);
    if (open || !ontology_.kind_of(id).empty()) return true;
    found("own-code-unknown", "'" + id + "' is in none of our vocabularies",
          Action::value_kept_as_text);
    return false;
  }

  bool read_grade(const std::string& id) {
    if (ontology_.kind_of(id) != "EvidenceGrade") {
      found("own-code-unknown", "'" + id + "' is no grade of evidence", Action::value_kept_as_text);
      return false;
    }
    out_.state("grade", id.substr(std::string_view("grade:").size()));
    return true;
  }

  /// `sdg:8.7`; as a keyword also `SDG 8.7`. `SDG` alone is a word like others.
  bool read_sdg(const std::string& word, bool whole) {
    const bool by_id = lower(word).starts_with("sdg:");
    if (!by_id && !whole) return false;
    const std::string_view code = std::string_view(word).substr(by_id ? 4 : 3);
    const std::optional<iati::SdgCode> parsed = iati::parse_sdg_code(code);
    if (!parsed) return false;
    const std::string id = "sdg:" + parsed->code;
    if (ontology_.kind_of(id).empty()) {
      found("sdg-code-unknown", "'" + word.substr(0, 80) + "'", Action::value_kept_as_text);
      return false;
    }
    if (!by_id || !parsed->exact) {
      found("sdg-code-form", "'" + word.substr(0, 80) + "', read as " + id, Action::value_repaired);
    }
    tie(id, ontology_.kind_of(id));
    return true;
  }

  void tie(const std::string& id, std::string_view kind) {
    const ontology::RelationInfo* about = ontology_.schema().relation("ABOUT");
    if (about == nullptr || !about->allows("Evidence", kind) || id == out_.subject()) return;
    out_.count("about");
    const graph::EdgeStatement made = make_edge(*about, out_.subject(), id, {}, {});
    graph::EdgeStatement& edge = out_.edge(made.from, made.relation, made.to, made.qualifier);
    for (const graph::Property& property : made.properties) {
      state_on(edge, property.name, property.value);
    }
  }

  const Reference& reference_;
  const ontology::Ontology& ontology_;
  DraftBuilder out_;
};

/// Empty where nothing tells which document it is.
std::string id_of(const Reference& reference) {
  if (const std::string doi = normal_doi(reference.doi); !doi.empty()) return "doc:doi:" + doi;
  std::string by_url;
  for (const std::string& address : reference.urls) {
    if (const std::string doi = normal_doi(address); !doi.empty()) return "doc:doi:" + doi;
    const std::string url = normal_url(address);
    if (by_url.empty() && !url.empty()) by_url = document_id(url);
  }
  if (!by_url.empty()) return by_url;
  const std::string title = folded(reference.title);
  if (title.empty()) return {};
  const std::optional<Date> date = date_of(reference.published);
  const std::string author =
      reference.authors.empty() ? std::string() : folded(reference.authors[0].family);
  const std::string year = date ? std::to_string(date->year) : std::string();
  return "doc:title:" + slug(reference.title, kTitleWordsBytesMax) + ":" +
         fingerprint_of(title + "|" + year + "|" + author);
}

}  // namespace

Author author_of(std::string_view name, SuffixPlace suffix) {
  std::vector<std::string> parts;
  while (parts.size() < 2) {
    const std::size_t comma = name.find(',');
    if (comma == std::string_view::npos) break;
    parts.emplace_back(trimmed(name.substr(0, comma)));
    name.remove_prefix(comma + 1);
  }
  const std::string last(trimmed(name));
  if (parts.empty()) return in_order(last);
  if (parts.size() == 1) return {last, parts[0], {}};
  if (suffix == SuffixPlace::second) return {last, parts[0], parts[1]};
  return {parts[1], parts[0], last};
}

std::string language_of_words(std::string_view text) {
  const std::string word = folded(text);
  for (const Language& language : kLanguages) {
    if (word == language.word || word.starts_with(std::string(language.word) + " ")) {
      return std::string(language.tag);
    }
  }
  constexpr std::size_t kShortTag = 3;
  const std::string tag = iati::language_tag(text);
  return tag.find('-') == std::string::npos && tag.size() > kShortTag ? std::string() : tag;
}

std::string ReferenceDrafts::part_of(const std::string& id) {
  const std::uint32_t times = ++seen_[fingerprint_of(id)];
  return times == 1 ? list_ : list_ + "/" + std::to_string(times);
}

Step ReferenceDrafts::draft(const Reference& reference) {
  const std::string id = id_of(reference);
  if (id.empty() || id.size() > kIdBytesMax) {
    Step step;
    step.findings.push_back({{},
                             reference.line,
                             "document-unnamed",
                             (reference.key.empty() ? "a document" : reference.key) +
                                 " without a title, DOI or address",
                             Action::record_skipped});
    return step;
  }
  Document document(reference, id, ontology_);
  std::string part = part_of(id);
  if (part != list_) {
    document.found("document-twice", "the list names " + id + " before; both entries stand",
                   Action::noted);
  }
  return document.read(file_, std::move(part));
}

}  // namespace mangrove::ingest
