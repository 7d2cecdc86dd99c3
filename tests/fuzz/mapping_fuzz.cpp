#include "ingest/tables/csv_table.h"
#include "tests/fuzz/fuzz.h"

using namespace mangrove;

/// The mapping is what is fuzzed; the table stays.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string mapping(reinterpret_cast<const char*>(data), size);
  std::string table = "id,name,since,place\nx,\"A, b\",2020-01-01,GH;KE\ny,,no date,\n";
  return fuzz::read_table(
      std::make_unique<ingest::CsvTable>(ingest::from_memory(std::move(table)), "x"), mapping);
}
