#include "ingest/tables/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "graph/base/text.h"
#include "ingest/readers/iati_codes.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kStylesMax = 70'000;  // The format itself stops at 65,490.

/// Texts of cells hold 32,767 letters, rows 16,384 cells.
XmlLimits sheet_limits() {
  XmlLimits limits;
  limits.depth = 32;
  limits.text_bytes = std::size_t{1} << 20;
  limits.record_bytes = std::size_t{24} << 20;
  return limits;
}

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

/// Characters that XML cannot hold are written `_x000D_`.
std::string unescaped(std::string text) {
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    unsigned code = 0;
    const char* const digits = text.data() + at + 2;
    if (at + 7 > text.size() || text[at + 6] != '_') continue;
    const auto [end, problem] = std::from_chars(digits, digits + 4, code, 16);
    if (problem != std::errc() || end != digits + 4 || code >= 0x80) continue;
    const bool of_use = code >= ' ' || code == '\n' || code == '\t';
    text.replace(at, 7, of_use ? std::string(1, static_cast<char>(code)) : std::string());
  }
  return text;
}

std::string path_of(std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  return "xl/" + std::string(target);
}

Error not_a_workbook(const ZipParts& parts, const std::string& file) {
  std::string what = "this is a ZIP archive without a workbook; unpack it and load what is in it";
  if (parts.has("xl/workbook.bin")) what = "this is a binary workbook (.xlsb); save it as .xlsx";
  if (parts.has("content.xml") && parts.has("meta-inf/manifest.xml")) {
    what = "this is an OpenDocument file (.ods); save it as .xlsx or .csv";
  }
  if (parts.has("word/document.xml")) what = "this is a Word document, not a table";
  return {ErrorCode::unsupported, file + ": " + what};
}

}  // namespace

std::string text_in_runs(const XmlElement& element) {
  std::string text;
  for (const XmlElement child : element.children()) {
    if (child.name() == "t") text += child.text();
    if (child.name() == "r") text += child.text_of("t");
  }
  return unescaped(std::move(text));
}

bool SharedStrings::add(std::string_view text) {
  if (ends_.size() >= kSharedStringsMax || texts_.size() + text.size() > kSharedBytesMax) {
    return false;
  }
  texts_ += text;
  ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
  return true;
}

std::string_view SharedStrings::operator[](std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(texts_).substr(begin, ends_[index] - begin);
}

Result<std::unique_ptr<Workbook>> Workbook::open(std::unique_ptr<ByteStream> bytes,
                                                 const std::string& file) {
  Result<std::unique_ptr<ZipParts>> parts = ZipParts::open(std::move(bytes));
  if (!parts.ok()) return Error{parts.error().code, file + ": " + parts.error().message};
  if (!parts.value()->has("xl/workbook.xml")) return not_a_workbook(*parts.value(), file);
  std::unique_ptr<Workbook> book(new Workbook(std::move(parts).value(), file));
  TRY(book->read_sheets());
  TRY(book->read_styles());
  TRY(book->read_shared_strings());
  return book;
}

Result<Sheet> Workbook::sheet(std::string_view name) const {
  std::string there_are;
  for (const Sheet& one : sheets_) {
    if (name.empty() ? !one.hidden : folded(one.name) == folded(name)) return one;
    there_are += (there_are.empty() ? "`" : ", `") + one.name + (one.hidden ? "` (hidden)" : "`");
  }
  const std::string missing =
      name.empty() ? "all its sheets are hidden" : "there is no sheet `" + std::string(name) + "`";
  return Error{ErrorCode::not_found, file_ + ": " + missing + "; there are: " + there_are};
}

Result<XmlRecords> Workbook::records(const Sheet& sheet, std::vector<std::string> names) const {
  return part(sheet.part, std::move(names));
}

NumberFormat Workbook::format(std::size_t style) const {
  return style < formats_.size() ? formats_[style] : NumberFormat{};
}

Result<XmlRecords> Workbook::part(const std::string& name, std::vector<std::string> records) const {
  Result<std::unique_ptr<ByteStream>> bytes = parts_->part(name);
  if (!bytes.ok()) return Error{bytes.error().code, file_ + ": " + bytes.error().message};
  XmlRecords parsed(std::move(bytes).value(), file_ + ": " + name, std::move(records),
                    sheet_limits());
  parsed.keep_space();
  return parsed;
}

Status Workbook::read_sheets() {
  std::map<std::string, std::string, std::less<>> targets;  // Of worksheets, by their id.
  if (parts_->has("xl/_rels/workbook.xml.rels")) {
    XmlRecords relations = TRY(part("xl/_rels/workbook.xml.rels", {"Relationship"}));
    while (const std::optional<XmlElement> one = TRY(relations.next())) {
      const bool worksheet = one->attribute("Type").ends_with("/worksheet");
      const bool outside = one->attribute("TargetMode") == "External";
      if (targets.size() >= kSheetsMax) break;
      targets[std::string(one->attribute("Id"))] =
          worksheet && !outside ? path_of(one->attribute("Target")) : std::string();
    }
  }
  XmlRecords book = TRY(part("xl/workbook.xml", {"workbookPr", "sheet"}));
  std::size_t place = 0;
  while (const std::optional<XmlElement> one = TRY(book.next())) {
    if (one->name() == "workbookPr") {
      const std::string_view told = one->attribute("date1904");
      from_1904_ = told == "1" || told == "true";
      continue;
    }
    if (++place > kSheetsMax) break;
    const auto target = targets.find(one->attribute("r:id"));
    // Some programs give the namespace another name; then the sheets lie in the usual order.
    std::string path = target != targets.end()
                           ? target->second
                           : "xl/worksheets/sheet" + std::to_string(place) + ".xml";
    if (!path.empty() && parts_->has(path)) {
      const std::string_view state = one->attribute("state");
      sheets_.push_back({std::string(one->attribute("name")), std::move(path),
                         state == "hidden" || state == "veryHidden"});
    }
  }
  if (sheets_.empty()) {
    return Error{ErrorCode::invalid_input, file_ + ": there is no sheet with cells in it"};
  }
  return {};
}

Status Workbook::read_styles() {
  if (!parts_->has("xl/styles.xml")) return {};
  std::map<int, NumberFormat> own;
  XmlRecords styles = TRY(part("xl/styles.xml", {"numFmt", "cellXfs"}));
  while (const std::optional<XmlElement> one = TRY(styles.next())) {
    if (one->name() == "numFmt") {
      const std::optional<int> number = number_of(one->attribute("numFmtId"));
      if (number && own.size() < kStylesMax) {
        own.try_emplace(*number, format_of_code(one->attribute("formatCode")));
      }
      continue;
    }
    for (const XmlElement style : one->children("xf")) {
      const int number = number_of(style.attribute("numFmtId")).value_or(0);
      const auto found = own.find(number);
      if (formats_.size() >= kStylesMax) break;
      formats_.push_back(found != own.end() ? found->second : built_in_format(number));
    }
  }
  return {};
}

Status Workbook::read_shared_strings() {
  if (!parts_->has("xl/sharedstrings.xml")) return {};
  XmlRecords strings = TRY(part("xl/sharedStrings.xml", {"si"}));
  while (true) {
    const std::optional<XmlElement> one = TRY(strings.next());
    // A text past the bounds keeps its place, so that those behind it keep theirs.
    for (const Finding& finding : strings.take_findings()) {
      if (finding.action == Action::record_skipped) shared_strings_.add({});
    }
    if (!one) return {};
    if (!shared_strings_.add(text_in_runs(*one))) {
      return Error{ErrorCode::too_large,
                   file_ +
                       ": its sheets share more than 4 million texts, or 128 MiB of them; save "
                       "the sheet as .csv"};
    }
  }
}

}  // namespace mangrove::ingest
