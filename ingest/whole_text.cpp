#include "ingest/whole_text.h"

#include <array>
#include <cstdint>
#include <utility>

#include "graph/base/text.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{256} << 10;
constexpr char32_t kReplacement = 0xFFFD;

/// Windows-1252 from 0x80 to 0x9F, as the WHATWG Encoding Standard has it; above that it is
/// Latin-1.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void append(std::string& text, char32_t point) {
  const auto byte = [&text](char32_t value) { text += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | (point >> 6U));
    byte(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    byte(0xE0U | (point >> 12U));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  } else {
    byte(0xF0U | (point >> 18U));
    byte(0x80U | ((point >> 12U) & 0x3FU));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  }
}

std::string from_windows_1252(std::string_view line) {
  std::string text;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    append(text, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : char32_t{byte});
  }
  return text;
}

std::string from_utf_16(std::string_view bytes, bool big) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big ? first * 256U + second : second * 256U + first);
  };
  std::string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t point = unit(i);
    if (point >= 0xD800 && point < 0xE000) {
      const char32_t low = i + 3 < bytes.size() ? unit(i + 2) : 0;
      const bool pair = point < 0xDC00 && low >= 0xDC00 && low < 0xE000;
      point = pair ? 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00) : kReplacement;
      if (pair) i += 2;
    }
    append(text, point);
  }
  return text;
}

Result<std::string> read_all(ByteStream& bytes, std::string_view file) {
  std::string all;
  while (true) {
    const std::string chunk = TRY(read_up_to(bytes, kChunkBytes));
    if (chunk.empty()) return all;
    if (all.size() + chunk.size() > kWholeTextBytesMax) {
      return Error{ErrorCode::too_large, std::string(file) +
                                             ": more than 128 MiB; such a list is held whole "
                                             "while it is read, so split the file"};
    }
    all += chunk;
  }
}

/// One line behind the other, each in UTF-8.
void take_lines(std::string_view bytes, WholeText& whole) {
  std::uint64_t line = 0;
  std::uint64_t first_foreign = 0;
  std::uint64_t foreign = 0;
  while (!bytes.empty()) {
    ++line;
    const std::size_t end = bytes.find_first_of("\r\n");
    const std::string_view text = bytes.substr(0, end);
    if (is_utf8(text)) {
      whole.text += text;
    } else {
      whole.text += from_windows_1252(text);
      if (foreign++ == 0) first_foreign = line;
    }
    if (end == std::string_view::npos) break;
    whole.text += '\n';
    bytes.remove_prefix(end + (bytes.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  if (foreign == 0) return;
  whole.findings.push_back({{},
                            first_foreign,
                            "text-encoding",
                            std::to_string(foreign) + " lines are no UTF-8; read as Windows-1252",
                            Action::value_repaired});
}

}  // namespace

Result<WholeText> read_whole_text(ByteStream& bytes, std::string_view file) {
  std::string all = TRY(read_all(bytes, file));
  if (all.starts_with("\xFF\xFE") || all.starts_with("\xFE\xFF")) {
    all = from_utf_16(std::string_view(all).substr(2), all[0] == '\xFE');
  } else if (all.starts_with("\xEF\xBB\xBF")) {
    all.erase(0, 3);
  }
  WholeText whole;
  whole.text.reserve(all.size());
  take_lines(all, whole);
  return whole;
}

}  // namespace mangrove::ingest
