#include "ingest/readers/csv.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/readers/csv_mapping.h"
#include "ingest/readers/csv_table.h"
#include "ingest/readers/statements.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kIdBytesMax = 1000;
constexpr std::size_t kIdsRemembered = 5'000'000;  // Beyond that, a repeated id goes unnoticed.
constexpr std::string_view kValue = "value";       // `{value}`: the cell, or one part of it.

/// Whether the graph takes this as an id.
bool is_id(std::string_view id) {
  const std::size_t colon = id.find(':');
  return id.size() <= kIdBytesMax && colon != std::string_view::npos && colon > 0 &&
         colon + 1 < id.size() && is_utf8(id) && std::ranges::none_of(id, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

std::vector<std::string_view> split(std::string_view cell, std::string_view separator) {
  std::vector<std::string_view> values;
  while (true) {
    const std::size_t end = separator.empty() ? std::string_view::npos : cell.find(separator);
    if (const std::string_view value = trimmed(cell.substr(0, end)); !value.empty()) {
      values.push_back(value);
    }
    if (end == std::string_view::npos) {
      return values;
    }
    cell.remove_prefix(end + separator.size());
  }
}

class CsvReader final : public Reader {
 public:
  CsvReader(std::unique_ptr<ByteStream> bytes, std::string file, CsvMapping mapping,
            const ontology::Schema& schema)
      : table_(std::move(bytes), file),
        file_(std::move(file)),
        mapping_(std::move(mapping)),
        schema_(schema) {}

  Result<std::optional<Step>> next() override {
    Step step;
    if (!opened_) {
      opened_ = true;
      TRY(read_header(step));
      if (!mapping_.source.empty()) {
        step.draft = source_draft();
        return std::optional(std::move(step));
      }
    }
    std::optional<CsvRow> row = TRY(table_.next());
    if (row) {
      read_row(*row, step);
    }
    return row || !step.findings.empty() ? std::optional(std::move(step)) : std::nullopt;
  }

 private:
  // The first row.

  Status read_header(Step& step) {
    const std::optional<CsvRow> header = TRY(table_.next());
    if (!header) {
      return broken("the table is empty");
    }
    if (!header->problem.empty()) {
      return broken(header->problem);
    }
    for (std::size_t i = 0; i < header->fields.size(); ++i) {
      const std::string name(trimmed(header->fields[i]));
      if (!columns_.try_emplace(name, i).second && !name.empty()) {
        return broken("there are two columns `" + name + "`");
      }
    }
    width_ = header->fields.size();
    for (const std::string& column : mapping_.id.columns()) {
      if (!columns_.contains(column)) {
        return broken("there is no column `" + column + "`, which the ids are made of");
      }
    }
    note_columns(step);
    return {};
  }

  /// Says which columns of the mapping are not there, and which ones of the table are not used.
  void note_columns(Step& step) const {
    std::set<std::string> used;
    const auto use = [&used](const Template& text) {
      std::ranges::copy(text.columns(), std::inserter(used, used.end()));
    };
    use(mapping_.id);
    if (mapping_.part) {
      use(*mapping_.part);
    }
    for (const CsvMeaning& meaning : mapping_.meanings) {
      used.insert(meaning.column);
      use(meaning.end);
      for (const auto& [name, text] : meaning.edge_texts) {
        use(text);
      }
    }
    used.erase(std::string(kValue));
    for (const std::string& name : used) {
      if (!columns_.contains(name)) {
        note(step, 1, "csv-column-missing", "the mapping's column `" + name + "` is not there",
             Action::noted);
      }
    }
    for (const auto& [name, index] : columns_) {
      if (!used.contains(name)) {
        note(step, 1, "csv-column-unmapped", "the mapping does not use the column `" + name + "`",
             Action::noted);
      }
    }
  }

  Error broken(const std::string& what) const {
    return {ErrorCode::invalid_input, file_ + ":1: " + what};
  }

  /// The node of the source itself, as the mapping describes it.
  Draft source_draft() const {
    Draft draft;
    draft.line = 1;
    draft.publisher = publisher();
    draft.record.source = mapping_.source;
    draft.record.origin = file_ + ":1";
    draft.record.subject = {mapping_.source, "Source", mapping_.source_properties};
    draft.elements["Source"] = 1;
    return draft;
  }

  std::string publisher() const {
    return std::string(graph::text_of(mapping_.source_properties, "publisher"));
  }

  // The other rows.

  void read_row(const CsvRow& row, Step& step) {
    if (!row.problem.empty()) {
      note(step, row.line, "record-limit", row.problem, Action::record_skipped);
      return;
    }
    if (row.odd_quotes) {
      note(step, row.line, "csv-quotes", "there is text behind a closing quote",
           Action::value_repaired);
    }
    check_width(row, step);
    const auto field = [&](std::string_view column) { return field_of(row, column); };
    const std::optional<std::string> id = mapping_.id.fill(field);
    if (!id || !is_id(*id)) {
      note(step, row.line, "csv-id",
           id ? "`" + *id + "` cannot be an id" : std::string("a column of the id is empty"),
           Action::record_skipped);
      return;
    }
    std::string part = mapping_.part ? mapping_.part->fill(field).value_or("") : std::string();
    if (is_repeated(*id, part, row.line, step)) {
      return;
    }
    Draft draft;
    draft.line = row.line;
    draft.publisher = publisher();
    draft.record.source = mapping_.source;
    draft.record.part = std::move(part);
    draft.record.origin = file_ + ":" + std::to_string(row.line);
    draft.record.subject = {*id, mapping_.kind, {}};
    for (const CsvMeaning& meaning : mapping_.meanings) {
      take(row, meaning, draft, step);
    }
    tell_apart(draft.record.edges);
    ++draft.elements[mapping_.kind];
    for (const graph::EdgeStatement& edge : draft.record.edges) {
      ++draft.elements[edge.relation];
    }
    step.draft = std::move(draft);
  }

  void check_width(const CsvRow& row, Step& step) const {
    if (row.fields.size() != width_) {
      note(step, row.line, "csv-fields",
           std::to_string(row.fields.size()) + " fields where the first row has " +
               std::to_string(width_),
           row.fields.size() > width_ ? Action::value_skipped : Action::noted);
    }
  }

  std::string_view field_of(const CsvRow& row, std::string_view column) const {
    const auto found = columns_.find(column);
    return found != columns_.end() && found->second < row.fields.size()
               ? std::string_view(row.fields[found->second])
               : std::string_view();
  }

  bool is_repeated(const std::string& id, const std::string& part, std::uint64_t line, Step& step) {
    if (seen_.size() >= kIdsRemembered) {
      return false;
    }
    const auto [first, fresh] = seen_.try_emplace(std::hash<std::string>{}(id + '\n' + part), line);
    if (!fresh) {
      note(step, line, "csv-id-twice",
           "`" + id + "` stands in line " + std::to_string(first->second) +
               " already; a `part` in the mapping tells rows about one thing apart",
           Action::record_skipped);
    }
    return !fresh;
  }

  void take(const CsvRow& row, const CsvMeaning& meaning, Draft& draft, Step& step) const {
    const std::string_view cell = field_of(row, meaning.column);
    if (!is_utf8(cell)) {
      note(step, row.line, "text-encoding",
           draft.record.subject.id + ": the column `" + meaning.column + "` is not UTF-8",
           Action::value_skipped);
      return;
    }
    for (const std::string_view value : split(cell, meaning.separator)) {
      if (meaning.relation != nullptr) {
        add_edge(row, meaning, value, draft, step);
      } else {
        add_value(row, meaning, value, draft, step);
      }
    }
  }

  static void add_value(const CsvRow& row, const CsvMeaning& meaning, std::string_view value,
                        Draft& draft, Step& step) {
    auto& properties = draft.record.subject.properties;
    if (auto parsed = parse_value(value, meaning.type, meaning.language)) {
      properties.push_back({meaning.property, std::move(*parsed)});
      return;
    }
    note(step, row.line, "cell-form",
         draft.record.subject.id + ": `" + std::string(value) + "` in the column `" +
             meaning.column + "` is not of its type",
         Action::value_kept_as_text);
    properties.push_back({meaning.property, graph::Text{std::string(value), {}}});
  }

  void add_edge(const CsvRow& row, const CsvMeaning& meaning, std::string_view value, Draft& draft,
                Step& step) const {
    const auto field = [&](std::string_view column) {
      return column == kValue ? value : field_of(row, column);
    };
    const std::string& own = draft.record.subject.id;
    const std::string other = meaning.end.fill(field).value_or("");
    if (!is_id(other) || !fits(meaning, other)) {
      note(step, row.line, "relation-end",
           own + ": `" + other + "`, made of `" + std::string(value) + "` in the column `" +
               meaning.column + "`, cannot be the other end of " + meaning.relation->name,
           Action::value_skipped);
      return;
    }
    std::vector<graph::Property> properties = meaning.edge_values;
    for (const auto& [name, text] : meaning.edge_texts) {
      if (const auto filled = text.fill(field)) {
        properties.push_back({name, graph::Text{*filled, {}}});
      }
    }
    draft.record.edges.push_back(make_edge(*meaning.relation, meaning.end_is_from ? other : own,
                                           meaning.end_is_from ? own : other, std::move(properties),
                                           mapping_.source));
  }

  bool fits(const CsvMeaning& meaning, std::string_view other) const {
    const ontology::KindInfo* info = schema_.kind_of_id(other);
    const std::string_view kind = info == nullptr ? std::string_view() : info->name;
    return meaning.end_is_from ? meaning.relation->allows(kind, mapping_.kind)
                               : meaning.relation->allows(mapping_.kind, kind);
  }

  static void note(Step& step, std::uint64_t line, std::string rule, std::string detail,
                   Action action) {
    step.findings.push_back({"", line, std::move(rule), std::move(detail), action});
  }

  CsvTable table_;
  const std::string file_;
  const CsvMapping mapping_;
  const ontology::Schema& schema_;
  bool opened_ = false;
  std::size_t width_ = 0;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::unordered_map<std::size_t, std::uint64_t> seen_;  // Hash of an id -> its line.
};

}  // namespace

Result<std::unique_ptr<Reader>> make_csv_reader(std::unique_ptr<ByteStream> bytes, std::string file,
                                                const std::string& mapping_json,
                                                const ontology::Schema& schema) {
  CsvMapping mapping = TRY(read_csv_mapping(mapping_json, schema));
  return std::unique_ptr<Reader>(
      std::make_unique<CsvReader>(std::move(bytes), std::move(file), std::move(mapping), schema));
}

}  // namespace mangrove::ingest
