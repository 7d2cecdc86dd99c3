#include "ingest/tables/open_table.h"
#include "tests/fuzz/fuzz.h"

using namespace mangrove;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto table = ingest::open_workbook_table(fuzz::stream_of(data, size), "x.xlsx", {}, {});
  if (!table.ok()) return 0;
  return fuzz::read_table(std::move(table).value(), R"({"kind": "Actor", "id": "org:{id}"})");
}
