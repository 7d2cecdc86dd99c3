#include "web/server/gzip.h"

#include <zlib.h>

#include <cassert>
#include <cstdint>

#include "web/server/ascii.h"

namespace mangrove::web {
namespace {

// For JSON, level 1 gives two thirds of what level 9 saves, in a sixth of the time.
constexpr int kLevel = 1;
constexpr int kGzipWindowBits = 15 + 16;  // zlib's sign for a gzip header around the stream.
constexpr int kMemoryLevel = 8;

Bytef* in(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads there.
}

Bytef* out(std::string& bytes) {
  return reinterpret_cast<Bytef*>(bytes.data());
}

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  [[maybe_unused]] int status =
      deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindowBits, kMemoryLevel, Z_DEFAULT_STRATEGY);
  assert(status == Z_OK);
  std::string result(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = in(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = out(result);
  stream.avail_out = static_cast<uInt>(result.size());
  status = deflate(&stream, Z_FINISH);  // One call, since the bound leaves room for all.
  assert(status == Z_STREAM_END);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

Result<std::string> gunzip(std::string_view stream_bytes, std::size_t bytes_max) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindowBits) != Z_OK) {
    return Error{ErrorCode::io, "no memory to decompress"};
  }
  stream.next_in = in(stream_bytes);
  stream.avail_in = static_cast<uInt>(stream_bytes.size());
  std::string result;
  int status = Z_OK;
  while (status == Z_OK && result.size() <= bytes_max) {
    constexpr std::size_t kPiece = std::size_t{64} << 10;
    result.resize(stream.total_out + kPiece);
    stream.next_out = out(result) + stream.total_out;
    stream.avail_out = static_cast<uInt>(kPiece);
    status = inflate(&stream, Z_NO_FLUSH);
  }
  result.resize(stream.total_out);
  inflateEnd(&stream);
  if (result.size() > bytes_max) {
    return Error{ErrorCode::too_large,
                 "decompresses to more than " + std::to_string(bytes_max) + " bytes"};
  }
  if (status != Z_STREAM_END) return Error{ErrorCode::corrupt, "not a whole gzip stream"};
  return result;
}

bool accepts_gzip(std::string_view accept_encoding) {
  bool accepted = false;
  while (!accept_encoding.empty()) {
    std::string_view item = take_until(accept_encoding, ',');
    const std::string_view coding = trim(take_until(item, ';'));
    const std::string_view weight = trim(item);
    const bool refused =
        weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string_view::npos;
    // What is said of gzip counts more than what is said of everything.
    if (equal_in_any_case(coding, "gzip")) return !refused;
    if (coding == "*") accepted = !refused;
  }
  return accepted;
}

}  // namespace mangrove::web
