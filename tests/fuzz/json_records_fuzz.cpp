#include "ingest/json_records.h"

#include "tests/fuzz/fuzz.h"

using namespace mangrove;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* list : {"", "list"}) {
    ingest::JsonRecords records(fuzz::stream_of(data, size), "x", list);
    std::uint64_t line = 0;
    while (true) {
      const auto record = records.next();
      if (!record.ok() || !record.value()) break;
      if (record.value()->line < line) std::abort();  // Lines only grow.
      line = record.value()->line;
    }
  }
  return 0;
}
