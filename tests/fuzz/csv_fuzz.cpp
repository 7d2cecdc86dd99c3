#include "ingest/tables/csv_table.h"
#include "ingest/tables/open_table.h"
#include "tests/fuzz/fuzz.h"

using namespace mangrove;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string kMapping = R"({"kind": "Actor", "id": "org:{id}", "columns": {
    "name": {"property": "name", "language": "en"}, "since": {"property": "since", "type": "date"},
    "place": {"relation": "BASED_IN", "to": "place:{value}", "separator": ";"}}})";
  return fuzz::read_table(std::make_unique<ingest::CsvTable>(fuzz::stream_of(data, size), "x"),
                          kMapping);
}
