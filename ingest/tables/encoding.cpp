#include "ingest/tables/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace mangrove::ingest {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{32} << 10;
constexpr char32_t kReplacement = 0xFFFD;

void append_utf8(std::string& text, char32_t c) {
  const auto add = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | c >> 6);
    add(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12);
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
  } else {
    add(0xF0 | c >> 18);
    add(0x80 | (c >> 12 & 0x3F));
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
  }
}

class Utf16Stream final : public ByteStream {
 public:
  Utf16Stream(std::unique_ptr<ByteStream> bytes, bool big_endian)
      : bytes_(std::move(bytes)), big_endian_(big_endian) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (given_ == text_.size() && !ended_) TRY(convert_some());
    const std::size_t taken = std::min(size, text_.size() - given_);
    std::memcpy(buffer, text_.data() + given_, taken);
    given_ += taken;
    return taken;
  }
  std::uint64_t consumed() const override { return bytes_->consumed(); }

 private:
  Status convert_some() {
    text_.clear();
    given_ = 0;
    const std::string units = TRY(read_up_to(*bytes_, kChunkBytes));  // Even, but at the end.
    for (std::size_t i = 0; i + 1 < units.size(); i += 2) {
      const auto first = static_cast<unsigned char>(units[i]);
      const auto second = static_cast<unsigned char>(units[i + 1]);
      take(static_cast<char16_t>(big_endian_ ? first << 8 | second : second << 8 | first));
    }
    ended_ = units.size() < kChunkBytes;
    if (ended_ && high_ != 0) append_utf8(text_, kReplacement);
    return {};
  }

  void take(char16_t unit) {
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    if (high_ != 0) {
      const char32_t pair = 0x10000 + ((high_ - 0xD800U) << 10) + (unit - 0xDC00U);
      append_utf8(text_, low ? pair : kReplacement);
      high_ = 0;
      if (low) return;
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else {
      append_utf8(text_, low ? kReplacement : unit);
    }
  }

  std::unique_ptr<ByteStream> bytes_;
  const bool big_endian_;
  std::string text_;
  std::size_t given_ = 0;
  char16_t high_ = 0;  // The first half of a pair.
  bool ended_ = false;
};

// What 0x80 to 0x9F stand for; 0: nothing. The others are those of Latin-1.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

}  // namespace

std::unique_ptr<ByteStream> from_utf16(std::unique_ptr<ByteStream> bytes) {
  Result<std::string> mark = read_up_to(*bytes, 2);
  if (!mark.ok()) return bytes;  // It fails again for whoever reads on.
  if (mark.value() == "\xFF\xFE" || mark.value() == "\xFE\xFF") {
    return std::make_unique<Utf16Stream>(std::move(bytes), mark.value()[0] == '\xFE');
  }
  return with_prefix(std::move(mark).value(), std::move(bytes));
}

std::optional<std::string> from_windows_1252(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const char32_t letter = byte >= 0x80 && byte < 0xA0 ? kWindows1252.at(byte - 0x80U) : byte;
    if (letter == 0 && byte != 0) return std::nullopt;
    append_utf8(text, letter);
  }
  return text;
}

}  // namespace mangrove::ingest
