#include "ingest/tables/suggest/suggest_mapping.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/tables/mapping.h"
#include "ingest/tables/open_table.h"
#include "ingest/tables/suggest/column_draft.h"
#include "ingest/unpack.h"

namespace mangrove::ingest {
namespace {

using Object = json::Value::Object;

constexpr std::size_t kYearColumnsMin = 2;

/// Whether a template may name this column: not where its name has a meaning of its own there.
bool fits_in_braces(const SampleColumn& column) {
  return column.name.find_first_of("{}|") == std::string::npos && column.name != "value" &&
         column.name != "row";
}

bool is_year(std::string_view text) {
  return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The draft of one table, put together part by part.
class Drafting {
 public:
  Drafting(const Sample& sample, std::string stem, std::string sheet,
           const ontology::Ontology& ontology)
      : sample_(sample), stem_(std::move(stem)), sheet_(std::move(sheet)), evidence_(ontology) {}

  SuggestedMapping draft(const std::string& file) {
    columns_ = settle_meanings(sample_, evidence_);
    choose_kind();
    choose_id();
    if (kind_ == "Observation") shape_observations();
    if (kind_ == "Initiative") make_title();
    for (ColumnDraft& column : columns_) {
      if (column.written.empty()) write_column(column, kind_, columns_);
    }
    return {mapping_text(), summary(file)};
  }

 private:
  // What a row is.

  bool has(std::string_view meaning) const { return column_meaning(columns_, meaning) != nullptr; }

  std::vector<std::string> year_columns() const {
    std::vector<std::string> years;
    for (const SampleColumn& column : sample_.columns) {
      if (is_year(column.name)) years.push_back(column.name);
    }
    return years;
  }

  void choose_kind() {
    const bool place = has("country") || has("region");
    const bool work = has("start") || has("end") || has("budget") || has("funder") ||
                      has("implementer") || has("spend") || has("start-planned");
    const bool text = has("author") || has("publisher") || has("published") || has("document");
    const auto because = [this](std::string kind, std::string why) {
      kind_ = std::move(kind);
      kind_why_ = std::move(why);
    };
    if (has("iati-id")) return because("Initiative", "there are identifiers of IATI activities");
    if (place && year_columns().size() >= kYearColumnsMin) {
      return because("Observation", "there are places, and a column for each of several years");
    }
    if (place && has("year") && has("value") && !has("title")) {
      return because("Observation", "there are a place, a year and a value in each row");
    }
    if (has("document") || (text && !work && (has("title") || has("name")))) {
      return because("Evidence", "it looks like a list of publications");
    }
    if (has("title")) return because("Initiative", "each row has a title of work that is done");
    if (has("name") && work) return because("Initiative", "there are dates, money or partners");
    if (has("organisation") || has("name")) {
      return because(is_places_only() ? "Place" : "Actor",
                     "each row has a name and no title of a project");
    }
    if (is_places_only()) return because("Place", "each row is a different place");
    because("Initiative", "nothing says that it is something else");
  }

  /// A list of places: nearly every name is one, and none stands twice.
  bool is_places_only() {
    const ColumnDraft* place = column_meaning(columns_, "name");
    if (place == nullptr) place = column_meaning(columns_, "country");
    return place != nullptr && !has("organisation") && Evidence::is_unique(*place->column) &&
           evidence_.understood(*place->column, "Place") >= 0.8;
  }

  // Its id.

  const SampleColumn* unique_among(std::initializer_list<std::string_view> meanings) const {
    for (const std::string_view meaning : meanings) {
      for (const ColumnDraft& draft : columns_) {
        const bool usable = draft.meaning == meaning && fits_in_braces(*draft.column);
        if (usable && Evidence::is_unique(*draft.column)) return draft.column;
      }
    }
    return nullptr;
  }

  const SampleColumn* any_of(std::initializer_list<std::string_view> meanings) const {
    for (const std::string_view meaning : meanings) {
      const ColumnDraft* found = column_meaning(columns_, meaning);
      if (found != nullptr && fits_in_braces(*found->column)) return found->column;
    }
    return nullptr;
  }

  static bool is_plain(const SampleColumn& column) {
    return column.share([](std::string_view value) {
      return value.size() <= 60 && std::ranges::all_of(value, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '-' || c == '_' || c == '.';
             });
    }) == 1.0;
  }

  void choose_id() {
    if (kind_ == "Initiative") return choose_initiative_id();
    if (kind_ == "Actor") return choose_actor_id();
    if (kind_ == "Observation") return choose_observation_id();
    if (kind_ == "Place") {
      const SampleColumn* name = any_of({"name", "country"});
      if (name == nullptr) return choose_own_id("place:", {});
      id_ = "{" + name->name + "|Place}";
      id_why_ = "each row is the place that it names";
      return;
    }
    choose_own_id("doc:", {"id", "document", "title", "name", "url"});
  }

  void choose_initiative_id() {
    const ColumnDraft* iati = column_meaning(columns_, "iati-id");
    if (iati == nullptr || !fits_in_braces(*iati->column)) {
      return choose_own_id("init:", {"id", "title", "name"});
    }
    id_ = "iati:{" + iati->column->name + "}";
    id_why_ = "the identifiers of IATI, so that rows meet the activities of that name";
    if (!Evidence::is_unique(*iati->column)) part_ = "{row|fingerprint}";
  }

  /// An id of the table's own: by the column that tells rows apart, else by all of the row.
  void choose_own_id(const std::string& prefix, std::initializer_list<std::string_view> meanings) {
    const std::string begin = prefix + stem_ + "-";
    if (const SampleColumn* column = unique_among(meanings)) {
      const bool slug_tells_apart = slugs_differ(*column);
      const std::string filter = is_plain(*column)  ? ""
                                 : slug_tells_apart ? "|slug"
                                                    : "|fingerprint";
      id_ = begin + "{" + column->name + filter + "}";
      id_why_ = "no two rows have the same `" + column->name + "`";
      return;
    }
    id_ = begin + "{row|fingerprint}";
    id_why_ =
        "no column tells all rows apart, so the whole row does; a column that never changes "
        "would be better";
  }

  static bool slugs_differ(const SampleColumn& column) {
    std::set<std::string> slugs;
    for (const std::string& value : column.values) {
      if (!value.empty() && !slugs.insert(slug(value)).second) return false;
    }
    return !slugs.contains("");
  }

  void choose_actor_id() {
    for (const ColumnDraft& draft : columns_) {
      const bool references = draft.column->share([](std::string_view value) {
        return value.find(' ') == std::string_view::npos && value.find('-') >= 2 &&
               value.find('-') != std::string_view::npos && value[0] >= 'A' && value[0] <= 'Z' &&
               value[1] >= 'A' && value[1] <= 'Z' &&
               value.find_first_of("0123456789") != std::string_view::npos;
      }) == 1.0;
      if (draft.meaning != "id" || !references || !fits_in_braces(*draft.column)) continue;
      id_ = "{" + draft.column->name + "|Actor}";
      id_why_ = "references of registers, by which other sources know the same organisations";
      return;
    }
    const SampleColumn* name = any_of({"organisation", "name"});
    if (name == nullptr) return choose_own_id("org:", {"id"});
    id_ = "{" + name->name + "|Actor}";
    id_why_ = "by name, so that rows meet organisations of that name";
    if (!Evidence::is_unique(*name)) part_ = "{row|fingerprint}";
  }

  /// Work without a title is shown by what is said of it first.
  void make_title() {
    if (has("title") || has("name") || has("document")) return;
    const SampleColumn* said = any_of({"description", "objective", "intervention", "keywords",
                                       "implementer", "organisation", "funder"});
    if (said != nullptr) properties_.push_back({"title", "{" + said->name + "}"});
  }

  // Observations.

  void choose_observation_id() {
    const SampleColumn* place = any_of({"country", "region"});
    const std::vector<std::string> years = year_columns();
    const SampleColumn* year = any_of({"year"});
    if (place == nullptr || (years.empty() && year == nullptr)) return choose_own_id("obs:", {});
    const std::string when = years.empty() ? "{" + year->name + "}" : "{year}";
    id_ = "obs:" + stem_ + "-{" + place->name + "|slug}-" + when + "-{row|fingerprint}";
    id_why_ = "place and year; the end tells apart what else differs between rows";
  }

  /// Years in columns are taken down into rows, and each observation tied to what it measures.
  void shape_observations() {
    const bool wide = !year_columns().empty();
    const ColumnDraft* year = column_meaning(columns_, "year");
    const std::string when = wide || year == nullptr ? "year" : year->column->name;
    const std::string date = "{" + when + "}";
    properties_ = {{"from", Object{{"value", json::Value(date)}, {"type", json::Value("date")}}},
                   {"to", Object{{"value", json::Value(date)}, {"type", json::Value("date")}}}};
    if (wide) {
      unpivot_ = {{"columns", "years"}, {"header", "year"}, {"cell", "observed"}};
      properties_.push_back(
          {"value", Object{{"value", json::Value("{observed}")}, {"type", json::Value("number")}}});
      std::erase_if(columns_, [](const ColumnDraft& draft) { return is_year(draft.column->name); });
    }
    for (ColumnDraft& draft : columns_) {
      if (draft.meaning == "year" && !wide) {
        draft.fate = ColumnDraft::Fate::understood;
        draft.written = {{"property", "year"}, {"type", "integer"}, {"why", draft.why}};
      }
    }
    add_measure();
  }

  void add_measure() {
    Object node{{"label", json::Value(stem_)}};
    std::string measure = "measure:" + stem_;
    if (const ColumnDraft* indicator = column_meaning(columns_, "indicator")) {
      measure += "-{" + indicator->column->name + "|slug}";
      node = {{"label", json::Value("{" + indicator->column->name + "}")}};
      for (ColumnDraft& draft : columns_) {
        if (draft.column != indicator->column) continue;
        draft.fate = ColumnDraft::Fate::understood;
        draft.written = {{"property", "label"}, {"why", draft.why}};
      }
    }
    if (const ColumnDraft* unit = column_meaning(columns_, "unit")) {
      node.push_back({"unit", "{" + unit->column->name + "}"});
    }
    edges_.push_back(Object{{"relation", json::Value("ON")},
                            {"to", json::Value(measure)},
                            {"node", json::Value(std::move(node))},
                            {"why", json::Value("what is measured")}});
  }

  // On paper.

  std::string why() const {
    return "Drafted from the headers and the first " + std::to_string(sample_.rows) +
           " rows. Kind: " + kind_why_ + ". Ids: " + id_why_ + ".";
  }

  std::string mapping_text() const {
    std::string text = "{";
    bool first = true;
    const auto member = [&](std::string_view key, const std::string& value) {
      text += std::string(first ? "" : ",") + "\n  " + line(json::Value(key)) + ": " + value;
      first = false;
    };
    member("why", line(why()));
    member("kind", line(kind_));
    member("id", line(id_));
    if (!part_.empty()) member("part", line(part_));
    if (!sheet_.empty()) member("sheet", line(sheet_));
    if (!sample_.header_is_first) member("header_row", line(sample_.header_line));
    member("source", line(Object{{"name", json::Value(stem_)}}));
    if (!unpivot_.empty()) member("unpivot", line(unpivot_));
    if (!properties_.empty()) member("properties", line(properties_));
    if (!edges_.empty()) member("edges", line(edges_));
    member("columns", columns_text());
    return text + "\n}\n";
  }

  std::string columns_text() const {
    std::string text = "{";
    for (const ColumnDraft& column : columns_) {
      text += std::string(&column == &columns_.front() ? "" : ",") + "\n    " +
              line(column.column->name) + ": " + line(column.written);
    }
    return text + "\n  }";
  }

  /// In one line, with a space where a person would set one.
  static std::string line(const json::Value& value) {
    if (const json::Value::Object* object = value.as_object()) {
      std::string text = "{";
      for (const json::Member& member : *object) {
        text += (text.size() == 1 ? "" : ", ") + line(json::Value(member.key)) + ": " +
                line(member.value);
      }
      return text + "}";
    }
    if (const json::Value::Array* array = value.as_array()) {
      std::string text = "[";
      for (const json::Value& one : *array) text += (text.size() == 1 ? "" : ", ") + line(one);
      return text + "]";
    }
    json::Writer writer;
    writer.value(value);
    return writer.take();
  }

  std::string summary(const std::string& file) const {
    std::size_t understood = 0;
    std::size_t left_out = 0;
    std::string lines;
    for (const ColumnDraft& column : columns_) {
      understood += column.fate == ColumnDraft::Fate::understood ? 1 : 0;
      left_out += column.fate == ColumnDraft::Fate::left_out ? 1 : 0;
      lines += "  " + column.column->name + ": " + fate_of(column) + " (" + column.why + ")\n";
    }
    const std::size_t kept = columns_.size() - understood - left_out;
    std::string text = file + ": each row is taken for one " + kind_ + ": " + kind_why_ + "\n" +
                       "ids are " + id_ + ": " + id_why_ + "\n" + lines +
                       std::to_string(columns_.size()) + " columns: " + std::to_string(understood) +
                       " understood, " + std::to_string(kept) + " kept as they are, " +
                       std::to_string(left_out) + " left out\n";
    return text;
  }

  static std::string fate_of(const ColumnDraft& column) {
    const json::Value written(column.written);
    if (const std::string* relation = written.find_string("relation")) return *relation;
    if (const std::string* property = written.find_string("property")) {
      return column.fate == ColumnDraft::Fate::kept ? "kept as `" + *property + "`" : *property;
    }
    return "left out";
  }

  const Sample& sample_;
  const std::string stem_;
  const std::string sheet_;
  Evidence evidence_;
  std::vector<ColumnDraft> columns_;
  std::string kind_;
  std::string kind_why_;
  std::string id_;
  std::string id_why_;
  std::string part_;
  Object properties_;
  Object unpivot_;
  json::Value::Array edges_;
};

std::string stem_of(const Input& input) {
  const std::filesystem::path name = without_packing(std::filesystem::path(input.name).filename());
  const std::string stem = slug(name.stem().string(), 40);
  return stem.empty() || stem == "-" ? std::string("table") : stem;
}

}  // namespace

Result<SuggestedMapping> suggest_mapping(const Input& input, const ontology::Ontology& ontology) {
  PeekedTable table(TRY(open_any_table(input)));
  const Sample sample = TRY(read_sample(table, input.name));
  if (sample.rows == 0) {
    return Error{ErrorCode::invalid_input,
                 input.name + ":" + std::to_string(sample.header_line) +
                     ": there are no rows below the names of the columns"};
  }
  SuggestedMapping suggested =
      Drafting(sample, stem_of(input), input.sheet, ontology).draft(input.name);
  // What is handed to a person has to work; were it not to, this is our mistake, told as such.
  Result<Mapping> read = read_mapping(suggested.mapping, ontology);
  if (!read.ok()) {
    return Error{read.error().code,
                 input.name + ": no mapping could be drafted: " + read.error().message};
  }
  return suggested;
}

}  // namespace mangrove::ingest
