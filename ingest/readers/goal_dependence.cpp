#include "ingest/readers/goal_dependence.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/readers/influence_mapping.h"
#include "ingest/readers/sdg_ends.h"
#include "ingest/readers/statements.h"
#include "ingest/tables/csv_table.h"

namespace mangrove::ingest {
namespace {

constexpr std::string_view kGoal = "Goal";
constexpr std::string_view kTemperature = "T";
constexpr std::size_t kScopeBytesMax = 100;

/// `('4', '5', 'T')` -> 4, 5, T; nothing where the text is no such list.
std::optional<std::vector<std::string>> parse_condition(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return std::nullopt;
  text = trimmed(text.substr(1, text.size() - 2));
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view name = trimmed(text.substr(0, comma));
    if (name.size() < 3 || name.front() != '\'' || name.back() != '\'') return std::nullopt;
    names.emplace_back(name.substr(1, name.size() - 2));
    text = trimmed(text.substr(std::min(comma + 1, text.size())));
  }
  return names;
}

int number_of(const std::string& goal) {
  return std::stoi(goal.substr(goal.find(':') + 1));
}

class GoalDependenceReader final : public Reader {
 public:
  GoalDependenceReader(std::unique_ptr<ByteStream> bytes, std::string file,
                       InfluenceMapping mapping, const ontology::Ontology& ontology)
      : table_(std::move(bytes), file),
        file_(std::move(file)),
        mapping_(std::move(mapping)),
        ontology_(ontology),
        scope_(scope()) {}

  Result<std::optional<Step>> next() override {
    if (!opened_) {
      opened_ = true;
      TRY(read_header());
      if (!mapping_.source.id.empty()) {
        return std::optional(Step{source_draft(mapping_.source, file_), {}});
      }
    }
    while (!read_) {
      Step step = read_row();
      if (!step.findings.empty()) return std::optional(std::move(step));
    }
    if (drafts_.empty()) {
      return broken_ ? Result<std::optional<Step>>(*broken_) : std::optional<Step>();
    }
    Step step;
    step.draft = std::move(drafts_.extract(drafts_.begin()).mapped());
    tell_apart(step.draft->record.edges);
    step.draft->elements["INFLUENCES"] = step.draft->record.edges.size();
    return std::optional(std::move(step));
  }

 private:
  /// As the mapping says, else as the file is called.
  std::string scope() const {
    std::string scope = mapping_.scope_of(file_);
    if (!scope.empty()) return scope;
    scope = folded(stem_of_file(file_));
    return scope.size() > kScopeBytesMax ? std::string() : scope;
  }

  Status read_header() {
    const std::optional<Row> header = TRY(table_.next());
    for (std::size_t i = 0; header && i < header->fields.size(); ++i) {
      columns_.try_emplace(std::string(trimmed(header->fields[i])), i);
    }
    for (const char* column : {"pair_0", "pair_1", "min_dcor"}) {
      if (!columns_.contains(column)) {
        return Error{ErrorCode::invalid_input,
                     file_ + ":1: there is no column `" + std::string(column) + "`"};
      }
    }
    return {};
  }

  /// What was found in the next row. After the last one, or where the table breaks off, what was
  /// read so far is ready to be given.
  Step read_row() {
    Step step;
    Result<std::optional<Row>> row = table_.next();
    if (!row.ok()) broken_ = row.error();
    read_ = !row.ok() || !row.value();
    if (!read_) take(*row.value(), step.findings);
    return step;
  }

  void take(const Row& row, std::vector<Finding>& findings) {
    const auto lose = [&](std::string rule, std::string what) {
      findings.push_back({"", row.line, std::move(rule), std::move(what), Action::value_skipped});
    };
    if (!row.problem.empty()) return lose("record-limit", row.problem);
    const std::string place = pair_in_words(row);
    if (field(row, "pair_0") == kTemperature || field(row, "pair_1") == kTemperature) {
      return lose("variable-no-goal", place + ": T is temperature");
    }
    const auto one = goal(row, "pair_0", place, findings);
    const auto other = goal(row, "pair_1", place, findings);
    if (!one || !other) return;
    if (*one == *other) return lose("influence-on-itself", place);
    const std::optional<double> dependence = share(field(row, "min_dcor"));
    if (!dependence) {
      return lose("dependence-form", place + ": a dependence is a number from 0 to 1, not `" +
                                         std::string(field(row, "min_dcor")) + "`");
    }
    const bool in_order = number_of(*one) < number_of(*other);
    const auto [from, to] = in_order ? std::pair(*one, *other) : std::pair(*other, *one);
    Draft& draft = draft_of(from, row.line);
    if (std::ranges::any_of(draft.record.edges, [&](const auto& edge) { return edge.to == to; })) {
      return lose("pair-twice", place + ": the pair stands there already");
    }
    std::vector<graph::Property> properties{{"dependence", *dependence}};
    add_p_value(row, place, properties, findings);
    add_condition(row, place, properties, findings);
    properties.push_back({"directed", false});
    if (!scope_.empty()) properties.push_back({"scope", graph::Text{scope_, {}}});
    properties.insert(properties.end(), mapping_.properties.begin(), mapping_.properties.end());
    draft.record.edges.push_back(make_edge(*ontology_.schema().relation("INFLUENCES"), from, to,
                                           std::move(properties), mapping_.source.id));
  }

  std::optional<std::string> goal(const Row& row, std::string_view column, const std::string& place,
                                  std::vector<Finding>& findings) const {
    return sdg_end(field(row, column), kGoal, ontology_, row.line, place, Action::value_skipped,
                   findings);
  }

  void add_p_value(const Row& row, const std::string& place,
                   std::vector<graph::Property>& properties, std::vector<Finding>& findings) const {
    const std::string_view text = field(row, "p-value");
    if (text.empty()) return;
    if (const std::optional<double> chance = share(text)) {
      properties.push_back({"p_value", *chance});
    } else {
      findings.push_back(
          {"", row.line, "dependence-form",
           place + ": a p-value is a number from 0 to 1, not `" + std::string(text) + "`",
           Action::value_skipped});
    }
  }

  /// Each goal that was held fixed, and temperature, as a value of its own.
  void add_condition(const Row& row, const std::string& place,
                     std::vector<graph::Property>& properties,
                     std::vector<Finding>& findings) const {
    const std::string_view text = field(row, "condition");
    const auto names = parse_condition(text);
    if (!names) {
      if (text.empty()) return;
      findings.push_back(
          {"", row.line, "dependence-form",
           place + ": a condition is a list such as ('4', '5'), not `" + std::string(text) + "`",
           Action::value_skipped});
      return;
    }
    for (const std::string& name : *names) {
      const auto id = name == kTemperature
                          ? std::optional<std::string>("temperature")
                          : sdg_end(name, kGoal, ontology_, row.line, place + ", its condition",
                                    Action::value_skipped, findings);
      if (id) properties.push_back({"given", graph::Text{*id, {}}});
    }
  }

  Draft& draft_of(const std::string& goal, std::uint64_t line) {
    const auto [place, fresh] = drafts_.try_emplace(number_of(goal));
    Draft& draft = place->second;
    if (fresh) {
      draft.line = line;
      draft.publisher = std::string(graph::text_of(mapping_.source.properties, "publisher"));
      draft.record.source = mapping_.source.id;
      draft.record.origin = file_ + ":" + std::to_string(line);
      draft.record.subject = {goal, std::string(kGoal), {}};
    }
    return draft;
  }

  std::string_view field(const Row& row, std::string_view column) const {
    const auto found = columns_.find(column);
    return found != columns_.end() && found->second < row.fields.size()
               ? trimmed(row.fields[found->second])
               : std::string_view();
  }

  std::string pair_in_words(const Row& row) const {
    return "goals " + std::string(field(row, "pair_0")) + " and " +
           std::string(field(row, "pair_1"));
  }

  static std::optional<double> share(std::string_view text) {
    const auto value = parse_value(text, ValueType::number);
    const double* number = value ? std::get_if<double>(&*value) : nullptr;
    return number != nullptr && *number >= 0 && *number <= 1 ? std::optional(*number)
                                                             : std::nullopt;
  }

  CsvTable table_;
  const std::string file_;
  const InfluenceMapping mapping_;
  const ontology::Ontology& ontology_;
  const std::string scope_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  bool opened_ = false;
  bool read_ = false;
  std::map<int, Draft> drafts_;  // By the number of the lower goal.
  std::optional<Error> broken_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_goal_dependence_reader(std::unique_ptr<ByteStream> bytes,
                                                            std::string file,
                                                            const std::string& mapping_json,
                                                            const ontology::Ontology& ontology) {
  InfluenceMapping mapping = TRY(read_influence_mapping(mapping_json));
  return std::unique_ptr<Reader>(std::make_unique<GoalDependenceReader>(
      std::move(bytes), std::move(file), std::move(mapping), ontology));
}

}  // namespace mangrove::ingest
