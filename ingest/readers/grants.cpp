#include "ingest/readers/grants.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "ingest/json_records.h"
#include "ingest/readers/grant.h"
#include "ingest/readers/iati_codes.h"

namespace mangrove::ingest {
namespace {

Finding finding(std::uint64_t line, std::string_view rule, std::string detail, Action action) {
  return {{}, line, std::string(rule), std::move(detail), action};
}

class GrantsReader final : public Reader {
 public:
  GrantsReader(std::unique_ptr<ByteStream> bytes, const std::string& file)
      : records_(std::move(bytes), file, "grants"), file_(file) {}

  Result<std::optional<Step>> next() override {
    const std::optional<JsonRecord> record = TRY(records_.next());
    if (!record) return std::optional<Step>{};
    if (record->problem.empty()) {
      return std::optional(read_grant(record->value, record->line, file_));
    }
    Step step;
    step.findings.push_back(
        finding(record->line, "json-record", record->problem, Action::record_skipped));
    return std::optional(std::move(step));
  }

 private:
  JsonRecords records_;
  const std::string file_;
};

// --- Tables -------------------------------------------------------------------------------------

/// What a column may be called, in lower case, and the member it stands for.
struct Heading {
  std::string_view title;
  std::string_view key;
};

constexpr std::array kGroups{
    Heading{"recipient org", "recipientOrganization"},
    Heading{"funding org", "fundingOrganization"},
    Heading{"recipient ind", "recipientIndividual"},
    Heading{"to individuals details", "toIndividualsDetails"},
    Heading{"planned dates", "plannedDates"},
    Heading{"actual dates", "actualDates"},
    Heading{"beneficiary location", "beneficiaryLocation"},
    Heading{"grant programme", "grantProgramme"},
    Heading{"classifications", "classifications"},
    Heading{"related document", "relatedDocument"},
};

constexpr std::array kFields{
    Heading{"identifier", "id"},
    Heading{"title", "title"},
    Heading{"description", "description"},
    Heading{"currency", "currency"},
    Heading{"amount applied for", "amountAppliedFor"},
    Heading{"amount awarded", "amountAwarded"},
    Heading{"amount disbursed", "amountDisbursed"},
    Heading{"award date", "awardDate"},
    Heading{"url", "url"},
    Heading{"web address", "url"},
    Heading{"start date", "startDate"},
    Heading{"end date", "endDate"},
    Heading{"duration (months)", "duration"},
    Heading{"name", "name"},
    Heading{"alternate name", "alternateName"},
    Heading{"charity number", "charityNumber"},
    Heading{"company number", "companyNumber"},
    Heading{"country", "addressCountry"},
    Heading{"country code", "countryCode"},
    Heading{"latitude", "latitude"},
    Heading{"longitude", "longitude"},
    Heading{"geographic code", "geoCode"},
    Heading{"code", "code"},
    Heading{"related activity", "relatedActivity"},
    Heading{"last modified", "dateModified"},
};

template <std::size_t Size>
std::string_view key_of(const std::array<Heading, Size>& headings, std::string_view name) {
  const std::string wanted = iati::lower(trimmed(name));
  for (const Heading& heading : headings) {
    if (wanted == heading.title || wanted == iati::lower(heading.key)) return heading.key;
  }
  return {};
}

/// Where a column's cells belong in a grant.
struct Column {
  std::string_view group;  ///< Empty: the grant itself.
  std::size_t place = 0;   ///< In the list of the group.
  std::string_view key;    ///< Empty: of no meaning to us.
};

Column column_of(std::string_view heading) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = heading.find_first_of(":/");
    parts.push_back(trimmed(heading.substr(0, end)));
    if (end == std::string_view::npos) break;
    heading.remove_prefix(end + 1);
  }
  Column column;
  if (parts.size() == 1) {
    column.key = key_of(kFields, parts[0]);
    return column;
  }
  column.group = key_of(kGroups, parts[0]);
  const bool numbered =
      parts.size() == 3 && parts[1].size() == 1 && parts[1][0] >= '0' && parts[1][0] <= '9';
  if (numbered) column.place = static_cast<std::size_t>(parts[1][0] - '0');
  if (column.group.empty() || parts.size() > (numbered ? 3U : 2U)) return {};
  column.key = key_of(kFields, parts.back());
  const bool person =
      column.group == "recipientIndividual" || column.group == "toIndividualsDetails";
  if (person) column.key = "id";  // Whatever is said of a person: that there is one is enough.
  return column;
}

/// What a cell spells: numbers where the standard has numbers.
json::Value value_of(std::string_view key, std::string_view cell) {
  if (key == "duration" || key == "latitude" || key == "longitude") {
    const std::optional<iati::Number> number = iati::parse_amount(cell);
    if (number) return number->value;
  }
  if (key == "relatedActivity") return json::Value::Array{std::string(cell)};
  return std::string(cell);
}

class GrantsTableReader final : public Reader {
 public:
  GrantsTableReader(std::unique_ptr<Table> table, const std::string& file)
      : table_(std::move(table)), file_(file) {}

  Result<std::optional<Step>> next() override {
    Result<std::optional<Row>> row = table_->next();
    std::vector<Finding> found = table_->take_findings();
    if (!row.ok()) return row.error();
    if (!row.value() && found.empty()) return std::optional<Step>{};
    Step step = row.value() ? read(*row.value()) : Step{};
    step.findings.insert(step.findings.end(), found.begin(), found.end());
    return std::optional(std::move(step));
  }

 private:
  Step read(const Row& row) {
    if (columns_.empty()) return read_header(row);
    if (row.problem.empty()) return read_row(row);
    Step step;
    step.findings.push_back(finding(row.line, "record-limit", row.problem, Action::record_skipped));
    return step;
  }

  Step read_header(const Row& header) {
    Step step;
    for (const std::string& name : header.fields) {
      columns_.push_back(column_of(name));
      if (!columns_.back().key.empty() || trimmed(name).empty()) continue;
      step.findings.push_back(finding(header.line, "csv-column-unmapped",
                                      "the column `" + name + "` is left out", Action::noted));
    }
    return step;
  }

  Step read_row(const Row& row) const {
    using Place = std::pair<std::string_view, std::size_t>;
    json::Value::Object grant;
    std::map<Place, json::Value::Object> groups;
    for (std::size_t i = 0; i < std::min(row.fields.size(), columns_.size()); ++i) {
      const Column& column = columns_[i];
      const std::string_view cell = trimmed(row.fields[i]);
      if (column.key.empty() || cell.empty()) continue;
      json::Value::Object& into =
          column.group.empty() ? grant : groups[{column.group, column.place}];
      into.push_back({std::string(column.key), value_of(column.key, cell)});
    }
    std::map<std::string_view, json::Value::Array> lists;
    for (auto& [place, members] : groups) lists[place.first].emplace_back(std::move(members));
    for (auto& [group, list] : lists) grant.push_back({std::string(group), std::move(list)});
    return read_grant(json::Value(std::move(grant)), row.line, file_);
  }

  std::unique_ptr<Table> table_;
  const std::string file_;
  std::vector<Column> columns_;
};

}  // namespace

std::unique_ptr<Reader> make_grants_reader(std::unique_ptr<ByteStream> bytes,
                                           const std::string& file) {
  return std::make_unique<GrantsReader>(std::move(bytes), file);
}

std::unique_ptr<Reader> make_grants_table_reader(std::unique_ptr<Table> table,
                                                 const std::string& file) {
  return std::make_unique<GrantsTableReader>(std::move(table), file);
}

bool is_grants_header(std::string_view first_line) {
  const std::string line = iati::lower(first_line);
  const auto has = [&line](std::string_view name) { return line.find(name) != std::string::npos; };
  return (has("funding org:") && (has("recipient org:") || has("recipient ind:"))) ||
         (has("fundingorganization/") &&
          (has("recipientorganization/") || has("recipientindividual/")));
}

}  // namespace mangrove::ingest
