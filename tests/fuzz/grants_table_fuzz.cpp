#include "ingest/tables/csv_table.h"
#include "tests/fuzz/fuzz.h"

using namespace mangrove;

/// Read as 360Giving where the titles say so, and else by one of our own mappings or by none.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_table(std::make_unique<ingest::CsvTable>(fuzz::stream_of(data, size), "x"), {});
}
