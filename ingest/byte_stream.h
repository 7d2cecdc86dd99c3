#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "graph/base/result.h"

namespace mangrove::ingest {

/// A stream of bytes.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Fills the buffer as far as it can; 0 at the end. `corrupt` where a packed file is damaged,
  /// `too_large` where it unpacks beyond all reason.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
  /// Bytes taken from the disk so far, for progress.
  virtual std::uint64_t consumed() const = 0;
};

/// A file; `-` is standard input. `io`, with the reason, where it cannot be opened.
Result<std::unique_ptr<ByteStream>> open_file(const std::string& path);

/// Puts bytes that were read ahead in front of a stream again.
std::unique_ptr<ByteStream> with_prefix(std::string prefix, std::unique_ptr<ByteStream> rest);

/// A stream over bytes in memory.
std::unique_ptr<ByteStream> from_memory(std::string bytes);

/// Reads until the buffer is full or the stream ends, and gives what came. Where the stream fails
/// behind some bytes, those come; the next call has the failure.
Result<std::string> read_up_to(ByteStream& stream, std::size_t size);

}  // namespace mangrove::ingest
