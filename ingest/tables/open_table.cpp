#include "ingest/tables/open_table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "graph/base/json.h"
#include "graph/base/text.h"
#include "ingest/readers/grants.h"
#include "ingest/readers/mapping_json.h"
#include "ingest/tables/csv_table.h"
#include "ingest/tables/data_files.h"
#include "ingest/tables/mapped_table.h"
#include "ingest/tables/peeked_table.h"
#include "ingest/tables/workbook.h"
#include "ingest/tables/xlsx_table.h"

namespace mangrove::ingest {
namespace {

bool is_grants_row(const Row& row) {
  std::string line;
  for (const std::string& field : row.fields) line += field.substr(0, 200) + ",";
  return is_grants_header(line);
}

std::set<std::string> folded_headers(const Row& row) {
  std::set<std::string> headers;
  for (const std::string& field : row.fields) headers.insert(folded(field.substr(0, 200)));
  return headers;
}

/// How many headers a mapping is known by; 0 where one of them is in none of the rows.
std::size_t headers_matched(const json::Value& mapping, const std::vector<Row>& rows) {
  const json::Value* matches = mapping.find("matches");
  if (matches == nullptr || matches->as_array() == nullptr) return 0;
  const json::Value::Array& wanted = *matches->as_array();
  const bool all = std::ranges::any_of(rows, [&wanted](const Row& row) {
    const std::set<std::string> headers = folded_headers(row);
    return std::ranges::all_of(wanted, [&headers](const json::Value& header) {
      return header.as_string() != nullptr && headers.contains(folded(*header.as_string()));
    });
  });
  return all ? wanted.size() : 0;
}

/// Of our own mappings the one that most headers speak for; null where none fits.
const MappingFile* mapping_for(const std::vector<Row>& rows) {
  const MappingFile* best = nullptr;
  std::size_t most = 0;
  for (const MappingFile& file : mapping_files()) {
    const Result<json::Value> mapping = json::parse(file.bytes);
    const std::size_t matched = mapping.ok() ? headers_matched(mapping.value(), rows) : 0;
    if (matched > most) {
      most = matched;
      best = &file;
    }
  }
  return best;
}

Result<OpenedTable> mapped(std::unique_ptr<PeekedTable> table, const std::string& file,
                           std::string_view mapping, const ontology::Ontology& ontology) {
  Mapping read = TRY(read_mapping(mapping, ontology));
  return OpenedTable{
      make_mapped_table_reader(std::move(table), file, std::move(read), ontology), false, {}};
}

}  // namespace

Result<OpenedTable> open_table(std::unique_ptr<Table> table, const std::string& file,
                               const std::string& mapping, const ontology::Ontology& ontology) {
  auto peeked = std::make_unique<PeekedTable>(std::move(table));
  if (!mapping.empty()) return mapped(std::move(peeked), file, mapping, ontology);
  const std::vector<Row>& rows = peeked->first(kHeaderRowsMax);
  if (!rows.empty() && is_grants_row(rows.front())) {
    return OpenedTable{make_grants_table_reader(std::move(peeked), file), true, {}};
  }
  if (const MappingFile* known = mapping_for(rows)) {
    OpenedTable opened = TRY(mapped(std::move(peeked), file, known->bytes, ontology));
    opened.findings.push_back(
        {{},
         0,
         "mapping-chosen",
         "read by our own mapping " + std::string(known->name) + ", which its columns fit",
         Action::noted});
    return opened;
  }
  if (rows.empty()) TRY(peeked->next());  // Where nothing can be read, this says why.
  return Error{ErrorCode::unsupported,
               "a table, and there is no mapping that says what its columns mean. "
               "`mangrove ingest --suggest-mapping FILE` drafts one; give it with --mapping, or "
               "put it beside the table as NAME.mapping.json"};
}

Result<std::unique_ptr<Table>> open_workbook_table(std::unique_ptr<ByteStream> bytes,
                                                   const std::string& file,
                                                   const std::string& sheet,
                                                   const std::string& mapping) {
  std::string wanted = sheet;
  if (wanted.empty() && !mapping.empty()) {
    const json::Value root = TRY(parse_mapping(mapping));
    wanted = TRY(string_in(root, "sheet", "the whole"));
  }
  std::unique_ptr<Workbook> workbook = TRY(Workbook::open(std::move(bytes), file));
  return XlsxTable::open(std::move(workbook), wanted);
}

Result<std::unique_ptr<Table>> open_any_table(const Input& input) {
  std::unique_ptr<ByteStream> bytes = TRY(open_input(input));
  std::string start = TRY(read_up_to(*bytes, 8));
  const bool zip = looks_like_zip(start);
  if (looks_like_old_office(start)) {
    return Error{ErrorCode::unsupported, input.name + ": this is " + std::string(kOldOffice)};
  }
  bytes = with_prefix(std::move(start), std::move(bytes));
  if (zip) return open_workbook_table(std::move(bytes), input.name, input.sheet, {});
  return std::unique_ptr<Table>(std::make_unique<CsvTable>(std::move(bytes), input.name));
}

bool looks_like_old_office(std::string_view start) {
  return start.starts_with("\xD0\xCF\x11\xE0");
}

bool looks_like_zip(std::string_view start) {
  return start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06");
}

}  // namespace mangrove::ingest
