#include <array>
#include <utility>

#include "graph/base/text.h"
#include "ingest/readers/bibtex.h"
#include "ingest/readers/evidence.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/latex.h"
#include "ingest/readers/reference.h"
#include "ingest/whole_text.h"

namespace mangrove::ingest {
namespace {

struct EntryType {
  std::string_view entry;
  std::string_view word;
};

/// The types of BibTeX and biblatex, in our words. What is not here keeps its own word.
constexpr std::array kTypes{
    EntryType{"article", "article"},
    EntryType{"periodical", "article"},
    EntryType{"book", "book"},
    EntryType{"mvbook", "book"},
    EntryType{"collection", "book"},
    EntryType{"proceedings", "book"},
    EntryType{"booklet", "booklet"},
    EntryType{"manual", "guidance"},
    EntryType{"inbook", "chapter"},
    EntryType{"incollection", "chapter"},
    EntryType{"inproceedings", "conference paper"},
    EntryType{"conference", "conference paper"},
    EntryType{"techreport", "report"},
    EntryType{"report", "report"},
    EntryType{"mastersthesis", "thesis"},
    EntryType{"phdthesis", "thesis"},
    EntryType{"thesis", "thesis"},
    EntryType{"online", "web page"},
    EntryType{"electronic", "web page"},
    EntryType{"www", "web page"},
    EntryType{"dataset", "data set"},
    EntryType{"unpublished", "manuscript"},
    EntryType{"legislation", "legislation"},
    EntryType{"jurisdiction", "case"},
    EntryType{"video", "video"},
    EntryType{"misc", "document"},
};

std::string type_word(const std::string& entry) {
  for (const EntryType& type : kTypes) {
    if (entry == type.entry) return std::string(type.word);
  }
  return entry;
}

/// `{World Health Organization}` is one name and has no parts; `Gardner, {Alison}` has.
Author author_in(const std::string& name) {
  if (name.starts_with('{') && name.find('}') == name.size() - 1) {
    return {{}, from_latex(name), {}};
  }
  const Author author = author_of(name, SuffixPlace::second);
  return {from_latex(author.given), from_latex(author.family), from_latex(author.suffix)};
}

void take_authors(Reference& reference, const std::string& names) {
  for (const std::string& name : bibtex_names(names)) {
    if (iati::lower(name) != "others") reference.authors.push_back(author_in(name));
  }
}

/// `year` and `month` as one date; a month in words other than BibTeX's own is left to the year.
std::string published_in(const BibtexEntry& entry) {
  if (const std::string& date = entry.first_of({"date"}); !date.empty()) {
    return plain_from_latex(date.substr(0, date.find('/')));
  }
  const std::string year = plain_from_latex(entry.first_of({"year"}));
  std::string month = iati::lower(plain_from_latex(entry.first_of({"month"})));
  static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (const std::size_t at = kMonths.find(month.substr(0, 3));
      month.size() >= 3 && at != std::string_view::npos && at % 3 == 0) {
    month = std::to_string(at / 3 + 1);
  }
  if (month.size() == 1) month = "0" + month;
  const bool numbered = month.size() == 2 && month.find_first_not_of("0123456789") == month.npos;
  return numbered && year.size() == 4 ? year + "-" + month : year;
}

void take_keywords(Reference& reference, const std::string& written) {
  std::string_view rest = written;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of(",;");
    const std::string_view word = trimmed(rest.substr(0, end));
    // An id may hold what TeX reads as a sign, as `iati:XM-DAC-7_1`.
    const bool id = word.find(':') != word.npos && word.find(' ') == word.npos;
    if (!word.empty()) reference.keywords.push_back(id ? plain_from_latex(word) : from_latex(word));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
}

Reference reference_of(const BibtexEntry& entry) {
  const auto text = [&entry](std::initializer_list<std::string_view> names) {
    return from_latex(entry.first_of(names));
  };
  Reference reference;
  reference.line = entry.line;
  reference.key = entry.key;
  reference.type = type_word(entry.type);
  reference.title = text({"title"});
  if (const std::string more = text({"subtitle"}); !more.empty()) reference.title += ": " + more;
  reference.language = text({"language", "langid", "hyphenation"});
  take_authors(reference, entry.first_of({"author", "editor"}));
  reference.published = published_in(entry);
  reference.publisher =
      text({"publisher", "institution", "school", "organization", "howpublished"});
  if (reference.publisher.find("://") != std::string::npos) reference.publisher.clear();
  reference.journal = text({"journal", "journaltitle", "booktitle"});
  reference.doi = plain_from_latex(entry.first_of({"doi"}));
  for (const std::string_view field : {"url", "howpublished", "link"}) {
    const std::string address = plain_from_latex(entry.first_of({field}));
    const bool is_address = field != "howpublished" || address.find("://") != std::string::npos;
    if (!address.empty() && is_address) reference.urls.push_back(address);
  }
  reference.summary = text({"abstract"});
  take_keywords(reference, entry.first_of({"keywords", "keyword"}));
  for (const std::string_view field : {"note", "annote", "annotation", "addendum"}) {
    if (std::string note = text({field}); !note.empty()) reference.notes.push_back(note);
  }
  return reference;
}

class BibtexReader final : public Reader {
 public:
  BibtexReader(std::unique_ptr<ByteStream> bytes, std::string file,
               const ontology::Ontology& ontology)
      : bytes_(std::move(bytes)), file_(std::move(file)), drafts_(file_, "bibtex", ontology) {}

  Result<std::optional<Step>> next() override {
    if (!entries_) {
      WholeText whole = TRY(read_whole_text(*bytes_, file_));
      entries_.emplace(std::move(whole.text));
      if (!whole.findings.empty()) return std::optional(Step{{}, std::move(whole.findings)});
    }
    const std::optional<BibtexEntry> entry = entries_->next();
    if (!entry) return std::optional<Step>{};
    Step step;
    if (entry->problem.empty()) {
      step = drafts_.draft(reference_of(*entry));
    } else {
      const bool string = entry->type == "string";
      step.findings.push_back({{},
                               entry->line,
                               "bibtex-entry",
                               entry->problem,
                               string ? Action::value_skipped : Action::record_skipped});
    }
    for (Finding& finding : entries_->take_findings()) step.findings.push_back(std::move(finding));
    return std::optional(std::move(step));
  }

 private:
  std::unique_ptr<ByteStream> bytes_;
  std::string file_;
  ReferenceDrafts drafts_;
  std::optional<BibtexFile> entries_;
};

}  // namespace

std::unique_ptr<Reader> make_bibtex_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                           const ontology::Ontology& ontology) {
  return std::make_unique<BibtexReader>(std::move(bytes), std::move(file), ontology);
}

bool looks_like_bibtex(std::string_view head) {
  if (head.empty() || head[0] == '{' || head[0] == '[' || head[0] == '<') return false;
  for (std::size_t at = head.find('@'); at != std::string_view::npos; at = head.find('@', at + 1)) {
    constexpr std::size_t kWordMax = 40;
    const std::string_view near = head.substr(at + 1, kWordMax);
    const std::size_t end = near.find_first_of("{(");
    if (end == std::string_view::npos) continue;
    const std::string word = iati::lower(trimmed(near.substr(0, end)));
    for (const EntryType& type : kTypes) {
      if (word == type.entry) return true;
    }
    if (word == "string" || word == "preamble" || word == "comment") return true;
  }
  return false;
}

}  // namespace mangrove::ingest
