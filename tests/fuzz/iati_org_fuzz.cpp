#include "ingest/readers/iati_org.h"
#include "tests/fuzz/fuzz.h"

using namespace mangrove;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz::read_all(
      *ingest::make_iati_organisation_reader(fuzz::stream_of(data, size), "x", fuzz::kind_of));
}
