#include "tests/support/show_steps.h"

#include <string_view>

#include "graph/value.h"

namespace mangrove::tests {
namespace {

std::string show(const graph::Value& value) {
  const auto* text = std::get_if<graph::Text>(&value);
  if (text == nullptr) {
    return graph::to_string(value);
  }
  return '"' + text->text + '"' + (text->language.empty() ? "" : "@" + text->language);
}

std::string_view show(ingest::Action action) {
  switch (action) {
    case ingest::Action::rest_skipped:
      return "rest_skipped";
    case ingest::Action::record_skipped:
      return "record_skipped";
    case ingest::Action::left_out:
      return "left_out";
    case ingest::Action::held:
      return "held";
    case ingest::Action::value_skipped:
      return "value_skipped";
    case ingest::Action::value_kept_as_text:
      return "value_kept_as_text";
    case ingest::Action::value_repaired:
      return "value_repaired";
    case ingest::Action::noted:
      return "noted";
  }
  return "?";
}

std::string show(const ingest::Finding& finding) {
  return "  ! line " + std::to_string(finding.line) + " " + finding.rule + " (" +
         std::string(show(finding.action)) + "): " + finding.detail + "\n";
}

}  // namespace

std::string show(const ingest::Draft& draft) {
  const graph::Record& record = draft.record;
  std::string shown = record.subject.id + " " + record.subject.kind;
  shown += record.source.empty() ? "" : " source=" + record.source;
  shown += record.part.empty() ? "" : " part=" + record.part;
  shown += " line=" + std::to_string(draft.line) + "\n";
  for (const graph::Property& property : record.subject.properties) {
    shown += "  " + property.name + " " + show(property.value) + "\n";
  }
  for (const graph::EdgeStatement& edge : record.edges) {
    shown += "  " + edge.from + " -" + edge.relation;
    shown += edge.qualifier.empty() ? "" : "[" + edge.qualifier + "]";
    shown += "-> " + edge.to;
    for (const graph::Property& property : edge.properties) {
      shown += " " + property.name + "=" + show(property.value);
    }
    shown += "\n";
  }
  return shown;
}

std::string show_steps(ingest::Reader& reader) {
  std::string shown;
  while (true) {
    const Result<std::optional<ingest::Step>> next = reader.next();
    if (!next.ok()) {
      return shown + "error: " + next.error().message + "\n";
    }
    if (!next.value()) {
      return shown;
    }
    shown += next.value()->draft ? show(*next.value()->draft) : "nothing\n";
    for (const ingest::Finding& finding : next.value()->findings) {
      shown += show(finding);
    }
  }
}

}  // namespace mangrove::tests
