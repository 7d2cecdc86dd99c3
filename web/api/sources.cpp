#include "web/api/sources.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "graph/base/csv.h"
#include "graph/base/json.h"
#include "ingest/report.h"
#include "ingest/topics.h"
#include "web/api/json.h"
#include "web/server/ascii.h"

namespace mangrove::web::api {
namespace {

std::map<std::string, std::uint64_t> by_topic(const query::SourceRow& row) {
  std::map<std::string, std::uint64_t> topics;
  for (const auto& [rule, count] : row.findings) {
    topics[std::string(ingest::topic_of(rule))] += count;
  }
  return topics;
}

void write_references(json::Writer& writer, const query::SourceRow& row) {
  writer.key("references");
  const std::uint64_t all = row.references_with + row.references_without;
  if (all == 0) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.member("with", row.references_with);
  writer.member("without", row.references_without);
  writer.member("share", static_cast<double>(row.references_with) / static_cast<double>(all));
  writer.end_object();
}

void write_row(json::Writer& writer, const query::SourceRow& row) {
  writer.member("id", row.id);
  writer.member("name", row.name);
  write_or_null(writer, "publisher", row.publisher);
  write_or_null(writer, "licence", row.licence);
  write_or_null(writer, "url", row.url);
  write_or_null(writer, "retrieved", row.retrieved);
  writer.member("records", row.records);
  writer.member("retired", row.retired);
  writer.member("checked", row.checked);
  std::uint64_t findings = 0;
  for (const auto& [rule, count] : row.findings) findings += count;
  writer.member("findings", findings);
  writer.key("topics");
  write(writer, by_topic(row));
  write_references(writer, row);
}

/// A rule that the source broke.
struct Broken {
  std::string rule;
  std::uint64_t count = 0;
  std::vector<const query::SourceExample*> examples;
};

/// Those broken most often first.
std::vector<Broken> broken_rules(const query::SourceAnswer& answer) {
  std::vector<Broken> broken;
  for (const auto& [rule, count] : answer.source.findings) {
    Broken& one = broken.emplace_back(Broken{rule, count, {}});
    for (const query::SourceExample& example : answer.examples) {
      if (example.rule == rule) one.examples.push_back(&example);
    }
  }
  std::stable_sort(broken.begin(), broken.end(),
                   [](const Broken& a, const Broken& b) { return a.count > b.count; });
  return broken;
}

void write_rule(json::Writer& writer, const Broken& broken) {
  writer.begin_object();
  writer.member("rule", broken.rule);
  writer.member("topic", ingest::topic_of(broken.rule));
  writer.member("explanation", ingest::explanation_of(broken.rule));
  writer.member("count", broken.count);
  writer.key("examples");
  writer.begin_array();
  for (const query::SourceExample* const example : broken.examples) {
    writer.begin_object();
    write_members(writer, example->record);
    writer.member("file", example->file);
    writer.member("line", example->line);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

query::SourcesOrder order_of(std::string_view word) {
  if (word == "findings") return query::SourcesOrder::findings;
  if (word == "name") return query::SourcesOrder::name;
  return word == "retrieved" ? query::SourcesOrder::retrieved : query::SourcesOrder::records;
}

std::string table_of(const query::SourceAnswer& answer) {
  std::string table =
      csv::row({"rule", "what it asks", "how often", "record", "name", "file", "line"});
  for (const Broken& broken : broken_rules(answer)) {
    const std::string count = std::to_string(broken.count);
    const std::string_view explanation = ingest::explanation_of(broken.rule);
    if (broken.examples.empty()) {
      table += csv::row({broken.rule, explanation, count, "", "", "", ""});
    }
    for (const query::SourceExample* const example : broken.examples) {
      table += csv::row({broken.rule, explanation, count, example->record.id, example->record.name,
                         example->file, std::to_string(example->line)});
    }
  }
  return table;
}

Result<std::string> source_table(const query::Context& context,
                                 const Asked<SourceQuestion>& asked) {
  return table_of(TRY(query::source(context, asked.question.name)));
}

}  // namespace

Asked<query::SourcesQuestion> parse_sources(Parameters& parameters) {
  Asked<query::SourcesQuestion> asked;
  asked.question.words = parameters.text("q");
  asked.question.order =
      order_of(parameters.choice("order", {"records", "findings", "name", "retrieved"}));
  asked.language = parameters.language();
  asked.page = parameters.page();
  asked.question.page = asked.page.rows;
  return asked;
}

Result<std::string> sources(const query::Context& context,
                            const Asked<query::SourcesQuestion>& asked) {
  const query::SourcesAnswer answer = TRY(query::sources(context, asked.question));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  writer.member("total", answer.total);
  writer.key("items");
  writer.begin_array();
  for (const query::SourceRow& row : answer.items) {
    writer.begin_object();
    write_row(writer, row);
    writer.end_object();
  }
  writer.end_array();
  writer.member("next", asked.page.next(answer.total));
  writer.end_object();
  return writer.take();
}

Asked<SourceQuestion> parse_source(Parameters& parameters) {
  Asked<SourceQuestion> asked;
  asked.question.name = parameters.word("name");
  asked.language = parameters.language();
  return asked;
}

Result<std::string> source(const query::Context& context, const Asked<SourceQuestion>& asked) {
  const query::SourceAnswer answer = TRY(query::source(context, asked.question.name));
  json::Writer writer;
  writer.begin_object();
  writer.member("version", context.view.version());
  write_row(writer, answer.source);
  writer.key("rules");
  writer.begin_array();
  for (const Broken& broken : broken_rules(answer)) write_rule(writer, broken);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

Result<Response> source_report(const Service& service, const Request& request) {
  Response response = TRY(answer(service, request, parse_source, source_table));
  if (response.status != 200) return response;
  std::string name;
  for (const char c : request.path_parameter("name")) {
    name += is_letter(c) || is_digit(c) || c == '-' || c == '.' ? c : '_';
  }
  response.media_type = "text/csv; charset=utf-8";
  response.headers.push_back(
      {"Content-Disposition", "attachment; filename=\"" + name + ".findings.csv\""});
  return response;
}

}  // namespace mangrove::web::api
