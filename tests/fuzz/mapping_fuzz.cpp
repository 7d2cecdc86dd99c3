#include "ingest/readers/csv.h"
#include "tests/fuzz/fuzz.h"

using namespace mangrove;

/// The mapping is what is fuzzed; the table stays.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string mapping(reinterpret_cast<const char*>(data), size);
  return fuzz::read_all(ingest::make_csv_reader(
      ingest::from_memory("id,name,since,place\nx,\"A, b\",2020-01-01,GH;KE\ny,,no date,\n"), "x",
      mapping, fuzz::ontology().schema()));
}
