#include "ingest/tables/row_record.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "graph/base/text.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/readers/statements.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kIdBytesMax = 1000;

/// Whether the graph takes this as an id.
bool is_id(std::string_view id) {
  const std::size_t colon = id.find(':');
  return id.size() <= kIdBytesMax && colon != std::string_view::npos && colon > 0 &&
         colon + 1 < id.size() && is_utf8(id) && std::ranges::none_of(id, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

/// The parts of a cell between any of these separators.
std::vector<std::string_view> split(std::string_view cell,
                                    const std::vector<std::string>& separators) {
  std::vector<std::string_view> values{cell};
  for (const std::string& separator : separators) {
    std::vector<std::string_view> parts;
    for (std::string_view rest : values) {
      for (std::size_t end = rest.find(separator); end != std::string_view::npos;
           end = rest.find(separator)) {
        parts.push_back(rest.substr(0, end));
        rest.remove_prefix(end + separator.size());
      }
      parts.push_back(rest);
    }
    values = std::move(parts);
  }
  for (std::string_view& value : values) value = trimmed(value);
  std::erase_if(values, [](std::string_view value) { return value.empty(); });
  return values;
}

/// The same value said twice is said once.
void add_value(std::vector<graph::Property>& properties, graph::Property property) {
  if (std::ranges::find(properties, property) == properties.end()) {
    properties.push_back(std::move(property));
  }
}

std::optional<graph::Value> money_of(std::string_view text, const StatedProperty& property,
                                     const Field& field) {
  const std::optional<Money> money = read_money(text, property.form.decimal);
  if (!money) return std::nullopt;
  std::string currency = money->currency;
  if (currency.empty() && property.currency) {
    currency = iati::currency_code(property.currency->fill(field).value_or(""));
  }
  graph::Structure value;
  if (!currency.empty()) value.fields.emplace_back("currency", currency);
  if (property.year) {
    const auto date = read_date(property.year->fill(field).value_or(""), DayOrder::day_first);
    if (date) value.fields.emplace_back("year", std::int64_t{date->year});
  }
  value.fields.emplace_back("amount", money->amount);
  return value;
}

/// `5.6 -0.2`: latitude, then longitude, in degrees.
std::optional<graph::Value> point_of(std::string_view text) {
  const std::size_t space = text.find_first_of(" ,;");
  if (space == std::string_view::npos) return std::nullopt;
  const CellForm number{CellType::number, {}, {}, '.'};
  const auto latitude = read_cell(text.substr(0, space), number);
  const auto longitude = read_cell(text.substr(space + 1), number);
  if (!latitude || !longitude) return std::nullopt;
  const double north = std::get<double>(*latitude);
  const double east = std::get<double>(*longitude);
  const bool nowhere = north == 0 && east == 0;
  if (std::abs(north) > 90 || std::abs(east) > 180 || nowhere) return std::nullopt;
  return graph::Structure{{{"latitude", north}, {"longitude", east}}};
}

}  // namespace

/// One record in the making.
struct RowRecords::Work {
  Draft& draft;
  Step& step;
  const Field& field;

  void note(std::string rule, const std::string& detail, Action action) {
    step.findings.push_back(
        {"", draft.line, std::move(rule), draft.record.subject.id + ": " + detail, action});
  }
};

std::optional<Draft> RowRecords::read(const Field& field, std::uint64_t line, Step& step) const {
  std::string unknown;
  const std::optional<std::string> id = mapping_.id.fill(field, &unknown);
  if (!id || !is_id(*id)) {
    std::string reason = "a column of the id is empty";
    if (!unknown.empty()) reason = "no id can be made of `" + unknown + "`";
    if (id) reason = "`" + *id + "` cannot be an id";
    step.findings.push_back({"", line, "csv-id", std::move(reason), Action::record_skipped});
    return std::nullopt;
  }
  Draft draft;
  draft.line = line;
  draft.publisher = graph::text_of(mapping_.source_properties, "publisher");
  draft.record.source = mapping_.source;
  draft.record.part = mapping_.part ? mapping_.part->fill(field).value_or("") : std::string();
  draft.record.origin = file_ + ":" + std::to_string(line);
  draft.record.subject = {*id, mapping_.kind, {}};
  Work work{draft, step, field};
  for (const Meaning& meaning : mapping_.meanings) {
    if (holds(meaning.conditions, field)) take(meaning, work);
  }
  tell_apart(draft.record.edges);
  ++draft.elements[mapping_.kind];
  for (const graph::EdgeStatement& edge : draft.record.edges) ++draft.elements[edge.relation];
  return draft;
}

bool RowRecords::holds(const std::vector<Condition>& conditions, const Field& field) {
  return std::ranges::all_of(conditions, [&field](const Condition& condition) {
    const std::string text = iati::lower(trimmed(field(condition.column)));
    return condition.values.contains(text) == condition.wanted;
  });
}

void RowRecords::take(const Meaning& meaning, Work& work) const {
  if (meaning.column.empty()) return take_value(meaning, {}, work);
  const std::string_view cell = trimmed(work.field(meaning.column));
  if (cell.empty()) return;
  if (!is_utf8(cell)) {
    work.note("text-encoding", "the column `" + meaning.column + "` is not UTF-8",
              Action::value_skipped);
    return;
  }
  // "Congo, the Democratic Republic of the" is one place, though commas lie between others.
  if (meaning.edge && meaning.edge->end.closed() && !meaning.separators.empty()) {
    const Field field = [&](std::string_view column) {
      return column == kValue ? cell : work.field(column);
    };
    if (meaning.edge->end.fill(field)) return take_value(meaning, cell, work);
  }
  for (const std::string_view value : split(cell, meaning.separators)) {
    take_value(meaning, value, work);
  }
}

void RowRecords::take_value(const Meaning& meaning, std::string_view value, Work& work) const {
  const Field field = [&](std::string_view column) {
    return column == kValue && !meaning.column.empty() ? value : work.field(column);
  };
  if (meaning.edge) {
    add_edge(*meaning.edge, meaning.column, value, field, work);
  } else if (auto stated = value_of(*meaning.property, meaning.column, field, work)) {
    add_value(work.draft.record.subject.properties, {meaning.property->name, std::move(*stated)});
  }
}

std::optional<graph::Value> RowRecords::value_of(const StatedProperty& property,
                                                 const std::string& column, const Field& field,
                                                 Work& work) {
  if (property.constant) return property.constant;
  const std::string where =
      column.empty() ? "`" + property.name + "`" : "the column `" + column + "`";
  std::string unknown;
  const std::optional<std::string> text = property.text.fill(field, &unknown);
  if (!text) {
    if (unknown.empty()) return std::nullopt;
    work.note("code-unknown", "`" + unknown + "` in " + where + " is none of its codes",
              Action::value_kept_as_text);
    return graph::Text{unknown, {}};
  }
  std::optional<graph::Value> value = property.money   ? money_of(*text, property, field)
                                      : property.point ? point_of(*text)
                                                       : read_cell(*text, property.form);
  if (value) return value;
  work.note("cell-form", "`" + *text + "` in " + where + " is not of its type",
            Action::value_kept_as_text);
  return graph::Text{*text, {}};
}

void RowRecords::add_edge(const StatedEdge& edge, const std::string& column, std::string_view value,
                          const Field& field, Work& work) const {
  const std::string own = work.draft.record.subject.id;
  const std::string where = column.empty() ? "" : " in the column `" + column + "`";
  std::string unknown;
  const std::optional<std::string> filled = edge.end.fill(field, &unknown);
  if (!filled && !unknown.empty()) {
    work.note("name-unknown",
              "`" + unknown + "`" + where + " names nothing that " + edge.relation->name +
                  " could lead to; it is kept in `unresolved_names`",
              Action::value_kept_as_text);
    add_value(work.draft.record.subject.properties, {"unresolved_names", graph::Text{unknown, {}}});
    return;
  }
  if (!filled && column.empty()) return;
  const std::string other = filled.value_or("");
  if (!is_id(other) || !fits(edge, other)) {
    work.note("relation-end",
              "`" + other + "`, made of `" + std::string(value) + "`" + where +
                  ", cannot be the other end of " + edge.relation->name,
              Action::value_skipped);
    return;
  }
  if (edge.states_node) {
    state_node(other, values_of(edge.node_properties, column, field, work), work);
  }
  work.draft.record.edges.push_back(
      make_edge(*edge.relation, edge.end_is_from ? other : own, edge.end_is_from ? own : other,
                values_of(edge.properties, column, field, work), mapping_.source));
}

bool RowRecords::fits(const StatedEdge& edge, std::string_view other) const {
  const ontology::KindInfo* info = schema_.kind_of_id(other);
  const std::string_view kind = info == nullptr ? std::string_view() : info->name;
  return edge.end_is_from ? edge.relation->allows(kind, mapping_.kind)
                          : edge.relation->allows(mapping_.kind, kind);
}

void RowRecords::state_node(const std::string& id, std::vector<graph::Property> properties,
                            Work& work) const {
  const ontology::KindInfo* info = schema_.kind_of_id(id);
  if (info == nullptr) return;
  auto& mentions = work.draft.record.mentions;
  const auto found = std::ranges::find(mentions, id, &graph::NodeStatement::id);
  if (found == mentions.end()) {
    mentions.push_back({id, info->name, std::move(properties)});
    return;
  }
  for (graph::Property& property : properties) add_value(found->properties, std::move(property));
}

std::vector<graph::Property> RowRecords::values_of(const std::vector<StatedProperty>& properties,
                                                   const std::string& column, const Field& field,
                                                   Work& work) const {
  std::vector<graph::Property> values;
  for (const StatedProperty& property : properties) {
    if (auto value = value_of(property, column, field, work)) {
      values.push_back({property.name, std::move(*value)});
    }
  }
  return values;
}

}  // namespace mangrove::ingest
