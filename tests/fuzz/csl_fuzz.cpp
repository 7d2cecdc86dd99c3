#include "ingest/readers/evidence.h"
#include "tests/fuzz/fuzz.h"

using namespace mangrove;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  ingest::looks_like_csl(text);
  ingest::looks_like_bibtex(text);
  ingest::looks_like_ris(text);
  return fuzz::read_all(*ingest::make_csl_reader(fuzz::stream_of(data, size), "x",
                                                 ingest::csl_list_in(text), fuzz::ontology()));
}
