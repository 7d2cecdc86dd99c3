#include "ingest/report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "graph/base/csv.h"
#include "graph/base/json.h"
#include "ingest/reader.h"

namespace mangrove::ingest {
namespace {

// A new rule goes here, in the order of the alphabet. Names are stable.
constexpr std::array kRules{
    Rule{"amount-form", "An amount is a plain number such as 1234.50, without separators."},
    Rule{"bibtex-crossref", "An entry that another refers to is in the file."},
    Rule{"bibtex-entry", "An entry of a BibTeX file has its commas, quotes and brackets."},
    Rule{"bibtex-string", "A word that stands for a text is defined by @string."},
    Rule{"cell-form", "A cell of a table has the type that the mapping says."},
    Rule{"cell-place", "A cell of a sheet says where it lies, and that is in its row."},
    Rule{"cell-value", "A cell holds a value, no error; formulas are saved with theirs."},
    Rule{"code-unknown", "A code is one of those of its code list."},
    Rule{"codelist-code", "An item of a code list has a code."},
    Rule{"codelist-unknown", "A code list is one that the ontology has a rule for."},
    Rule{"country-code", "A country is named by its ISO 3166 code of two letters."},
    Rule{"csv-column-missing", "A column that the mapping names is in the table."},
    Rule{"csv-column-unmapped", "A column of the table is named in the mapping."},
    Rule{"csv-fields", "A row has as many cells as the table has columns."},
    Rule{"csv-id", "A row has an id that can be one."},
    Rule{"csv-id-twice", "An id stands in one row only."},
    Rule{"csv-quotes", "A quoted cell ends with its closing quote."},
    Rule{"csv-row-twice", "A row stands in a table once; the second one says nothing new."},
    Rule{"currency-form", "A currency is named by its ISO 4217 code of three letters."},
    Rule{"currency-missing", "An amount has a currency, of its own or of its activity."},
    Rule{"date-form", "A date is written as YYYY-MM-DD and lies in the calendar."},
    Rule{"date-in-future", "What is stated as actual has happened: its date is not to come."},
    Rule{"date-missing", "An activity has a start date, planned or actual."},
    Rule{"date-planned-only", "What has begun has an actual start date, not only a planned one."},
    Rule{"date-type", "A date says whether it is the planned or actual start or end."},
    Rule{"dependence-form", "A dependence and its p-value are numbers from 0 to 1."},
    Rule{"description-missing", "An activity says in words what it does."},
    Rule{"doctype", "A data file needs no DOCTYPE; what it declares inside is read within limits."},
    Rule{"document-twice", "A list names a document once."},
    Rule{"document-unnamed", "A document has a title, a DOI or an address."},
    Rule{"document-url", "A document has an address on the web."},
    Rule{"doi-form", "A DOI begins with 10. and has a slash in it."},
    Rule{"end-before-start", "An activity ends after it starts."},
    Rule{"entity-unknown", "An entity is declared in the file that uses it."},
    Rule{"external-entity", "Nothing outside the file is loaded."},
    Rule{"file-broken", "A file can be read to its end."},
    Rule{"funds-itself", "Money goes from one organisation to another."},
    Rule{"grant-form", "A grant is a JSON object."},
    Rule{"grant-to-individual",
         "A grant goes to an organisation; one to a person is left out, to protect that person."},
    Rule{"held-for-review",
         "Words that may tell where a refuge is, or who a survivor is, are for reviewers until one "
         "of "
         "them releases the record (mangrove review)."},
    Rule{"identifier-form", "An identifier has no spaces and none of the signs / & | ? in it."},
    Rule{"identifier-missing", "An activity or grant has an identifier: without it, it is nobody."},
    Rule{"identifier-prefix",
         "An identifier begins with the reference of the organisation that reports it."},
    Rule{"influence-on-itself", "A goal or target influences others, not itself."},
    Rule{"json-record", "A record is JSON, within the limits of size and depth."},
    Rule{"kind-unknown", "A node is of a kind that the schema has."},
    Rule{"label-twice", "A node has one label in each language."},
    Rule{"linking-rule",
         "A phrase or rule that links initiatives is written as the vocabularies say."},
    Rule{"mapping-chosen", "A table that comes without a mapping is read by one of ours."},
    Rule{"matrix-rest", "A score matrix holds scores; what stands beside them is left out."},
    Rule{"matrix-row", "A row of a score matrix has scores by target, and a target has one row."},
    Rule{"name-unknown", "A name that is looked up is in our vocabularies."},
    Rule{"not-this-format", "A file is of one of the formats that can be read."},
    Rule{"older-version", "A record is at least as new as what its source stated before."},
    Rule{"organisation-unnamed", "An organisation has a reference or a name."},
    Rule{"own-code-unknown", "A code of Mangrove's vocabularies is in one of them."},
    Rule{
        "own-record",
        "What Mangrove says itself, in its vocabularies and what follows from them, is made anew."},
    Rule{"pair-twice", "A table states a pair once."},
    Rule{"percentage-form", "A percentage is a number from 0 to 100."},
    Rule{"percentage-sum", "Shares of one whole add up to 100; they are kept as written."},
    Rule{"place-missing", "An activity says where it works: a country, region or location."},
    Rule{"place-unnamed", "A place has a code of a known gazetteer, or a name."},
    Rule{"point-form", "A point is a latitude and a longitude on Earth, other than 0 0."},
    Rule{"receiver-missing", "A budget for somebody says for whom."},
    Rule{"record-form", "A record in JSON Lines has the members that records have."},
    Rule{"record-limit", "A record stays within the limits of size, depth and number."},
    Rule{"record-refused", "A record does not contradict what the graph holds."},
    Rule{"reference-form", "A reference has no spaces and none of the signs / & | ? in it."},
    Rule{"reference-repaired", "A reference is written as its register writes it: GB-CHC-1164883."},
    Rule{"reference-shared", "A reference is of one body; these names under it are not of one."},
    Rule{"reference-without-identity", "A reference says who; N/A, 0 and the like say nothing."},
    Rule{"region-code", "A region is named by a code of its vocabulary."},
    Rule{"related-to-itself", "An activity is related to others, not to itself."},
    Rule{"related-without-reference", "A related activity is named by its identifier."},
    Rule{"relation-end", "A relation ties the kinds of node that the schema says."},
    Rule{"relation-unknown", "A relation is one that the schema has."},
    Rule{"reporting-org-missing", "An activity or organisation says who reports it."},
    Rule{"results-many", "An activity lists a bounded number of results."},
    Rule{"ris-record", "A reference of a RIS file begins with TY and ends with ER."},
    Rule{"role-missing", "An organisation that takes part says in which role."},
    Rule{"role-unknown", "A role is funding, accountable, extending or implementing."},
    Rule{"row-left-out", "A mapping may read some rows of a table only."},
    Rule{"score-form", "A score is a whole number from -3 to 3; what is missing is unknown."},
    Rule{"sdg-code-form", "An SDG code is written as 8, 8.7 or 16.a, and nothing else."},
    Rule{"sdg-code-hidden",
         "SDG codes are tags of vocabulary 2 or 3, not sectors or markers of one's own."},
    Rule{"sdg-code-in-sector",
         "SDG codes are tags of vocabulary 2 or 3; as sectors they are read."},
    Rule{"sdg-code-in-text", "SDGs that a text names are also tags of vocabulary 2 or 3."},
    Rule{"sdg-code-level", "A goal stands where goals stand, a target where targets stand."},
    Rule{"sdg-code-unknown", "An SDG code names one of the 17 goals or 169 targets."},
    Rule{"sector-code-form", "A DAC sector has five digits, or three for a category."},
    Rule{"sector-missing", "An activity, or its transactions, have a sector."},
    Rule{"sector-without-code", "A sector has a code."},
    Rule{"sheet-not-read", "Of a workbook one sheet is read; --sheet names another."},
    Rule{"text-damaged", "A text has its letters; U+FFFD says that some were lost on the way."},
    Rule{"text-encoding", "A text is UTF-8."},
    Rule{"text-markup", "A text has no elements in it."},
    Rule{"title-missing", "An activity has a title."},
    Rule{"title-twice", "An activity has one title in each language."},
    Rule{"total-twice", "A total is stated once for a period; the later one in the file stands."},
    Rule{"turtle-edge", "m:edge has m:relation and m:to."},
    Rule{"turtle-value", "A value is a literal of the type that it says."},
    Rule{"two-versions", "A run holds one version of a record; the later one was taken."},
    Rule{"variable-no-goal", "A pair is one of two goals; temperature is none."},
    Rule{"vocabulary-unknown", "A type or predicate is one that the ontology has a rule for."},
    Rule{"xml-declaration", "An XML file begins with its declaration, which tells its encoding."},
};

constexpr std::size_t kBrokenFilesNamed = 10;  // In a summary; the report has them all.

std::string counted(std::uint64_t number, std::string_view noun) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits + " " + std::string(noun) + (number == 1 ? "" : "s");
}

void write_counts(json::Writer& writer, const FileCounts& counts) {
  writer.member("bytes", counts.bytes);
  writer.member("records", counts.records);
  writer.member("added", counts.added);
  writer.member("replaced", counts.replaced);
  writer.member("unchanged", counts.unchanged);
  writer.member("outdated", counts.outdated);
  writer.member("skipped", counts.skipped);
  writer.member("refused", counts.refused);
  writer.member("retired", counts.retired);
  writer.member("returned", counts.returned);
  writer.member("complete", counts.complete);
  writer.key("elements");
  writer.begin_object();
  for (const auto& [element, number] : counts.elements) writer.member(element, number);
  writer.end_object();
}

void write_identity(json::Writer& writer, const IdentityCounts& identity) {
  writer.key("identity");
  writer.begin_object();
  writer.member("actors", identity.actors);
  writer.member("initiatives", identity.initiatives);
  writer.member("compared", identity.compared);
  writer.member("accepted", identity.accepted);
  writer.member("suggested", identity.suggested);
  writer.member("decided", identity.decided);
  writer.member("named", identity.named);
  writer.end_object();
}

}  // namespace

std::string_view name_of(Action action) {
  switch (action) {
    case Action::rest_skipped:
      return "rest skipped";
    case Action::record_skipped:
      return "record skipped";
    case Action::left_out:
      return "left out";
    case Action::held:
      return "held for review";
    case Action::value_skipped:
      return "value skipped";
    case Action::value_kept_as_text:
      return "value kept as text";
    case Action::value_repaired:
      return "value repaired";
    case Action::noted:
      break;
  }
  return "noted";
}

namespace {

void write_finding(json::Writer& writer, const Finding& finding) {
  writer.begin_object();
  writer.member("file", finding.file);
  writer.member("line", finding.line);
  writer.member("rule", finding.rule);
  writer.member("action", name_of(finding.action));
  writer.member("detail", finding.detail);
  if (!finding.publisher.empty()) writer.member("publisher", finding.publisher);
  writer.end_object();
}

}  // namespace

std::span<const Rule> rules() {
  return kRules;
}

std::string_view explanation_of(std::string_view rule) {
  for (const Rule& known : kRules) {
    if (known.name == rule) return known.explanation;
  }
  return {};
}

void Report::add(Finding finding) {
  ++by_rule_[finding.rule];
  if (findings_.size() >= kFindingsKeptInAll) return;
  if (++kept_[finding.file + '\0' + finding.rule] > kFindingsKept) return;
  if (finding.detail.size() > kDetailBytesMax) {
    std::size_t end = kDetailBytesMax;
    while (end > 0 && (static_cast<unsigned char>(finding.detail[end]) & 0xC0U) == 0x80U) --end;
    finding.detail.resize(end);
    finding.detail += "…";
  }
  findings_.push_back(std::move(finding));
}

void Report::add_record(const Draft& draft, const std::vector<Finding>& findings) {
  const std::string& source = draft.record.source;
  const auto found = publishers_.find(source);
  if (found == publishers_.end() && publishers_.size() >= kPublishersMax) return;
  PublisherQuality& publisher = publishers_[source];
  if (!draft.publisher.empty()) publisher.name = draft.publisher;
  ++publisher.records;
  for (const Finding& finding : findings) {
    ++publisher.findings[finding.rule];
    std::vector<QualityExample>& examples = publisher.examples[finding.rule];
    // One record that breaks a rule often is one example.
    const bool known = !examples.empty() && examples.back().record == draft.record.subject.id;
    if (known || examples.size() >= kQualityExamplesMax) continue;
    examples.push_back({draft.record.subject.id, finding.file, finding.line});
  }
  const auto number = [&draft](const char* element) {
    const auto counted_there = draft.elements.find(element);
    return counted_there == draft.elements.end() ? std::uint64_t{0} : counted_there->second;
  };
  publisher.references_with += number("organisation-with-reference");
  publisher.references_without += number("organisation-without-reference");
}

FileCounts Report::totals() const {
  FileCounts sum;
  for (const FileCounts& file : files_) {
    sum.bytes += file.bytes;
    sum.records += file.records;
    sum.added += file.added;
    sum.replaced += file.replaced;
    sum.unchanged += file.unchanged;
    sum.outdated += file.outdated;
    sum.skipped += file.skipped;
    sum.refused += file.refused;
    sum.retired += file.retired;
    sum.returned += file.returned;
    sum.complete = sum.complete && file.complete;
    for (const auto& [element, number] : file.elements) sum.elements[element] += number;
  }
  return sum;
}

bool Report::records_lost() const {
  return std::any_of(files_.begin(), files_.end(), [](const FileCounts& file) {
    return !file.complete || file.skipped > 0 || file.refused > 0;
  });
}

void Report::write_publishers(json::Writer& writer) const {
  writer.key("publishers");
  writer.begin_array();
  for (const auto& [id, publisher] : publishers_) {
    writer.begin_object();
    writer.member("id", id);
    writer.member("name", publisher.name);
    writer.member("records", publisher.records);
    writer.key("findings");
    writer.begin_object();
    for (const auto& [rule, number] : publisher.findings) writer.member(rule, number);
    writer.end_object();
    writer.key("references");
    writer.begin_object();
    writer.member("with", publisher.references_with);
    writer.member("without", publisher.references_without);
    writer.end_object();
    writer.end_object();
  }
  writer.end_array();
}

std::string Report::to_csv() const {
  std::string table = "publisher,file,line,rule,action,detail,explanation\r\n";
  for (const Finding& finding : findings_) {
    table += csv::row({finding.publisher, finding.file, std::to_string(finding.line), finding.rule,
                       name_of(finding.action), finding.detail, explanation_of(finding.rule)});
  }
  return table;
}

std::string Report::to_json() const {
  json::Writer writer;
  writer.begin_object();
  writer.member("dry_run", dry_run_);
  if (stopped_) writer.member("stopped", true);
  writer.member("seconds", seconds_);
  writer.key("stages");
  writer.begin_array();
  for (const Stage& stage : stages_) {
    writer.begin_object();
    writer.member("stage", stage.name);
    writer.member("seconds", stage.seconds);
    writer.end_object();
  }
  writer.end_array();
  writer.key("totals");
  writer.begin_object();
  writer.member("files", static_cast<std::uint64_t>(files_.size()));
  write_counts(writer, totals());
  writer.end_object();
  if (identity_) write_identity(writer, *identity_);
  writer.key("rules");
  writer.begin_array();
  for (const auto& [rule, number] : by_rule_) {
    writer.begin_object();
    writer.member("rule", rule);
    writer.member("count", number);
    writer.member("explanation", explanation_of(rule));
    writer.end_object();
  }
  writer.end_array();
  writer.key("files");
  writer.begin_array();
  for (const FileCounts& file : files_) {
    writer.begin_object();
    writer.member("file", file.file);
    writer.member("format", file.format);
    writer.member("not_read", file.not_read);
    write_counts(writer, file);
    writer.end_object();
  }
  writer.end_array();
  write_publishers(writer);
  writer.key("findings");
  writer.begin_array();
  for (const Finding& finding : findings_) write_finding(writer, finding);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

std::string Report::broken_files() const {
  std::string text;
  std::size_t named = 0;
  std::size_t all = 0;
  for (const Finding& finding : findings_) {
    if (finding.action != Action::rest_skipped || ++all > kBrokenFilesNamed) continue;
    ++named;
    const bool names_itself = finding.detail.starts_with(finding.file);
    text += "not read: " + (names_itself ? "" : finding.file + ": ") + finding.detail + "\n";
  }
  if (all > named) text += "and " + counted(all - named, "other file") + " not read\n";
  return text;
}

/// What was decided for the person, who may want it otherwise.
std::string Report::choices() const {
  std::string text;
  std::size_t named = 0;
  for (const Finding& finding : findings_) {
    if (finding.rule != "mapping-chosen" && finding.rule != "sheet-not-read") continue;
    if (++named <= kBrokenFilesNamed) text += finding.file + ": " + finding.detail + "\n";
  }
  return text;
}

/// What became of records that inputs no longer have, and inputs that were not read.
std::string Report::retired_and_returned() const {
  const FileCounts sum = totals();
  std::string text;
  if (sum.retired > 0) {
    text += counted(sum.retired, "record") + " retired: the source no longer has " +
            (sum.retired == 1 ? "it" : "them") + "\n";
  }
  if (sum.returned > 0) {
    text += counted(sum.returned, "record") + " returned: the source has " +
            (sum.returned == 1 ? "it" : "them") + " again\n";
  }
  const auto not_read = static_cast<std::size_t>(
      std::count_if(files_.begin(), files_.end(), [](const auto& file) { return file.not_read; }));
  if (not_read > 0) text += counted(not_read, "file") + " unchanged on the web, not read again\n";
  return text;
}

/// `5.1 seconds, 5900 records a second (seconds of work: reading 1.7, linking 2.5, committing 3.9)`
std::string Report::pace() const {
  std::array<char, 80> text{};
  const double records = static_cast<double>(totals().records);
  std::snprintf(text.data(), text.size(), "%.1f seconds, %.0f records a second", seconds_,
                seconds_ > 0 ? records / seconds_ : 0);
  std::string stages;
  for (const Stage& stage : stages_) {
    std::array<char, 80> part{};
    std::snprintf(part.data(), part.size(), "%s %.1f", stage.name.c_str(), stage.seconds);
    stages += (stages.empty() ? " (seconds of work: " : ", ") + std::string(part.data());
  }
  return text.data() + stages + (stages.empty() ? "\n" : ")\n");
}

std::string Report::summary() const {
  const FileCounts sum = totals();
  std::string text = counted(sum.records, "record") + " in " + counted(files_.size(), "file");
  if (dry_run_) {
    text += " read; nothing was changed (dry run)\n";
  } else {
    text += ": " + std::to_string(sum.added) + " added, " + std::to_string(sum.replaced) +
            " replaced, " + std::to_string(sum.unchanged) + " unchanged, " +
            std::to_string(sum.outdated) + " older than what was there, " +
            std::to_string(sum.skipped) + " skipped, " + std::to_string(sum.refused) + " refused\n";
  }
  text += pace();
  if (identity_) {
    text += "identity: " + counted(identity_->compared, "pair") + " compared, " +
            std::to_string(identity_->accepted) + " accepted, " +
            std::to_string(identity_->suggested) + " suggested for a person to decide, " +
            std::to_string(identity_->decided) + " decided by people\n";
  }
  text += retired_and_returned();
  if (stopped_) text += "stopped before all was read; the same again goes on from there\n";
  text += choices();
  text += broken_files();
  if (by_rule_.empty()) return text;
  std::vector<std::pair<std::string, std::uint64_t>> ordered(by_rule_.begin(), by_rule_.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  text += "findings:\n";
  for (const auto& [rule, number] : ordered) {
    std::array<char, 64> line{};
    std::snprintf(line.data(), line.size(), "%9llu  %-27s ",
                  static_cast<unsigned long long>(number), rule.c_str());
    text += line.data();
    text += std::string(explanation_of(rule)) + "\n";
  }
  return text;
}

}  // namespace mangrove::ingest
