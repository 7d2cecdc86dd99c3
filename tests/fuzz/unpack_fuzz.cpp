#include "ingest/unpack.h"

#include "tests/fuzz/fuzz.h"

using namespace mangrove;

/// A stream that fails fails for good, and nothing is read past the bounds.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto stream = ingest::unpacked(fuzz::stream_of(data, size));
  if (!stream.ok()) return 0;
  std::string buffer(4096, '\0');
  std::uint64_t total = 0;
  while (true) {
    const auto got = stream.value()->read(buffer.data(), buffer.size());
    if (!got.ok() || got.value() == 0) return 0;
    if (got.value() > buffer.size()) std::abort();
    total += got.value();
    if (total > ingest::kUnpackedFreeBytes + size * ingest::kUnpackedRatioMax) std::abort();
  }
}
