#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/byte_stream.h"
#include "ingest/report.h"

/// Formats of the time before UTF-8, read whole.
namespace mangrove::ingest {

/// What a file that is held whole may be long.
inline constexpr std::size_t kWholeTextBytesMax = std::size_t{128} << 20;

/// A file as a text.
struct WholeText {
  std::string text;               ///< UTF-8, without byte order mark; lines end in `\n`.
  std::vector<Finding> findings;  ///< That it was in another encoding, with the first such line.
};

/// Reads all of a file: UTF-8, UTF-16 with its byte order mark, or, line by line where a line is no
/// UTF-8, Windows-1252. Ends of lines may be `\n`, `\r\n` or `\r`. `too_large` past the bound;
/// `file` is for that message.
Result<WholeText> read_whole_text(ByteStream& bytes, std::string_view file);

}  // namespace mangrove::ingest
