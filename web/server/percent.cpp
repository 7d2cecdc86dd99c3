#include "web/server/percent.h"

#include <optional>

#include "graph/base/text.h"
#include "web/server/ascii.h"

namespace mangrove::web {
namespace {

std::optional<int> hexadecimal(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  if (lower >= 'a' && lower <= 'f') return lower - 'a' + 10;
  return std::nullopt;
}

/// The message repeats what was sent, as far as it can be shown.
Error malformed(std::string_view encoded, std::string_view why) {
  std::string shown;
  for (const char c : encoded) shown += c >= ' ' && c < 0x7F ? c : '?';
  return {ErrorCode::invalid_input, '"' + shown + "\" " + std::string(why)};
}

}  // namespace

Result<std::string> percent_decode(std::string_view encoded, Plus plus) {
  std::string text;
  text.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] == '+' && plus == Plus::space) {
      text += ' ';
    } else if (encoded[i] != '%') {
      text += encoded[i];
    } else {
      const auto high = i + 1 < encoded.size() ? hexadecimal(encoded[i + 1]) : std::nullopt;
      const auto low = i + 2 < encoded.size() ? hexadecimal(encoded[i + 2]) : std::nullopt;
      if (!high || !low) return malformed(encoded, "has a % without two hexadecimal digits");
      text += static_cast<char>(*high * 16 + *low);
      i += 2;
    }
    if (is_control(text.back())) return malformed(encoded, "has a control character");
  }
  if (!is_utf8(text)) return malformed(encoded, "is not UTF-8");
  return text;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kSafe = "-._~:@";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || kSafe.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace mangrove::web
