#include "web/api/cursor.h"

namespace mangrove::web::api {

namespace {

// cursor   :=  base64url(bytes)                             without padding
// bytes    :=  version:u64be  offset:u32be  question:u64be  check:u32be
// check    :=  the lower half of the fingerprint of what stands before it
constexpr std::size_t kCheckedBytes = 20;
constexpr std::size_t kBytes = kCheckedBytes + 4;
static_assert(kBytes % 3 == 0, "so that the base64 text has one spelling and no padding");

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void append(std::string& bytes, std::uint64_t number, int count) {
  for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((number >> shift) & 0xFF));
  }
}

std::uint64_t number_at(std::string_view bytes, std::size_t from, std::size_t count) {
  std::uint64_t number = 0;
  for (const char byte : bytes.substr(from, count)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return number;
}

std::uint64_t check_of(std::string_view bytes) {
  return fingerprint(bytes.substr(0, kCheckedBytes)) & 0xFFFF'FFFF;
}

std::string to_base64url(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint64_t three = number_at(bytes, i, 3);
    for (int shift = 18; shift >= 0; shift -= 6) text.push_back(kAlphabet[(three >> shift) & 0x3F]);
  }
  return text;
}

}  // namespace

std::string encode(const Cursor& cursor) {
  std::string bytes;
  append(bytes, cursor.version, 8);
  append(bytes, cursor.offset, 4);
  append(bytes, cursor.question, 8);
  append(bytes, check_of(bytes), 4);
  return to_base64url(bytes);
}

Result<Cursor> decode_cursor(std::string_view word) {
  const Error refused{ErrorCode::invalid_input,
                      "is not a cursor of ours; give the `next` of the page before, unchanged"};
  if (word.size() != kBytes / 3 * 4) return refused;
  std::string bytes;
  for (std::size_t i = 0; i < word.size(); i += 4) {
    std::uint64_t three = 0;
    for (const char letter : word.substr(i, 4)) {
      const std::size_t sixth = kAlphabet.find(letter);
      if (sixth == std::string_view::npos) return refused;
      three = three << 6 | sixth;
    }
    append(bytes, three, 3);
  }
  if (number_at(bytes, kCheckedBytes, 4) != check_of(bytes)) return refused;
  return Cursor{.version = number_at(bytes, 0, 8),
                .offset = static_cast<std::uint32_t>(number_at(bytes, 8, 4)),
                .question = number_at(bytes, 12, 8)};
}

std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325;
  for (const char byte : text) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100'0000'01B3;
  }
  return hash;
}

}  // namespace mangrove::web::api
