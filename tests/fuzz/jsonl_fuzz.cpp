#include "ingest/readers/jsonl.h"

#include "tests/fuzz/fuzz.h"

using namespace mangrove;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_all(
      *ingest::make_jsonl_reader(fuzz::stream_of(data, size), "x", fuzz::ontology().schema()));
}
