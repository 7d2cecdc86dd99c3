#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/byte_stream.h"

/// What spreadsheets write their tables in, other than UTF-8.
namespace mangrove::ingest {

/// The text of a stream that begins with the byte order mark of UTF-16, as UTF-8 without the mark;
/// any other stream as it is. Halves of pairs that stand alone become U+FFFD.
std::unique_ptr<ByteStream> from_utf16(std::unique_ptr<ByteStream> bytes);

/// Windows-1252 as UTF-8; nothing where a byte stands for no letter in it.
std::optional<std::string> from_windows_1252(std::string_view bytes);

}  // namespace mangrove::ingest
