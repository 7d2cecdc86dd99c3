#include "ingest/readers/iati_records.h"

#include <utility>

namespace mangrove::ingest::iati {

Records::Records(std::unique_ptr<ByteStream> bytes, std::string file, std::string record_name,
                 std::vector<std::string> left_out, KindOf kind_of)
    : records_(std::move(bytes), file, {std::move(record_name)}, {}, std::move(left_out)),
      file_(std::move(file)),
      kind_of_(std::move(kind_of)) {}

Result<std::optional<Step>> Records::next() {
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
  Step step = read(*element.value());
  step.findings.insert(step.findings.begin(), findings.begin(), findings.end());
  return std::optional(std::move(step));
}

Activity Records::begin(const XmlElement& element, std::string id, std::string kind) {
  std::string language = language_tag(element.attribute("xml:lang"));
  if (language.empty()) language = language_tag(records_.root_attribute("xml:lang"));
  Activity activity{
      element, kind_of_, DraftBuilder(std::move(id), std::move(kind)), std::move(language), {}, {},
      {},      {}};
  activity.out.draft().line = element.line();
  activity.currency = currency_of(activity, element, "default-currency");
  return activity;
}

Step skipped(const XmlElement& at, std::string_view rule, std::string detail) {
  Step step;
  step.findings.push_back(
      {{}, at.line(), std::string(rule), std::move(detail), Action::record_skipped});
  return step;
}

bool is_odd(std::string_view identifier) {
  return identifier.find_first_of(" /&|?\t\r\n") != std::string_view::npos;
}

}  // namespace mangrove::ingest::iati
