#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"

namespace mangrove::ingest {

/// What a ZIP file may cost at most. Each part may grow past the first bytes to so many times the
/// size of the whole file, and never past the last bound.
inline constexpr std::uint64_t kZipBytesMax = std::uint64_t{1} << 30;
inline constexpr std::size_t kZipPartsMax = 10'000;
inline constexpr std::uint64_t kZipPartFreeBytes = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kZipPartRatioMax = 200;
inline constexpr std::uint64_t kZipPartBytesMax = std::uint64_t{4} << 30;

/// The parts of a ZIP file, in any order and as often as wanted. Memory stays flat: the file is
/// put aside on the disk, parts are unpacked as they are read.
class ZipParts {
 public:
  /// Takes all bytes of the stream. Errors say what is wrong, without the name of the file:
  /// `too_large`, `corrupt`, or `unsupported` where parts are encrypted.
  static Result<std::unique_ptr<ZipParts>> open(std::unique_ptr<ByteStream> bytes);

  /// Whether there is a part of this name, `xl/workbook.xml`. Names are compared in lower case, as
  /// programs take liberties with them; a slash in front makes no difference.
  bool has(std::string_view name) const;

  /// The bytes of a part, from its beginning. Reading fails with `corrupt` where it is damaged,
  /// `too_large` past its bounds. Lives no longer than this object.
  Result<std::unique_ptr<ByteStream>> part(std::string_view name) const;

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  explicit ZipParts(std::unique_ptr<ByteStream> bytes) : bytes_(std::move(bytes)) {}
  Status put_aside();
  Status list_parts();

  std::unique_ptr<ByteStream> bytes_;
  std::unique_ptr<std::FILE, Closer> file_;  // Without a name; gone when closed.
  std::uint64_t size_ = 0;
  std::vector<std::string> names_;  // In the order in which the library lists them.
};

}  // namespace mangrove::ingest
