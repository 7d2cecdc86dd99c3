#include "ingest/formats.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "graph/base/text.h"
#include "ingest/readers/codelist.h"
#include "ingest/readers/evidence.h"
#include "ingest/readers/goal_dependence.h"
#include "ingest/readers/grants.h"
#include "ingest/readers/iati.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/iati_org.h"
#include "ingest/readers/jsonl.h"
#include "ingest/readers/score_matrix.h"
#include "ingest/readers/turtle.h"
#include "ingest/tables/csv_table.h"
#include "ingest/tables/open_table.h"
#include "ingest/unpack.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;
constexpr std::size_t kMappingBytesMax = std::size_t{1} << 20;

/// The beginning of an input, in a form that can be looked at.
struct Head {
  std::string text;  // In ASCII where it was UTF-16; without byte order mark and white space.
  std::string_view name;
  std::string root;  // Name of the first element, where it is XML.
  bool has_mapping = false;
  bool asked = false;  // Whether --format names this format.
};

struct Wanted {
  std::unique_ptr<ByteStream> bytes;
  const Head& head;
  const Input& input;
  const std::string& mapping;
  const ontology::Ontology& ontology;
};

/// A reader, and what was found out about the input in making it.
struct Made {
  // NOLINTNEXTLINE(google-explicit-constructor): most formats have no more to say than this.
  Made(std::unique_ptr<Reader> one) : reader(std::move(one)) {}

  std::unique_ptr<Reader> reader;
  bool grants = false;  // A table that turned out to be one of grants.
  std::vector<Finding> findings;
};

using Maker = Result<Made> (*)(Wanted wanted);

struct Format {
  std::string_view name;    // In reports.
  std::string_view option;  // What --format calls it.
  bool identified;
  bool (*looks_so)(const Head& head);
  Maker make;
};

// --- What it looks like -------------------------------------------------------------------------

std::string_view after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string_view::npos ? std::string_view{} : text.substr(at + mark.size());
}

/// Behind a DOCTYPE, with the declarations in its brackets.
std::string_view after_doctype(std::string_view text) {
  const std::size_t bracket = text.find('[');
  const std::size_t end = text.find('>');
  if (bracket != std::string_view::npos && bracket < end) return after(after(text, "]"), ">");
  return after(text, ">");
}

/// The name of the first element of an XML text; empty where it is none.
std::string root_of(std::string_view text) {
  while (text.starts_with('<')) {
    if (text.starts_with("<?")) {
      text = after(text, "?>");
    } else if (text.starts_with("<!--")) {
      text = after(text, "-->");
    } else if (text.starts_with("<!")) {
      text = after_doctype(text);
    } else {
      const std::size_t end = text.find_first_of(" \t\r\n/>", 1);
      return end == std::string_view::npos ? std::string() : std::string(text.substr(1, end - 1));
    }
    text = trimmed(text);
  }
  return {};
}

/// UTF-16 without its zero bytes: enough to see what it is.
std::string narrowed(std::string text) {
  using namespace std::string_view_literals;
  for (const std::string_view mark : {"\xFF\xFE"sv, "\xFE\xFF"sv, "<\0"sv, "\0<"sv}) {
    if (!text.starts_with(mark)) continue;
    std::erase(text, '\0');
    break;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) text.erase(0, 2);
  return std::string(trimmed(text));
}

/// Mends what a parser of XML would not read on from: white space before the declaration is put
/// behind it, so that lines keep their numbers, and a declared UTF-16 is taken out where the bytes
/// are none (some programs write their own encoding's name, whatever the file is in).
std::vector<Finding> mend_declaration(std::string& head) {
  std::vector<Finding> findings;
  const auto found = [&findings](std::string detail) {
    findings.push_back({{}, 1, "xml-declaration", std::move(detail), Action::value_repaired});
  };
  const std::size_t mark = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t begin = std::min(head.find_first_not_of(" \t\r\n", mark), head.size());
  const std::size_t end = head.find("?>", begin);
  if (head.compare(begin, 5, "<?xml") != 0 || end == std::string::npos) return findings;
  const auto at = [&head](std::size_t offset) {
    return head.begin() + static_cast<std::ptrdiff_t>(offset);
  };
  if (begin > mark) {
    std::rotate(at(mark), at(begin), at(end + 2));
    found("white space before the XML declaration");
  }
  const std::size_t size = end + 2 - begin;
  const std::string declaration = iati::lower(head.substr(mark, size));
  const std::size_t encoding = declaration.find("utf-16");
  if (encoding != std::string::npos) {
    const std::size_t quote = std::min(declaration.find_first_of("'\"", encoding), size);
    head.replace(mark + encoding, quote - encoding, "utf-8");
    found("the file says UTF-16 and is not");
  }
  return findings;
}

bool looks_like_iati(const Head& head) {
  return head.root == "iati-activities" || head.root == "iati-activity" ||
         (!head.root.empty() && head.text.find("<iati-activity") != std::string::npos);
}

bool looks_like_iati_organisations(const Head& head) {
  return head.root == "iati-organisations" || head.root == "iati-organisation" ||
         (!head.root.empty() && head.root != "iati-activities" &&
          head.text.find("<iati-organisation") != std::string::npos);
}

bool looks_like_codelist(const Head& head) {
  return head.root == "codelist";
}

/// Whether it begins, behind comments, with a subject and a predicate of N-Triples or of Turtle
/// without prefixes: `<urn:a:b> <urn:c:d>`, `_:a <urn:c:d>`, `<urn:a:b> a`.
bool begins_with_triple(std::string_view text) {
  while (text.starts_with('#')) text = trimmed(after(text, "\n"));
  std::string_view subject = text.substr(0, text.find_first_of(" \t\r\n"));
  const bool blank = subject.starts_with("_:") && subject.size() > 2;
  const bool iri = subject.starts_with('<') && subject.ends_with('>') &&
                   subject.find(':') != std::string_view::npos &&
                   subject.find_first_of("\"=") == std::string_view::npos;
  if (!blank && !iri) return false;
  const std::string_view rest = trimmed(text.substr(subject.size()));
  const std::string_view predicate = rest.substr(0, rest.find_first_of(" \t\r\n"));
  return predicate == "a" ||
         (predicate.starts_with('<') && predicate.find(':') != std::string_view::npos);
}

/// Turtle has no mark of its own at its beginning: a directive, or a triple.
bool looks_like_turtle(const Head& head) {
  for (const std::string_view mark : {"@prefix", "@base", "PREFIX ", "prefix ", "BASE "}) {
    if (head.text.starts_with(mark)) return true;
    if (head.text.find("\n" + std::string(mark)) != std::string::npos) return true;
  }
  const bool by_name = head.name.find(".ttl") != std::string_view::npos ||
                       head.name.find(".nt") != std::string_view::npos;
  const bool may_be = !head.text.empty() && (head.text[0] == '<' || head.text[0] == '#');
  return (by_name && may_be && head.root != "html") || begins_with_triple(head.text);
}

/// Targets by code, with what each affects.
bool looks_like_score_matrix(const Head& head) {
  return head.text.starts_with('{') && head.text.find("\"affect\"") != std::string::npos;
}

/// Known by the columns in its first line.
bool looks_like_goal_dependence(const Head& head) {
  const std::string_view first = std::string_view(head.text).substr(0, head.text.find('\n'));
  return first.find("pair_0") != std::string_view::npos &&
         first.find("pair_1") != std::string_view::npos &&
         first.find("min_dcor") != std::string_view::npos;
}

/// A package of grants, or a list of them: by the member that every grant has.
bool looks_like_grants(const Head& head) {
  return (head.text.starts_with('{') || head.text.starts_with('[')) &&
         (head.text.find("\"fundingOrganization\"") != std::string::npos ||
          head.text.find("\"grants\"") != std::string::npos);
}

bool looks_like_jsonl(const Head& head) {
  return is_jsonl(head.text);
}

bool looks_like_grants_table(const Head& head) {
  return !head.has_mapping &&
         is_grants_header(std::string_view(head.text).substr(0, head.text.find('\n')));
}

bool is_bibtex(const Head& head) {
  return looks_like_bibtex(head.text);
}

bool is_ris(const Head& head) {
  return looks_like_ris(head.text);
}

bool is_csl(const Head& head) {
  const bool json = head.text.starts_with('{') || head.text.starts_with('[');
  return looks_like_csl(head.text) || (json && head.asked);
}

bool looks_like_table(const Head& head) {
  if (head.text.empty() || head.text[0] == '<' || head.text[0] == '{') return false;
  if (looks_like_zip(head.text) || looks_like_old_office(head.text)) return false;
  const bool by_name = head.name.find(".csv") != std::string_view::npos ||
                       head.name.find(".tsv") != std::string_view::npos;
  return by_name || head.has_mapping;
}

bool looks_like_workbook(const Head& head) {
  return looks_like_zip(head.text);
}

/// For a person: what an input is that is none of ours.
std::string description_of(const Head& head) {
  if (head.text.empty()) return "an empty file";
  if (looks_like_zip(head.text)) return "a spreadsheet or ZIP archive";
  if (looks_like_old_office(head.text)) return std::string(kOldOffice);
  if (head.text.starts_with("%PDF")) return "a PDF document";
  if (head.text.find('\0') != std::string::npos) return "a binary file";
  const std::string start = folded(head.text.substr(0, 200));
  if (start.starts_with("doctype html") || folded(head.root) == "html") return "an HTML page";
  if (!head.root.empty()) return "XML of another kind, with <" + head.root.substr(0, 60) + ">";
  if (head.text[0] == '{' || head.text[0] == '[') return "JSON";
  return "text of an unknown kind";
}

// --- How it is read -----------------------------------------------------------------------------

Result<Made> make_iati(Wanted wanted) {
  const ontology::Ontology& ontology = wanted.ontology;
  return Made(
      make_iati_reader(std::move(wanted.bytes), wanted.input.name,
                       [&ontology](const std::string& id) { return ontology.kind_of(id); }));
}

Result<Made> make_iati_organisations(Wanted wanted) {
  const ontology::Ontology& ontology = wanted.ontology;
  return Made(make_iati_organisation_reader(
      std::move(wanted.bytes), wanted.input.name,
      [&ontology](const std::string& id) { return ontology.kind_of(id); }));
}

Result<Made> make_codelist(Wanted wanted) {
  return Made(
      make_codelist_reader(std::move(wanted.bytes), wanted.input.name, wanted.ontology.schema()));
}

Result<Made> make_turtle(Wanted wanted) {
  return Made(
      make_turtle_reader(std::move(wanted.bytes), wanted.input.name, wanted.ontology.schema()));
}

Result<Made> make_score_matrix(Wanted wanted) {
  return Made(TRY(make_score_matrix_reader(std::move(wanted.bytes), wanted.input.name,
                                           wanted.mapping, wanted.ontology)));
}

Result<Made> make_goal_dependence(Wanted wanted) {
  return Made(TRY(make_goal_dependence_reader(std::move(wanted.bytes), wanted.input.name,
                                              wanted.mapping, wanted.ontology)));
}

Result<Made> make_grants(Wanted wanted) {
  return Made(make_grants_reader(std::move(wanted.bytes), wanted.input.name));
}

Result<Made> make_jsonl(Wanted wanted) {
  return Made(
      make_jsonl_reader(std::move(wanted.bytes), wanted.input.name, wanted.ontology.schema()));
}

Result<Made> make_of(std::unique_ptr<Table> table, const Wanted& wanted) {
  OpenedTable opened =
      TRY(open_table(std::move(table), wanted.input.name, wanted.mapping, wanted.ontology));
  Made made(std::move(opened.reader));
  made.grants = opened.grants;
  made.findings = std::move(opened.findings);
  return made;
}

Result<Made> make_table(Wanted wanted) {
  return make_of(std::make_unique<CsvTable>(std::move(wanted.bytes), wanted.input.name), wanted);
}

Result<Made> make_workbook(Wanted wanted) {
  return make_of(TRY(open_workbook_table(std::move(wanted.bytes), wanted.input.name,
                                         wanted.input.sheet, wanted.mapping)),
                 wanted);
}

Result<Made> make_bibtex(Wanted wanted) {
  return Made(make_bibtex_reader(std::move(wanted.bytes), wanted.input.name, wanted.ontology));
}

Result<Made> make_ris(Wanted wanted) {
  return Made(make_ris_reader(std::move(wanted.bytes), wanted.input.name, wanted.ontology));
}

Result<Made> make_csl(Wanted wanted) {
  const std::string list = csl_list_in(wanted.head.text);
  return Made(make_csl_reader(std::move(wanted.bytes), wanted.input.name, list, wanted.ontology));
}

// A new format goes here. Looked at in this order.
constexpr std::array kFormats{
    Format{"iati", "iati", true, looks_like_iati, make_iati},
    Format{"iati-org", "iati-org", true, looks_like_iati_organisations, make_iati_organisations},
    Format{"codelist", "turtle", false, looks_like_codelist, make_codelist},
    Format{"turtle", "turtle", false, looks_like_turtle, make_turtle},
    Format{"score-matrix", "score-matrix", false, looks_like_score_matrix, make_score_matrix},
    Format{"goal-dependence", "goal-dependence", false, looks_like_goal_dependence,
           make_goal_dependence},
    Format{"jsonl", "jsonl", false, looks_like_jsonl, make_jsonl},
    Format{"360giving", "360giving", true, looks_like_grants, make_grants},
    Format{"360giving-table", "360giving", true, looks_like_grants_table, make_table},
    Format{"ris", "evidence", false, is_ris, make_ris},
    Format{"csl-json", "evidence", false, is_csl, make_csl},
    Format{"bibtex", "evidence", false, is_bibtex, make_bibtex},
    Format{"csv", "csv", false, looks_like_table, make_table},
    Format{"xlsx", "xlsx", false, looks_like_workbook, make_workbook},
};

/// The text of the mapping beside a table; empty where there is none.
std::string mapping_beside(const Input& input) {
  if (input.remote) return {};
  std::FILE* file = std::fopen(mapping_place(input).c_str(), "rb");
  if (file == nullptr) return {};
  std::string text(kMappingBytesMax, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

}  // namespace

std::filesystem::path mapping_place(const Input& input) {
  std::filesystem::path path = without_packing(input.path);
  path.replace_extension(".mapping.json");
  return path;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : kFormats) {
    if (std::find(names.begin(), names.end(), format.option) == names.end()) {
      names.emplace_back(format.option);
    }
  }
  return names;
}

Result<OpenedInput> open_reader(const Input& input, std::string_view format,
                                const std::string& mapping, const ontology::Ontology& ontology) {
  return open_reader(TRY(open_input(input)), input, format, mapping, ontology);
}

Result<OpenedInput> open_reader(std::unique_ptr<ByteStream> bytes, const Input& input,
                                std::string_view format, const std::string& mapping,
                                const ontology::Ontology& ontology) {
  std::string head = TRY(read_up_to(*bytes, kHeadBytes));
  Head seen{narrowed(head), input.name, {}, false, format != "auto"};
  seen.root = root_of(seen.text);
  const std::string found_mapping = mapping.empty() ? mapping_beside(input) : mapping;
  seen.has_mapping = !mapping.empty() || format == "csv";
  for (const Format& known : kFormats) {
    if (format != "auto" && format != known.option) continue;
    if (!known.looks_so(seen)) continue;
    std::vector<Finding> findings = mend_declaration(head);
    bytes = with_prefix(std::move(head), std::move(bytes));
    const ByteStream* stream = bytes.get();
    Made made = TRY(known.make({std::move(bytes), seen, input, found_mapping, ontology}));
    findings.insert(findings.end(), made.findings.begin(), made.findings.end());
    return OpenedInput{made.grants ? "360giving-table" : std::string(known.name),
                       std::move(made.reader), stream, known.identified || made.grants,
                       std::move(findings)};
  }
  const std::string wanted = format == "auto" ? "" : ", not " + std::string(format);
  return Error{ErrorCode::unsupported, "this is " + description_of(seen) + wanted};
}

}  // namespace mangrove::ingest
