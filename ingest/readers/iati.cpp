#include "ingest/readers/iati.h"

#include <utility>
#include <vector>

#include "ingest/readers/iati_activity.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/xml.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kIdentifierBytesMax = 900;  // Ids of nodes have 1,000 at most.

/// Whether it holds what a careful publisher would not have in an identifier.
bool is_odd(std::string_view identifier) {
  return identifier.find_first_of(" /&|?\t\r\n") != std::string_view::npos;
}

/// What is never taken from the file: details of persons, and what the model has no place for.
std::vector<std::string> elements_left_out() {
  return {"contact-info", "planned-disbursement", "legacy-data", "country-budget-items", "crs-add",
          "conditions"};
}

class IatiReader : public Reader {
 public:
  IatiReader(std::unique_ptr<ByteStream> bytes, std::string file, KindOf kind_of)
      : records_(std::move(bytes), file, {"iati-activity"}, {}, elements_left_out()),
        file_(std::move(file)),
        kind_of_(std::move(kind_of)) {}

  Result<std::optional<Step>> next() override {
    if (failure_) return *std::exchange(failure_, std::nullopt);
    Result<std::optional<XmlElement>> element = records_.next();
    std::vector<Finding> findings = records_.take_findings();
    if (!element.ok()) {
      if (findings.empty()) return element.error();
      failure_ = element.error();  // After what was found before it.
      return std::optional(Step{std::nullopt, std::move(findings)});
    }
    if (!element.value()) {
      if (findings.empty()) return std::optional<Step>{};
      return std::optional(Step{std::nullopt, std::move(findings)});
    }
    Step step = read_activity(*element.value());
    step.findings.insert(step.findings.begin(), findings.begin(), findings.end());
    return std::optional(std::move(step));
  }

 private:
  Step read_activity(const XmlElement& element);

  XmlRecords records_;
  std::string file_;
  KindOf kind_of_;
  std::optional<Error> failure_;
};

Step skipped(const XmlElement& at, std::string_view rule, std::string detail) {
  Step step;
  step.findings.push_back(
      {{}, at.line(), std::string(rule), std::move(detail), Action::record_skipped});
  return step;
}

/// Who published it and when: what tells records of several sources and versions apart.
void read_provenance(iati::Activity& activity, const std::string& file) {
  graph::Record& record = activity.out.record();
  const XmlElement& element = activity.element;
  record.origin = file + ":" + std::to_string(element.line());
  if (!activity.publisher_id.empty()) {
    record.source = "src:" + activity.publisher_id.substr(std::string_view("org:").size());
  }
  const std::string_view updated = element.attribute("last-updated-datetime");
  if (updated.empty()) return;
  if (const std::optional<std::string> moment = iati::parse_moment(updated)) {
    record.revision = *moment;
    activity.out.state("updated", *moment);
  } else {
    activity.found(element, "date-form", "last-updated-datetime '" + std::string(updated) + "'",
                   Action::value_skipped);
  }
}

Step IatiReader::read_activity(const XmlElement& element) {
  const std::optional<XmlElement> named = element.child("iati-identifier");
  const std::string identifier = iati::identifier_in(named);
  if (identifier.empty()) {
    return skipped(element, "identifier-missing", "an activity without iati-identifier");
  }
  if (identifier.size() > kIdentifierBytesMax) {
    return skipped(element, "identifier-form",
                   "an iati-identifier of " + std::to_string(identifier.size()) + " bytes");
  }
  std::string language = iati::language_tag(element.attribute("xml:lang"));
  if (language.empty()) language = iati::language_tag(records_.root_attribute("xml:lang"));
  iati::Activity activity{element,
                          kind_of_,
                          DraftBuilder("iati:" + identifier, "Initiative"),
                          std::move(language),
                          {},
                          {},
                          {},
                          {}};
  activity.out.draft().line = element.line();
  activity.out.count("activity");
  activity.currency = iati::currency_of(activity, element, "default-currency");
  if (is_odd(identifier)) {
    activity.found(*named, "identifier-form", "kept as written", Action::noted);
  }
  iati::read_reporting_organisation(activity);
  read_provenance(activity, file_);
  iati::read_properties(activity);
  iati::read_participants(activity);
  iati::read_places(activity);
  iati::read_sectors(activity, element);
  iati::read_tags(activity);
  iati::read_markers(activity);
  iati::read_money(activity);
  iati::read_related(activity);
  iati::read_documents(activity);
  iati::read_results(activity);
  return activity.out.take();
}

}  // namespace

std::unique_ptr<Reader> make_iati_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                         KindOf kind_of) {
  return std::make_unique<IatiReader>(std::move(bytes), std::move(file), std::move(kind_of));
}

}  // namespace mangrove::ingest
