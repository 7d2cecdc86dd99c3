#include "ingest/tables/mapped_table.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/statements.h"
#include "ingest/tables/row_record.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kIdsRemembered = 5'000'000;  // Beyond that, a repeated id goes unnoticed.

bool is_blank(const Row& row) {
  return row.problem.empty() && std::ranges::all_of(row.fields, [](const std::string& field) {
           return trimmed(field).empty();
         });
}

bool is_year(std::string_view text) {
  return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

class MappedTableReader final : public Reader {
 public:
  MappedTableReader(std::unique_ptr<PeekedTable> table, std::string file, Mapping mapping,
                    const ontology::Ontology& ontology)
      : table_(std::move(table)),
        file_(std::move(file)),
        mapping_(std::move(mapping)),
        records_(mapping_, ontology.schema(), file_) {}

  Result<std::optional<Step>> next() override {
    if (!opened_) {
      opened_ = true;
      TRY(open());
    }
    while (steps_.empty()) {
      Result<std::optional<Row>> row = table_->next();
      take_findings();
      if (!row.ok()) return row.error();
      if (!row.value()) break;
      if (!is_blank(*row.value())) read_row(*row.value());
    }
    take_findings();
    if (steps_.empty()) return std::optional<Step>();
    Step step = std::move(steps_.front());
    steps_.pop_front();
    return std::optional(std::move(step));
  }

 private:
  void take_findings() {
    std::vector<Finding> findings = table_->take_findings();
    if (!findings.empty()) steps_.push_back({std::nullopt, std::move(findings)});
  }

  // The header.

  Status open() {
    const std::vector<Row>& rows = table_->first(kHeaderRowsMax);
    std::size_t place = 0;
    while (place < rows.size() && !is_header(rows[place])) ++place;
    if (rows.empty()) {
      TRY(table_->next());  // Where the table cannot be read, this says why.
      return broken(1, "the table is empty");
    }
    if (place == rows.size()) return no_header(rows.front());
    const Row header = rows[place];
    for (std::size_t passed = 0; passed <= place; ++passed) TRY(table_->next());
    const std::vector<std::string> names = column_names(header);
    for (std::size_t i = 0; i < names.size(); ++i) columns_.emplace(names[i], i);
    width_ = header.fields.size();
    Step step;
    note_columns(header, step);
    if (!mapping_.source.empty()) step.draft = source_draft(header.line);
    if (step.draft || !step.findings.empty()) steps_.push_back(std::move(step));
    return {};
  }

  bool is_header(const Row& row) const {
    if (mapping_.header_row != 0) return row.line == mapping_.header_row;
    return row.problem.empty() && missing_for_ids(row).empty();
  }

  std::string missing_for_ids(const Row& header) const {
    const std::vector<std::string> names = column_names(header);
    for (const std::string& column : mapping_.id.columns()) {
      if (!is_made_up(column) && std::ranges::find(names, column) == names.end()) return column;
    }
    return {};
  }

  /// Whether this is no column of the table: what unpivoting makes, or the whole row.
  bool is_made_up(const std::string& column) const {
    return column == kValue || column == kWholeRow ||
           (mapping_.unpivot &&
            (column == mapping_.unpivot->header || column == mapping_.unpivot->cell));
  }

  Status no_header(const Row& first) const {
    if (mapping_.header_row != 0) {
      return broken(mapping_.header_row, "there is no row of columns here, as the mapping says");
    }
    if (!first.problem.empty()) return broken(first.line, first.problem);
    return broken(first.line,
                  "there is no column `" + missing_for_ids(first) + "`, which the ids are made of");
  }

  Error broken(std::uint64_t line, const std::string& what) const {
    return {ErrorCode::invalid_input, file_ + ":" + std::to_string(line) + ": " + what};
  }

  /// Says which columns of the mapping are not there, and which ones of the table are not used.
  void note_columns(const Row& header, Step& step) const {
    const std::set<std::string> used = columns_used();
    for (const std::string& name : used) {
      if (!columns_.contains(name) && !mapping_.ignored.contains(name)) {
        note(step, header.line, "csv-column-missing",
             "the mapping's column `" + name + "` is not there", Action::noted);
      }
    }
    for (const auto& [name, index] : columns_) {
      const bool unnamed = trimmed(header.fields[index]).empty();
      if (!used.contains(name) && !mapping_.ignored.contains(name) && !is_unpivoted(name) &&
          !unnamed) {
        note(step, header.line, "csv-column-unmapped",
             "the mapping does not use the column `" + name + "`", Action::noted);
      }
    }
  }

  std::set<std::string> columns_used() const {
    std::set<std::string> used;
    const auto use = [&used](const Template& text) {
      std::ranges::copy(text.columns(), std::inserter(used, used.end()));
    };
    const auto use_all = [&use](const std::vector<StatedProperty>& properties) {
      for (const StatedProperty& property : properties) {
        use(property.text);
        if (property.currency) use(*property.currency);
        if (property.year) use(*property.year);
      }
    };
    use(mapping_.id);
    if (mapping_.part) use(*mapping_.part);
    for (const Condition& condition : mapping_.conditions) used.insert(condition.column);
    for (const Meaning& meaning : mapping_.meanings) {
      if (!meaning.column.empty()) used.insert(meaning.column);
      for (const Condition& condition : meaning.conditions) used.insert(condition.column);
      if (meaning.property) use_all({*meaning.property});
      if (!meaning.edge) continue;
      use(meaning.edge->end);
      use_all(meaning.edge->properties);
      use_all(meaning.edge->node_properties);
    }
    std::erase_if(used, [this](const std::string& column) { return is_made_up(column); });
    return used;
  }

  /// The node of the source itself, as the mapping describes it.
  Draft source_draft(std::uint64_t line) const {
    Draft draft;
    draft.line = line;
    draft.publisher = graph::text_of(mapping_.source_properties, "publisher");
    draft.record.source = mapping_.source;
    draft.record.origin = file_ + ":" + std::to_string(line);
    draft.record.subject = {mapping_.source, "Source", mapping_.source_properties};
    draft.elements["Source"] = 1;
    return draft;
  }

  // The other rows.

  void read_row(const Row& row) {
    Step step;
    if (!row.problem.empty()) {
      note(step, row.line, "record-limit", row.problem, Action::record_skipped);
      steps_.push_back(std::move(step));
      return;
    }
    if (row.odd_quotes) {
      note(step, row.line, "csv-quotes", "there is text behind a closing quote",
           Action::value_repaired);
    }
    check_width(row, step);
    if (!mapping_.unpivot) {
      read_record([&](std::string_view column) { return field_of(row, column); }, row, step);
      steps_.push_back(std::move(step));
      return;
    }
    for (const auto& [name, index] : columns_) {
      if (!is_unpivoted(name) || index >= row.fields.size()) continue;
      const std::string_view cell = row.fields[index];
      if (trimmed(cell).empty()) continue;
      read_record(
          [&, header = std::string_view(name)](std::string_view column) {
            if (column == mapping_.unpivot->header) return header;
            return column == mapping_.unpivot->cell ? cell : field_of(row, column);
          },
          row, step);
      steps_.push_back(std::exchange(step, {}));
    }
    if (!step.findings.empty()) steps_.push_back(std::move(step));
  }

  void read_record(const Field& fields, const Row& row, Step& step) {
    std::string whole;
    const Field field = [&](std::string_view column) -> std::string_view {
      if (column != kWholeRow) return fields(column);
      if (whole.empty()) {
        for (const std::string& cell : row.fields) whole += cell + '\x1F';
      }
      return whole;
    };
    if (!RowRecords::holds(mapping_.conditions, field)) {
      note(step, row.line, "row-left-out", "the mapping reads other rows only", Action::noted);
      return;
    }
    std::optional<Draft> draft = records_.read(field, row.line, step);
    if (draft && !is_repeated(*draft, step)) step.draft = std::move(draft);
  }

  void check_width(const Row& row, Step& step) const {
    const bool may_be_short = table_->leaves_out_empty_ends();
    if (row.fields.size() > width_ || (row.fields.size() < width_ && !may_be_short)) {
      note(step, row.line, "csv-fields",
           std::to_string(row.fields.size()) + " fields where the first row has " +
               std::to_string(width_),
           row.fields.size() > width_ ? Action::value_skipped : Action::noted);
    }
  }

  bool is_unpivoted(const std::string& column) const {
    if (!mapping_.unpivot) return false;
    return mapping_.unpivot->years ? is_year(column) : mapping_.unpivot->columns.contains(column);
  }

  std::string_view field_of(const Row& row, std::string_view column) const {
    const auto found = columns_.find(column);
    return found != columns_.end() && found->second < row.fields.size()
               ? std::string_view(row.fields[found->second])
               : std::string_view();
  }

  bool is_repeated(const Draft& draft, Step& step) {
    if (seen_.size() >= kIdsRemembered) return false;
    const std::string& id = draft.record.subject.id;
    const auto [first, fresh] =
        seen_.try_emplace(std::hash<std::string>{}(id + '\n' + draft.record.part), draft.line);
    if (!fresh && tells_rows_apart()) {
      note(step, draft.line, "csv-row-twice",
           "the same row stands in line " + std::to_string(first->second), Action::noted);
    } else if (!fresh) {
      note(step, draft.line, "csv-id-twice",
           "`" + id + "` stands in line " + std::to_string(first->second) +
               " already; a `part` in the mapping tells rows about one thing apart",
           Action::record_skipped);
    }
    return !fresh;
  }

  /// Whether ids or parts are made of the whole row: then only the same row has the same.
  bool tells_rows_apart() const {
    const auto whole = [](const Template& text) {
      return std::ranges::count(text.columns(), kWholeRow) > 0;
    };
    return whole(mapping_.id) || (mapping_.part && whole(*mapping_.part));
  }

  static void note(Step& step, std::uint64_t line, std::string rule, std::string detail,
                   Action action) {
    step.findings.push_back({"", line, std::move(rule), std::move(detail), action});
  }

  std::unique_ptr<PeekedTable> table_;
  const std::string file_;
  const Mapping mapping_;
  const RowRecords records_;
  bool opened_ = false;
  std::size_t width_ = 0;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::deque<Step> steps_;                               // Read and not yet given.
  std::unordered_map<std::size_t, std::uint64_t> seen_;  // Hash of an id -> its line.
};

}  // namespace

std::unique_ptr<Reader> make_mapped_table_reader(std::unique_ptr<PeekedTable> table,
                                                 std::string file, Mapping mapping,
                                                 const ontology::Ontology& ontology) {
  return std::make_unique<MappedTableReader>(std::move(table), std::move(file), std::move(mapping),
                                             ontology);
}

std::vector<std::string> column_names(const Row& header) {
  std::vector<std::string> names;
  std::map<std::string, int> times;
  for (const std::string& field : header.fields) {
    std::string name = column_name(field);
    if (name.empty()) name = "column " + std::to_string(names.size() + 1);
    const int before = times[name]++;
    if (before > 0) name += " (" + std::to_string(before + 1) + ")";
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace mangrove::ingest
