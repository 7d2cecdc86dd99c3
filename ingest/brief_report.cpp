#include "ingest/brief_report.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "graph/base/csv.h"
#include "graph/base/json.h"
#include "ingest/topics.h"

namespace mangrove::ingest {
namespace {

struct RuleBroken {
  std::string rule;
  std::uint64_t count = 0;
  std::vector<const Finding*> examples;
};

std::vector<RuleBroken> rules_broken(const Report& report) {
  std::map<std::string_view, std::vector<const Finding*>> examples;
  for (const Finding& finding : report.findings()) {
    if (finding.held) continue;
    std::vector<const Finding*>& some = examples[finding.rule];
    if (some.size() < kExamplesMax) some.push_back(&finding);
  }
  std::vector<RuleBroken> broken;
  for (const auto& [rule, count] : report.by_rule()) {
    broken.push_back({rule, count, std::move(examples[rule])});
  }
  std::stable_sort(broken.begin(), broken.end(),
                   [](const RuleBroken& a, const RuleBroken& b) { return a.count > b.count; });
  return broken;
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
  writer.member("complete", counts.complete);
}

void write_totals(json::Writer& writer, const Report& report) {
  const FileCounts totals = report.totals();
  writer.key("totals");
  writer.begin_object();
  writer.member("files", static_cast<std::uint64_t>(report.files().size()));
  write_counts(writer, totals);
  writer.key("elements");
  writer.begin_object();
  for (const auto& [element, number] : totals.elements) writer.member(element, number);
  writer.end_object();
  writer.end_object();
}

void write_identity(json::Writer& writer, const Report& report) {
  writer.key("identity");
  if (!report.identity()) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.member("compared", report.identity()->compared);
  writer.member("accepted", report.identity()->accepted);
  writer.member("suggested", report.identity()->suggested);
  writer.member("decided", report.identity()->decided);
  writer.end_object();
}

void write_rules(json::Writer& writer, const Report& report) {
  writer.key("rules");
  writer.begin_array();
  for (const RuleBroken& broken : rules_broken(report)) {
    writer.begin_object();
    writer.member("rule", broken.rule);
    writer.member("topic", topic_of(broken.rule));
    writer.member("explanation", explanation_of(broken.rule));
    writer.member("count", broken.count);
    writer.key("examples");
    writer.begin_array();
    for (const Finding* const finding : broken.examples) {
      writer.begin_object();
      writer.member("file", finding->file);
      writer.member("line", finding->line);
      writer.member("action", name_of(finding->action));
      writer.member("detail", finding->detail);
      writer.member("publisher", finding->publisher);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  }
  writer.end_array();
}

void write_files(json::Writer& writer, const Report& report) {
  writer.key("files");
  writer.begin_array();
  std::size_t told = 0;
  for (const FileCounts& file : report.files()) {
    if (++told > kFilesToldMax) break;
    writer.begin_object();
    writer.member("file", file.file);
    writer.member("format", file.format);
    write_counts(writer, file);
    writer.end_object();
  }
  writer.end_array();
}

std::uint64_t findings_of(const PublisherQuality& publisher) {
  std::uint64_t sum = 0;
  for (const auto& [rule, number] : publisher.findings) sum += number;
  return sum;
}

void write_publishers(json::Writer& writer, const Report& report) {
  std::vector<std::pair<std::uint64_t, const std::string*>> order;
  for (const auto& [id, publisher] : report.publishers()) {
    order.emplace_back(findings_of(publisher), &id);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (order.size() > kPublishersToldMax) order.resize(kPublishersToldMax);
  writer.key("publishers");
  writer.begin_array();
  for (const auto& [findings, id] : order) {
    const PublisherQuality& publisher = report.publishers().at(*id);
    writer.begin_object();
    writer.member("id", *id);
    writer.member("name", publisher.name);
    writer.member("records", publisher.records);
    writer.member("findings", findings);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

std::string brief_json(const Report& report) {
  json::Writer writer;
  writer.begin_object();
  writer.member("dry_run", report.is_dry_run());
  writer.member("stopped", report.was_stopped());
  writer.member("seconds", report.seconds());
  write_totals(writer, report);
  write_identity(writer, report);
  write_rules(writer, report);
  write_files(writer, report);
  write_publishers(writer, report);
  writer.end_object();
  return writer.take();
}

std::string brief_csv(const Report& report) {
  std::string table = csv::row({"rule", "what it asks", "how often", "publisher", "file", "line",
                                "what was done", "what was found"});
  for (const RuleBroken& broken : rules_broken(report)) {
    const std::string count = std::to_string(broken.count);
    const std::string_view explanation = explanation_of(broken.rule);
    if (broken.examples.empty()) {
      table += csv::row({broken.rule, explanation, count, "", "", "", "", ""});
    }
    for (const Finding* const finding : broken.examples) {
      table += csv::row({broken.rule, explanation, count, finding->publisher, finding->file,
                         std::to_string(finding->line), name_of(finding->action), finding->detail});
    }
  }
  return table;
}

}  // namespace mangrove::ingest
