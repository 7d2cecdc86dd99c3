#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"

/// Packed files, unpacked as they are read, within bounds: a few bytes can unpack to a great many.
namespace mangrove::ingest {

/// How far a packed file may grow: past the first bytes, no more than this many times its size, and
/// never past the last bound.
inline constexpr std::uint64_t kUnpackedFreeBytes = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kUnpackedRatioMax = 200;  // Real IATI files stay under 40.
inline constexpr std::uint64_t kUnpackedBytesMax = std::uint64_t{64} << 30;
/// How far back a Zstandard stream may refer, as a power of two: what it may hold in memory.
inline constexpr int kZstandardWindowLogMax = 27;

/// Unpacks gzip (RFC 1952) and Zstandard (RFC 8878), known by their first bytes; anything else
/// comes as it is. Several members or frames behind one another are one stream. Reading fails with
/// `corrupt` where the packed bytes are damaged or cut short, and `too_large` past the bounds; all
/// that is sound comes first.
Result<std::unique_ptr<ByteStream>> unpacked(std::unique_ptr<ByteStream> bytes);

/// `x.csv.gz`, `x.csv.zst` -> `x.csv`; other names as they are.
std::filesystem::path without_packing(std::filesystem::path name);

}  // namespace mangrove::ingest
