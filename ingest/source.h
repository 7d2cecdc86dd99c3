#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/result.h"

namespace mangrove::ingest {

/// A stream of bytes, already unpacked.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Fills the buffer as far as it can; 0 at the end. `corrupt` where a compressed file is damaged,
  /// `too_large` where it unpacks beyond all reason.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
  /// Bytes taken from the disk so far, for progress.
  virtual std::uint64_t consumed() const = 0;
};

/// One file to be read.
struct Input {
  std::filesystem::path path;  ///< `-` for standard input.
  std::string name;            ///< As shown in reports: below the folder that was asked for; UTF-8.
  std::uint64_t bytes = 0;     ///< On disk; 0 where unknown.
};

/// How far a compressed file may grow: past the first bytes, no more than this many times its size,
/// and never past the last bound.
inline constexpr std::uint64_t kUnpackedFreeBytes = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kUnpackedRatioMax = 200;  // Real IATI files stay under 40.
inline constexpr std::uint64_t kUnpackedBytesMax = std::uint64_t{64} << 30;

/// The files behind what a user typed: a file, a folder (read whole, in order of names; hidden
/// files, mapping files, notes in Markdown and graphs left out; one inside it that cannot be opened
/// comes as an input that cannot), or `-`. `not_found` names what is not there.
Result<std::vector<Input>> find_inputs(const std::vector<std::string>& arguments);

/// Opens one, unpacking gzip by its first bytes, not by its name.
Result<std::unique_ptr<ByteStream>> open_input(const Input& input);

/// Unpacks a gzip stream of one or several members.
std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> packed);

/// Puts bytes that were read ahead in front of a stream again.
std::unique_ptr<ByteStream> with_prefix(std::string prefix, std::unique_ptr<ByteStream> rest);

/// A stream over bytes in memory.
std::unique_ptr<ByteStream> from_memory(std::string bytes);

}  // namespace mangrove::ingest
