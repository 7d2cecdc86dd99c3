#include <array>
#include <utility>

#include "graph/base/text.h"
#include "ingest/readers/evidence.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/reference.h"
#include "ingest/whole_text.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kFieldsMax = 5000;
constexpr std::size_t kRecordBytesMax = std::size_t{4} << 20;

struct ReferenceType {
  std::string_view code;
  std::string_view word;
};

/// The types of RIS in our words. What is not here is a document.
constexpr std::array kTypes{
    ReferenceType{"JOUR", "article"},
    ReferenceType{"EJOUR", "article"},
    ReferenceType{"MGZN", "article"},
    ReferenceType{"NEWS", "news article"},
    ReferenceType{"INPR", "article"},
    ReferenceType{"ABST", "article"},
    ReferenceType{"BOOK", "book"},
    ReferenceType{"EBOOK", "book"},
    ReferenceType{"EDBOOK", "book"},
    ReferenceType{"WHOLE", "book"},
    ReferenceType{"CHAP", "chapter"},
    ReferenceType{"ECHAP", "chapter"},
    ReferenceType{"CONF", "conference paper"},
    ReferenceType{"CPAPER", "conference paper"},
    ReferenceType{"RPRT", "report"},
    ReferenceType{"GOVDOC", "report"},
    ReferenceType{"THES", "thesis"},
    ReferenceType{"ELEC", "web page"},
    ReferenceType{"WEB", "web page"},
    ReferenceType{"ICOMM", "web page"},
    ReferenceType{"BLOG", "web page"},
    ReferenceType{"DATA", "data set"},
    ReferenceType{"AGGR", "data set"},
    ReferenceType{"DBASE", "data set"},
    ReferenceType{"STAND", "guidance"},
    ReferenceType{"UNPB", "manuscript"},
    ReferenceType{"MANSCPT", "manuscript"},
    ReferenceType{"PAMP", "booklet"},
    ReferenceType{"LEGAL", "legislation"},
    ReferenceType{"STAT", "legislation"},
    ReferenceType{"BILL", "legislation"},
    ReferenceType{"CASE", "case"},
    ReferenceType{"VIDEO", "video"},
    ReferenceType{"SLIDE", "presentation"},
};

std::string_view type_word(std::string_view code) {
  for (const ReferenceType& type : kTypes) {
    if (code == type.code) return type.word;
  }
  return "document";
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

/// `AU  - Gardner, Alison`: two signs, two spaces, a hyphen, and a space where something follows.
/// Some programs write one space. Empty where the line begins with no tag.
std::string_view tag_of(std::string_view line) {
  if (line.size() < 4 || !is_capital(line[0])) return {};
  if (!is_capital(line[1]) && (line[1] < '0' || line[1] > '9')) return {};
  const std::size_t hyphen = line.find_first_not_of(' ', 2);
  if (hyphen == std::string_view::npos || hyphen < 3 || hyphen > 4 || line[hyphen] != '-')
    return {};
  if (hyphen + 1 < line.size() && line[hyphen + 1] != ' ') return {};
  return line.substr(0, 2);
}

struct Field {
  std::string_view tag;
  std::string value;
};

/// One record, its lines joined to fields.
struct RisRecord {
  std::uint64_t line = 0;
  std::vector<Field> fields;
  bool ended = false;  // With `ER`.
  bool too_large = false;

  const std::string& first_of(std::initializer_list<std::string_view> tags) const {
    static const std::string kNone;
    for (const std::string_view tag : tags) {
      for (const Field& field : fields) {
        if (field.tag == tag && !field.value.empty()) return field.value;
      }
    }
    return kNone;
  }
  std::vector<std::string> all_of(std::initializer_list<std::string_view> tags) const {
    std::vector<std::string> values;
    for (const std::string_view tag : tags) {
      for (const Field& field : fields) {
        if (field.tag == tag && !field.value.empty()) values.push_back(field.value);
      }
    }
    return values;
  }
};

/// The records of a file, in order.
class RisFile {
 public:
  explicit RisFile(std::string text) : text_(std::move(text)), rest_(text_) {}
  RisFile(const RisFile&) = delete;
  RisFile& operator=(const RisFile&) = delete;

  /// The next record; nothing at the end.
  std::optional<RisRecord> next() {
    RisRecord record;
    std::size_t bytes = 0;
    while (!rest_.empty()) {
      const std::size_t end = rest_.find('\n');
      const std::string_view line = rest_.substr(0, end);
      const std::string_view tag = tag_of(line);
      if (tag == "TY" && record.line != 0) return record;
      ++line_;
      rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
      if (tag == "TY") record.line = line_;
      if (record.line == 0) {
        if (!tag.empty() && tag != "ER") ++stray_;
        if (!tag.empty() && tag != "ER" && stray_line_ == 0) stray_line_ = line_;
        continue;
      }
      if (tag == "ER") {
        record.ended = true;
        return record;
      }
      bytes += line.size();
      record.too_large = record.too_large || bytes > kRecordBytesMax;
      if (!record.too_large) take(record, tag, line);
    }
    return record.line == 0 ? std::nullopt : std::optional(std::move(record));
  }

  /// Tags before the first `TY` of a record, since the last call: how many, and where the first is.
  std::pair<std::uint64_t, std::uint64_t> take_stray() {
    return {std::exchange(stray_, 0), std::exchange(stray_line_, 0)};
  }

 private:
  /// A line without a tag goes on with the field above it.
  static void take(RisRecord& record, std::string_view tag, std::string_view line) {
    if (!tag.empty()) {
      if (record.fields.size() >= kFieldsMax) {
        record.too_large = true;
        return;
      }
      const std::size_t hyphen = line.find('-');
      record.fields.push_back({tag, std::string(trimmed(line.substr(hyphen + 1)))});
      return;
    }
    const std::string_view more = trimmed(line);
    if (more.empty() || record.fields.empty()) return;
    std::string& value = record.fields.back().value;
    if (record.fields.back().tag == "KW") {  // Some programs write a keyword a line.
      record.fields.push_back({"KW", std::string(more)});
    } else {
      value += (value.empty() ? "" : " ") + std::string(more);
    }
  }

  const std::string text_;
  std::string_view rest_;
  std::uint64_t line_ = 0;
  std::uint64_t stray_ = 0;
  std::uint64_t stray_line_ = 0;
};

void split_into(std::vector<std::string>& parts, std::string_view text, std::string_view signs) {
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(signs);
    const std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

Reference reference_of(const RisRecord& record) {
  Reference reference;
  reference.line = record.line;
  reference.key = record.first_of({"ID", "AN"});
  reference.type = type_word(record.first_of({"TY"}));
  reference.title = record.first_of({"TI", "T1", "CT"});
  if (reference.title.empty()) reference.title = record.first_of({"BT", "T2"});
  reference.language = record.first_of({"LA"});
  std::vector<std::string> names = record.all_of({"AU", "A1"});
  if (names.empty()) names = record.all_of({"A2", "ED", "A3"});
  for (const std::string& name : names) {
    Author author = author_of(name, SuffixPlace::last);
    // A name without a comma is that of an organisation.
    if (name.find(',') == std::string::npos) author = {{}, name, {}};
    reference.authors.push_back(std::move(author));
  }
  reference.published = record.first_of({"DA", "PY", "Y1"});
  reference.publisher = record.first_of({"PB"});
  reference.journal = record.first_of({"JO", "JF", "T2", "BT", "JA", "J2"});
  if (reference.journal == reference.title) reference.journal.clear();
  reference.doi = record.first_of({"DO"});
  if (reference.doi.empty() && record.first_of({"M3"}).starts_with("10.")) {
    reference.doi = record.first_of({"M3"});
  }
  for (const std::string& field : record.all_of({"UR", "L1", "L2", "L3", "LK"})) {
    split_into(reference.urls, field, " ;");
  }
  reference.summary = record.first_of({"AB", "N2"});
  for (const std::string& field : record.all_of({"KW"})) {
    split_into(reference.keywords, field, ";,");
  }
  reference.notes = record.all_of({"N1", "RN"});
  return reference;
}

class RisReader final : public Reader {
 public:
  RisReader(std::unique_ptr<ByteStream> bytes, std::string file, const ontology::Ontology& ontology)
      : bytes_(std::move(bytes)), file_(std::move(file)), drafts_(file_, "ris", ontology) {}

  Result<std::optional<Step>> next() override {
    if (!records_) {
      WholeText whole = TRY(read_whole_text(*bytes_, file_));
      records_.emplace(std::move(whole.text));
      if (!whole.findings.empty()) return std::optional(Step{{}, std::move(whole.findings)});
    }
    const std::optional<RisRecord> record = records_->next();
    const auto [stray, stray_line] = records_->take_stray();
    if (!record && stray == 0) return std::optional<Step>{};
    Step step = record ? read(*record) : Step{};
    if (stray > 0) {
      step.findings.push_back({{},
                               stray_line,
                               "ris-record",
                               std::to_string(stray) + " lines stand in no record: TY is missing",
                               record ? Action::noted : Action::record_skipped});
    }
    return std::optional(std::move(step));
  }

 private:
  Step read(const RisRecord& record) {
    if (record.too_large) {
      Step step;
      step.findings.push_back({{},
                               record.line,
                               "record-limit",
                               "a reference of more than 4 MiB or 5,000 fields",
                               Action::record_skipped});
      return step;
    }
    Step step = drafts_.draft(reference_of(record));
    if (!record.ended) {
      step.findings.push_back({{},
                               record.line,
                               "ris-record",
                               "a reference without ER; it was read up to the next one",
                               Action::value_repaired});
    }
    return step;
  }

  std::unique_ptr<ByteStream> bytes_;
  std::string file_;
  ReferenceDrafts drafts_;
  std::optional<RisFile> records_;
};

}  // namespace

std::unique_ptr<Reader> make_ris_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                        const ontology::Ontology& ontology) {
  return std::make_unique<RisReader>(std::move(bytes), std::move(file), ontology);
}

bool looks_like_ris(std::string_view head) {
  while (!head.empty()) {
    const std::size_t end = head.find_first_of("\r\n");
    if (tag_of(head.substr(0, end)) == "TY") return true;
    if (end == std::string_view::npos) return false;
    head.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace mangrove::ingest
