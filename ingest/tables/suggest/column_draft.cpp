#include "ingest/tables/suggest/column_draft.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/base/text.h"
#include "ingest/tables/words.h"

namespace mangrove::ingest {
namespace {

constexpr double kNearlyAll = 0.95;

using Object = json::Value::Object;

json::Value list_of(const std::vector<std::string>& texts) {
  json::Value::Array list;
  for (const std::string& text : texts) list.emplace_back(text);
  return list.size() == 1 ? list.front() : json::Value(std::move(list));
}

std::string column_in_braces(const ColumnDraft& draft) {
  return "{" + draft.column->name + "}";
}

/// A relation by which a column ties rows of one kind to other nodes.
struct Tie {
  std::string_view kind;
  std::string_view meaning;
  std::string_view relation;
  std::string_view end;  ///< A template; the first letters say which end of the edge it is.
  std::string_view role = {};
};

constexpr std::array kTies{
    Tie{"Initiative", "funder", "TAKES_PART_IN", "from {value|Actor}", "funding"},
    Tie{"Initiative", "implementer", "TAKES_PART_IN", "from {value|Actor}", "implementing"},
    Tie{"Initiative", "organisation", "TAKES_PART_IN", "from {value|Actor}", "implementing"},
    Tie{"Initiative", "accountable", "TAKES_PART_IN", "from {value|Actor}", "accountable"},
    Tie{"Initiative", "partner", "TAKES_PART_IN", "from {value|Actor}", "partner"},
    Tie{"Initiative", "country", "WORKS_IN", "to {value|Place}"},
    Tie{"Initiative", "region", "WORKS_IN", "to {value|Place}"},
    Tie{"Initiative", "target", "CONTRIBUTES_TO", "to sdg:{value|sdg}"},
    Tie{"Initiative", "sector", "IN_SECTOR", "to {value|Sector}"},
    Tie{"Initiative", "group", "SERVES", "to {value|Group}"},
    Tie{"Initiative", "form", "AGAINST", "to {value|Form}"},
    Tie{"Initiative", "intervention", "USES", "to {value|InterventionType}"},
    Tie{"Actor", "country", "COVERS", "to {value|Place}"},
    Tie{"Actor", "region", "COVERS", "to {value|Place}"},
    Tie{"Actor", "seat", "BASED_IN", "to {value|Place}"},
    Tie{"Evidence", "country", "ABOUT", "to {value|Place}"},
    Tie{"Evidence", "region", "ABOUT", "to {value|Place}"},
    Tie{"Evidence", "target", "ABOUT", "to sdg:{value|sdg}"},
    Tie{"Evidence", "sector", "ABOUT", "to {value|Sector}"},
    Tie{"Evidence", "group", "ABOUT", "to {value|Group}"},
    Tie{"Evidence", "form", "ABOUT", "to {value|Form}"},
    Tie{"Evidence", "intervention", "ABOUT", "to {value|InterventionType}"},
    Tie{"Evidence", "organisation", "ABOUT", "to {value|Actor}"},
    Tie{"Evidence", "publisher", "PUBLISHED", "from {value|Actor}"},
    Tie{"Observation", "country", "OF", "to {value|Place}"},
    Tie{"Observation", "region", "OF", "to {value|Place}"},
};

/// A property that a column fills in rows of one kind; of all kinds where it names none.
struct Filled {
  std::string_view kind;
  std::string_view meaning;
  std::string_view property;
  std::string_view type = {};
};

constexpr std::array kFilled{
    Filled{"Initiative", "title", "title"},
    Filled{"Initiative", "name", "title"},
    Filled{"Initiative", "document", "title"},
    Filled{"Initiative", "description", "description"},
    Filled{"Initiative", "objective", "objective"},
    Filled{"Initiative", "start", "start", "date"},
    Filled{"Initiative", "end", "end", "date"},
    Filled{"Initiative", "start-planned", "start_planned", "date"},
    Filled{"Initiative", "end-planned", "end_planned", "date"},
    Filled{"Initiative", "awarded", "awarded", "date"},
    Filled{"Initiative", "budget", "budget", "money"},
    Filled{"Initiative", "spend", "spend", "money"},
    Filled{"Initiative", "url", "homepage"},
    Filled{"Initiative", "notes", "notes"},
    Filled{"Actor", "name", "name"},
    Filled{"Actor", "organisation", "name"},
    Filled{"Actor", "title", "name"},
    Filled{"Actor", "implementer", "name"},
    Filled{"Actor", "aliases", "aliases"},
    Filled{"Actor", "organisation-type", "type"},
    Filled{"Actor", "description", "description"},
    Filled{"Actor", "url", "homepage"},
    Filled{"Evidence", "title", "title"},
    Filled{"Evidence", "document", "title"},
    Filled{"Evidence", "name", "title"},
    Filled{"Evidence", "description", "summary"},
    Filled{"Evidence", "author", "authors"},
    Filled{"Evidence", "published", "published", "date"},
    Filled{"Evidence", "year", "published", "date"},
    Filled{"Evidence", "language", "language"},
    Filled{"Evidence", "url", "url"},
    Filled{"Observation", "value", "value", "number"},
    Filled{"Observation", "unit", "unit"},
    Filled{"Place", "name", "name"},
    Filled{"Place", "country", "name"},
    Filled{"", "status", "status"},
    Filled{"", "scope", "scope"},
    Filled{"", "keywords", "keywords"},
    Filled{"", "updated", "updated", "moment"},
};

bool holds_many(std::string_view meaning) {
  return meaning == "keywords" || meaning == "aliases" || meaning == "author";
}

void add_form(Object& written, std::string_view type, const SampleColumn& column) {
  if (!type.empty()) written.push_back({"type", type});
  if (type == "date") {
    const DayOrder order = Evidence::day_order(column);
    const CellForm sure{CellType::date, {}, DayOrder::unsaid, 0};
    if (order == DayOrder::month_first) written.push_back({"dates", "month first"});
    if (order == DayOrder::day_first || Evidence::of_type(column, sure) < 1.0) {
      if (order != DayOrder::month_first) written.push_back({"dates", "day first"});
    }
  }
  const bool number = type == "number" || type == "integer" || type == "money";
  if (number && Evidence::decimal(column) == ',') written.push_back({"decimal", ","});
}

/// The currency that a header names: `Budget (USD)`, `Montant en €`; empty where it names none.
std::string currency_in(std::string_view header) {
  for (const auto& [sign, code] : words().currencies) {
    if (header.find(sign) != std::string_view::npos) return code;
  }
  for (const Word& word : words_of(header)) {
    const auto found = words().currencies.find(word.folded);
    if (found != words().currencies.end()) return found->second;
  }
  return {};
}

void add_money(Object& written, const SampleColumn& column, const std::vector<ColumnDraft>& all) {
  if (const std::string named = currency_in(column.name); !named.empty()) {
    written.push_back({"currency", named});
  } else if (const ColumnDraft* currency = column_meaning(all, "currency")) {
    written.push_back({"currency", column_in_braces(*currency)});
  }
  for (const std::string_view when : {"year", "start", "awarded", "start-planned"}) {
    if (const ColumnDraft* year = column_meaning(all, when)) {
      written.push_back({"year", column_in_braces(*year)});
      return;
    }
  }
}

bool write_tie(ColumnDraft& draft, const std::string& kind) {
  const auto tie = std::ranges::find_if(
      kTies, [&](const Tie& one) { return one.kind == kind && one.meaning == draft.meaning; });
  if (tie == kTies.end()) return false;
  const std::size_t space = tie->end.find(' ');
  const std::string_view end = tie->end.substr(space + 1);
  const bool actor = end == "{value|Actor}";
  Object& written = draft.written;
  written.push_back({"relation", tie->relation});
  written.push_back({std::string(tie->end.substr(0, space)), end});
  if (const auto separators = Evidence::separators_in(*draft.column, actor); !separators.empty()) {
    written.push_back({"separator", list_of(separators)});
  }
  if (!tie->role.empty()) {
    written.push_back({"properties", Object{{"role", json::Value(tie->role)}}});
  }
  if (actor) written.push_back({"node", Object{{"name", json::Value("{value}")}}});
  return true;
}

bool write_property(ColumnDraft& draft, const std::string& kind,
                    const std::vector<ColumnDraft>& all) {
  const auto filled = std::ranges::find_if(kFilled, [&](const Filled& one) {
    return (one.kind == kind || one.kind.empty()) && one.meaning == draft.meaning;
  });
  if (filled == kFilled.end()) return false;
  Object& written = draft.written;
  written.push_back({"property", filled->property});
  add_form(written, filled->type, *draft.column);
  if (filled->type == "money") add_money(written, *draft.column, all);
  if (!draft.header.language.empty() && filled->type.empty()) {
    written.push_back({"language", draft.header.language});
  }
  if (holds_many(draft.meaning)) {
    const auto separators = Evidence::separators_in(*draft.column, true);
    if (!separators.empty()) written.push_back({"separator", list_of(separators)});
  }
  return true;
}

/// The name of a property for a header: `Ref. no.` -> `ref_no`.
std::string property_name(std::string_view header) {
  std::string name = slug(header, 60);
  std::ranges::replace(name, '-', '_');
  return name.empty() ? std::string("column") : name;
}

/// The type that all values are of, if it is not text.
std::string_view plain_type(const SampleColumn& column) {
  if (column.filled() == 0) return {};
  // Digits behind a zero are a code, not a number.
  const bool coded = column.share([](std::string_view value) {
    const bool zero_first =
        value.size() > 1 && value[0] == '0' && value[1] >= '0' && value[1] <= '9';
    return zero_first || value.find_first_not_of("0123456789.,+- ") != std::string_view::npos;
  }) > 0;
  const auto all_of = [&](CellType type, DayOrder days = DayOrder::unsaid) {
    return Evidence::of_type(column, {type, {}, days, Evidence::decimal(column)}) >= kNearlyAll;
  };
  if (!coded && all_of(CellType::integer)) return "integer";
  if (!coded && all_of(CellType::number)) return "number";
  if (all_of(CellType::boolean)) return "boolean";
  if (all_of(CellType::date, DayOrder::day_first)) return "date";
  return {};
}

void keep_as_it_is(ColumnDraft& draft) {
  const std::string_view type = plain_type(*draft.column);
  draft.fate = ColumnDraft::Fate::kept;
  draft.written.push_back({"property", property_name(draft.column->name)});
  add_form(draft.written, type, *draft.column);
  if (draft.column->filled() == 0) {
    draft.why = "it is empty in the first rows";
  } else if (draft.why.empty()) {
    draft.why = "kept as it is; its header is not one that is known";
  } else if (!draft.meaning.empty()) {
    draft.why += "; kept as it is";
  }
}

}  // namespace

void write_column(ColumnDraft& draft, const std::string& kind,
                  const std::vector<ColumnDraft>& all) {
  draft.written.clear();
  if (draft.meaning == "contact") {
    draft.fate = ColumnDraft::Fate::left_out;
    draft.why += "; contact details of people are left out";
    draft.written.push_back({"ignore", true});
  } else if (write_tie(draft, kind) || write_property(draft, kind, all)) {
    draft.fate = ColumnDraft::Fate::understood;
  } else {
    keep_as_it_is(draft);
  }
  draft.written.push_back({"why", draft.why});
}

}  // namespace mangrove::ingest
