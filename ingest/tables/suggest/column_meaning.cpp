#include <algorithm>
#include <array>

#include "ingest/tables/suggest/column_draft.h"

namespace mangrove::ingest {
namespace {

constexpr double kMost = 0.6;
constexpr double kNearlyAll = 0.9;
constexpr double kLongText = 120;  // Bytes, on average: a name is shorter.

CellForm form_of(CellType type, DayOrder days = DayOrder::unsaid) {
  return {type, {}, days, 0};
}

bool is_one_of(std::string_view meaning, std::initializer_list<std::string_view> meanings) {
  return std::ranges::find(meanings, meaning) != meanings.end();
}

/// What a filter makes of the column, by the meaning that needs it; empty for others.
std::string filter_for(std::string_view meaning) {
  if (is_one_of(meaning, {"country", "seat", "region"})) return "Place";
  if (meaning == "target") return "sdg";
  if (meaning == "sector") return "Sector";
  if (meaning == "group") return "Group";
  if (meaning == "form") return "Form";
  if (meaning == "intervention") return "InterventionType";
  return {};
}

double dates(const SampleColumn& column) {
  return Evidence::of_type(column, form_of(CellType::date, DayOrder::day_first));
}

/// Whether the values can be what the header says.
bool borne_out(const SampleColumn& column, const std::string& meaning, Evidence& evidence) {
  if (column.filled() == 0) return true;
  if (const std::string filter = filter_for(meaning); !filter.empty()) {
    return evidence.understood(column, filter, Evidence::separators_in(column, false)) >= 0.5;
  }
  if (is_one_of(meaning, {"start", "end", "start-planned", "end-planned", "published", "awarded",
                          "updated"})) {
    return dates(column) >= kMost;
  }
  if (is_one_of(meaning, {"budget", "spend"})) return Evidence::money(column) >= kMost;
  if (is_one_of(meaning, {"value", "latitude", "longitude"})) {
    return Evidence::of_type(column, form_of(CellType::number)) >= 0.5;
  }
  if (meaning == "year") return Evidence::years(column) >= kMost;
  if (meaning == "url") return Evidence::addresses(column) >= 0.5;
  const bool numeric = Evidence::of_type(column, form_of(CellType::number)) >= kNearlyAll;
  if (is_one_of(meaning, {"funder", "implementer", "partner", "accountable", "organisation",
                          "publisher", "author", "name"})) {
    return !numeric && column.mean_length() < kLongText;
  }
  if (is_one_of(meaning, {"title", "document", "description", "objective"})) return !numeric;
  return true;
}

/// What values say that no header speaks for; empty where they say nothing for sure.
std::string meaning_by_values(const SampleColumn& column, Evidence& evidence) {
  if (column.filled() == 0) return {};
  if (Evidence::contacts(column) >= 0.5) return "contact";
  if (Evidence::addresses(column) >= kNearlyAll) return "url";
  const auto sdg = [](std::string_view value) {
    return value.find("SDG") != std::string_view::npos || value.find("sdg") == 0;
  };
  const std::vector<std::string> separators = Evidence::separators_in(column, false);
  if (column.share(sdg) >= 0.5 && evidence.understood(column, "sdg", separators) >= kMost) {
    return "target";
  }
  const bool words_only = column.share([](std::string_view value) {
    return value.find_first_of("0123456789") == std::string_view::npos;
  }) >= kNearlyAll;
  if (words_only && evidence.understood(column, "Place", separators) >= kNearlyAll)
    return "country";
  if (words_only && column.mean_length() >= kLongText) return "description";
  return {};
}

}  // namespace

std::vector<ColumnDraft> settle_meanings(const Sample& sample, Evidence& evidence) {
  std::vector<ColumnDraft> drafts;
  for (const SampleColumn& column : sample.columns) {
    ColumnDraft draft;
    draft.column = &column;
    draft.header = meaning_of_header(column.name);
    const std::string& said = draft.header.meaning;
    if (!said.empty() && borne_out(column, said, evidence)) {
      draft.meaning = said;
      draft.why = "the header says `" + draft.header.phrase + "`";
    }
    const bool weak = draft.meaning.empty() || draft.meaning == "keywords";
    if (const std::string by_values = weak ? meaning_by_values(column, evidence) : std::string();
        !by_values.empty()) {
      draft.meaning = by_values;
      draft.why = "its values look like that: " + by_values;
    }
    if (draft.meaning.empty() && !said.empty()) {
      draft.why = "the header says `" + draft.header.phrase + "`, but its values do not look so";
    }
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

const ColumnDraft* column_meaning(const std::vector<ColumnDraft>& all, std::string_view meaning) {
  const auto found = std::ranges::find(all, meaning, &ColumnDraft::meaning);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace mangrove::ingest
