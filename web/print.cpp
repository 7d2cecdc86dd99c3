#include "web/print.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include "graph/base/csv.h"
#include "graph/base/text.h"

namespace mangrove::web {

namespace {

constexpr std::size_t kCellMax = 60;       // Code points of a cell in a table for people.
constexpr std::size_t kLastCellMax = 120;  // The last column may run on.
constexpr std::size_t kStepsMax = 8;       // Of one path.
constexpr std::size_t kReasonsMax = 3;     // Of one row.

using Cell = std::function<std::string(const json::Value& row)>;

struct Column {
  std::string title;
  Cell cell;
};

// A number with as many digits as a person reads.
std::string short_number(double number) {
  char text[32];
  const int size = std::snprintf(text, sizeof text, "%.4g", number);
  return std::string(text, static_cast<std::size_t>(size));
}

std::string scalar(const json::Value& value) {
  if (const std::string* text = value.as_string()) return *text;
  if (const auto integer = value.as_integer()) return std::to_string(*integer);
  if (const auto number = value.as_number()) return short_number(*number);
  if (const auto truth = value.as_boolean()) return *truth ? "true" : "false";
  return {};
}

// A scalar, or the scalars of a flat object or array: `currency=GBP year=2021`.
std::string flat(const json::Value& value) {
  std::string text;
  const auto append = [&](const std::string& part) {
    if (!text.empty()) text += ' ';
    text += part;
  };
  if (const auto* object = value.as_object()) {
    for (const auto& [key, inner] : *object) append(key + "=" + scalar(inner));
  } else if (const auto* array = value.as_array()) {
    for (const auto& inner : *array) append(scalar(inner));
  } else {
    text = scalar(value);
  }
  return text;
}

// The value at the end of a chain of keys such as "together.n"; null where it breaks off.
const json::Value& at(const json::Value& value, std::string_view path) {
  static const json::Value nothing;
  const json::Value* here = &value;
  while (here != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    here = here->find(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return here == nullptr ? nothing : *here;
}

const json::Value::Array& array_at(const json::Value& value, std::string_view path) {
  static const json::Value::Array none;
  const auto* array = at(value, path).as_array();
  return array == nullptr ? none : *array;
}

Column field(std::string title, std::string path) {
  return {std::move(title),
          [path = std::move(path)](const json::Value& row) { return flat(at(row, path)); }};
}

Column field(const std::string& name) {
  return field(name, name);
}

// One member of each object of an array, joined: "name" of "determinants".
Column each(std::string title, const std::string& array, const std::string& member,
            const std::string& between, std::size_t most) {
  return {std::move(title), [=](const json::Value& row) {
            std::string text;
            std::size_t count = 0;
            for (const auto& item : array_at(row, array)) {
              if (count++ == most) return text + between + "…";
              if (!text.empty()) text += between;
              text += flat(at(item, member));
            }
            return text;
          }};
}

Column why() {
  return each("why", "why", "text", " ", kReasonsMax);
}

std::string stops(const json::Value& row) {
  std::string text;
  for (const auto& step : array_at(row, "steps")) {
    if (text.empty()) text = scalar(at(step, "from.id"));
    text += " > " + scalar(at(step, "to.id"));
  }
  return text;
}

std::string influences(const json::Value& row) {
  std::string text;
  for (const auto& influence : array_at(row, "influence")) {
    if (!text.empty()) text += "; ";
    const std::string score = scalar(at(influence, "score"));
    text += scalar(at(influence, "direction")) + " " + (score.empty() ? "unknown" : score);
    std::string ground;
    for (const char* part : {"status", "scope", "date"}) {
      const std::string word = scalar(at(influence, part));
      if (!word.empty()) ground += (ground.empty() ? "" : ", ") + word;
    }
    if (!ground.empty()) text += " (" + ground + ")";
  }
  return text;
}

// How many of the organisations that a source names bear a reference: "97 %".
std::string share_of_references(const json::Value& row) {
  const auto share = at(row, "references.share").as_number();
  return share ? std::to_string(static_cast<int>(*share * 100 + 0.5)) + " %" : std::string{};
}

// What became of a measure: "5 > 7 (worse)".
std::string change_of_longest_line(const json::Value& row) {
  const auto& lines = array_at(row, "lines");
  if (lines.empty()) return {};
  const auto& points = array_at(lines.front(), "points");
  if (points.empty()) return {};
  const std::string last = scalar(at(points.back(), "value"));
  if (points.size() == 1) return last;
  return scalar(at(points.front(), "value")) + " > " + last + " (" +
         scalar(at(lines.front(), "change")) + ")";
}

// A topic area, or the place as a whole.
std::string topic_or_whole(const json::Value& row) {
  const std::string name = scalar(at(row, "topic.name"));
  return name.empty() ? "(as a whole)" : name;
}

std::string introduction(const json::Value& row) {
  return stops(at(row, "introduction"));
}

// A concept as deep as it stands in its tree.
std::string indented_name(const json::Value& row) {
  constexpr std::int64_t kDepthMax = 20;
  const auto depth =
      std::clamp<std::int64_t>(at(row, "depth").as_integer().value_or(0), 0, kDepthMax);
  return std::string(static_cast<std::size_t>(2 * depth), ' ') + scalar(at(row, "name"));
}

// How much a concept is linked: "BEARS_ON 2, MAPS_TO 14".
std::string links(const json::Value& row) {
  std::string text;
  const auto* relations = at(row, "links").as_object();
  if (relations == nullptr) return text;
  for (const auto& [relation, degree] : *relations) {
    const auto number =
        at(degree, "in").as_integer().value_or(0) + at(degree, "out").as_integer().value_or(0);
    text += (text.empty() ? "" : ", ") + relation + " " + std::to_string(number);
  }
  return text;
}

Table rows_of(const json::Value& answer, std::string_view list,
              const std::vector<Column>& columns) {
  Table table;
  for (const Column& column : columns) table.titles.push_back(column.title);
  for (const json::Value& row : array_at(answer, list)) {
    auto& cells = table.rows.emplace_back();
    for (const Column& column : columns) cells.push_back(column.cell(row));
  }
  if (const auto total = answer.find_integer("total")) {
    table.note = std::to_string(table.rows.size()) + " of " + std::to_string(*total);
  }
  if (const std::string* next = answer.find_string("next")) {
    table.note += "; for more: --cursor " + *next;
  }
  if (const std::string* message = answer.find_string("message")) table.note = *message;
  return table;
}

Table node_table(const json::Value& answer) {
  Table table{.titles = {"property", "value", "lang", "sources"}, .rows = {}, .note = {}};
  for (const char* name : {"id", "kind", "name"}) {
    table.rows.push_back({name, scalar(at(answer, name)), "", ""});
  }
  if (const auto* properties = at(answer, "properties").as_object()) {
    for (const auto& [name, values] : *properties) {
      for (const auto& value : *values.as_array()) {
        table.rows.push_back({name, flat(at(value, "value")), scalar(at(value, "lang")),
                              flat(at(value, "sources"))});
      }
    }
  }
  if (const auto* degrees = at(answer, "degree").as_object()) {
    for (const auto& [relation, degree] : *degrees) {
      table.rows.push_back({relation, flat(degree), "", ""});
    }
  }
  return table;
}

Table counts_table(const json::Value& answer) {
  Table table{.titles = {"name", "what", "number"}, .rows = {}, .note = {}};
  for (const auto& [list, what] :
       {std::pair{"nodes", "nodes"}, std::pair{"edges", "edges"}, std::pair{"schemes", "ids"}}) {
    const auto* object = at(answer, list).as_object();
    if (object == nullptr) continue;
    for (const auto& [name, number] : *object) table.rows.push_back({name, what, scalar(number)});
  }
  table.rows.push_back({"sources", "", scalar(at(answer, "sources"))});
  table.note = "version " + scalar(at(answer, "version"));
  return table;
}

Table schema_table(const json::Value& answer) {
  const auto nothing = [](const json::Value&) { return std::string{}; };
  Table table = rows_of(
      answer, "kinds",
      {field("name"), field("label"), {"from", nothing}, {"to", nothing}, field("definition")});
  Table relations =
      rows_of(answer, "relations",
              {field("name"), field("label"), field("from"), field("to"), field("definition")});
  std::move(relations.rows.begin(), relations.rows.end(), std::back_inserter(table.rows));
  return table;
}

Table graph_table(const json::Value& answer) {
  std::map<std::string, std::string, std::less<>> names;
  for (const auto& node : array_at(answer, "nodes")) {
    names[scalar(at(node, "id"))] = scalar(at(node, "name"));
  }
  const auto name_at = [names](std::string end) {
    return [names, end = std::move(end)](const json::Value& edge) {
      const auto found = names.find(scalar(at(edge, end)));
      return found == names.end() ? std::string{} : found->second;
    };
  };
  Table table = rows_of(answer, "edges",
                        {field("from"),
                         {"from name", name_at("from")},
                         field("relation"),
                         field("to"),
                         {"to name", name_at("to")},
                         field("basis")});
  table.note =
      std::to_string(names.size()) + " nodes, " + std::to_string(table.rows.size()) + " edges";
  return table;
}

// What a terminal or a file would take for a command, as a space.
std::string without_controls(std::string_view text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xC2 && i + 1 < text.size() &&
                    static_cast<unsigned char>(text[i + 1]) < 0xA0;  // U+0080 to U+009F
    if (c1) ++i;
    clean.push_back(c1 || byte < 0x20 || byte == 0x7F ? ' ' : text[i]);
  }
  return clean;
}

bool begins_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

std::string cut(std::string text, std::size_t most) {
  if (length_in_code_points(text) <= most) return text;
  std::size_t seen = 0;
  std::size_t end = 0;
  while (end < text.size() && (!begins_code_point(text[end]) || ++seen < most)) ++end;
  return text.substr(0, end) + "…";
}

void write_pretty(const json::Value& value, const std::string& indent, std::string& text) {
  const std::string inner = indent + "  ";
  json::Writer writer;
  if (const auto* array = value.as_array(); array != nullptr && !array->empty()) {
    const char* before = "[\n";
    for (const auto& item : *array) {
      text += before + inner;
      write_pretty(item, inner, text);
      before = ",\n";
    }
    text += "\n" + indent + "]";
  } else if (const auto* object = value.as_object(); object != nullptr && !object->empty()) {
    const char* before = "{\n";
    for (const auto& [key, member] : *object) {
      writer.string(key);
      text += before + inner + writer.take() + ": ";
      write_pretty(member, inner, text);
      before = ",\n";
    }
    text += "\n" + indent + "}";
  } else {
    writer.value(value);
    text += writer.take();
  }
}

}  // namespace

std::optional<Format> format_of(std::string_view name) {
  if (name == "table") return Format::table;
  if (name == "json") return Format::json;
  if (name == "csv") return Format::csv;
  return std::nullopt;
}

Table table_of(std::string_view question, const json::Value& answer) {
  if (question == "node") return node_table(answer);
  if (question == "stats") return counts_table(answer);
  if (question == "schema") return schema_table(answer);
  if (question == "graph") return graph_table(answer);
  if (question == "neighbours") {
    return rows_of(answer, "items",
                   {field("id"), field("kind"), field("name"), field("direction"),
                    field("relation"), field("properties"), field("basis"), field("source")});
  }
  if (question == "overlaps") {
    return rows_of(answer, "items", {field("id"), field("name"), field("score"), why()});
  }
  if (question == "overlap_pairs") {
    return rows_of(answer, "items",
                   {field("a", "a.id"), field("b", "b.id"), field("score"), field("reading")});
  }
  if (question == "partners" || question == "initiative_partners") {
    return rows_of(answer, "items",
                   {field("id"),
                    field("name"),
                    field("type"),
                    field("score"),
                    {"introduction", introduction},
                    why()});
  }
  if (question == "paths") {
    return rows_of(answer, "items",
                   {{"path", stops},
                    field("hops"),
                    field("score"),
                    each("steps", "steps", "text", " ", kStepsMax)});
  }
  if (question == "linkages") {
    return rows_of(answer, "items",
                   {field("id"),
                    field("name"),
                    field("together", "together.n"),
                    field("expected", "together.expected"),
                    field("lift", "together.lift"),
                    field("p value", "together.p_value"),
                    {"influence", influences},
                    each("determinants", "determinants", "name", "; ", kReasonsMax),
                    why()});
  }
  if (question == "linkage_matrix") {
    return rows_of(answer, "items",
                   {field("a"), field("b"), field("together", "n"), field("expected"),
                    field("lift"), field("p value", "p_value"),
                    field("corrected p value", "q_value"), field("said by publishers", "said")});
  }
  if (question == "pagerank" || question == "betweenness" || question == "communities" ||
      question == "components" || question == "cores" || question == "bridges") {
    return rows_of(answer, "items",
                   {field("id"), field("kind"), field("name"), field("score"), field("error"),
                    each("members", "members", "name", "; ", kReasonsMax), why()});
  }
  if (question == "map") {
    return rows_of(answer, "items", {field("id"), field("name"), field("initiatives")});
  }
  if (question == "timeline") {
    return rows_of(answer, "items",
                   {field("year"), field("started"), field("ended"), field("active")});
  }
  if (question == "money") {
    return rows_of(
        answer, "items",
        {field("id"), field("name"), field("to", "to.name"), field("year"), field("initiatives"),
         field("budget", "amounts.budget.amount"), field("committed", "amounts.committed.amount"),
         field("spend", "amounts.spend.amount"), field("paid", "amounts.paid.amount"),
         field("promised", "amounts.promised.amount"), field("planned", "amounts.planned.amount"),
         field("text")});
  }
  if (question == "reach") {
    return rows_of(answer, "items", {field("hop"), field("nodes")});
  }
  if (question == "gaps") {
    return rows_of(answer, "items",
                   {field("id"), field("name"), field("state"), field("coverage"),
                    field("here", "initiatives.here"), field("around", "initiatives.around"),
                    field("assessed", "known.assessment.date"),
                    each("able", "able", "name", "; ", kReasonsMax), why()});
  }
  if (question == "progress" || question == "initiative_progress") {
    return rows_of(answer, "items",
                   {field("id"),
                    field("name"),
                    field("level", "result_level"),
                    field("better"),
                    field("points", "score"),
                    {"change", change_of_longest_line},
                    why()});
  }
  if (question == "profile") {
    return rows_of(answer, "items",
                   {field("id"), field("name"), field("risk"), field("judged"),
                    field("initiatives"), field("share")});
  }
  if (question == "similar") {
    return rows_of(answer, "items",
                   {field("id"), field("name"), field("distance"), field("shared"),
                    each("differing", "differing", "name", "; ", kReasonsMax), why()});
  }
  if (question == "compare") {
    return rows_of(answer, "items",
                   {field("id"), field("name"), field("a"), field("b"), field("difference")});
  }
  if (question == "cycle") {
    return rows_of(answer, "items",
                   {{"topic", topic_or_whole},
                    field("stage", "stage.name"),
                    field("since"),
                    field("pass"),
                    field("next", "next.name"),
                    field("months"),
                    field("stalled"),
                    each("signs", "checklist", "state", " ", kReasonsMax),
                    why()});
  }
  if (question == "assessments") {
    return rows_of(answer, "items",
                   {field("id"), field("place", "place.name"), field("on", "on.name"),
                    field("stage", "stage.name"), field("status"), field("date"), field("by"),
                    each("revises", "history", "id", " ", kReasonsMax), field("note")});
  }
  if (question == "matches") {
    return rows_of(answer, "items",
                   {field("match", "id"), field("state"), field("score"), field("a", "a.id"),
                    field("name of a", "a.name"), field("b", "b.id"), field("name of b", "b.name"),
                    field("decided by", "decided_by"), field("reason")});
  }
  if (question == "sources") {
    return rows_of(answer, "items",
                   {field("id"),
                    field("name"),
                    field("records"),
                    field("findings"),
                    {"references", share_of_references},
                    field("topics"),
                    field("retrieved")});
  }
  if (question == "source") {
    return rows_of(answer, "rules",
                   {field("rule"), field("topic"), field("count"), field("asks", "explanation"),
                    each("examples", "examples", "id", " ", kReasonsMax)});
  }
  if (question == "vocabularies") {
    return rows_of(
        answer, "items",
        {field("name"), field("label"), field("concepts"),
         each("sources", "sources", "id", " ", kReasonsMax),
         each("arranged by", "arranged_by", "name", " ", kReasonsMax), field("definition")});
  }
  if (question == "vocabulary") {
    return rows_of(answer, "items",
                   {field("id"),
                    field("kind"),
                    {"name", indented_name},
                    field("status"),
                    field("initiatives", "initiatives.total"),
                    field("reported", "initiatives.reported"),
                    field("with narrower", "initiatives.with_narrower"),
                    field("under", "parents"),
                    {"links", links},
                    field("definition")});
  }
  return rows_of(answer, "items",
                 {field("id"), field("kind"), field("name"), field("score"), field("snippet")});
}

std::string to_text(const Table& table) {
  std::vector<std::vector<std::string>> lines{table.titles};
  for (const auto& row : table.rows) {
    auto& cells = lines.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool last = i + 1 == row.size();
      std::string cell = without_controls(row[i]);
      cells.push_back(i == 0 ? std::move(cell)
                             : cut(std::move(cell), last ? kLastCellMax : kCellMax));
    }
  }
  std::vector<std::size_t> widths(table.titles.size(), 0);
  for (const auto& cells : lines) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], length_in_code_points(cells[i]));
    }
  }
  std::string text;
  for (const auto& cells : lines) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      line += cells[i] + std::string(widths[i] - length_in_code_points(cells[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  if (!table.note.empty()) text += "(" + table.note + ")\n";
  return text;
}

std::string to_csv(const Table& table) {
  std::string text;
  const auto append = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += ',';
      text += csv::cell(cells[i]);
    }
    text += "\r\n";
  };
  append(table.titles);
  for (const auto& row : table.rows) append(row);
  return text;
}

std::string to_pretty_json(const json::Value& value) {
  std::string text;
  write_pretty(value, "", text);
  return text;
}

}  // namespace mangrove::web
