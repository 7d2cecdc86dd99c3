#pragma once

#include <rocksdb/file_checksum.h>
#include <rocksdb/file_system.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "graph/base/result.h"

// The checksum of the engine's files (CRC-32C), by the engine's own fast routine.
namespace mangrove::storage {

class Checksum {
 public:
  Checksum();
  void add(std::string_view bytes);
  /// The checksum of all bytes added. Asked once, at the end.
  std::uint32_t value();

 private:
  std::unique_ptr<rocksdb::FileChecksumGenerator> generator_;
};

std::uint32_t checksum_of(std::string_view bytes);

/// Eight hexadecimal digits.
std::string to_hex(std::uint32_t checksum);

struct FileDigest {
  std::uint64_t bytes;
  std::uint32_t checksum;
};

/// Reads the file, up to a number of bytes, a piece at a time.
rocksdb::IOStatus digest_file(rocksdb::FileSystem& files, const std::string& path,
                              FileDigest& digest,
                              std::uint64_t bytes_max = std::numeric_limits<std::uint64_t>::max());

}  // namespace mangrove::storage
