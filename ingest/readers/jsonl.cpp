#include "ingest/readers/jsonl.h"

#include <set>
#include <utility>

#include "graph/record_json.h"
#include "ingest/json_records.h"

namespace mangrove::ingest {
namespace {

constexpr std::string_view kOwnSources = "src:mangrove-";
constexpr std::int64_t kFormat = 1;

bool is_header(const json::Value& value) {
  return value.find("mangrove") != nullptr && value.find("id") == nullptr;
}

class JsonlReader final : public Reader {
 public:
  JsonlReader(std::unique_ptr<ByteStream> bytes, const std::string& file,
              const ontology::Schema& schema)
      : records_(std::move(bytes), file, ""), file_(file), schema_(schema) {}

  Result<std::optional<Step>> next() override {
    std::optional<JsonRecord> found = TRY(records_.next());
    if (found && found->problem.empty() && is_header(found->value)) {
      TRY(check_header(*found));
      found = TRY(records_.next());
    }
    if (!found) return std::optional<Step>{};
    return std::optional(read(*found));
  }

 private:
  Status check_header(const JsonRecord& header) const {
    const std::string place = file_ + ":" + std::to_string(header.line) + ": ";
    const std::string* const what = header.value.find_string("mangrove");
    const auto format = header.value.find_integer("format");
    if (what == nullptr || *what != "records" || !format || *format < 1) {
      return Error{ErrorCode::unsupported, place + "this is no export of records"};
    }
    if (*format > kFormat) {
      return Error{ErrorCode::unsupported,
                   place + "this export is of format " + std::to_string(*format) +
                       "; this version of mangrove reads up to " + std::to_string(kFormat)};
    }
    return {};
  }

  Step read(const JsonRecord& found) {
    Step step;
    const auto skipped = [&](std::string detail, std::string_view rule, Action action) {
      step.findings.push_back({{}, found.line, std::string(rule), std::move(detail), action});
      return std::move(step);
    };
    if (!found.problem.empty()) {
      return skipped(found.problem, "json-record", Action::record_skipped);
    }
    Result<graph::Record> record = graph::read_record(found.value);
    if (!record.ok()) return skipped(record.error().message, "record-form", Action::record_skipped);
    if (record.value().source.starts_with(kOwnSources)) {
      return skipped(record.value().subject.id, "own-record", Action::left_out);
    }
    step.draft = draft_of(std::move(record.value()), found.line);
    note_unknown_names(step);
    return step;
  }

  Draft draft_of(graph::Record record, std::uint64_t line) const {
    Draft draft;
    draft.verbatim = !record.source.empty();
    draft.line = line;
    draft.elements[record.subject.kind] = 1;
    if (!draft.verbatim && record.origin.empty())
      record.origin = file_ + ":" + std::to_string(line);
    draft.record = std::move(record);
    return draft;
  }

  /// Each once: a name that the schema does not have is likely a slip of the pen.
  void note_unknown_names(Step& step) {
    const graph::Record& record = step.draft->record;
    const auto note = [&](std::string_view rule, const std::string& name) {
      if (!noted_.insert(name).second) return;
      step.findings.push_back({{},
                               step.draft->line,
                               std::string(rule),
                               name + ", first at " + record.subject.id,
                               Action::noted});
    };
    const auto check_kind = [&](const std::string& kind) {
      if (schema_.kind(kind) == nullptr) note("kind-unknown", kind);
    };
    check_kind(record.subject.kind);
    for (const graph::NodeStatement& mention : record.mentions) check_kind(mention.kind);
    for (const graph::EdgeStatement& edge : record.edges) {
      if (schema_.relation(edge.relation) == nullptr) note("relation-unknown", edge.relation);
    }
  }

  JsonRecords records_;
  const std::string file_;
  const ontology::Schema& schema_;
  std::set<std::string> noted_;
};

}  // namespace

std::unique_ptr<Reader> make_jsonl_reader(std::unique_ptr<ByteStream> bytes,
                                          const std::string& file, const ontology::Schema& schema) {
  return std::make_unique<JsonlReader>(std::move(bytes), file, schema);
}

bool is_jsonl(std::string_view head) {
  if (!head.starts_with('{')) return false;
  const std::string_view line = head.substr(0, head.find('\n'));
  const auto has = [line](std::string_view name) {
    return line.find(name) != std::string_view::npos;
  };
  return has("\"mangrove\"") || (has("\"id\"") && has("\"kind\""));
}

}  // namespace mangrove::ingest
